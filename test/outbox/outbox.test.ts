import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { OpenBroadcast } from '../../src/outbox/ledger/records.ts'
import type { Reply, Target } from '../../src/ports/chat.ts'
import { DeadlineError } from '../../src/ports/chat.ts'
import { createWorld } from '../conversation.ts'
import { openOutbox, pass, settle, toGroup } from './world.ts'

describe('what is posted goes out', () => {
  test('in the order it was posted, at the pace of the platform', async () => {
    const { world, outbox, posting, texts } = openOutbox()
    await outbox.start()
    await outbox.post([posting('a', '甲'), posting('a', '乙'), posting('b', '乙')])
    await pass(world, 8, 100)
    await outbox.stop()
    expect(texts()).toEqual(['a → 甲', 'a → 乙', 'b → 乙'])
    const [first, second, third] = world.said.map(({ at }) => Temporal.Instant.from(at).epochMilliseconds)
    expect([(second ?? 0) - (first ?? 0), (third ?? 0) - (second ?? 0)]).toEqual([4000, 1000])
  })

  test('to people too, at the same pace', async () => {
    const { world, outbox, posting } = openOutbox()
    await outbox.start()
    await outbox.post([posting('a', '甲'), posting('a', '陈姐', { target: { personId: 'org' } })])
    await pass(world, 3)
    expect(world.said).toHaveLength(1)
    await pass(world, 1)
    await outbox.stop()
    expect(world.said[1]?.target).toEqual({ personId: 'org' })
  })

  test('once, however often it is posted', async () => {
    const { world, outbox, posting, texts, states } = openOutbox()
    await outbox.start()
    await outbox.post([posting('a', '甲')])
    await outbox.post([posting('a', '甲', { reply: { text: '别的话' } })])
    await pass(world, 10)
    await outbox.post([posting('a', '甲')])
    await pass(world, 10)
    await outbox.stop()
    expect(texts()).toEqual(['a → 甲'])
    expect(await states('a')).toEqual(['甲 sent'])
  })

  test('with its mention and its file, byte for byte, even after a restart', async () => {
    const world = createWorld()
    const bytes = new Uint8Array([0, 255, 10, 13, 128])
    const reply: Reply = {
      text: '出勤表',
      mention: ['mei'],
      file: { name: '表.xlsx', mimeType: 'x/y', bytes },
    }
    const first = openOutbox(world)
    await first.outbox.post([first.posting('a', '甲', { reply })])
    const second = openOutbox(world)
    await second.outbox.start()
    await pass(world, 1)
    await second.outbox.stop()
    expect(world.said.map(said => said.reply)).toEqual([reply])
  })
})

describe('each delivery says what became of it', () => {
  const failing = (world: ReturnType<typeof createWorld>, fault: Error) => ({
    async say(target: Target, reply: Reply, deadlineMs: number) {
      if ('groupId' in target && target.groupId === '坏群') throw fault
      return world.chat.say(target, reply, deadlineMs)
    },
  })

  test('a group that fails stops nobody else, says why and is an alarm until it works again', async () => {
    const world = createWorld()
    const { outbox, posting, states, texts } = openOutbox(world, {
      chat: failing(world, new Error('已不在群里')),
    })
    await outbox.start()
    await outbox.post(['甲', '坏群', '乙'].map(group => posting('a', group)))
    await pass(world, 20)
    expect(await states('a')).toEqual(['甲 sent', '坏群 failed', '乙 sent'])
    expect((await outbox.deliveries('a'))[1]?.reason).toContain('找不到这个群：可能群已解散')
    expect(texts()).toEqual(['a → 甲', 'a → 乙'])
    expect(world.alarms.list().map(alarm => alarm.text)).toEqual([
      expect.stringMatching(/「坏群」有一条消息没有发出去：找不到这个群/),
    ])
    await outbox.stop()
  })

  test('a line that does not answer in time leaves it unknown, and it is not sent again', async () => {
    const world = createWorld()
    const { outbox, posting, states } = openOutbox(world, { chat: failing(world, new DeadlineError('20 s')) })
    await outbox.start()
    await outbox.post([posting('a', '坏群')])
    await pass(world, 60)
    await outbox.stop()
    expect(await states('a')).toEqual(['坏群 unknown'])
    expect(world.said).toEqual([])
  })

  test('an echo confirms it: by its id, by its words, and even from unknown', async () => {
    const world = createWorld()
    const { outbox, posting, states } = openOutbox(world, { chat: failing(world, new DeadlineError('20 s')) })
    await outbox.start()
    await outbox.post(['甲', '乙', '坏群'].map(group => posting('a', group)))
    await pass(world, 20)
    expect(await states('a')).toEqual(['甲 sent', '乙 sent', '坏群 unknown'])
    await outbox.echo({ messageId: 'out-1', target: toGroup('甲'), text: '' })
    await outbox.echo({ messageId: 'other', target: toGroup('乙'), text: 'a → 乙' })
    await outbox.echo({ messageId: 'late', target: toGroup('坏群'), text: '@小美 a → 坏群' })
    await outbox.echo({ messageId: 'stray', target: toGroup('甲'), text: '一句回复' })
    await outbox.stop()
    expect(await states('a')).toEqual(['甲 confirmed', '乙 confirmed', '坏群 confirmed'])
  })

  test('an echo that comes before the line has answered is not forgotten', async () => {
    const world = createWorld()
    const { outbox, posting, states } = openOutbox(world, {
      chat: {
        async say(target, reply) {
          await outbox.echo({ messageId: 'out-1', target, text: reply.text ?? '' })
          return 'out-1'
        },
      },
    })
    await outbox.start()
    await outbox.post([posting('a', '甲')])
    await pass(world, 1)
    await outbox.stop()
    expect(await states('a')).toEqual(['甲 confirmed'])
  })

  test('nor that of a picture, which has no words to be known by', async () => {
    const world = createWorld()
    const { outbox, posting, states } = openOutbox(world, {
      chat: {
        async say(target) {
          await outbox.echo({ messageId: 'out-1', target, text: '' })
          return 'out-1'
        },
      },
    })
    const file = { name: '长图.png', mimeType: 'image/png', bytes: new Uint8Array([1]) }
    await outbox.start()
    await outbox.post([{ ...posting('a', '甲'), reply: { file } }])
    await pass(world, 1)
    await outbox.stop()
    expect(await states('a')).toEqual(['甲 confirmed'])
  })

  test('an echo after a restart still confirms', async () => {
    const world = createWorld()
    const first = openOutbox(world)
    await first.outbox.start()
    await first.outbox.post([first.posting('a', '甲')])
    await pass(world, 1)
    await first.outbox.stop()
    const second = openOutbox(world)
    await second.outbox.start()
    await second.outbox.echo({ messageId: 'out-1', target: toGroup('甲'), text: 'a → 甲' })
    await second.outbox.stop()
    expect(await second.states('a')).toEqual(['甲 confirmed'])
  })

  test('what is cancelled or too late is not sent', async () => {
    const { world, outbox, posting, states, texts } = openOutbox()
    await outbox.start()
    const soon = world.clock.now().add({ seconds: 6 })
    await outbox.post(['甲', '乙', '丙'].map(group => posting('a', group, { notAfter: soon })))
    await outbox.post([posting('b', '甲')])
    await pass(world, 1)
    expect(await outbox.cancel('b')).toBe(1)
    expect(await outbox.cancel('b')).toBe(0)
    await pass(world, 30)
    await outbox.stop()
    expect(texts()).toEqual(['a → 甲', 'a → 乙'])
    expect(await states('a')).toEqual(['甲 sent', '乙 sent', '丙 expired'])
    expect(await states('b')).toEqual(['甲 cancelled'])
  })
})

describe('stopping and starting again', () => {
  test('what was due at a restart goes on by itself, in order, and keeps the pace', async () => {
    const world = createWorld()
    const first = openOutbox(world)
    await first.outbox.start()
    await first.outbox.post(['甲', '乙', '丙'].map(group => first.posting('a', group)))
    await pass(world, 1)
    await first.outbox.stop()
    const second = openOutbox(world)
    await second.outbox.start()
    await pass(world, 2)
    expect(world.said).toHaveLength(1)
    await pass(world, 10)
    await second.outbox.stop()
    expect(second.texts()).toEqual(['a → 甲', 'a → 乙', 'a → 丙'])
  })

  test('stopping does not wait for a line that never answers', async () => {
    const { world, outbox, posting, states } = openOutbox(createWorld(), {
      chat: { say: () => new Promise(() => {}) },
    })
    await outbox.start()
    await outbox.post([posting('a', '甲'), posting('a', '乙')])
    await settle()
    const stopped = outbox.stop()
    await pass(world, 3)
    await stopped
    expect(await states('a')).toEqual(['甲 unknown', '乙 due'])
  })

  test('a start-up reads only what is not over', async () => {
    const world = createWorld()
    const first = openOutbox(world)
    await first.outbox.start()
    await first.outbox.post([first.posting('a', '甲'), first.posting('b', '甲')])
    await pass(world, 3)
    await first.outbox.echo({ messageId: 'out-1', target: toGroup('甲'), text: '' })
    await first.outbox.stop()
    const second = openOutbox(world)
    await second.outbox.start()
    await second.outbox.stop()
    const open = await world.store.collection('outbox-open', OpenBroadcast).list('open/')
    expect(open.map(({ key }) => key)).toEqual(['open/b'])
  })
})

test('while the store refuses, nothing is sent; when it takes again, it goes on once', async () => {
  const world = createWorld()
  let isFull = false
  const store: typeof world.store = {
    ...world.store,
    collection(name, schema) {
      const records = world.store.collection(name, schema)
      return {
        ...records,
        async update(key, change) {
          if (isFull) throw new Error('ENOSPC')
          return records.update(key, change)
        },
      }
    },
  }
  const { outbox, posting, states } = openOutbox(world, { store })
  await outbox.post([posting('a', '甲')])
  isFull = true
  await outbox.start()
  await pass(world, 12)
  expect(world.said).toEqual([])
  expect(world.alarms.list().map(({ id }) => id)).toEqual(['outbox-store'])
  isFull = false
  await pass(world, 12)
  await outbox.stop()
  expect(world.said).toHaveLength(1)
  expect(world.alarms.list()).toEqual([])
  expect(await states('a')).toEqual(['甲 sent'])
})
