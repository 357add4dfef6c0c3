import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import { openCatalogue } from '../../../src/features/items/catalogue/catalogue.ts'
import { openItemRecords } from '../../../src/features/items/catalogue/records.ts'
import { compareItems } from '../../../src/features/items/catalogue/repeats.ts'
import { packSketch, sketchLikeness, sketchOf, unpackSketch } from '../../../src/text/sketches/sketch.ts'
import { createSketchIndex } from '../../../src/text/sketches/sketch-index.ts'
import { draft } from './drafts.ts'

const text = (seed: number) =>
  Array.from({ length: 60 }, (_, i) => `第${(seed * 7919 + i * 104729) % 9973}项要求。`).join('')

describe('sketches', () => {
  test('tell how alike two texts are', () => {
    const whole = text(1)
    expect(sketchLikeness(sketchOf(whole), sketchOf(whole))).toBe(1)
    expect(sketchLikeness(sketchOf(whole), sketchOf(`${whole}（来源：某网站）`))).toBeGreaterThan(0.85)
    expect(sketchLikeness(sketchOf(whole), sketchOf(text(2)))).toBeLessThan(0.3)
    expect(unpackSketch(packSketch(sketchOf(whole)))).toEqual(sketchOf(whole))
    expect(unpackSketch('')).toBeUndefined()
  })
  test('spaces, marks and width do not count', () => {
    fc.assert(
      fc.property(fc.constantFrom(' ', '　', '\n', '，', '。'), mark => {
        const one = '请企业于１２月１５日前登录系统提交申请逾期不候'
        const other = [...one.normalize('NFKC')].join(mark)
        expect(sketchLikeness(sketchOf(one), sketchOf(other))).toBe(1)
      }),
    )
  })
  test('are found among many, also after the index has grown', () => {
    const index = createSketchIndex()
    for (let i = 0; i < 3000; i++) index.add(i, sketchOf(text(i)))
    for (const i of [0, 1023, 1024, 2999]) {
      expect(index.search(sketchOf(`${text(i)}附件略。`), 0.6)[0]?.id).toBe(i)
    }
    expect(index.search(sketchOf('完全不相干的一段话，讲的是别的事情'), 0.6)).toEqual([])
  })
})

describe('one notice twice', () => {
  const title = '关于组织申报2026年研发补助的通知'
  const verdict = (one: Parameters<typeof compareItems>[0], other: Parameters<typeof compareItems>[1]) =>
    compareItems(one, other)
  test('the same number makes them one, another number two', () => {
    const same = { title, documentNumber: '榕科〔2026〕12号' }
    expect(verdict({ ...same, textLikeness: undefined }, { ...same, title: '【转载】研发补助申报' })).toBe(
      'same',
    )
    expect(verdict({ ...same, textLikeness: 0.99 }, { title, documentNumber: '榕科〔2026〕13号' })).toBe('no')
  })
  test('a number without its office is no proof', () => {
    const number = '2026年第4号'
    expect(
      verdict(
        { title, documentNumber: number, textLikeness: 0.1 },
        { title: '关于收费的公告', documentNumber: number },
      ),
    ).toBe('no')
  })
  test('last year is not this year, and a round not the next', () => {
    expect(verdict({ title, textLikeness: 0.97 }, { title: title.replace('2026', '2025') })).toBe('no')
    expect(
      verdict({ title: '第一批项目申报通知', textLikeness: 0.97 }, { title: '第二批项目申报通知' }),
    ).toBe('no')
  })
  test('a notice about a notice is another one', () => {
    expect(verdict({ title, textLikeness: 0.9 }, { title: title.replace('申报', '延长申报') })).toBe('no')
  })
  test('title and text near the same are one; where only one of them is, a person looks', () => {
    expect(verdict({ title, textLikeness: 0.8 }, { title: `${title}（转）` })).toBe('same')
    expect(verdict({ title, textLikeness: 0.2 }, { title })).toBe('perhaps')
    expect(verdict({ title, textLikeness: undefined }, { title })).toBe('perhaps')
  })
})

test('two sources that bring one notice at the same time make one item', async () => {
  const catalogue = await openCatalogue(openItemRecords(createMemoryStore()))
  const number = { documentNumber: '榕科〔2026〕12号' }
  await Promise.all([
    catalogue.admit([draft({ ...number, link: 'https://a.gov.cn/1' })]),
    catalogue.admit([
      draft({ ...number, link: 'https://b.gov.cn/1', from: '某区' }),
      draft({ ...number, link: 'https://c.gov.cn/1' }),
    ]),
  ])
  const [item, ...more] = await catalogue.kept(() => true)
  expect(more).toEqual([])
  expect(item?.alsoAt.map(({ link }) => link)).toEqual(['https://b.gov.cn/1', 'https://c.gov.cn/1'])
  expect(catalogue.hasLink('http://www.c.gov.cn/1/')).toBe(true)
})

test('what the store did not keep is not taken as known', async () => {
  const records = openItemRecords(createMemoryStore())
  let isFull = true
  const update: typeof records.update = async (number, change) => {
    if (isFull) throw new Error('disk full')
    return records.update(number, change)
  }
  const catalogue = await openCatalogue({ ...records, update })
  const one = draft({ link: 'https://a.gov.cn/1' })
  await expect(catalogue.admit([one])).rejects.toThrow('disk full')
  expect(catalogue.hasLink('https://a.gov.cn/1')).toBe(false)
  isFull = false
  expect((await catalogue.admit([one]))[0]?.isNew).toBe(true)
})
