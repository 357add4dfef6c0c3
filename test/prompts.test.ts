import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadPrompt, PromptFault } from '../src/prompts.ts'

const folder = mkdtempSync(join(tmpdir(), 'prompts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const head = { name: 'p', version: 1, temperature: 0.2, maxTokens: 100, schema: 'form' }
function written(fields: Record<string, unknown>, body = '请答。') {
  const file = join(folder, 'p.md')
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  writeFileSync(file, `---\n${lines.join('\n')}\n---\n${body}\n`)
  return file
}

test('the shipped prompt is read whole', () => {
  const { text, ...rest } = loadPrompt('prompts/faq-answer.md')
  expect(rest).toEqual({
    name: 'faq-answer',
    version: 1,
    temperature: 0.2,
    maxTokens: 400,
    schema: 'faq-answer',
  })
  expect(text).toMatch(/^你替众创空间/)
})

test.each<[string, Record<string, unknown>, string]>([
  ['a field that is missing', { ...head, version: '' }, 'version'],
  ['a temperature over 2', { ...head, temperature: 3 }, 'temperature'],
  ['an answer too long', { ...head, maxTokens: 100_000 }, 'maxTokens'],
  ['a field that nobody knows', { ...head, tempertaure: 1 }, '开头'],
  ['another name than the file’s', { ...head, name: 'q' }, '和文件名一样'],
])('%s is refused, by file and field', (_, fields, expected) => {
  const file = written(fields)
  expect(() => loadPrompt(file)).toThrow(PromptFault)
  expect(() => loadPrompt(file)).toThrow(expected)
  expect(() => loadPrompt(file)).toThrow(file)
})

test('a file without a head, without a text, with a broken head or none at all is refused', () => {
  const file = join(folder, 'p.md')
  writeFileSync(file, '请答。')
  expect(() => loadPrompt(file)).toThrow('两行 ---')
  expect(() => loadPrompt(written(head, ' '))).toThrow('没有正文')
  writeFileSync(file, '---\na: [\n---\n请答。')
  expect(() => loadPrompt(file)).toThrow('YAML')
  expect(() => loadPrompt(join(folder, 'none.md'))).toThrow('读不到')
})
