import { expect, test, vi } from 'vitest'
import { createBot } from '../../src/bot.ts'
import type { Command } from '../../src/feature.ts'
import { createPersonTurns } from '../../src/inbound/person-turns.ts'
import type { Message } from '../../src/ports/chat.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { createFixedDirectory, createWorld } from '../conversation.ts'

/** A bot that writes down what it handles: 「慢」 ends when told to, 「删」 is work between the sender's messages. */
function openBot() {
  const { store, clock, log } = createWorld()
  const turns = createPersonTurns()
  const handled: string[] = []
  const slow: (() => void)[] = []
  const begun = vi.fn()
  const command = (word: string, run: Command['run']): Command => ({
    words: [word],
    takes: 'text',
    role: 'maker',
    where: 'anywhere',
    help: '',
    run,
  })
  const commands = [
    command('慢', async (_, rest) => {
      await new Promise<void>(done => slow.push(done))
      handled.push(`慢${rest}`)
      return `慢${rest}`
    }),
    command('快', (_, rest) => {
      handled.push(`快${rest}`)
      return `快${rest}`
    }),
    command('删', async message => {
      begun()
      const areHandled = await turns.between([message.senderId, 'her-other-id'], message, async areAll => {
        handled.push('删')
        return areAll
      })
      return areHandled ? '删好了' : '没等到'
    }),
    command('坏', message =>
      turns.between([message.senderId], message, () => Promise.reject(new Error('broken'))),
    ),
  ]
  const bot = createBot({
    features: [{ name: 'x', commands }],
    directory: createFixedDirectory(['a', 'b']),
    seen: store.collection('seen', ProcessedMessage),
    clock,
    log,
    turns,
  })
  let count = 0
  async function say(text: string, { by = 'her', groupId }: { by?: string; groupId?: string } = {}) {
    const message: Message = {
      id: `m-${++count}`,
      senderId: by,
      senderName: by,
      text,
      mentionsBot: false,
      sentAt: clock.now(),
      receivedAt: clock.now(),
      ...(groupId ? { groupId, groupName: groupId } : {}),
    }
    return (await bot.answer(message)).map(reply => reply.text)
  }
  return { say, handled, slow, begun }
}

test('what a person said before in other conversations is handled first, and what comes after waits', async () => {
  const { say, handled, slow, begun } = openBot()
  const before = [say('慢 1', { groupId: 'a' }), say('慢 2', { by: 'her-other-id' })]
  await vi.waitFor(() => expect(slow).toHaveLength(2))
  const erasure = say('删')
  await vi.waitFor(() => expect(begun).toHaveBeenCalled())
  const after = [say('快 3', { groupId: 'b' }), say('快 4', { by: 'her-other-id', groupId: 'b' })]
  expect(await say('快 5', { by: 'another' })).toEqual(['快5'])
  expect(handled).toEqual(['快5'])
  for (const end of slow) end()
  expect(await erasure).toEqual(['删好了'])
  await Promise.all([...before, ...after])
  expect(handled.slice(0, 3)).toEqual(expect.arrayContaining(['快5', '慢1', '慢2']))
  expect(handled.slice(3)).toEqual(['删', '快3', '快4'])
})

test('two from different ids of a person do not wait for each other', async () => {
  const { say, handled } = openBot()
  const both = [say('删'), say('删', { by: 'her-other-id' }), say('快', { by: 'her-other-id' })]
  expect(await Promise.all(both)).toEqual([['删好了'], ['删好了'], ['快']])
  expect(handled.toSorted()).toEqual(['删', '删', '快'].toSorted())
})

test('messages behind it in its own conversation are not waited for', async () => {
  const { say, handled } = openBot()
  const all = [say('快 1'), say('删'), say('快 2'), say('快 3', { groupId: 'a' })]
  expect(await Promise.all(all)).toEqual([['快1'], ['删好了'], ['快2'], ['快3']])
  expect(handled.indexOf('删')).toBeLessThan(handled.indexOf('快2'))
})

test('a fault lets later messages pass', async () => {
  const { say } = openBot()
  const [broken, later] = [say('坏'), say('快', { groupId: 'a' })]
  expect(await broken).toEqual([expect.stringContaining('出了点问题')])
  expect(await later).toEqual(['快'])
})

test('a handler that hangs delays it by half a minute', async () => {
  const { say, slow, handled } = openBot()
  void say('慢', { groupId: 'a' })
  await vi.waitFor(() => expect(slow).toHaveLength(1))
  vi.useFakeTimers()
  try {
    const erasure = say('删')
    await vi.advanceTimersByTimeAsync(29_000)
    expect(handled).toEqual([])
    await vi.advanceTimersByTimeAsync(1000)
    expect(await erasure).toEqual(['没等到'])
  } finally {
    vi.useRealTimers()
  }
})

test('behind a handler that hangs it is done again before what comes later', async () => {
  const { say, slow, handled } = openBot()
  const before = say('慢 1', { groupId: 'a' })
  await vi.waitFor(() => expect(slow).toHaveLength(1))
  vi.useFakeTimers()
  const erasure = say('删')
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await erasure).toEqual(['没等到'])
  vi.useRealTimers()
  const after = say('快 2', { groupId: 'b' })
  expect(await say('快 3', { by: 'another' })).toEqual(['快3'])
  expect(handled).toEqual(['删', '快3'])
  for (const end of slow) end()
  await Promise.all([before, after])
  expect(handled).toEqual(['删', '快3', '慢1', '删', '快2'])
})

test('a handler that never ends keeps later messages waiting for minutes, not for ever', async () => {
  const { say, slow } = openBot()
  void say('慢', { groupId: 'a' })
  await vi.waitFor(() => expect(slow).toHaveLength(1))
  vi.useFakeTimers()
  try {
    const erasure = say('删')
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await erasure).toEqual(['没等到'])
    const after = say('快', { groupId: 'b' })
    await vi.advanceTimersByTimeAsync(300_000)
    expect(await after).toEqual(['快'])
  } finally {
    vi.useRealTimers()
  }
})
