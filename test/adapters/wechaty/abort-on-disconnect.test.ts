import { expect, test, vi } from 'vitest'
import { abortOnDisconnect } from '../../../src/adapters/wechaty/abort-on-disconnect.ts'
import { type Chat, LineCutError, LineDownError } from '../../../src/ports/chat.ts'

const target = { groupId: '优空间' }
const reply = { text: '好' }
const saying: Chat = { say: async () => 'id' }
const hanging: Chat = { say: () => new Promise(() => {}) }

test('says as the other does, its failures too', async () => {
  const forEver = new Promise<never>(() => {})
  await expect(abortOnDisconnect(saying, forEver).say(target, reply, 1000)).resolves.toBe('id')
  const failing: Chat = { say: () => Promise.reject(new Error('no such group')) }
  await expect(abortOnDisconnect(failing, forEver).say(target, reply, 1000)).rejects.toThrow('no such group')
})

test('what is being said when the connection ends may have arrived; after that nothing is sent', async () => {
  const death = Promise.withResolvers<void>()
  const chat = abortOnDisconnect(hanging, death.promise)
  const both = [chat.say(target, reply, 1000), chat.say(target, reply, 1000)]
  death.resolve()
  for (const one of both) await expect(one).rejects.toThrow(LineCutError)
  await expect(chat.say(target, reply, 1000)).rejects.toThrow(LineDownError)
})

test('leaves nothing of what was said with a connection that lives on', async () => {
  const forEver = new Promise<never>(() => {})
  const waits = vi.spyOn(forEver, 'then')
  const chat = abortOnDisconnect(saying, forEver)
  for (let n = 0; n < 10; n += 1) await chat.say(target, reply, 1000)
  expect(waits).toHaveBeenCalledTimes(1)
})
