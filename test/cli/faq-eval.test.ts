import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runFaqEval } from '../../src/cli/faq/faq-eval.ts'
import { writtenBy } from './written.ts'

const folder = mkdtempSync(join(tmpdir(), 'faq-eval-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, lines: unknown[]): string {
  const path = join(folder, name)
  writeFileSync(path, lines.map(line => JSON.stringify(line)).join('\n'))
  return path
}

const evaluate = (...args: string[]) => writtenBy(() => runFaqEval([...args, '--json']))

test('entries and questions in files get one line with the figures, in their order', async () => {
  const entries = file('entries.jsonl', [
    { id: 'a', question: '创业担保贷款怎么申请', answer: '到人社局申请。' },
    { id: 'b', question: '高企认定要什么条件' },
  ])
  const queries = file('queries.jsonl', [
    { text: '创业担保贷款怎么申请', answers: ['a'] },
    { text: '今晚月色真美', answers: [] },
  ])
  const out = await evaluate('--entries', entries, '--queries', queries)
  expect(out.trim()).not.toContain('\n')
  expect(Object.keys(JSON.parse(out))).toEqual([
    'queries',
    'recallAt1',
    'recallAt5',
    'mrrAt10',
    'answered',
    'answeredWrong',
    'choices',
    'none',
    'noneWhenOutOfScope',
    'answeredOutOfScope',
    'indexMs',
    'p50Us',
    'p99Us',
  ])
  expect(JSON.parse(out)).toMatchObject({ queries: 2, recallAt1: 1, answeredWrong: 0, noneWhenOutOfScope: 1 })
})

test('without entries the shipped base is asked, by programme', async () => {
  const queries = file('programmes.jsonl', [
    { text: '高企怎么报', programmes: ['hnte'] },
    { text: '我头疼吃什么药', programmes: [] },
  ])
  expect(JSON.parse(await evaluate('--queries', queries))).toMatchObject({
    recallAt1: 1,
    answered: 1,
    noneWhenOutOfScope: 1,
  })
})

test('queries that name entries are measured by entry too', async () => {
  const queries = file('named-entries.jsonl', [
    { text: '高企证书到期怎么办', programmes: ['hnte'], entries: ['hnte-validity'] },
    { text: '高企证书能用几年', entries: ['hnte-validity'] },
    { text: '补贴怎么领', programmes: ['hnte'], entries: ['none-of-ours'] },
    { text: '我头疼吃什么药', programmes: [], entries: [] },
  ])
  expect(JSON.parse(await evaluate('--queries', queries))).toMatchObject({
    entryAt1: 0.6667,
    entryAnswered: 0.6667,
    entryOffered: 0,
    answeredOutOfScope: 0,
    noneWhenOutOfScope: 1,
  })
})

test('messages are measured by their parts', async () => {
  const messages = file('messages.jsonl', [
    {
      text: '高企证书能用几年？技术合同登记要多久？',
      parts: [{ entries: ['hnte-validity'] }, { entries: ['none-of-ours'] }],
    },
    { text: '高企证书能用几年', parts: [{ entries: ['hnte-validity', 'hnte-when'] }] },
  ])
  expect(JSON.parse(await evaluate('--messages', messages))).toEqual({
    messages: 2,
    parts: 3,
    partsTold: 0.6667,
    partsOffered: 0,
    allTold: 0.5,
  })
})

test('a line of another form is named', () => {
  const queries = file('broken.jsonl', [{ text: '高企' }, { question: '高企' }])
  // As a process of its own, as `npm run faq:eval` starts it.
  const args = ['src/cli.ts', 'faq:eval', '--queries', queries, '--json']
  expect(() => execFileSync(process.execPath, args, { encoding: 'utf8', stdio: 'pipe' })).toThrow(
    /第2行不是要求的形式/,
  )
})
