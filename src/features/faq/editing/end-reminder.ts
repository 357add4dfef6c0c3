import type { Temporal } from 'temporal-polyfill'
import type { Due, Job } from '../../../feature.ts'
import type { TellDesk } from '../../../ports/desk.ts'
import type { Scheduler } from '../../../ports/schedule.ts'
import { sayKeptDay } from '../../../text/dates/kept-day.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import type { Entry } from '../records.ts'
import { endingSoon, remindBeforeDays } from '../validity.ts'
import type { EditRecords } from './changes/records.ts'

type Parts = {
  entries(): readonly Entry[]
  records: Pick<EditRecords, 'notices'>
  scheduler: Scheduler
  tellDesk: TellDesk
}

/** In the morning, when a desk can still ask the office on the same day. */
const at9 = '0 9 * * *'
const noticeKey = (id: string) => `ends/${id}`

/**
 * Tells the desk that looks after an entry, once for each end that it is given, that it ends within
 * {@link remindBeforeDays} days; one letter for all of a desk's entries of a day.
 */
export function endReminder({ entries, records, scheduler, tellDesk }: Parts): Job {
  const { notices } = records

  async function write(at: Temporal.Instant): Promise<void> {
    const today = dayInShanghai(at)
    for (const { entry } of endingSoon(entries(), at)) {
      const { owner: desk, effectiveUntil: until = '' } = entry
      const fresh = { until, desk, letter: `entry-ends-${today}-${desk}`, isPosted: false }
      await notices.update(noticeKey(entry.id), now => (now?.until === until ? now : fresh))
    }
  }

  async function bring(at: Temporal.Instant): Promise<void> {
    const waiting = (await notices.list('ends/')).filter(({ value }) => !value.isPosted)
    const soon = new Map(endingSoon(entries(), at).map(one => [noticeKey(one.entry.id), one]))
    for (const [letter, all] of Map.groupBy(waiting, ({ value }) => value.letter)) {
      const ending = all.flatMap(({ key }) => soon.get(key) ?? [])
      const desk = all[0]?.value.desk ?? ''
      if (ending.length > 0) await tellDesk(desk, { key: letter, text: sayEnding(desk, ending) })
      for (const { key, value } of all)
        await notices.update(key, now => (now?.letter === value.letter ? { ...now, isPosted: true } : now))
    }
  }

  /** Mornings with an entry to report; each entry counts once. */
  async function due(after: Temporal.Instant, until: Temporal.Instant): Promise<Due[]> {
    const mornings = scheduler.slots(at9, after, until)
    // Asked every second: nearly always there is nothing to look up.
    if (mornings.length === 0) return []
    const told = new Map((await notices.list('ends/')).map(({ key, value }) => [key, value]))
    const foreseen = new Set<string>()
    return mornings.flatMap((at): Due[] => {
      const fresh = endingSoon(entries(), at).filter(({ entry }) => {
        const notice = told.get(noticeKey(entry.id))
        const isTold = notice?.until === entry.effectiveUntil && notice?.isPosted
        return !isTold && !foreseen.has(entry.id)
      })
      for (const { entry } of fresh) foreseen.add(entry.id)
      return fresh.length > 0 ? [{ key: at.toString(), at }] : []
    })
  }

  return {
    name: 'entry-ends',
    title: '提醒快到期的知识',
    maxLateMinutes: 12 * 60,
    due,
    async run({ at }) {
      await write(at)
      await bring(at)
    },
  }
}

function sayEnding(desk: string, ending: ReturnType<typeof endingSoon>): string {
  const lines = ending.map(
    ({ entry, daysLeft }, at) =>
      `${at + 1}. ${entry.question}（${sayKeptDay(entry.effectiveUntil ?? '')}止，${daysLeft === 0 ? '今天是最后一天' : `还有 ${daysLeft} 天`}；问${entry.ask}）`,
  )
  return [
    `「${desk}」管的 ${ending.length} 条知识 ${remindBeforeDays} 天内到期，请问清楚有没有延续或新办法：`,
    ...lines,
    '到期以后，机器人会说这一条已经结束。有了新办法，请在控制台「知识」里改，或者告诉组织者。',
  ].join('\n')
}
