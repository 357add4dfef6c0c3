import type { Sweep } from '../../../feature.ts'
import type { Outbox } from '../../../outbox/index.ts'
import type { Clock } from '../../../ports/clock.ts'
import { type CommunityRecords, handleOf, noticeKey } from '../records.ts'

const shelfLifeHours = 24

/** What everybody in a group may know of us: what is kept, what for, and the two words by which one has a say. */
export const privacyNotice =
  '给各位说一声：我只记大家在群里的名字、签到和请假、问过我的问题，用来统计出勤、改进回答；平常聊天不记，手机号不会发到群里。\n私聊我发「我的信息」，看我记了你什么；发「删除我的信息」，我就删掉。'

type Parts = {
  records: Pick<CommunityRecords, 'groups' | 'notices'>
  outbox: Outbox
  clock: Clock
}

/** The notice at first contact: once a group, also where it was bound before there was a notice, or is bound again. */
export function createPrivacyNotice({ records, outbox, clock }: Parts) {
  const { groups, notices } = records

  /** @returns whether this group is to be told now; it counts as told from then on */
  async function claim(groupId: string): Promise<boolean> {
    let isFirst = false
    await notices.update(noticeKey(groupId), now => {
      isFirst = now === undefined
      return now ?? { at: clock.now().toString() }
    })
    return isFirst
  }

  const sweep: Sweep = {
    name: 'privacy-notice',
    everySeconds: 60,
    async run(at) {
      for (const { value: group } of await groups.list('groups/')) {
        if (await notices.get(noticeKey(group.id))) continue
        // Posted first: its key is unique for ever, so that a crash in between tells nobody twice.
        await outbox.post([
          {
            key: `privacy-notice-${handleOf(group.id)}/group`,
            target: { groupId: group.id },
            kind: 'broadcast',
            reply: { text: privacyNotice },
            notAfter: at.add({ hours: shelfLifeHours }),
          },
        ])
        await claim(group.id)
      }
    },
  }
  return { claim, sweep }
}
export type PrivacyNotice = ReturnType<typeof createPrivacyNotice>
