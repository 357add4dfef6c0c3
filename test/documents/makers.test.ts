import { expect, test } from 'vitest'
import { readingOf, sharesOf } from './set/measure.ts'
import { samplesOf } from './set/sample.ts'

test.each(['learnt', 'unseen', 'styles', 'offices'] as const)(
  'documents of many makers are read clause by clause: %s',
  async group => {
    const samples = samplesOf(group)
    expect(new Set(samples.map(({ maker }) => maker)).size).toBeGreaterThanOrEqual(6)
    const readings = []
    for (const sample of samples) readings.push(await readingOf(sample))
    const { clauseBorders, headFields, silentLoss } = sharesOf(readings)
    const differences = readings.flatMap(each => each.differences.map(said => `${each.name} ${said}`))
    expect(clauseBorders.f1, differences.join('\n')).toBeGreaterThanOrEqual(0.98)
    expect(headFields, differences.join('\n')).toBeGreaterThanOrEqual(0.98)
    expect(silentLoss).toBe(0)
  },
)
