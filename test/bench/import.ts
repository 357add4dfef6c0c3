import { Temporal } from 'temporal-polyfill'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import { createAlarms } from '../../src/alarms.ts'
import { baseOf, withPieces } from '../../src/features/faq/editing/changes/pieces.ts'
import { createEntryDrafts } from '../../src/features/faq/editing/drafts.ts'
import { openKnowledgeEditor } from '../../src/features/faq/editing/knowledge-editor.ts'
import { makeEntrySheet } from '../../src/features/faq/editing/sheets/sheet-file.ts'
import { createSheetImport } from '../../src/features/faq/editing/sheets/sheet-import.ts'
import { readQuestionSet } from '../../src/features/faq/editing/trials/trial.ts'
import { readKnowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import { createQuietLog } from '../conversation.ts'

/**
 * Exports and imports a spreadsheet of entries: `npm run -s bench:import -- [rows]`. One line of JSON; all times in ms.
 * The floor: 5,000 rows in less than 5 s, from the bytes of the file to the list of what would change.
 * `goLiveMs` is with the release gate: the shipped questions asked of the base before and after.
 */
const rows = Number(process.argv[2] ?? 5000)
const files = readKnowledge('data')
const base = baseOf(files.sources.map(({ value }) => value))
const shipped = [...base.values()].flatMap(({ programme, entries }) =>
  entries.map(entry => ({ programme, entry })),
)
const more = Array.from({ length: Math.max(0, rows - shipped.length) }, (_, at) => {
  const { programme, entry } = shipped[at % shipped.length] as (typeof shipped)[number]
  const mark = `第${at}号`
  const piece = {
    ...entry,
    id: `bench-${at}`,
    question: `${mark}：${entry.question}`,
    otherQuestions: entry.otherQuestions.map(one => `${mark}${one}`),
  }
  return { place: { programme, part: 'entries' as const, name: piece.id }, piece }
})
const clock = createMovableClock({ startAt: Temporal.Now.instant(), isRunning: true })
const log = createQuietLog()
const editor = await openKnowledgeEditor({
  store: createMemoryStore(),
  clock,
  alarms: createAlarms({ clock, log }),
  files,
  questions: readQuestionSet('data/faq-questions.yaml'),
  isGateOn: true,
  isOnePerson: true,
  identitiesOf: async id => new Set([id]),
})
const sheetImport = createSheetImport(editor, createEntryDrafts(editor.records, clock), clock)
const by = { id: 'bench', name: 'bench' }

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now()
  const result = await work()
  return [result, Math.round(performance.now() - start)]
}

const [sheet, writeMs] = await timed(() => makeEntrySheet(withPieces(base, more), 'bench.xlsx'))
const [plan, dryRunMs] = await timed(() => sheetImport.dryRun(by, { name: sheet.name, bytes: sheet.bytes }))
const [change, handInMs] = await timed(() => sheetImport.confirm(by))
if (typeof change === 'number' || !('wrong' in plan)) throw new Error('not read as a sheet of entries')
const [, goLiveMs] = await timed(() => editor.approve(change.number, by, true))
const result = {
  rows: plan.rows.filter(({ sheet }) => sheet === '条目').length,
  added: plan.rows.filter(({ kind }) => kind === 'added').length,
  wrong: plan.wrong,
  fileKb: Math.round(sheet.bytes.length / 1024),
  writeMs,
  dryRunMs,
  handInMs,
  goLiveMs,
}
process.stdout.write(`${JSON.stringify(result)}\n`)
