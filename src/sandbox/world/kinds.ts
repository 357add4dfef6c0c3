import { z } from 'zod'
import { Refusal } from '../../feature.ts'
import { RefusedError, type Target } from '../../ports/chat.ts'
import {
  type LineTraits,
  qqTraits,
  refusalWords,
  wechatTraits,
  wecomTraits,
} from '../../ports/line-traits.ts'
import type { Store } from '../../ports/store.ts'
import { hasRefusedLink } from '../../text/line-words.ts'

/** The platforms that a simulated group can be of, with what the page calls them. */
export const groupKinds = {
  wechat: '微信群',
  qq: 'QQ 群',
  'qq-no-push': 'QQ 群（没开主动消息）',
  wecom: '企业微信群',
} as const
export type GroupKind = keyof typeof groupKinds
const isGroupKind = (word: string): word is GroupKind => word in groupKinds

/** Key `kinds/group id`. */
const KindRecord = z.object({ kind: z.string() })

const traitsOf: Record<GroupKind, LineTraits> = {
  wechat: wechatTraits,
  qq: qqTraits,
  'qq-no-push': qqTraits,
  wecom: wecomTraits,
}

/** Which platform each simulated group plays, kept in the store; a WeChat group until changed. */
export async function openKinds(store: Store) {
  const records = store.collection('sandbox-kinds', KindRecord)
  const kinds = new Map<string, GroupKind>()
  for (const { key, value } of await records.list('kinds/')) {
    if (isGroupKind(value.kind)) kinds.set(key.slice('kinds/'.length), value.kind)
  }
  const kindOf = (groupId: string) => kinds.get(groupId) ?? 'wechat'
  const traits = (target: Target) => ('groupId' in target ? traitsOf[kindOf(target.groupId)] : wechatTraits)

  return {
    kindOf,
    traits,
    async set(groupId: string, kind: string) {
      if (!isGroupKind(kind)) throw new Refusal('没有这种群，请从列表里选一种。')
      await records.update(`kinds/${groupId}`, () => ({ kind }))
      kinds.set(groupId, kind)
    },
    /** @throws {@link RefusedError} where the platform would not take the bot's message. */
    check(
      target: Target,
      text: string,
      { wasSpokenTo, isReply }: { wasSpokenTo: boolean; isReply: boolean },
    ) {
      if (!('groupId' in target)) return
      const { links, pushes } = traits(target)
      if (links === 'registered' && hasRefusedLink(text, [])) throw new RefusedError(refusalWords.link)
      if (pushes === 'spoken-once' && !wasSpokenTo) throw new RefusedError(refusalWords.notSpoken)
      if (kindOf(target.groupId) === 'qq-no-push' && !isReply) throw new RefusedError(refusalWords.noPush)
    },
  }
}
