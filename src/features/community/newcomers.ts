import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Sweep } from '../../feature.ts'
import type { Outbox } from '../../outbox/index.ts'
import type { Clock } from '../../ports/clock.ts'
import type { PersonalData } from '../../ports/personal-data.ts'
import type { Store } from '../../ports/store.ts'
import { dayInShanghai, inShanghai } from '../../text/dates/time.ts'
import { shortPrivacyNotice } from './privacy/notice-words.ts'
import { type CommunityRecords, groupKey, handleOf } from './records/records.ts'

/** Newcomers within this time after the first are welcomed together. */
const gatherMinutes = 10
/** Hours of the day in Shanghai between which newcomers are welcomed. */
const fromHour = 9
const untilHour = 21
const maxLateHours = 12
/** Newcomers who are named; a whole department may be drawn in at once. */
const mostNamed = 20

/** Newcomers of a group who are not welcomed yet; key `hash of the group's id/newcomers`. */
const Newcomers = z.object({
  groupId: z.string(),
  personIds: z.array(z.string()),
  /** When the first of them joined. */
  since: z.string(),
  /** The day of the last welcome, empty before the first. */
  welcomedOn: z.string(),
})
type Newcomers = z.infer<typeof Newcomers>

/** The first words of a welcome, unless organizers write their own. */
export const defaultWelcome =
  '欢迎新朋友！我是群里的机器人：答政策、补贴和项目申报的问题（@我 直接问），记微党课的签到，推送政策速递。'

const nextSteps = [
  '让我认得你：私聊我发「我是 姓名 手机尾号」，签到和统计就用名单上的名字。能做什么，发「帮助」。',
  shortPrivacyNotice,
].join('\n')

type Parts = {
  store: Store
  records: Pick<CommunityRecords, 'groups'>
  outbox: Outbox
  clock: Clock
  /** The first words of a welcome. */
  welcome(): string
}
export type NewcomerWelcomes = ReturnType<typeof createNewcomerWelcomes>

/** Welcomes the newcomers of a bound group, once a day and all together. */
export function createNewcomerWelcomes({ store, records: { groups }, outbox, clock, welcome }: Parts) {
  const waiting = store.collection('newcomers', Newcomers)
  const keyOf = (groupId: string) => `${handleOf(groupId)}/newcomers`

  async function isWelcoming(groupId: string): Promise<boolean> {
    return (await groups.get(groupKey(groupId)))?.welcomesNewcomers ?? false
  }

  /** The welcome is posted first: its key is the day's, so that a crash in between welcomes no one twice. */
  async function tell({ groupId, personIds }: Newcomers, at: Temporal.Instant): Promise<void> {
    const today = dayInShanghai(at)
    if (await isWelcoming(groupId))
      await outbox.post([
        {
          key: `newcomers-${handleOf(groupId)}-${today}/group`,
          target: { groupId },
          kind: 'broadcast',
          reply: { text: `${welcome()}\n${nextSteps}`, mention: personIds.slice(0, mostNamed) },
          notAfter: at.add({ hours: maxLateHours }),
        },
      ])
    await waiting.update(
      keyOf(groupId),
      now =>
        now && {
          ...now,
          personIds: now.personIds.filter(id => !personIds.includes(id)),
          welcomedOn: today,
        },
    )
  }

  const sweep: Sweep = {
    name: 'newcomers',
    everySeconds: 60,
    async run(at) {
      for (const { value } of await waiting.list('')) if (isDue(value, at)) await tell(value, at)
    },
  }

  const personal: PersonalData = {
    kept: async () => [],
    async forget({ chatIds }) {
      for (const { key } of await waiting.list(''))
        await waiting.update(
          key,
          now => now && { ...now, personIds: now.personIds.filter(id => !chatIds.includes(id)) },
        )
    },
    merge: async () => {},
  }

  return {
    sweep,
    /** Records who joined a group; does nothing where it is not bound or does not want a welcome. */
    async joined(groupId: string, personIds: readonly string[]): Promise<void> {
      if (!(await isWelcoming(groupId))) return
      const since = clock.now().toString()
      await waiting.update(keyOf(groupId), now => ({
        groupId,
        personIds: [...new Set([...(now?.personIds ?? []), ...personIds])],
        since: now && now.personIds.length > 0 ? now.since : since,
        welcomedOn: now?.welcomedOn ?? '',
      }))
    },
    personal,
  }
}

function isDue({ personIds, since, welcomedOn }: Newcomers, at: Temporal.Instant): boolean {
  const { hour } = inShanghai(at)
  const waited = at.since(Temporal.Instant.from(since)).total('minutes')
  return (
    personIds.length > 0 &&
    // A clock that was put back delays no welcome.
    Math.abs(waited) >= gatherMinutes &&
    welcomedOn !== dayInShanghai(at) &&
    hour >= fromHour &&
    hour < untilHour
  )
}
