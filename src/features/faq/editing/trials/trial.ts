import { readFileSync } from 'node:fs'
import { setImmediate as othersTurn } from 'node:timers/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { KnowledgeFault } from '../../knowledge/knowledge-sheet.ts'
import type { SearchEntries } from '../../search.ts'
import type { GateResult, Score, Tried } from '../changes/records.ts'

/** A question with the entries, by id, any of which answers it; none where the bot should say that it does not know. */
export type TrialQuestion = { question: string; expected: readonly string[] }

const QuestionFile = z.strictObject({
  /** By entry. */
  answered: z.record(z.string(), z.array(z.string().trim().min(1)).min(1)),
  /** Questions that no entry answers. */
  unknown: z.array(z.string().trim().min(1)),
})

/**
 * The questions that ship, against which every edit is tried before it goes live.
 * @throws {@link KnowledgeFault} where the file is not of its form
 */
export function readQuestionSet(file: string): TrialQuestion[] {
  const result = QuestionFile.safeParse(parse(readFileSync(file, 'utf8')))
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => ({
      file,
      line: 1,
      field: path.join('.'),
      message,
    }))
    throw new KnowledgeFault(faults)
  }
  const { answered, unknown } = result.data
  return [
    ...Object.entries(answered).flatMap(([id, questions]) =>
      questions.map(question => ({ question, expected: [id] })),
    ),
    ...unknown.map(question => ({ question, expected: [] })),
  ]
}

export const verdictWords: Record<Tried['verdict'], string> = {
  hit: '答对',
  offered: '反问里有',
  wrong: '答错',
  refused: '没答',
}
/** From best to worst. */
const order: Tried['verdict'][] = ['hit', 'offered', 'refused', 'wrong']

/** Asks one question, as chat does, and judges what the bot would do. */
async function tryOne(search: SearchEntries, { question, expected }: TrialQuestion): Promise<Tried> {
  const { kind, ranked, choices, sureness } = await search(question)
  const score = Math.round(sureness.ofFirst * 1e4) / 1e4
  const common = { question, expected: [...expected], score }
  if (kind === 'none') return { ...common, verdict: expected.length === 0 ? 'hit' : 'refused' }
  const told = kind === 'answer' ? ranked.slice(0, 1) : choices.map(({ found }) => found)
  const got = told[0]?.item.id
  const isRight = told.some(({ item }) => expected.includes(item.id))
  const verdict =
    kind === 'answer' ? (isRight ? 'hit' : 'wrong') : isRight || expected.length === 0 ? 'offered' : 'refused'
  return { ...common, verdict, ...(got ? { got } : {}) }
}

/** Questions that are tried before other work gets a turn. */
const atATime = 10

/** Asks all of them, letting others have their turn in between. */
export async function tryAll(search: SearchEntries, questions: readonly TrialQuestion[]): Promise<Tried[]> {
  const tried: Tried[] = []
  for (const [at, question] of questions.entries()) {
    if (at % atATime === atATime - 1) await othersTurn()
    tried.push(await tryOne(search, question))
  }
  return tried
}

export function scoreOf(tried: readonly Tried[]): Score {
  const count = (verdict: Tried['verdict']) => tried.filter(one => one.verdict === verdict).length
  return {
    asked: tried.length,
    hits: count('hit'),
    offered: count('offered'),
    wrong: count('wrong'),
    refused: count('refused'),
  }
}

/** True where more is answered wrong or less right than before. */
export function isLowered({ before, after }: Pick<GateResult, 'before' | 'after'>): boolean {
  return after.wrong > before.wrong || after.hits < before.hits
}

const mostShown = 30

/** Two runs of the same questions: how each did, and which do worse than before. */
export function compareRuns(before: readonly Tried[], after: readonly Tried[]): GateResult {
  const earlier = new Map(before.map(one => [one.question, one.verdict]))
  const worse = after.flatMap(({ question, verdict }) => {
    const was = earlier.get(question)
    return was && order.indexOf(verdict) > order.indexOf(was)
      ? [{ question, before: verdictWords[was], after: verdictWords[verdict] }]
      : []
  })
  return { before: scoreOf(before), after: scoreOf(after), worse: worse.slice(0, mostShown) }
}
