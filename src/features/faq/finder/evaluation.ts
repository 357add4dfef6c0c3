import type { Findable, Finder } from './finder.ts'

/** A question with what would answer it: entries by id or programmes, any of them; none where nothing does. */
export type Case = { text: string; answers: readonly string[] }

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
  p50Us: number
  p99Us: number
}

type Run = { inScope: boolean; rank: number; kind: 'answer' | 'choices' | 'none'; tookUs: number }

/** @param keyOf what the answers of the cases name of an entry: its id, or its programme. */
export function evaluate(
  finder: Finder,
  cases: readonly Case[],
  keyOf: (item: Findable) => string,
): Evaluation {
  const runs = cases.map(({ text, answers }): Run => {
    const start = performance.now()
    const { kind, ranked } = finder.find(text)
    const tookUs = (performance.now() - start) * 1000
    const rank = ranked.findIndex(({ item }) => answers.includes(keyOf(item))) + 1
    return { inScope: answers.length > 0, rank, kind, tookUs }
  })
  const inside = runs.filter(run => run.inScope)
  const outside = runs.filter(run => !run.inScope)
  const times = runs.map(run => run.tookUs).sort((a, b) => a - b)
  return {
    queries: runs.length,
    recallAt1: share(inside, run => run.rank === 1),
    recallAt5: share(inside, run => run.rank > 0 && run.rank <= 5),
    mrrAt10: round(
      inside.reduce((sum, { rank }) => sum + (rank > 0 ? 1 / rank : 0), 0) / Math.max(1, inside.length),
    ),
    answered: share(inside, run => run.kind === 'answer'),
    answeredWrong: share(inside, run => run.kind === 'answer' && run.rank !== 1),
    choices: share(inside, run => run.kind === 'choices'),
    none: share(inside, run => run.kind === 'none'),
    noneWhenOutOfScope: outside.length > 0 ? share(outside, run => run.kind === 'none') : null,
    p50Us: Math.round(quantile(times, 0.5)),
    p99Us: Math.round(quantile(times, 0.99)),
  }
}

const round = (value: number) => Math.round(value * 10_000) / 10_000

function share(runs: readonly Run[], holds: (run: Run) => boolean): number {
  return round(runs.filter(holds).length / Math.max(1, runs.length))
}

/** @param sorted ascending. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
}
