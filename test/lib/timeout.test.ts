import { expect, test } from 'vitest'
import { TimeoutError, withTimeout } from '../../src/lib/timeout.ts'

const never = () => new Promise<never>(() => {})

test('a result in time is given', async () => {
  await expect(withTimeout(async () => 1, { timeoutMs: 1000, what: 'it' })).resolves.toBe(1)
})

test('at the limit the call rejects and the work is told to stop', async () => {
  let stopped: AbortSignal | undefined
  const call = withTimeout(
    signal => {
      stopped = signal
      return never()
    },
    { timeoutMs: 1, what: 'the look-up' },
  )
  await expect(call).rejects.toThrow(TimeoutError)
  await expect(call).rejects.toThrow('the look-up took longer than 1 ms')
  expect(stopped?.aborted).toBe(true)
})

test('an outer signal ends the wait with its own reason', async () => {
  const controller = new AbortController()
  const call = withTimeout(never, { timeoutMs: 60_000, what: 'it', signal: controller.signal })
  controller.abort(new Error('line is down'))
  await expect(call).rejects.toThrow('line is down')
})
