import { expect, test } from 'vitest'
import { readingOf, sharesOf } from './set/measure.ts'
import { samplesOf } from './set/sample.ts'

test.each([
  ['learnt', 6],
  ['unseen', 6],
  ['styles', 6],
  ['offices', 6],
  ['last', 4],
  ['final', 4],
  ['kinds', 10],
  ['fresh', 5],
  ['varied', 12],
  ['wider', 9],
  ['later', 9],
  ['mixed', 6],
  ['rare', 9],
  ['broad', 9],
  ['further', 8],
  ['sundry', 9],
  ['usual', 10],
  ['daily', 9],
  ['common', 9],
  ['regular', 10],
  ['steady', 8],
] as const)('documents of many makers are read clause by clause: %s', async (group, makers) => {
  const samples = samplesOf(group)
  expect(new Set(samples.map(({ maker }) => maker)).size).toBeGreaterThanOrEqual(makers)
  const readings = []
  for (const sample of samples) readings.push(await readingOf(sample))
  expect(readings.flatMap(each => each.differences.map(said => `${each.name} ${said}`))).toEqual([])
  expect(sharesOf(readings).silentLoss).toBe(0)
})
