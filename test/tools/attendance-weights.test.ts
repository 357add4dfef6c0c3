import { expect, test } from 'vitest'
import committed from '../../src/features/attendance/check-ins/meanings/near-weights.json' with {
  type: 'json',
}
import { readSamples } from '../../tools/attendance-train/samples.ts'
import { train } from '../../tools/attendance-train/training.ts'

test('the weights of words about attendance are what their trainer learns today, and hold on authors left out', {
  timeout: 240_000,
}, () => {
  const { least, hundredths, measured } = train(readSamples())
  expect({ least, hundredths: Object.fromEntries(hundredths) }, 'run npm run -s attendance:train').toEqual(
    committed,
  )
  expect(measured.all.talkToldPercent).toBeLessThanOrEqual(1)
  expect(measured.all.toldPercent).toBeGreaterThanOrEqual(45)
  expect(measured.all.rightWordPercent).toBeGreaterThanOrEqual(90)
})
