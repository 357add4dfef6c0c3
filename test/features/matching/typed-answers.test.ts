import { expect, test } from 'vitest'
import { readTyped } from '../../../src/features/matching/chat/typed-answers.ts'
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
