import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createQuestionMask } from '../../../src/features/questions/log/question-mask.ts'
import type { Kept, QuestionRecord } from '../../../src/features/questions/log/records.ts'
import {
  byProgramme,
  byWeek,
  countOutcomes,
  groupNearSame,
  isInNeed,
  judgementIn,
  sayShare,
} from '../../../src/features/questions/log/rules.ts'

const record = (question: string, more: Partial<QuestionRecord> = {}): QuestionRecord => ({
  at: '2026-11-26T06:00:00Z',
  memberId: 'm-1',
  question,
  outcome: 'none',
  score: 0,
  ...more,
})
const keep = (...questions: string[]): Kept[] =>
  questions.map((question, i) => ({ key: `2026-11-26/${i}`, value: record(question) }))

describe('the inbox', () => {
  test('puts near-same wordings together, the most asked first', () => {
    const groups = groupNearSame(
      keep('专利年费能减吗', '公司搬家社保怎么转', '公司搬了家，社保要怎么转？', '请问公司搬家社保怎么转呢'),
    )
    expect(groups.map(({ question, asked }) => [question, asked.length])).toEqual([
      ['公司搬家社保怎么转', 3],
      ['专利年费能减吗', 1],
    ])
  })
  test('loses no question and puts none in two groups', () => {
    const words = fc.array(fc.stringMatching(/^[高企专利补贴申报怎么吗]{1,8}$/u), { maxLength: 40 })
    fc.assert(
      fc.property(words, questions => {
        const keys = groupNearSame(keep(...questions)).flatMap(({ asked }) => asked.map(({ key }) => key))
        expect(keys.toSorted()).toEqual(
          keep(...questions)
            .map(({ key }) => key)
            .toSorted(),
        )
      }),
    )
  })
  test('takes unanswered and useless ones until they are handled', () => {
    const handled = { as: 'dismissed', at: '2026-11-26T06:00:00Z', byName: '陈姐' } as const
    expect(isInNeed(record('x'))).toBe(true)
    expect(isInNeed(record('x', { outcome: 'choices' }))).toBe(true)
    expect(isInNeed(record('x', { outcome: 'answer' }))).toBe(false)
    expect(isInNeed(record('x', { outcome: 'answer', useful: false }))).toBe(true)
    expect(isInNeed(record('x', { handled }))).toBe(false)
  })
})

describe('the numbers', () => {
  const now = Temporal.Instant.from('2026-11-26T14:00:00+08:00')
  test('begin a week on Monday in Shanghai, and show weeks without a question', () => {
    const sunday = record('x', { at: '2026-11-22T15:59:00Z' })
    const monday = record('x', { at: '2026-11-22T16:01:00Z', outcome: 'answer' })
    const weeks = byWeek([sunday, monday], now, 3)
    expect(weeks.map(week => [week.monday.toString(), week.tally.asked])).toEqual([
      ['2026-11-09', 0],
      ['2026-11-16', 1],
      ['2026-11-23', 1],
    ])
  })
  test('count what was chosen as answered', () => {
    const all = [
      record('a', { outcome: 'answer', useful: true }),
      record('b', { outcome: 'chosen', useful: false }),
      record('c', { outcome: 'choices' }),
      record('d'),
    ]
    expect(countOutcomes(all)).toEqual({ asked: 4, answered: 2, choices: 1, none: 1, useful: 1, useless: 1 })
  })
  test('go by programme, the most asked first', () => {
    const all = [record('a'), record('b', { programme: 'hnte' }), record('c', { programme: 'hnte' })]
    expect(byProgramme(all).map(({ programme }) => programme)).toEqual(['hnte', undefined])
  })
  test('say a share, and a dash for nothing', () => {
    expect([sayShare(5, 6), sayShare(0, 3), sayShare(0, 0)]).toEqual(['83%', '0%', '—'])
  })
})

test.each([
  ['有用', true],
  ['很有帮助，谢谢', true],
  ['没用', false],
  ['没有用', false],
  ['答非所问', false],
  ['有用吗', undefined],
  ['没用过高企系统怎么办', undefined],
])('「%s」 judges %s', (text, expected) => {
  expect(judgementIn(text)).toBe(expected)
})

describe('a question without names', () => {
  const people = [
    { id: 'm1', name: '优空间-张唯' },
    { id: 'm2', name: 'Kevin 刘' },
  ]
  test.each([
    ['张唯和Kevin 刘的公司', '〔成员 m1〕和〔成员 m2〕的公司'],
    ['我在优空间', '我在优空间'],
    ['电话138 0000 1234，邮箱 a.b@c.com', '电话〔手机号〕，邮箱 〔邮箱〕'],
    ['身份证35010219900101001X', '身份证〔证件号〕'],
    ['卡号6222020000000000000', '卡号〔卡号〕'],
    ['注册资本13800000万元', '注册资本13800000万元'],
  ])('「%s」 is 「%s」', (text, expected) => {
    expect(createQuestionMask(people)(text)).toBe(expected)
  })
})
