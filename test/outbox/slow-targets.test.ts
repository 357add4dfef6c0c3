import { expect, test } from 'vitest'
import { type Chat, ThrottledError } from '../../src/ports/chat.ts'
import { createWorld } from '../conversation.ts'
import { openOutbox, pass, toGroup } from './world.ts'

/** A platform that says of these groups that they get too much. */
function open(...slow: string[]) {
  const world = createWorld()
  const tooMuch = new Set(slow)
  const tries: string[] = []
  const chat: Chat = {
    async say(target, reply, deadlineMs) {
      const id = 'groupId' in target ? target.groupId : target.personId
      tries.push(id)
      if (tooMuch.has(id)) throw new ThrottledError('slow', 'target')
      return world.chat.say(target, reply, deadlineMs)
    },
  }
  return { ...openOutbox(world, { chat }), tooMuch, tries }
}

test('a group that gets too much waits alone, twice as long each time, and gets it in the end once', async () => {
  const { world, outbox, posting, states, tries, tooMuch } = open('a')
  await outbox.start()
  await outbox.post([posting('b1', 'a'), posting('b1', 'b'), posting('b1', 'c')])
  await pass(world, 30)
  expect(await states('b1')).toEqual(['a due', 'b sent', 'c sent'])
  expect(outbox.status().pause).toBeUndefined()
  expect(tries.filter(id => id === 'a')).toHaveLength(1)
  await pass(world, 60)
  expect(tries.filter(id => id === 'a')).toHaveLength(2)
  await pass(world, 60)
  expect(tries.filter(id => id === 'a')).toHaveLength(2)
  tooMuch.clear()
  await pass(world, 60)
  expect(await states('b1')).toEqual(['a sent', 'b sent', 'c sent'])
  expect(tries.filter(id => id === 'a')).toHaveLength(3)
  await outbox.stop()
})

test('a reply into such a group waits, replies elsewhere and pushes do not', async () => {
  const { world, outbox, posting, texts, tooMuch } = open('a')
  await outbox.start()
  const held = outbox.reply(toGroup('a'), [{ text: '回 a' }])
  await pass(world, 2)
  const other = outbox.reply(toGroup('b'), [{ text: '回 b' }])
  await outbox.post([posting('b1', 'c')])
  await pass(world, 10)
  expect(await other).toBe(true)
  expect(texts()).toEqual(['回 b', 'b1 → c'])
  tooMuch.clear()
  await pass(world, 60)
  expect(await held).toBe(true)
  await outbox.stop()
})

test('where several groups get too much at once, the account is meant: the line pauses', async () => {
  const { world, outbox, posting } = open('a', 'b', 'c')
  await outbox.start()
  await outbox.post(['a', 'b', 'c', 'd'].map(group => posting('b1', group)))
  await pass(world, 30)
  expect(outbox.status().pause?.reason).toContain('几个群')
  await outbox.stop()
})
