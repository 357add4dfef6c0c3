import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../src/feature.ts'
import { parseSeed, readSeed } from '../../../src/features/items/seed-file.ts'
import { streams } from '../../../src/ports/items.ts'
import { itemText } from '../digest/world.ts'

const file = 'data/digest/items.yaml'
const reading = (...texts: string[]) => parseSeed(texts.join('\n'), file)

describe('the items that ship', () => {
  test('are whole, and each of the three streams has some', async () => {
    const items = await readSeed(file)
    expect(items.length).toBeGreaterThanOrEqual(10)
    expect(new Set(items.map(({ stream }) => stream))).toEqual(new Set(streams))
  })
  test('link to government sites only', async () => {
    for (const { source } of await readSeed(file)) {
      if (source) expect(new URL(source).hostname).toMatch(/\.gov\.cn$/)
    }
  })
})

describe('a broken file is named with item and field', () => {
  test.each([
    [
      'a day that is on no calendar',
      itemText('a', { validUntil: '"2026-02-31"' }),
      '「最后一天 validUntil」：日历上没有这个日期',
    ],
    [
      'a date without its year',
      itemText('a', { publishedOn: '"11月1日"' }),
      '「从哪天起推 publishedOn」：日历上没有',
    ],
    [
      'a number missing',
      itemText('a', { documents: '[{ title: 某公告, date: "2023-08-02" }]' }),
      '「文件第 1 份的文号 number」：没有填',
    ],
    ['no document for a policy', itemText('a', { documents: '[]' }), '政策条目要写明文件'],
    [
      'an unknown number without the original',
      itemText('a', { documents: '[{ title: 某公告, number: 文号见原文, date: "2023-08-02" }]' }),
      '就要给原文链接',
    ],
    ['another stream', itemText('a', { stream: '八卦' }), '只能是政策、科技服务、企业动态'],
    ['an empty title', itemText('a', { title: '""' }), '「标题 title」：没有填'],
    ['a field that nobody knows', itemText('a', { deadline: '"2026-12-01"' }), '不认识的栏：deadline'],
    ['a source that is no address', itemText('a', { source: '官网' }), '「原文链接 source」：不是网址'],
    ['a title of a hundred characters', itemText('a', { title: '长'.repeat(100) }), '太长了，最多 40 个字'],
  ])('%s', (_, text, complaint) => {
    expect(() => reading(text)).toThrow(Refusal)
    expect(() => reading(text)).toThrow(complaint)
    expect(() => reading(text)).toThrow(`${file} 有 1 处要改：\n第 1 条（a）`)
  })

  test('one id twice', () => {
    expect(() => reading(itemText('a'), itemText('b'), itemText('a'))).toThrow(
      '第 3 条（a）的编号和第 1 条重复',
    )
  })
  test('every problem at once', () => {
    const both = () => reading(itemText('a', { title: '""' }), itemText('b', { stream: '八卦' }))
    expect(both).toThrow('有 2 处要改')
  })
  test('no list at all', () => {
    expect(() => reading('标题: 一条')).toThrow('要是一个列表')
    expect(() => reading('- 只有一句话')).toThrow('第 1 条要写成「栏目: 内容」')
  })
  test('no YAML at all', () => {
    expect(() => reading('- id: "没有引号结尾\n  title: x')).toThrow(/第 \d+ 行的格式读不懂/)
  })
  test('a file that is not there', async () => {
    await expect(readSeed('data/digest/nowhere.yaml')).rejects.toThrow('读不到')
  })
})
