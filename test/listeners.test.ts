import { expect, test, vi } from 'vitest'
import type { Listener } from '../src/feature.ts'
import { inOrder } from '../src/listeners.ts'
import type { Message } from '../src/ports/chat.ts'

const message = { text: '补贴' } as Message
const silent: Listener = () => undefined
const silentLater: Listener = async () => undefined

test('the first listener with an answer gives it, and none after it is asked', async () => {
  const after = vi.fn(silent)
  expect(inOrder(silent, () => '在', after)(message)).toBe('在')
  expect(await inOrder(silent, silentLater, async () => '在', after)(message)).toBe('在')
  expect(after).not.toHaveBeenCalled()
})

test('where the words are no listener’s the answer is undefined at once', () => {
  expect(inOrder(silent, silent)(message)).toBeUndefined()
})

test('a listener that decides later and has no answer leaves the words to the next', async () => {
  expect(await inOrder(silentLater, silentLater, () => '来了')(message)).toBe('来了')
  expect(await inOrder(silentLater, silent)(message)).toBeUndefined()
})

test('a failure is the answer’s failure', async () => {
  const failing: Listener = async () => {
    throw new Error('broken')
  }
  await expect(inOrder(silent, failing, () => '在')(message)).rejects.toThrow('broken')
})
