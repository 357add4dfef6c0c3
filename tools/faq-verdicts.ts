import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { type Answerer, createAnswerer } from '../src/features/faq/answers.ts'
import { loadKnowledge } from '../src/features/faq/knowledge/knowledge.ts'
import { finderOver, liveEntriesOf } from '../src/features/faq/live-entries.ts'
import { questionsIn } from '../src/features/faq/question.ts'
import { createSearch } from '../src/features/faq/search.ts'
import { wishOf } from '../src/features/faq/wishes.ts'
import { fold } from '../src/text/fold.ts'

const Line = z.object({ text: z.string(), verdict: z.enum(['yes', 'no']) })

/** How a first line begins that says yes, no, or that it depends. */
const verdictWords = {
  yes: /^(?:这一条够得上|你说的.+都够得上|能|可以|算|来得及|还来得及|在上限以内)/u,
  no: /^(?:不|没|超期|只减)/u,
  depends: /^(?:要看|看|分情况)/u,
}

/** How the bot does on yes-or-no questions at a threshold; the counts of questions. */
type VerdictsEvaluation = {
  questions: number
  answered: number
  /** Told, with a verdict in the first line. */
  withVerdict: number
  /** Told, and the verdict is the contrary of the right one. */
  wrong: string[]
  /** Told without a verdict. */
  silent: string[]
}

/** Asks each question of a file (JSON lines with `text` and `verdict`) and reads the first line of what is said. */
export async function measureVerdicts(file: string, answerer: Answerer): Promise<VerdictsEvaluation> {
  const at = Temporal.Now.instant()
  const result: VerdictsEvaluation = { questions: 0, answered: 0, withVerdict: 0, wrong: [], silent: [] }
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { text, verdict } = Line.parse(JSON.parse(line))
    result.questions++
    const told = (await answerer.answer(text, at)).find(({ kind }) => kind === 'answer')
    if (!told) continue
    result.answered++
    const said = verdictIn(told.text)
    if (said === undefined) result.silent.push(text)
    else result.withVerdict++
    if (said !== undefined && said !== 'depends' && said !== verdict)
      result.wrong.push(`${text} → ${told.text.split('\n')[0]}`)
  }
  return result
}

const verdictIn = (text: string) =>
  (['no', 'depends', 'yes'] as const).find(verdict => verdictWords[verdict].test(text))

/** How a first line begins that answers a yes-or-no question of any kind. */
const answersYesOrNo =
  /^(?:能|不|可以|可(?!能)|要|有|没|会|算|是|贴|先|看|分情况|来得及|还来得及|在上限以内|超期|只减|这一条够得上|你说的.+都够得上)|没有核到/u

/** How many yes-or-no questions that are told get a verdict in the first line. */
type FirstLinesEvaluation = {
  /** Yes-or-no questions that are told. */
  yesOrNo: number
  /** Those without a verdict in the first line, and the line. */
  without: string[]
}

/** Asks questions and reads the first line of what is told to those that want a yes or no. */
export async function measureFirstLines(
  questions: readonly string[],
  answerer: Answerer,
): Promise<FirstLinesEvaluation> {
  const at = Temporal.Now.instant()
  const result: FirstLinesEvaluation = { yesOrNo: 0, without: [] }
  const isYesOrNo = (text: string) => wishOf(fold(text)) === 'can'
  for (const text of questions.filter(each => questionsIn(each).some(isYesOrNo)))
    for (const { kind, question, text: said } of await answerer.answer(text, at)) {
      if (kind !== 'answer' || !isYesOrNo(question)) continue
      result.yesOrNo++
      const first = said.split('\n')[0] ?? ''
      if (!answersYesOrNo.test(first)) result.without.push(`${question} → ${first}`)
    }
  return result
}

const Question = z.object({ text: z.string().optional(), question: z.string().optional() })

/** The questions of files of JSON lines with `text` or `question`. */
const textsIn = (files: readonly string[]): string[] =>
  files.flatMap(file =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map(line => Question.parse(JSON.parse(line)))
      .flatMap(({ text, question }) => text ?? question ?? []),
  )

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'yes-or-no': { type: 'boolean' } },
  })
  const knowledge = loadKnowledge('data')
  const answerer = createAnswerer(liveEntriesOf(knowledge), createSearch(finderOver(knowledge), undefined))
  const result = values['yes-or-no']
    ? await measureFirstLines(textsIn(positionals), answerer)
    : await measureVerdicts(positionals[0] ?? 'test/data/faq-verdicts.jsonl', answerer)
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
}
