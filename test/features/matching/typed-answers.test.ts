import { describe, expect, test } from 'vitest'
import { readTyped } from '../../../src/features/matching/chat/typed-answers.ts'
import { isoDay } from '../../../src/matching/days.ts'
import { readMatching } from '../../../src/matching/load.ts'

const field = readMatching('data').rules.fields.get('assetsTotal')

test.each([
  ['300万', { min: 300, max: 300 }],
  ['大概300万', { min: 270, max: 330 }],
  ['300万左右', { min: 270, max: 330 }],
  ['500万多', undefined],
])('%s', (text, expected) => {
  if (!field) throw new Error('there is no such field')
  const typed = readTyped(text, { field, answers: [] } as unknown as Parameters<typeof readTyped>[1])
  if (!expected) return expect(typed).toEqual({ kind: 'unclear' })
  if (typed.kind !== 'answer') throw new Error(typed.kind)
  const { min, max } = typed.answer as { min: number; max: number }
  expect({ min: Math.round(min), max: Math.round(max) }).toEqual(expected)
})

test.each([
  ['5000000', 'no-unit'],
  ['1,200,000', 'no-unit'],
  ['5000000元', 'answer'],
  ['500', 'answer'],
  ['20亿', 'answer'],
])('a bare sum too large for 万元 is asked back: %s', (text, kind) => {
  const typed = readTyped(text, { field, answers: [] } as unknown as Parameters<typeof readTyped>[1])
  expect(typed.kind).toBe(kind)
})

test.each([
  ['techStaffShare', '10人', undefined],
  ['techStaffShare', '10%', 10],
  ['techStaffShare', '十个点', 10],
  ['techStaffShare', '10', 10],
  ['rdSpendLastYear', '10人', undefined],
  ['rdSpendLastYear', '10%', undefined],
  ['rdSpendLastYear', '10', 10],
  ['rdSpendLastYear', '3000000元', 300],
  ['rdSpendLastYear', '50万块', 50],
  ['staff', '10万元', undefined],
  ['staff', '10%', undefined],
  ['staff', '3名', 3],
  ['staff', '3个人', 3],
  ['ipClassOne', '3件', 3],
  ['ipClassOne', '3人', undefined],
  ['applicantMonthlyIncome', '1万', 10_000],
  ['applicantMonthlyIncome', '5000块', 5000],
  ['hireContractMonths', '2年', 24],
  ['hireContractMonths', '18个月', 18],
  ['hireContractMonths', '18人', undefined],
  ['licenceYears', '6个月', 0.5],
  ['spaceArea', '500平', 500],
  ['srdiScore', '80分', 80],
])('a figure counts only with a unit of what was asked: %s %s', (id, text, expected) => {
  const asked = readMatching('data').rules.fields.get(id)
  const typed = readTyped(text, { field: asked, answers: [] } as unknown as Parameters<typeof readTyped>[1])
  const min = typed.kind === 'answer' ? (typed.answer as { min: number }).min : undefined
  expect(min).toBe(expected)
})

describe('a day of a company is read by the tokenizer of days', () => {
  const founded = [...readMatching('data').rules.fields.values()].find(({ kind }) => kind === 'day')
  const spanOf = (text: string) => {
    if (!founded) throw new Error('there is no such field')
    const typed = readTyped(text, { field: founded, answers: [] } as unknown as Parameters<
      typeof readTyped
    >[1])
    if (typed.kind !== 'answer') return typed.kind
    const { min, max } = typed.answer as { min: number; max: number }
    return `${isoDay(min)}/${isoDay(max)}`
  }
  test.each([
    ['2024-03-18', '2024-03-18/2024-03-18'],
    ['2024.3.18', '2024-03-18/2024-03-18'],
    ['2024年3月18日', '2024-03-18/2024-03-18'],
    ['2024年3月18号', '2024-03-18/2024-03-18'],
    ['二〇二四年三月十八日', '2024-03-18/2024-03-18'],
    ['24年3月18日', '2024-03-18/2024-03-18'],
    ['2024年3月', '2024-03-01/2024-03-31'],
    ['二〇二四年二月', '2024-02-01/2024-02-29'],
    ['2024-03', '2024-03-01/2024-03-31'],
    ['2024/3', '2024-03-01/2024-03-31'],
    ['2024年3月份', '2024-03-01/2024-03-31'],
    ['2024', '2024-01-01/2024-12-31'],
    ['2024年', '2024-01-01/2024-12-31'],
    ['二〇二四年', '2024-01-01/2024-12-31'],
    ['2024年13月', 'unclear'],
    ['2024年2月30日', 'unclear'],
    ['3月18日', 'unclear'],
    ['2024年或2025年', 'unclear'],
  ])('%s', (text, span) => {
    expect(spanOf(text)).toBe(span)
  })
})
