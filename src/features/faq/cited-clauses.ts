import type { CitedClause, Clauses } from '../../ports/clauses.ts'
import { losesFigureOf } from '../../text/figures/lost-figures.ts'
import type { FindQuotation } from './quotes/quotations.ts'
import { sayQuotation } from './quotes/words.ts'
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
    .map(clauses.resolve)
    .filter(({ state }) => state === 'changed' || state === 'missing')
  const text = textOf(entry)
  const names = entry.documents.flatMap(({ number, title, link }) => [number ?? title, link?.url ?? ''])
  const told = clauses.changesIn([...names, text].join('\n'))
  const changed = clauses.openChanges(text, [
    ...cited,
    ...told.filter(one => cited.every(({ before }) => before !== one.before)),
  ])
  return changed.length === 0 ? undefined : { changed, isHeld: changed.some(one => isLost(one, text)) }
}

/** Everything that an entry tells. */
export const textOf = ({
  short,
  firstLines = [],
  details,
}: Pick<Entry, 'short' | 'firstLines' | 'details'>): string =>
  [short, ...firstLines.map(({ text }) => text), ...details.map(({ text }) => text)].join('\n')

/** Where it is not known what the clause said, every figure of the text counts that it does not say now. */
const isLost = ({ state, before, after }: CitedClause, text: string) =>
  state === 'changed' && losesFigureOf(before ?? text, after ?? '', text)

/** The first name of a newer text that, when asked for, finds the text, or its whole document. */
const foundName = ({ quotable = [], after = '' }: CitedClause, quote: QuoteNamed): string | undefined =>
  quotable.find(name => {
    const found = quote(name)
    if (!found || found.isHistory) return false
    return found.asked === 'overview' || (found.asked === 'clause' && found.texts.includes(after))
  })

type QuoteNamed = (name: string) => ReturnType<FindQuotation>

/** Reply in place of an entry whose figures changed. */
export type HeldReply = {
  /** Names the newer clause where it may be quoted. */
  text: string
  /** Quotes that clause; as `text` where there is none. */
  withClause: string
}

/** @param quote finds what a name asks for: a name that finds something else is not offered */
export function replyOnHold(
  { ask, documents: [main] }: Pick<Entry, 'ask' | 'documents'>,
  { changed }: ClauseAlarm,
  quote: QuoteNamed,
): HeldReply {
  const [newer] = changed.flatMap(one => foundName(one, quote) ?? [])
  const why = `文件有更新，正在核。核好以前，这一条先不说，请问${ask}。`
  const text = [
    why,
    main ? `有更新的文件：《${main.title}》${main.number ?? ''}` : '',
    newer ? `新文件已经核过，看原文请问「${newer}」。` : '',
  ]
    .filter(Boolean)
    .join('\n')
  const clause = newer === undefined ? undefined : quote(newer)
  if (clause?.asked !== 'clause') return { text, withClause: text }
  return { text, withClause: `${why}\n新文件已经核过。${sayQuotation(clause)}` }
}
