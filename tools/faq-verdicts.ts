import { readFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { type Answerer, createAnswerer } from '../src/features/faq/answers.ts'
import { loadKnowledge } from '../src/features/faq/knowledge/knowledge.ts'
import { finderOver, liveEntriesOf } from '../src/features/faq/live-entries.ts'
import { searching } from '../src/features/faq/search.ts'

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

if (import.meta.main) {
  const knowledge = loadKnowledge('data')
  const answerer = createAnswerer(liveEntriesOf(knowledge), searching(finderOver(knowledge), undefined))
  const result = await measureVerdicts(process.argv[2] ?? 'test/data/faq-verdicts.jsonl', answerer)
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
}
