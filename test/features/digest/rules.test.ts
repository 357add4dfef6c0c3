import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { type Item, readItems, streams } from '../../../src/features/digest/items.ts'
import {
  chooseItems,
  composeText,
  isCurrent,
  longestText,
  sendableUntil,
} from '../../../src/features/digest/rules.ts'

const day = Temporal.PlainDate.from('2026-11-27')
const dates = fc.integer({ min: -400, max: 400 }).map(days => day.add({ days }).toString())
const itemsOf: fc.Arbitrary<Item[]> = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z]{1,6}$/),
    stream: fc.constantFrom(...streams),
    title: fc.string({ minLength: 1, maxLength: 40 }),
    who: fc.string({ minLength: 1, maxLength: 160 }),
    benefit: fc.string({ minLength: 1, maxLength: 160 }),
    when: fc.constant('长期'),
    where: fc.constant('申报时享受'),
    documents: fc.constant([]),
    publishedOn: dates,
    validUntil: dates,
  }),
  { selector: item => item.id, maxLength: 30 },
)

test('whatever the items: only current ones, none twice, none pushed before, and they fit into one message', () => {
  fc.assert(
    fc.property(itemsOf, fc.array(fc.nat({ max: 29 })), (items, picks) => {
      const pushed = new Set(picks.flatMap(pick => items[pick]?.id ?? []))
      const chosen = chooseItems(items, pushed, day)
      expect(new Set(chosen.map(({ id }) => id)).size).toBe(chosen.length)
      expect(chosen.every(item => isCurrent(item, day) && !pushed.has(item.id))).toBe(true)
      expect(composeText(chosen, day).length).toBeLessThanOrEqual(longestText)
    }),
  )
})

test('nothing current is left for ever: pushing on and on empties the list', async () => {
  const items = await readItems('data/digest/items.yaml')
  const pushed = new Set<string>()
  for (let week = 0; week < items.length; week++) {
    for (const { id } of chooseItems(items, pushed, day)) pushed.add(id)
  }
  expect([...pushed].sort()).toEqual(items.map(({ id }) => id).sort())
})

describe('the text', () => {
  test('says each item in three lines, with number, date and link', async () => {
    const items = await readItems('data/digest/items.yaml')
    const text = composeText(
      items.filter(({ id }) => id === 'startup-loan-fujian'),
      day,
    )
    const [, , , , title, who, when] = text.split('\n')
    expect(title).toBe('1. 创业担保贷款：个人最高 30 万元，小微企业最高 400 万元')
    expect(who).toContain('财政按贷款实际利率的 50% 贴息')
    expect(when).toContain('闽财规〔2024〕1号，2024年1月19日 http://czt.fujian.gov.cn')
    expect(when).toContain('这是 2025年9月 的口径，以最新通知为准')
  })
})

test('a digest is not sendable past the last day of any of its items', async () => {
  const items = await readItems('data/digest/items.yaml')
  const lastMinutes = Temporal.Instant.from('2027-12-31T23:30:00+08:00')
  const until = sendableUntil(items, lastMinutes, 120).toZonedDateTimeISO('Asia/Shanghai')
  expect(until.toPlainDateTime().toString()).toBe('2027-12-31T23:59:59.999')
})
