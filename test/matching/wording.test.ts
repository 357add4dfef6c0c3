import { describe, expect, test } from 'vitest'
import { askInChat } from '../../src/features/matching/chat/words.ts'
import { between, pointAt, type Range } from '../../src/matching/answers.ts'
import { readMatching } from '../../src/matching/load.ts'
import { describeAnswer } from '../../src/matching/wording.ts'

const { fields } = readMatching('data').rules

function fieldOf(id: string) {
  const field = fields.get(id)
  if (!field) throw new Error('there is no such field')
  return field
}

describe('a range is said as people say it', () => {
  const justAbove = (value: number) => value + 1e-6
  test.each<[string, Range, string]>([
    ['rdSpendLastYear', between(0, 100, false), '不到100万元'],
    ['rdSpendLastYear', between(100, justAbove(100), false), '100万元'],
    ['rdSpendLastYear', between(justAbove(100), 500, false), '超过100万元、不到500万元'],
    ['rdSpendLastYear', between(100, justAbove(500), false), '100万元以上、500万元以内'],
    ['revenueLastYear', between(20_000, justAbove(20_000), false), '2亿元'],
    ['staff', between(1, 100, true), '1 到 100 人'],
    ['staff', between(0, 100, true), '100人以内'],
    ['staff', between(101, Number.POSITIVE_INFINITY, true), '101人以上'],
    ['spaceSeats', between(20, 30, true), '20 到 30 个'],
    ['techStaffShare', between(10, 30, false), '10%以上、不到30%'],
    ['staff', pointAt(0), '没有（0）'],
    ['rdSpendLastYear', between(0, justAbove(0), false), '没有（0）'],
    ['staff', pointAt(3), '3人'],
  ])('%s %o', (id, range, said) => {
    expect(describeAnswer(fieldOf(id), range)).toBe(said)
  })
})

test('the number of an option does not run into its figure', () => {
  const answers = [pointAt(1), between(2, 100, true)]
  expect(
    askInChat({ field: fieldOf('staff'), answers }, 1)
      .split('\n')
      .slice(1, 3),
  ).toEqual(['1）1人', '2）2 到 100 人'])
})
