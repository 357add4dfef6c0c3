import { Temporal } from 'temporal-polyfill'
import { inShanghai } from '../../text/dates/time.ts'
import type { Broadcasts, Progress } from './broadcasts.ts'
import type { HistoryFilter } from './overview-views.ts'
import type { Broadcast } from './records.ts'
import { standingOf } from './words.ts'

const mostListed = 50

/** Broadcasts that hold every word, are in that state and were made in that month; latest first, at most 50. */
export async function searched(broadcasts: Broadcasts, search: HistoryFilter): Promise<Progress[]> {
  const words = search.words
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/u)
    .filter(word => word !== '')
  const found: Progress[] = []
  for (const broadcast of await broadcasts.all()) {
    if (!isOfMonth(broadcast, search.month) || !words.every(word => holds(broadcast, word))) continue
    const progress = await broadcasts.progressOf(broadcast)
    if (isInState(progress, search.state)) found.push(progress)
    if (found.length === mostListed) break
  }
  return found
}

/** The month in which it goes out, or else was written: `2026-11`. */
export function isOfMonth({ sendAt, createdAt }: Broadcast, month: string): boolean {
  if (month === '') return true
  return inShanghai(Temporal.Instant.from(sendAt ?? createdAt))
    .toPlainDate()
    .toString()
    .startsWith(month)
}

function holds({ number, title, text, groups, targets, author }: Broadcast, word: string): boolean {
  const all = [`推送 ${number}`, title, text, targets, author?.name ?? '', ...groups.map(({ name }) => name)]
  return String(number) === word || all.some(one => one.normalize('NFKC').toLowerCase().includes(word))
}

function isInState(progress: Progress, state: string): boolean {
  const { word } = standingOf(progress)
  const is = (...words: string[]) => words.includes(word)
  if (state === 'done') return is('完成')
  if (state === 'missing') return is('有群没送到')
  if (state === 'stopped') return is('驳回', '已取消', '过期未发')
  if (state === 'open') return !is('完成', '有群没送到', '驳回', '已取消', '过期未发')
  return true
}
