import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Refusal } from '../feature.ts'
import { type Miss, measureNotices, type NoticeScores } from '../text/notices/accuracy.ts'

const Day = z.iso.date()
const Line = z.object({
  title: z.string(),
  text: z.string(),
  publishedOn: Day,
  deadline: Day.nullable(),
  documentNumber: z.string().nullable(),
  amounts: z.array(z.string()),
})
const shipped = 'test/data/notices.jsonl'

/**
 * Measures what is read out of notices, `--notices N.jsonl`, one labelled notice a line; the shipped set where none is
 * given. `--json` prints one line, `--misses` also what was wrong.
 */
export function runDigestEval(args: readonly string[]): void {
  const { values } = parseArgs({
    args: [...args],
    options: { notices: { type: 'string' }, json: { type: 'boolean' }, misses: { type: 'boolean' } },
  })
  const { scores, misses } = measureNotices(readLines(values.notices ?? shipped))
  process.stdout.write(`${values.json ? JSON.stringify(scores) : tableOf(scores)}\n`)
  if (values.misses) for (const miss of misses) process.stdout.write(`${sayMiss(miss)}\n`)
}

function readLines(file: string) {
  return textOf(file)
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '') return []
      const result = Line.safeParse(parsed(line))
      if (result.success) return [result.data]
      const field = result.error.issues[0]?.path.join('.') || '整行'
      throw new Refusal(`${file} 第${at + 1}行不是要求的形式（${field}）。`)
    })
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Refusal(`读不到 ${file}，请检查路径。`, { cause })
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const names = { deadline: '截止日', documentNumber: '文号', amounts: '金额', deadlineStated: '说定的截止日' }
const fields = ['deadline', 'deadlineStated', 'documentNumber', 'amounts'] as const

function tableOf(scores: NoticeScores): string {
  const lines = fields.map(field => {
    const { precision, recall } = scores[field]
    return `${names[field]}\t查准 ${precision ?? '-'}\t查全 ${recall ?? '-'}`
  })
  const choice = `说定的占 ${scores.stated ?? '-'}，两个里有一个对的占 ${scores.inTwo ?? '-'}`
  return [`${scores.notices} 条`, ...lines, choice].join('\n')
}

function sayMiss({ title, field, wrong, missed }: Miss): string {
  return `${names[field]}｜${title}｜多出 ${wrong.join('、') || '无'}｜漏掉 ${missed.join('、') || '无'}`
}
