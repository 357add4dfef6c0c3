import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { siteSearchScripts } from '../../src/app/files/site-scripts.ts'
import { bytesIn, textOfBytes } from '../../src/features/faq/assets/base91.ts'
import { characterCodesOf, textOfCodes } from '../../src/features/faq/assets/character-codes.ts'
import { columnsOf, rowsOf } from '../../src/features/faq/assets/columns.ts'
import { readKnowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import { finder, knowledge } from '../shipped-knowledge.ts'

type Found = { kind: string; first: string | undefined }

test('the exported site finds in the browser what the server finds, from at most 360 kB', async () => {
  const files = readKnowledge('data')
  const scripts = await siteSearchScripts(
    { knowledge: files },
    () => knowledge.entries,
  )(async () => text => text)
  const sizes = [...scripts.values()].map(text => Buffer.byteLength(text))
  // With the page itself and its style, which have 5 kB together.
  expect(sizes.reduce((sum, size) => sum + size, 5000)).toBeLessThanOrEqual(360_000)

  const browser = {
    Blob,
    Response,
    DecompressionStream,
    TextDecoder,
    TextEncoder,
    Uint8Array,
    URL,
  } as Record<string, unknown>
  for (const script of scripts.values()) runInNewContext(script, browser)
  const find = browser.siteFind as (question: string) => Promise<Found>
  const server = finder
  const questions = readFileSync('test/data/faq-held-out.jsonl', 'utf8')
    .trim()
    .split('\n')
    .filter((_, at) => at % 2 === 0)
    .map(line => String(JSON.parse(line).text))
  const different: string[] = []
  for (const question of [...questions, '創新券怎麼領', 'gaoqi怎么报', '搞企认定']) {
    const here = server.find(question)
    const there = await find(question)
    if (there.first !== here.ranked[0]?.item.id || there.kind !== here.kind) different.push(question)
  }
  expect(different.length, different.join('\n')).toBeLessThanOrEqual(Math.floor(questions.length / 100))
})

test('entries come back from the columns of their fields, with nothing in place of what they lack', () => {
  const fields = ['id', 'region', 'otherQuestions'] as const
  const rows: { id: string; region?: string; otherQuestions: string[] }[] = [
    { id: 'a', otherQuestions: ['问'] },
    { id: 'b', region: '福州', otherQuestions: [] },
  ]
  expect(rowsOf(JSON.parse(JSON.stringify(columnsOf(rows, fields))))).toEqual(rows)
  expect(rowsOf(columnsOf([], fields))).toEqual([])
})

test('any text comes back from the codes of its signs', () => {
  const many = Array.from({ length: 9000 }, (_, at) => String.fromCharCode(0x4e00 + at)).join('')
  expect(textOfCodes(characterCodesOf(many))).toBe(many)
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => textOfCodes(characterCodesOf(text)) === text))
})

test('any bytes come back from the digits that stand for them, which a script may hold', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      const text = textOfBytes(bytes)
      expect([...bytesIn(text)]).toEqual([...bytes])
      expect(text).not.toMatch(/["\\\n]/u)
    }),
  )
})
