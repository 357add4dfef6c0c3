import type { Findable, Finder, Finding, Ranked } from './finder.ts'

/** A question with what would answer it. */
export type Case = {
  text: string
  /** Entries by id, or programmes: any of them is right; none where nothing answers. */
  answers: readonly string[]
  /** The entries, by id, any of which is right, where `answers` are programmes and the entries are known. */
  entries?: readonly string[] | undefined
}

/** How a finder does on questions whose answers are known. All but counts and times are shares, 0 to 1. */
export type Evaluation = {
  queries: number
  /** Over in-scope questions, by rank alone. */
  recallAt1: number
  recallAt5: number
  mrrAt10: number
  /** Over in-scope questions, by what the bot would do. */
  answered: number
  answeredWrong: number
  choices: number
  none: number
  /** Over the others; null where there are none. */
  noneWhenOutOfScope: number | null
  answeredOutOfScope: number | null
  /** Over in-scope questions that name entries; absent where none does. */
  entryAt1?: number
  /** Told, and a right entry. */
  entryAnswered?: number
  /** Asked back, and a right entry among the choices. */
  entryOffered?: number
  p50Us: number
  p99Us: number
}

type Run = {
  inScope: boolean
  rank: number
  kind: Finding['kind']
  entry: { isFirst: boolean; isOffered: boolean } | undefined
  tookUs: number
}

/** @param keyOf what the answers of the cases name of an entry: its id, or its programme. */
export function evaluate(
  finder: Finder,
  cases: readonly Case[],
  keyOf: (item: Findable) => string,
): Evaluation {
  const runs = cases.map(each => runOf(finder, each, keyOf))
  const inside = runs.filter(run => run.inScope)
  const outside = runs.filter(run => !run.inScope)
  const withEntries = inside.filter(run => run.entry !== undefined)
  const times = runs.map(run => run.tookUs).sort((a, b) => a - b)
  return {
    queries: runs.length,
    recallAt1: shareOf(inside, run => run.rank === 1),
    recallAt5: shareOf(inside, run => run.rank > 0 && run.rank <= 5),
    mrrAt10: round(
      inside.reduce((sum, { rank }) => sum + (rank > 0 ? 1 / rank : 0), 0) / Math.max(1, inside.length),
    ),
    answered: shareOf(inside, run => run.kind === 'answer'),
    answeredWrong: shareOf(inside, run => run.kind === 'answer' && run.rank !== 1),
    choices: shareOf(inside, run => run.kind === 'choices'),
    none: shareOf(inside, run => run.kind === 'none'),
    noneWhenOutOfScope: outside.length > 0 ? shareOf(outside, run => run.kind === 'none') : null,
    answeredOutOfScope: outside.length > 0 ? shareOf(outside, run => run.kind === 'answer') : null,
    ...(withEntries.length > 0 && entryShares(withEntries)),
    p50Us: Math.round(quantile(times, 0.5)),
    p99Us: Math.round(quantile(times, 0.99)),
  }
}

function runOf(finder: Finder, { text, answers, entries }: Case, keyOf: (item: Findable) => string): Run {
  const start = performance.now()
  const { kind, ranked, choices } = finder.find(text)
  const tookUs = (performance.now() - start) * 1000
  const isRight = (found: Ranked | undefined) =>
    found !== undefined && entries?.includes(found.item.id) === true
  return {
    inScope: answers.length > 0,
    rank: ranked.findIndex(({ item }) => answers.includes(keyOf(item))) + 1,
    kind,
    entry: entries?.length
      ? { isFirst: isRight(ranked[0]), isOffered: choices.some(({ found }) => isRight(found)) }
      : undefined,
    tookUs,
  }
}

const entryShares = (runs: readonly Run[]) => ({
  entryAt1: shareOf(runs, ({ entry }) => entry?.isFirst === true),
  entryAnswered: shareOf(runs, ({ kind, entry }) => kind === 'answer' && entry?.isFirst === true),
  entryOffered: shareOf(runs, ({ kind, entry }) => kind === 'choices' && entry?.isOffered === true),
})

const round = (value: number) => Math.round(value * 10_000) / 10_000

/** The share of these for which something holds, 0 to 1, to four decimals; 0 of none. */
export function shareOf<T>(runs: readonly T[], holds: (run: T) => boolean): number {
  return round(runs.filter(holds).length / Math.max(1, runs.length))
}

/** @param sorted ascending. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
}
