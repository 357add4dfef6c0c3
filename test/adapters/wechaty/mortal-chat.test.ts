import { expect, test, vi } from 'vitest'
import { mortalChat } from '../../../src/adapters/wechaty/mortal-chat.ts'
import { type Chat, DeadlineError } from '../../../src/ports/chat.ts'

const target = { groupId: '优空间' }
const reply = { text: '好' }
const saying: Chat = { say: async () => 'id' }
const hanging: Chat = { say: () => new Promise(() => {}) }

test('says as the other does, its failures too', async () => {
  const forEver = new Promise<never>(() => {})
  await expect(mortalChat(saying, forEver).say(target, reply, 1000)).resolves.toBe('id')
  const failing: Chat = { say: () => Promise.reject(new Error('no such group')) }
  await expect(mortalChat(failing, forEver).say(target, reply, 1000)).rejects.toThrow('no such group')
})

test('what is being said when the connection dies, and after, may or may not have arrived', async () => {
  const death = Promise.withResolvers<void>()
  const chat = mortalChat(hanging, death.promise)
  const both = [chat.say(target, reply, 1000), chat.say(target, reply, 1000)]
  death.resolve()
  for (const one of both) await expect(one).rejects.toThrow(DeadlineError)
  await expect(chat.say(target, reply, 1000)).rejects.toThrow(DeadlineError)
})

test('leaves nothing of what was said with a connection that lives on', async () => {
  const forEver = new Promise<never>(() => {})
  const waits = vi.spyOn(forEver, 'then')
  const chat = mortalChat(saying, forEver)
  for (let n = 0; n < 10; n += 1) await chat.say(target, reply, 1000)
  expect(waits).toHaveBeenCalledTimes(1)
})
