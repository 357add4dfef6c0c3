import { expect, test } from 'vitest'
import { sayCap } from '../../../../src/features/digest/broadcast/words.ts'
import type { SendingStatus } from '../../../../src/outbox/index.ts'

test.each([
  [0, 0, '占今天 75 条里的 1 条，发完还剩 74 条'],
  [3, 0, '占今天 75 条里的 1 条，今天已发 3 条，发完还剩 71 条'],
  [0, 2, '占今天 75 条里的 1 条，今天排着 2 条，发完还剩 72 条'],
  [70, 5, '占今天 75 条里的 1 条，今天已发 70 条、排着 5 条，不够 1 条，不够的到第二天早上，过了时效的不发'],
])('what the day has used already is named: %i sent, %i waiting', (sent, waiting, said) => {
  const status = { today: { cap: 75, sent }, waiting } as unknown as SendingStatus
  expect(sayCap(status, 1)).toBe(said)
})
