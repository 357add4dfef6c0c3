import { expect, test } from 'vitest'
import { LineDownError, RefusedError, type Reply, ThrottledError } from '../../src/ports/chat.ts'
import { createWorld } from '../conversation.ts'
import { openOutbox, pass, settle } from './world.ts'

/** An outbox whose line holds its first message until that is answered with one of these outcomes. */
async function openHeld() {
  const world = createWorld()
  const first = Promise.withResolvers<string>()
  const said: (string | undefined)[] = []
  const chat = {
    async say(_target: unknown, { text }: Reply) {
      said.push(text)
      return said.length === 1 ? first.promise : `later-${said.length}`
    },
  }
  const opened = openOutbox(world, { chat })
  await opened.outbox.start()
  await opened.outbox.post([opened.posting('b', '甲')])
  await settle()
  expect(await opened.states('b')).toEqual(['甲 sending'])
  return { ...opened, first, said }
}

test.each([
  ['the line is down', new LineDownError('down')],
  ['the platform is asked too often', new ThrottledError('slow down', 'target')],
])('what is cancelled while it is sent is not tried again when %s', async (_, fault) => {
  const { world, outbox, first, said, states, posting } = await openHeld()
  expect(await outbox.cancel('b')).toBe(0)
  first.reject(fault)
  await pass(world, 60 * 40, 60_000)
  expect(said).toEqual(['b → 甲'])
  expect(await states('b')).toEqual(['甲 cancelled'])
  await outbox.post([posting('c', '甲')])
  await pass(world, 60)
  expect(said.at(-1)).toBe('c → 甲')
  await outbox.stop()
})

test('nor after a restart that comes behind the answer of the line', async () => {
  const { world, outbox, first, states } = await openHeld()
  await outbox.cancel('b')
  const stopped = outbox.stop()
  first.reject(new LineDownError('down'))
  await stopped
  const again = openOutbox(world)
  await again.outbox.start()
  await pass(world, 60)
  expect(again.texts()).toEqual([])
  expect(await states('b')).toEqual(['甲 cancelled'])
  await again.outbox.stop()
})

test('what arrives or is refused after it was cancelled is told as it is', async () => {
  const accepted = await openHeld()
  await accepted.outbox.cancel('b')
  accepted.first.resolve('id')
  await settle()
  expect(await accepted.states('b')).toEqual(['甲 sent'])
  const refused = await openHeld()
  await refused.outbox.cancel('b')
  refused.first.reject(new RefusedError('不行。', 'target'))
  await settle()
  expect(await refused.states('b')).toEqual(['甲 failed'])
  await Promise.all([accepted.outbox.stop(), refused.outbox.stop()])
})
