import { Temporal } from 'temporal-polyfill'
import { pageOf } from '../../../console/paging.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import type { BroadcastActions } from '../actions.ts'
import type { Progress } from '../broadcast/progress.ts'
import { overallState } from '../broadcast/progress.ts'
import type { Broadcast } from '../broadcast/records.ts'

/** The search form of the history; empty fields match all. */
export type HistoryFilter = { words: string; state: string; month: string }

const perPage = 50

/** A page of the history, and where it stands among the others. */
export type HistoryPage = { shown: readonly Progress[]; page: number; pages: number }

/**
 * Broadcasts that match all words, the state and the month; latest first.
 * @param page as the address names it, from 1
 */
export async function searchHistory(
  actions: Pick<BroadcastActions, 'all' | 'progressOf'>,
  search: HistoryFilter,
  page: string | undefined,
): Promise<HistoryPage> {
  const words = search.words
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s+/u)
    .filter(word => word !== '')
  const found = (await actions.all()).filter(
    broadcast => isOfMonth(broadcast, search.month) && words.every(word => holds(broadcast, word)),
  )
  if (search.state !== '') {
    const all = await Promise.all(found.map(actions.progressOf))
    const inState = all.filter(progress => isInState(progress, search.state))
    return pageOf(inState, { perPage, page })
  }
  const { shown, ...place } = pageOf(found, { perPage, page })
  return { shown: await Promise.all(shown.map(actions.progressOf)), ...place }
}

/** Whether it is sent, or else was created, in the month `2026-11`. */
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

const incomplete = ['有群没送到', '有群不确定', '没听到回音']
const stopped = ['驳回', '已取消', '已撤回', '过期未发']

function isInState(progress: Progress, state: string): boolean {
  const { word } = overallState(progress)
  const is = (...words: string[]) => words.includes(word)
  if (state === 'done') return is('完成')
  if (state === 'missing') return is(...incomplete)
  if (state === 'stopped') return is(...stopped)
  if (state === 'open') return !is('完成', ...incomplete, ...stopped)
  return true
}
