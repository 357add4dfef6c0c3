import { type Command, OutdatedFormRefusal, Refusal } from '../../feature.ts'
import { versionOf } from '../../lib/hash.ts'
import type { Clock } from '../../ports/clock.ts'
import type { GroupCard, GroupCards } from '../../ports/groups.ts'
import { cleanName } from '../../text/names/names.ts'
import { BoundGroup, type CommunityRecords, type FormerGroup, groupKey } from './records/records.ts'

/** Editable fields of a group's card. */
type GroupNotes = Pick<GroupCard, 'space' | 'branch' | 'tags' | 'form' | 'isOrganizers'> &
  Pick<BoundGroup, 'welcomesNewcomers'>

export type GroupCardActions = GroupCards & {
  get(groupId: string): Promise<GroupCard | undefined>
  /**
   * Writes down what is given and leaves the rest.
   * @param seen {@link cardVersion} of the card that a form showed; empty where none was shown
   * @throws {@link Refusal} when the group is not bound, or was changed since it was shown
   */
  note(groupId: string, notes: Partial<GroupNotes>, seen?: string): Promise<GroupCard>
  /**
   * Serves a group from now on; one that was unbound is set as it was.
   * @param group.name undefined where nothing tells it: then the name that the group had
   * @param how `isRenamed`: a group that is bound already is called so from now on
   * @returns the group's name, whether it was not bound before, and whether it is the organizers' (again)
   */
  bind(
    group: { id: string; name: string | undefined },
    how: { byName: string; isRenamed?: boolean },
  ): Promise<{ name: string; isNew: boolean; isRestored: boolean; isOrganizers: boolean }>
  /** The groups that were unbound and not bound again, the latest first. */
  former(): Promise<FormerGroup[]>
  /** Serves a group no more; what was recorded stays. @returns its name; undefined where it was not bound */
  unbind(groupId: string): Promise<string | undefined>
}

/** The name of a group that nothing tells. */
export const namelessGroup = '本群'

/** A group as it is bound, with nothing written down about it yet. */
export const blankGroup = (bound: { id: string; name: string; boundAt: string; boundByName: string }) =>
  BoundGroup.parse(bound)

const mostTags = 12
const mostFormer = 20
const byName = (a: GroupCard, b: GroupCard) => a.name.localeCompare(b.name, 'zh-Hans-CN')
const cardOf = ({
  boundAt: _when,
  boundByName: _who,
  welcomesNewcomers: _welcomes,
  ...card
}: BoundGroup): GroupCard => card

/** Cards of the bound groups, stored with each group. */
export function createGroupCards(
  { groups, formerGroups }: Pick<CommunityRecords, 'groups' | 'formerGroups'>,
  clock: Clock,
): GroupCardActions {
  async function keep(key: string, { boundAt: _when, boundByName: _who, ...kept }: BoundGroup) {
    await formerGroups.update(key, () => ({ ...kept, unboundAt: clock.now().toString() }))
  }

  return {
    async bind({ id, name: told }, { byName: boundByName, isRenamed = false }) {
      const key = groupKey(id)
      const before = await formerGroups.get(key)
      const name = told ?? before?.name ?? namelessGroup
      const mine = {
        ...blankGroup({ id, name, boundAt: clock.now().toString(), boundByName }),
        ...notesOf(before),
      }
      let isNew = false
      const group = await groups.update(key, now => {
        isNew = now === undefined
        return now ? { ...now, name: isRenamed ? name : now.name } : mine
      })
      // The former record is removed last, so that a crash in between loses no settings.
      if (before) await formerGroups.update(key, () => undefined)
      const { name: kept, isOrganizers } = group ?? mine
      return { name: kept, isNew, isRestored: isNew && before !== undefined, isOrganizers }
    },
    async former() {
      const bound = new Set((await groups.list('groups/')).map(({ key }) => key))
      const all = await formerGroups.list('groups/')
      const found = all.filter(({ key }) => !bound.has(key)).map(({ value }) => value)
      return found.sort((a, b) => b.unboundAt.localeCompare(a.unboundAt)).slice(0, mostFormer)
    },
    async unbind(groupId) {
      const key = groupKey(groupId)
      const bound = await groups.get(key)
      if (!bound) return undefined
      // The settings are kept as a former group's first, so that a crash in between loses none.
      await keep(key, bound)
      let last = bound
      await groups.update(key, now => {
        last = now ?? last
        return undefined
      })
      if (last !== bound) await keep(key, last)
      return last.name
    },
    async all() {
      return (await groups.list('groups/')).map(({ value }) => cardOf(value)).sort(byName)
    },
    async get(groupId) {
      const bound = await groups.get(groupKey(groupId))
      return bound && cardOf(bound)
    },
    async note(groupId, notes, seen = '') {
      const saved = await groups.update(groupKey(groupId), now => {
        if (now && seen !== '' && seen !== cardVersion(now)) throw changedMeanwhile(now)
        return now && { ...now, ...written(notes) }
      })
      if (!saved) throw new Refusal('这个群还没有绑定，或者刚刚解绑了。要开始用，在群里发「绑定本群」。')
      return cardOf(saved)
    },
  }
}

/** Tells whether the card has changed since a form showed it. */
export const cardVersion = ({ space, branch, tags, form, isOrganizers }: GroupCard): string =>
  versionOf([space, branch, tags, form, isOrganizers])

/** The form holds every field: saved unseen, it would take back what another organizer has changed. */
function changedMeanwhile(card: GroupCard): OutdatedFormRefusal {
  const now = linesOf(card).join('；')
  return new OutdatedFormRefusal(
    `这个群的设置刚被别人改过，现在是：${now}。下面是你填的，核对一下再保存，就按你填的改。`,
    cardVersion(card),
  )
}

/** The settings of a group that was unbound; its name may have changed since. */
function notesOf(before: FormerGroup | undefined) {
  if (!before) return {}
  const { space, branch, tags, form, isOrganizers, welcomesNewcomers } = before
  return { space, branch, tags, form, isOrganizers, welcomesNewcomers }
}

function written({ tags, space, branch, ...rest }: Partial<GroupNotes>) {
  return {
    ...rest,
    ...(space === undefined ? {} : { space: nameOrNothing(space) }),
    ...(branch === undefined ? {} : { branch: nameOrNothing(branch) }),
    ...(tags === undefined ? {} : { tags: distinct(tags) }),
  }
}

const nameOrNothing = (text: string) => (text.trim() === '' ? '' : cleanName(text))

function distinct(tags: readonly string[]): string[] {
  const found = [...new Set(tags.map(tag => nameOrNothing(tag.replace(/^#/u, ''))).filter(tag => tag !== ''))]
  if (found.length > mostTags) throw new Refusal(`一个群最多写 ${mostTags} 个标签。`)
  return found
}

/** 「科技、税务」「科技 税务」, as people write several. */
export const tagsIn = (text: string): string[] => text.split(/[\s,，、;；]+/u).filter(tag => tag !== '')

/** Chinese description of an organizers' group: which pushes it gets. */
export const organizersGroup = '组织者群（推送的演练发到这里，发给全部群的推送不发到这里）'

const usage =
  '可以这样写：\n本群设置 空间 优空间\n本群设置 支部 优空间党支部\n本群设置 标签 科技、税务\n本群设置 看图（或 看字）\n本群设置 组织者群（或 普通群）\n本群设置 欢迎 关（或 开）'

/** Chat commands of organizers about the present group. */
export function groupCommands(cards: GroupCardActions): Command[] {
  return [
    {
      words: ['本群设置', '本群設置'],
      takes: 'text',
      role: 'organizer',
      where: 'group',
      help: '本群设置 标签 科技 —— 空间、支部、标签，推送按这些选群',
      async run({ groupId = '' }, rest) {
        if (rest === '') {
          const card = await cards.get(groupId)
          return `${card ? sayCard(card) : ''}\n\n${usage}`.trim()
        }
        const notes = notesIn(rest)
        const card = await cards.note(groupId, notes)
        if (notes.welcomesNewcomers === undefined) return `记下了。${sayCard(card)}`
        return notes.welcomesNewcomers
          ? '记下了。有人进群，我一天欢迎一次。'
          : '记下了。有人进群，我不再说话。'
      },
    },
  ]
}

function notesIn(rest: string): Partial<GroupNotes> {
  const [, what = '', value = ''] = /^(\S+?)(?:[\s:：]+(.*))?$/su.exec(rest) ?? []
  if (what === '空间' || what === '众创空间') return { space: value }
  if (what === '支部') return { branch: value }
  if (what === '标签') return { tags: tagsIn(value) }
  if (what === '看图') return { form: 'picture' }
  if (what === '看字') return { form: 'text' }
  if (what === '欢迎' && /^(?:开|打开|要)$/u.test(value.trim())) return { welcomesNewcomers: true }
  if (what === '欢迎' && /^(?:关|关闭|不要)$/u.test(value.trim())) return { welcomesNewcomers: false }
  if (what === '组织者群') return { isOrganizers: true }
  if (what === '普通群') return { isOrganizers: false }
  throw new Refusal(`没看懂要设置什么。${usage}`)
}

const sayCard = (card: GroupCard): string => [`「${card.name}」`, ...linesOf(card)].join('\n')

function linesOf({ space, branch, tags, form, isOrganizers }: GroupCard): string[] {
  return [
    `空间：${space || '没写'}`,
    `支部：${branch || '没写'}`,
    `标签：${tags.join('、') || '没写'}`,
    `推送：${form === 'picture' ? '看图' : '看字'}`,
    ...(isOrganizers ? [organizersGroup] : []),
  ]
}
