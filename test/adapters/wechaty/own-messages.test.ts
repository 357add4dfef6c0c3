import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createOwnMessages } from '../../../src/adapters/wechaty/messages/own-messages.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const text = { target: { groupId: 'g' }, text: '收到' }

/** A text on its way, and the gateway's answer to it in the test's hand. */
function onItsWay() {
  const own = createOwnMessages({ isRemote: true, nowMs: () => Date.now() })
  const answer = Promise.withResolvers<string | undefined>()
  const sent = own.send(text, () => answer.promise).catch(() => 'failed')
  return { own, answer, sent }
}

test('an echo that is announced before the gateway tells its id is recognized', async () => {
  const { own, answer, sent } = onItsWay()
  const found = own.find('m1')
  answer.resolve('m1')
  expect(await found).toEqual(text)
  expect(await sent).toBe('m1')
})

test('one that comes after the id is recognized at once, and only once', async () => {
  const { own, answer, sent } = onItsWay()
  answer.resolve('m1')
  await sent
  expect(own.find('m1')).toEqual(text)
  expect(own.find('m1')).toBeUndefined()
})

test('a message of another waits for the gateway some milliseconds at most', async () => {
  const { own } = onItsWay()
  const found = own.find('m2')
  await vi.advanceTimersByTimeAsync(10)
  expect(await found).toBeUndefined()
})

test('announced twice meanwhile, the second is read', async () => {
  const { own, answer } = onItsWay()
  const found = own.find('m1')
  expect(own.find('m1')).toBeUndefined()
  answer.resolve('m1')
  expect(await found).toEqual(text)
})

test('where no text is on its way, where it failed, or where the gateway hangs, messages do not wait', async () => {
  const { own, answer, sent } = onItsWay()
  answer.reject(new Error('refused'))
  expect(await sent).toBe('failed')
  expect(own.find('m1')).toBeUndefined()

  const hanging = onItsWay()
  await vi.advanceTimersByTimeAsync(2000)
  expect(hanging.own.find('m1')).toBeUndefined()
})

test('an id that the gateway uses again much later is read', async () => {
  const { own, answer, sent } = onItsWay()
  answer.resolve('m1')
  await sent
  await vi.advanceTimersByTimeAsync(31_000)
  expect(own.find('m1')).toBeUndefined()
})

test('with a puppet in this process no message waits', () => {
  const own = createOwnMessages({ isRemote: false, nowMs: () => Date.now() })
  void own.send(text, () => new Promise<string>(() => {}))
  expect(own.find('m1')).toBeUndefined()
})

test('a gateway that tells no id: its echoes are read', async () => {
  const { own, answer, sent } = onItsWay()
  const found = own.find('m1')
  answer.resolve(undefined)
  expect(await sent).toBeUndefined()
  await vi.advanceTimersByTimeAsync(10)
  expect(await found).toBeUndefined()
})
