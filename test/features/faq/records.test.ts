import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { Day, EntryRecord, PartialDay, SourceDocument } from '../../../src/features/faq/records.ts'
import { statesFigure, statesNumber } from '../../../src/features/faq/wording/figures.ts'
import { anEntry } from './knowledge-samples.ts'

/** The shape of the file, from the sample of the loaded shape. */
function record(changes: Record<string, unknown> = {}) {
  const { programme: _, ...entry } = anEntry()
  return { ...entry, details: [{ about: 'when', text: '期限不超过3年。' }], documents: ['rules'], ...changes }
}
const faultsOf = (changes: Record<string, unknown>) =>
  EntryRecord.safeParse(record(changes)).error?.issues.map(issue => issue.path.join('.')) ?? []

test('a sound entry passes', () => {
  expect(faultsOf({})).toEqual([])
})

describe('what a policy forbids can not be loaded', () => {
  test('refer_only with a figure in the first line or in a detail', () => {
    const changes = {
      policy: 'refer_only',
      short: '奖20万元。',
      details: [{ about: 'amount', text: '再加三成' }],
    }
    expect(faultsOf(changes)).toEqual(['short', 'details.0.text'])
  })
  test('refer_only may name a public hotline, and needs no document', () => {
    const changes = { policy: 'refer_only', short: '请拨12366问。', details: [], documents: [] }
    expect(faultsOf(changes)).toEqual([])
  })
  test('history_only with a figure in the first line, where no frame stands before it', () => {
    expect(faultsOf({ policy: 'history_only' })).toEqual(['short'])
    expect(faultsOf({ policy: 'history_only', short: '2018年有过，现在没有核到。' })).toEqual([])
  })
  test('a figure without a document', () => {
    expect(faultsOf({ documents: [] })).toEqual(['documents'])
  })
  test('a plain statement that was never verified', () => {
    expect(faultsOf({ verifiedOn: null })).toEqual(['verifiedOn'])
    expect(faultsOf({ verifiedOn: null, policy: 'hedge' })).toEqual([])
  })
  test('an end before the beginning', () => {
    expect(faultsOf({ effectiveFrom: '2026', effectiveUntil: '2025-12-31' })).toEqual(['effectiveUntil'])
  })
})

test('a misspelt field is refused, not ignored', () => {
  expect(EntryRecord.safeParse(record({ efectiveUntil: '2026-01-01' })).success).toBe(false)
})

test('31 February is no day, whichever way it is written', () => {
  expect(Day.safeParse('2026-02-31').success).toBe(false)
  expect(PartialDay.safeParse('2026-13').success).toBe(false)
  expect(faultsOf({ effectiveUntil: '2026-02-31' })).toEqual(['effectiveUntil'])
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      date => {
        const day = Temporal.PlainDate.from(date.toISOString().slice(0, 10)).toString()
        return [day, day.slice(0, 7), day.slice(0, 4)].every(part => PartialDay.safeParse(part).success)
      },
    ),
  )
})

test.each([
  ['https://www.most.gov.cn/a.html', true],
  ['http://fuzhou.gov.cn/a', true],
  ['https://gov.cn.example.com/a', false],
  ['https://www.zhongjie.com/gov.cn', false],
  ['javascript:alert(1)//gov.cn', false],
  ['ftp://www.most.gov.cn/a', false],
])('the link %s may be shown: %s', (url, allowed) => {
  const document = { title: '办法', number: null, issuer: '局', date: null, link: { url, opened: false } }
  expect(SourceDocument.safeParse(document).success).toBe(allowed)
})

test.each([
  ['最高30万元', true],
  ['三十万元', true],
  ['减半', false],
  ['不超过百分之五十，即50%', true],
  ['满6个月', true],
  ['2026年的时间没有核到', false],
  ['2025年度分了批', false],
  ['截至2026-08-31', false],
  ['请拨12366', false],
])('「%s」 states a figure: %s', (text, figure) => {
  expect(statesFigure(text)).toBe(figure)
})

test('a text that must have no numbers may have a hotline and nothing else', () => {
  expect(statesNumber('请拨12366或12333')).toBe(false)
  expect(statesNumber('2019年奖过')).toBe(true)
})
