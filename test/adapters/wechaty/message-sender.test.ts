import { expect, test } from 'vitest'
import type { PuppetInterface } from 'wechaty-puppet/impls'
import { createMessageSender } from '../../../src/adapters/wechaty/messages/message-sender.ts'
import type { Names } from '../../../src/adapters/wechaty/messages/names.ts'
import { createOwnMessages } from '../../../src/adapters/wechaty/messages/own-messages.ts'
import { DeadlineError } from '../../../src/ports/chat.ts'

const file = { name: 'a.txt', mimeType: 'text/plain', bytes: new Uint8Array([1]) }
const names: Names = {
  member: async () => undefined,
  person: async () => undefined,
  group: async () => undefined,
  late: () => undefined,
  seenIn: () => [],
}
const never = () => new Promise<string>(() => {})
const fails = (reason: string) => async () => Promise.reject(new Error(reason))

function speaker(
  text: () => Promise<string | undefined>,
  sendFile: () => Promise<string | undefined> = never,
) {
  return createMessageSender(
    { messageSendText: text, messageSendFile: sendFile } as unknown as PuppetInterface,
    names,
    createOwnMessages({ isRemote: true }),
  )
}
const say = (chat: ReturnType<typeof speaker>, reply: object) => chat.say({ groupId: 'g' }, reply, 30)

test.each([
  ['no answer in time', never, never],
  ['a connection that broke in the middle', fails('14 UNAVAILABLE: Connection dropped'), never],
  ['a gateway that went away', fails('13 INTERNAL: Received RST_STREAM'), never],
  ['a text that went and a file that did not', async () => 'id', fails('too big')],
])('after %s the outcome is unknown', async (_, text, sendFile) => {
  await expect(say(speaker(text, sendFile), { text: '喂', file })).rejects.toThrow(DeadlineError)
})

test.each([
  ['a refusal by the platform', fails('2 UNKNOWN: WorkproErrorCode 20001')],
  [
    'no connection to begin with',
    fails('14 UNAVAILABLE: No connection established. Last error: ECONNREFUSED'),
  ],
])('after %s nothing was sent, and that is known', async (_, text) => {
  await expect(say(speaker(text), { text: '喂', file })).rejects.not.toBeInstanceOf(DeadlineError)
})

test('after the deadline nothing more of a reply leaves', async () => {
  const slow = Promise.withResolvers<string>()
  let files = 0
  const chat = speaker(
    () => slow.promise,
    async () => `file-${++files}`,
  )
  await expect(say(chat, { text: '喂', file })).rejects.toThrow(DeadlineError)
  slow.resolve('late')
  await slow.promise
  await new Promise(setImmediate)
  expect(files).toBe(0)
})

test('a line that gives no ids gives an empty one', async () => {
  expect(
    await say(
      speaker(async () => undefined),
      { text: '喂' },
    ),
  ).toBe('')
})
