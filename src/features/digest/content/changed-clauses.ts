import type { CitedClause, Clauses } from '../../../ports/clauses.ts'
import { losesFigureOf } from '../../../text/figures/lost-figures.ts'
import type { Broadcast } from '../broadcast/records.ts'

/** At most this number of clauses is named. */
const mostNamed = 3

const changesIn = ({ title, text }: Pick<Broadcast, 'title' | 'text'>, clauses: Pick<Clauses, 'changesIn'>) =>
  clauses.changesIn(`${title}\n${text}`)

/** The warning that a broadcast rests on clauses which a newer version changed; undefined where it does not. */
export function sayChanged(
  broadcast: Pick<Broadcast, 'title' | 'text'>,
  clauses: Pick<Clauses, 'changesIn'>,
): string | undefined {
  const changed = changesIn(broadcast, clauses)
  if (changed.length === 0) return undefined
  return `注意：文件有更新，${namesOf(changed)}变了，请先核对正文。新旧原文在控制台「问答 → 文件库 → 要核」。`
}

/**
 * Why a broadcast that was approved then must not go out: a figure that it tells changed since. One that was approved
 * with the newer text at hand goes out.
 */
export function changedSince(
  approvedAt: string | undefined,
  { title, text }: Pick<Broadcast, 'title' | 'text'>,
  clauses: Pick<Clauses, 'changesIn'>,
): string[] {
  if (approvedAt === undefined) return []
  const lost = changesIn({ title, text }, clauses).filter(
    ({ before = '', after = '', since = '' }) =>
      Date.parse(since) >= Date.parse(approvedAt) && losesFigureOf(before, after, text),
  )
  return lost.length === 0 ? [] : [`通过以后文件有更新，正在核：${namesOf(lost)}的数字变了`]
}

const namesOf = (changed: readonly CitedClause[]): string => {
  const names = changed.slice(0, mostNamed).map(({ cited }) => cited)
  return `${names.join('、')}${changed.length > mostNamed ? '等' : ''}`
}
