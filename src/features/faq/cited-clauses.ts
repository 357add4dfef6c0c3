import type { CitedClause, Clauses } from '../../ports/clauses.ts'
import { saysSame } from '../../text/figures/figures.ts'
import { lostFigures, setFigures } from '../../text/figures/lost-figures.ts'
import type { Entry } from './records.ts'

/** The clauses of an entry that say something else now. */
export type ClauseAlarm = {
  changed: CitedClause[]
  /** A figure that the entry tells is not what the newest version says: it must not be told. */
  isHeld: boolean
}

/**
 * The changes to the clauses that an entry rests on: those that it cites, and those of its documents that lost a figure
 * which it tells.
 * @returns undefined where there are none
 */
export function clauseAlarmOf(entry: Entry, clauses: Clauses): ClauseAlarm | undefined {
  const cited = (entry.clauses ?? [])
    .map(clauses.look)
    .filter(({ state }) => state === 'changed' || state === 'missing')
  const names = entry.documents.map(({ number, title }) => number ?? `《${title}》`)
  const ofDocuments = [...new Set(names)].flatMap(clauses.changesOf)
  if (cited.length === 0 && ofDocuments.length === 0) return undefined
  const text = textOf(entry)
  const told = ofDocuments.filter(one => losesFigureOf(one, text))
  const changed = [...cited, ...told.filter(one => cited.every(({ before }) => before !== one.before))]
  if (changed.length === 0) return undefined
  return { changed, isHeld: changed.some(one => one.state === 'changed' && losesFigureOf(one, text)) }
}

/** Everything that an entry tells. */
export const textOf = ({
  short,
  firstLines = [],
  details,
}: Pick<Entry, 'short' | 'firstLines' | 'details'>): string =>
  [short, ...firstLines.map(({ text }) => text), ...details.map(({ text }) => text)].join('\n')

/** Where it is not known what the clause said, every figure of the text counts that it does not say now. */
function losesFigureOf({ before, after }: CitedClause, text: string): boolean {
  const lost = lostFigures(before ?? text, after ?? '')
  const told = setFigures(text)
  return lost.some(figure => told.some(one => saysSame(one, figure)))
}

/** What is said in place of an entry whose figures changed. */
export const sayHeld = ({ ask, documents: [main] }: Entry): string =>
  [
    `文件有更新，正在核。核好以前，这一条先不说，请问${ask}。`,
    main ? `有更新的文件：《${main.title}》${main.number ?? ''}` : '',
  ]
    .filter(Boolean)
    .join('\n')
