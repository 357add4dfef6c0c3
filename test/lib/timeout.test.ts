import { Temporal } from 'temporal-polyfill'
import { expect, test, vi } from 'vitest'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { onAbort, TimeoutError, untilAborted, withTimeout } from '../../src/lib/timeout.ts'

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

test('the limit goes by the clock that is given, and its sleep ends with the work', async () => {
  const clock = createMovableClock({
    startAt: Temporal.Instant.from('2026-12-01T00:00:00Z'),
    isRunning: false,
  })
  const call = withTimeout(never, { timeoutMs: 60_000, what: 'the look-up', sleep: clock.sleep })
  clock.forward({ minutes: 1 })
  await expect(call).rejects.toThrow('took longer than 60000 ms')
  const woken = vi.fn()
  const sleep = (ms: number, signal: AbortSignal) => clock.sleep(ms, signal).then(woken)
  await withTimeout(async () => 1, { timeoutMs: 60_000, what: 'it', sleep })
  await vi.waitFor(() => expect(woken).toHaveBeenCalledOnce())
})

test('work is awaited until a signal aborts, and not at all where it has', async () => {
  const controller = new AbortController()
  await expect(untilAborted(Promise.resolve(1), controller.signal)).resolves.toBe(1)
  const call = untilAborted(never(), controller.signal)
  controller.abort(new Error('line is down'))
  await expect(call).rejects.toThrow('line is down')
  await expect(untilAborted(never(), controller.signal)).rejects.toThrow('line is down')
})

test('work that aborts the signal and then throws at once is the only error', async () => {
  const controller = new AbortController()
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  const call = withTimeout(
    () => {
      controller.abort(new Error('line is down'))
      throw new Error('no work')
    },
    { timeoutMs: 60_000, what: 'it', signal: controller.signal },
  )
  await expect(call).rejects.toThrow('no work')
  // Unhandled rejections are told after the microtasks.
  await new Promise(resolve => setImmediate(resolve))
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
})

test('callbacks share one listener of a signal, are called once, and not after they were taken back', () => {
  const controller = new AbortController()
  const listen = vi.spyOn(controller.signal, 'addEventListener')
  const [first, second, takenBack] = [vi.fn(), vi.fn(), vi.fn()]
  onAbort(controller.signal, first)
  onAbort(controller.signal, second)
  onAbort(controller.signal, takenBack)()
  controller.abort()
  controller.abort()
  const late = vi.fn()
  onAbort(controller.signal, late)
  expect([first, second, takenBack, late].map(one => one.mock.calls.length)).toEqual([1, 1, 0, 1])
  expect(listen).toHaveBeenCalledOnce()
})

test('work that ends in the turn of an abort has its result', async () => {
  const controller = new AbortController()
  const { promise, resolve } = Promise.withResolvers<number>()
  const call = untilAborted(promise, controller.signal)
  resolve(1)
  controller.abort(new Error('line is down'))
  await expect(call).resolves.toBe(1)
})

test('the limit begins before the work, whose signal aborts as soon as the given one does', async () => {
  const controller = new AbortController()
  let isAborted = false
  const call = withTimeout(
    async signal => {
      controller.abort(new Error('line is down'))
      isAborted = signal.aborted
      return 1
    },
    { timeoutMs: 60_000, what: 'it', signal: controller.signal },
  )
  await expect(call.catch(String)).resolves.toBeDefined()
  expect(isAborted).toBe(true)
})
