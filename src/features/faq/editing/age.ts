import type { Temporal } from 'temporal-polyfill'
import type { ReportPart } from '../../../ports/overviews.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import type { Entry } from '../records.ts'
import { daysUnverified, endingSoon, validity, verifiedForDays } from '../validity.ts'

/** The state of an entry, for organizers. */
export type EntryState = 'live' | 'ending' | 'ended' | 'upcoming' | 'draft' | 'withdrawn'

/** The state of an entry at this time. */
export function entryStateOf(entry: Entry, at: Temporal.Instant): EntryState {
  if (entry.status !== 'live') return entry.status
  const held = validity(entry, at)
  if (held === 'current') return endingSoon([entry], at).length > 0 ? 'ending' : 'live'
  return held
}

export const stateWords: Record<EntryState, [word: string, tone: 'good' | 'warn' | 'bad' | 'quiet']> = {
  live: ['在用', 'good'],
  ending: ['快到期', 'warn'],
  ended: ['已过期', 'bad'],
  upcoming: ['还没生效', 'warn'],
  draft: ['草稿', 'quiet'],
  withdrawn: ['已撤下', 'quiet'],
}

/** The time since the last check, in words; `isOld` from {@link verifiedForDays} days on. */
export function ageOf(entry: Entry, at: Temporal.Instant): { words: string; isOld: boolean } {
  const days = daysUnverified(entry, inShanghai(at).toPlainDate())
  if (days === undefined) return { words: '没有核实日期', isOld: true }
  return { words: sayAge(days), isOld: days > verifiedForDays }
}

function sayAge(days: number): string {
  if (days <= 0) return '刚核实'
  return days < 730 ? `${days} 天前` : `${Math.floor(days / 365)} 年多前`
}

/** How many entries there are now, and how long ago they were checked. */
export function knowledgeReport(entries: readonly Entry[], at: Temporal.Instant): ReportPart | undefined {
  const live = entries.filter(({ status }) => status === 'live')
  if (live.length === 0) return undefined
  const today = inShanghai(at).toPlainDate()
  const days = live.map(entry => daysUnverified(entry, today) ?? Infinity).sort((a, b) => a - b)
  const median = days[Math.floor(days.length / 2)] ?? Infinity
  return {
    title: '知识库（现在）',
    figures: [
      { label: '在用的条目', value: `${live.length} 条` },
      { label: '多久以前核实的', value: Number.isFinite(median) ? `一半在 ${median} 天内` : '—' },
      {
        label: `超过 ${verifiedForDays} 天没核实`,
        value: `${days.filter(one => one > verifiedForDays).length} 条`,
      },
    ],
  }
}
