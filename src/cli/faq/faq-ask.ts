import { parseArgs } from 'node:util'
import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../feature.ts'
import { createAnswerer, emptyQuestionReply } from '../../features/faq/answers.ts'
import { loadKnowledge } from '../../features/faq/knowledge/knowledge.ts'
import { finderOver, liveEntriesOf } from '../../features/faq/live-entries.ts'
import { createSearch } from '../../features/faq/search.ts'

/** Asks the shipped base one question, as a maker would in private; `--json` prints one line. */
export async function runAsk(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' } },
    allowPositionals: true,
  })
  const question = positionals.join(' ')
  if (!question) throw new Refusal('请在后面写上问题，例如 npm run -s ask -- "高企怎么报"')
  const knowledge = loadKnowledge('data')
  const answerer = createAnswerer(liveEntriesOf(knowledge), createSearch(finderOver(knowledge), undefined))
  const start = performance.now()
  const all = await answerer.answer(question, Temporal.Now.instant())
  const tookMs = Math.round((performance.now() - start) * 100) / 100
  const [first] = all
  const text = all.map(said => said.text).join('\n\n') || emptyQuestionReply
  const result = {
    kind: first?.kind ?? 'none',
    entryId: first?.entry?.id ?? null,
    programmeId: first?.entry?.programme ?? null,
    score: first?.score ?? 0,
    text,
    tookMs,
  }
  process.stdout.write(`${values.json ? JSON.stringify(result) : text}\n`)
}
