import { Refusal } from '../../../../feature.ts'
import { loadExcelJs } from '../../../../lib/exceljs.ts'
import { sha256 } from '../../../../lib/hash.ts'
import type { RecordedActor } from '../../../../ports/actor.ts'
import type { ChatFile } from '../../../../ports/chat.ts'
import type { Clock } from '../../../../ports/clock.ts'
import { fold } from '../../../../text/fold.ts'
import { runKey, type TestRun, type Tried } from '../changes/records.ts'
import type { KnowledgeEditor } from '../knowledge-editor.ts'
import { addSheet, tablesIn } from '../sheets/sheet-file.ts'
import { scoreOf, type TrialQuestion, tryAll, verdictWords } from './trial.ts'

export type TestBench = Awaited<ReturnType<typeof openTestBench>>

const mostQuestions = 5000
/** Older runs are forgotten. */
const mostKept = 40
export const shippedTitle = '自带的问题'
const nothing = /^(?:无|没有|不答|不知道|-|—)$/u

/** Sets of questions asked of the base as it is, and how they did the last time. */
export async function openTestBench(editor: KnowledgeEditor, clock: Clock) {
  const { runs } = editor.records
  const all = async (): Promise<TestRun[]> =>
    (await runs.list('run-')).map(({ value }) => value).sort((a, b) => b.number - a.number)
  let last = Math.max(0, ...(await all()).map(({ number }) => number))

  async function run(
    title: string,
    questions: readonly TrialQuestion[],
    by: RecordedActor,
  ): Promise<TestRun> {
    const tried = await tryAll(editor.search, questions)
    const made: TestRun = {
      number: ++last,
      title,
      mark: markOf(questions),
      byName: by.name,
      at: clock.now().toString(),
      score: scoreOf(tried),
      tried,
    }
    await runs.update(runKey(made.number), () => made)
    for (const old of (await all()).slice(mostKept)) await runs.update(runKey(old.number), () => undefined)
    return made
  }

  return {
    /** Latest first. */
    all,
    find: (number: number) => runs.get(runKey(number)),
    /** The run before this one of the same questions. */
    async before({ number, mark }: TestRun): Promise<TestRun | undefined> {
      return (await all()).find(one => one.mark === mark && one.number < number)
    },
    runShipped: (by: RecordedActor) => run(shippedTitle, editor.questions, by),
    /** @throws {@link Refusal} where the file is no list of questions, or names entries that do not exist */
    async runFile({ name, bytes }: { name: string; bytes: Uint8Array }, by: RecordedActor): Promise<TestRun> {
      return run(name, await readQuestions(bytes, editor), by)
    },
  }
}

const markOf = (questions: readonly TrialQuestion[]) =>
  sha256(JSON.stringify(questions.map(({ question, expected }) => [question, expected]))).slice(0, 16)

/** Columns by what people call them. */
const questionWords = ['问题', '问法', '提问']
const expectedWords = ['应答条目', '期望条目', '条目', '编号', '答案']

async function readQuestions(bytes: Uint8Array, editor: KnowledgeEditor): Promise<TrialQuestion[]> {
  const [table] = await tablesIn(bytes)
  const [header = [], ...body] = table?.rows ?? []
  const [question, expected] = [questionWords, expectedWords].map(words =>
    header.findIndex(word => words.includes(word)),
  )
  if (question === undefined || question < 0 || expected === undefined || expected < 0)
    throw new Refusal('第一行要有「问题」和「应答条目」两列。可以先下载样表，照着填。')
  const rows = body.flatMap((cells, at) => {
    const [text = '', said = ''] = [cells[question]?.trim(), cells[expected]?.trim()]
    return text === '' ? [] : [{ line: at + 2, text, said }]
  })
  if (rows.length === 0) throw new Refusal('表格里没有问题。')
  if (rows.length > mostQuestions) throw new Refusal(`一次最多 ${mostQuestions} 个问题，请分几份。`)
  const unknown: string[] = []
  const questions = rows.map(({ line, text, said }) => {
    const expectedIds = idsIn(said, editor)
    if (!expectedIds) unknown.push(`第 ${line} 行：没有「${said}」这个条目或项目`)
    return { question: text, expected: expectedIds ?? [] }
  })
  if (unknown.length > 0)
    throw new Refusal([`有 ${unknown.length} 行的应答条目认不出来：`, ...unknown.slice(0, 10)].join('\n'))
  return questions
}

/** Entries named by id, by question or by programme, several with 「、」; empty or 「无」: none. */
function idsIn(said: string, editor: KnowledgeEditor): string[] | undefined {
  if (said === '' || nothing.test(said)) return []
  const entries = editor.entries()
  const whole = entries.find(({ question }) => fold(question) === fold(said))
  if (whole) return [whole.id]
  const found = said.split(/[\s、，,;；|]+/u).map(word => {
    const programme = editor.programmes.find(({ id, name }) => id === word || name === word)?.id
    return entries.filter(
      ({ id, question, programme: of }) => id === word || fold(question) === fold(word) || of === programme,
    )
  })
  return found.some(list => list.length === 0) ? undefined : [...new Set(found.flat().map(({ id }) => id))]
}

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A run as a workbook: question, what was expected, what came, how sure; it can be run again as it is. */
export async function makeRunSheet(
  run: Pick<TestRun, 'title' | 'tried'>,
  editor: KnowledgeEditor,
): Promise<ChatFile> {
  const questions = new Map(editor.entries().map(({ id, question }) => [id, question]))
  const { Workbook } = await loadExcelJs()
  const workbook = new Workbook()
  const rows = run.tried.map(({ question, expected, verdict, got, score }: Tried) => ({
    question,
    expected: expected.join('、') || '无',
    verdict: verdictWords[verdict],
    got: got ?? '',
    short: questions.get(got ?? '') ?? '',
    score: String(score),
  }))
  const columns: [string, string][] = [
    ['question', '问题'],
    ['expected', '应答条目'],
    ['verdict', '结果'],
    ['got', '实际条目'],
    ['short', '实际条目的问法'],
    ['score', '把握'],
  ]
  addSheet(workbook, '批量测试', { columns, rows })
  const name = `${run.title.replace(/\.xlsx$/iu, '')} 测试结果.xlsx`
  return { name, mimeType: xlsxType, bytes: new Uint8Array(await workbook.xlsx.writeBuffer()) }
}
