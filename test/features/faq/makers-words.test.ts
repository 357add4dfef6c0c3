import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMeaningReader } from '../../../src/features/faq/finder/query/makers-words.ts'
import { createRanker } from '../../../src/features/faq/finder/ranking/ranker.ts'
import {
  makersWordsFor,
  makersWordsOf,
  readMakersWordsFile,
} from '../../../src/features/faq/knowledge/makers-words.ts'
import { knowledge } from '../../shipped-knowledge.ts'

const words = { 利息: ['贴息'], 那笔利息: ['贷款'], 牌子: ['高企', '科小'] }

test('a question means what its words of makers mean, the longest of them alone', () => {
  const read = createMeaningReader(words)
  expect(read('利息能退吗')).toEqual([['贴息']])
  expect(read('那笔利息能退吗')).toEqual([['贷款']])
  expect(read('评那块牌子')).toEqual([['高企', '科小']])
  expect(read('利息和贴息是一回事吗')).toEqual([])
  expect(createMeaningReader()('利息')).toEqual([])
})

test('an entry that says what is meant gets it as parts of its score', () => {
  const items = [
    {
      id: 'interest',
      question: '贴息有多少？',
      otherQuestions: [],
      answer: '一年两个点。',
      programme: 'loan',
    },
    { id: 'place', question: '场地有多大？', otherQuestions: [], answer: '看空间。', programme: 'space' },
  ]
  const ranker = createRanker(items, { aliases: { aliases: {}, ambiguous: {} }, makersWords: words })
  const ranked = ranker.rank(ranker.read('利息有多少'))
  const partsOf = (id: string) => ranked.find(({ item }) => item.id === id)?.parts
  expect(partsOf('interest')).toMatchObject({ meantByRules: 1, meantByWordings: 1 })
  expect(partsOf('place')).toMatchObject({ meantByRules: 0, meantByWordings: 0 })
})

test('the shipped words mean what some entry says, and none of them is kept and rejected', () => {
  const { value: file, faults } = readMakersWordsFile('data/faq-words.yaml')
  expect(faults).toEqual([])
  const used = makersWordsOf(file)
  expect(knowledge.makersWords).toEqual(used)
  const pairsOf = (table: typeof used) =>
    Object.entries(table).flatMap(([word, meanings]) => meanings.map(meaning => `${word} ${meaning}`))
  const pairs = pairsOf(used)
  expect(pairs.length).toBeGreaterThanOrEqual(150)
  const said = new Set(
    knowledge.entries.flatMap(entry => pairsOf(Object.fromEntries(makersWordsFor(entry, used)))),
  )
  expect(pairs.filter(pair => !said.has(pair))).toEqual([])
  expect(pairsOf(file.rejected).filter(pair => pairs.includes(pair))).toEqual([])
  expect(used.利息).toEqual(['贴息'])
  expect(used.五险).toEqual(['社保'])
  expect(used.烧钱).toContain('研发费用')
  expect(used.管三年).toContain('高企')
})

test('a fault in the file is told by line and field, and a missing file has no words', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'faq-words-')), 'faq-words.yaml')
  expect(readMakersWordsFile(file)).toEqual({ value: { kept: {}, added: {}, rejected: {} }, faults: [] })
  writeFileSync(file, 'kept:\n  利息: 贴息\nadded: {}\nrejected: {}\n')
  expect(readMakersWordsFile(file).faults).toMatchObject([{ line: 2, field: 'kept.利息' }])
})
