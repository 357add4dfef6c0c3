import type { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { DeadlineError } from '../../src/ports/chat.ts'
import { createWorld, type World } from '../conversation.ts'
import { later, openOutbox, pass, toGroup } from './world.ts'

/** A line on which each group can be made to fail or to fall silent. */
function createMoody(world: World) {
  const moods = new Map<string, Error>()
  const chat: World['chat'] = {
    async say(target, reply, deadlineMs) {
      const mood = 'groupId' in target ? moods.get(target.groupId) : undefined
      if (mood) throw mood
      return world.chat.say(target, reply, deadlineMs)
    },
  }
  return { moods, chat }
}

async function openMoody(groups: string[], moodOf: Record<string, Error>) {
  const world = createWorld()
  const { moods, chat } = createMoody(world)
  for (const [group, mood] of Object.entries(moodOf)) moods.set(group, mood)
  const opened = openOutbox(world, { chat })
  await opened.outbox.start()
  await opened.outbox.post(groups.map(group => opened.posting('a', group)))
  await pass(world, 30)
  moods.clear()
  return { ...opened, moods }
}

const silent = new DeadlineError('20 s')
const gone = new Error('no group')

describe('sent by hand', () => {
  test('while it is paused, what is due is a card to copy; what was sent by hand never goes out', async () => {
    const { world, outbox, posting, texts } = openOutbox()
    await outbox.start()
    await outbox.pause('陈姐 暂停的')
    await outbox.post(['甲', '乙', '丙'].map(group => posting('a', group, { reply: { text: '政策' } })))
    const [card] = await outbox.cards()
    expect(card).toMatchObject({ broadcastId: 'a', reply: { text: '政策' } })
    expect(card?.deliveries.map(({ key }) => key)).toEqual(['a/甲', 'a/乙', 'a/丙'])
    expect(await outbox.markSent(['a/甲', 'a/丙'], '陈姐')).toHaveLength(2)
    expect(await outbox.markSent(['a/甲'], '陈姐')).toEqual([])
    expect((await outbox.cards())[0]?.deliveries.map(({ key }) => key)).toEqual(['a/乙'])
    await outbox.resume()
    await pass(world, 30)
    await outbox.stop()
    expect(texts()).toEqual(['政策'])
    expect(world.said[0]?.target).toEqual(toGroup('乙'))
    expect((await outbox.deliveries('a'))[0]).toMatchObject({ state: 'manual', by: '陈姐' })
  })

  test('it holds over a restart, and posting it again changes nothing', async () => {
    const world = createWorld()
    const first = openOutbox(world)
    await first.outbox.post([first.posting('a', '甲')])
    await first.outbox.markSent(['a/甲'], '陈姐')
    const second = openOutbox(world)
    await second.outbox.start()
    await second.outbox.post([second.posting('a', '甲')])
    await pass(world, 10)
    await second.outbox.stop()
    expect(world.said).toEqual([])
    expect(await second.states('a')).toEqual(['甲 manual'])
  })

  test('what is on its way or has arrived is not called sent by hand', async () => {
    const { world, outbox, posting, states } = openOutbox()
    await outbox.start()
    await outbox.post([posting('a', '甲')])
    await pass(world, 1)
    expect(await outbox.markSent(['a/甲', 'a/无'], '陈姐')).toEqual([])
    await outbox.stop()
    expect(await states('a')).toEqual(['甲 sent'])
  })
})

describe('sending again', () => {
  test('goes to those that failed only, once a press, as a new attempt that remembers the last', async () => {
    const opened = await openMoody(['甲', '坏', '静'], { 坏: gone, 静: silent })
    const { world, outbox, states, texts } = opened
    expect(await states('a')).toEqual(['甲 sent', '坏 failed', '静 unknown'])
    const again = { from: 'failed', by: '陈姐', notAfter: later(world) } as const
    const keys = ['a/甲', 'a/坏', 'a/静']
    expect((await outbox.resend(keys, again)).map(({ key }) => key)).toEqual(['a/坏'])
    expect(await outbox.resend(keys, again)).toEqual([])
    await pass(world, 10)
    await outbox.stop()
    expect(texts()).toEqual(['a → 甲', 'a → 坏'])
    const delivery = (await outbox.deliveries('a'))[1]
    expect(delivery).toMatchObject({
      state: 'sent',
      history: [{ state: 'failed', again: '陈姐', reason: expect.stringContaining('找不到这个群') }],
    })
  })

  test('survives a crash between the press and the sending', async () => {
    const { world, outbox } = await openMoody(['坏'], { 坏: gone })
    await outbox.stop()
    const dying = openOutbox(world)
    await dying.outbox.resend(['a/坏'], { from: 'failed', by: '陈姐', notAfter: later(world) })
    const second = openOutbox(world)
    await second.outbox.start()
    await pass(world, 10)
    await second.outbox.stop()
    expect(second.texts()).toEqual(['a → 坏'])
  })
})

describe('an unknown one', () => {
  test('is settled by a person: it arrived', async () => {
    const { outbox, states } = await openMoody(['静'], { 静: silent })
    expect(await outbox.markArrived(['a/静'], '陈姐')).toMatchObject([{ state: 'confirmed', by: '陈姐' }])
    expect(await outbox.markArrived(['a/静'], '陈姐')).toEqual([])
    await outbox.stop()
    expect(await states('a')).toEqual(['静 confirmed'])
  })

  test('or it did not, and is sent once more', async () => {
    const { world, outbox, states, texts } = await openMoody(['静'], { 静: silent })
    const again = { from: 'unknown', by: '陈姐', notAfter: later(world) } as const
    expect(await outbox.resend(['a/静'], again)).toHaveLength(1)
    await pass(world, 10)
    await outbox.stop()
    expect(texts()).toEqual(['a → 静'])
    expect(await states('a')).toEqual(['静 sent'])
  })

  test('is not sent again while the line is down and for three minutes after, and says why', async () => {
    const world = createWorld()
    const { moods, chat } = createMoody(world)
    let upSince: Temporal.Instant | undefined = world.clock.now().subtract({ hours: 1 })
    const { outbox, posting, states } = openOutbox(world, {
      chat,
      isLineUp: () => upSince !== undefined,
      upSince: () => upSince,
    })
    moods.set('静', silent)
    await outbox.start()
    await outbox.post([posting('a', '静')])
    await pass(world, 5)
    moods.clear()
    const again = { from: 'unknown', by: '陈姐', notAfter: later(world) } as const
    upSince = undefined
    expect(outbox.resendRefusal(toGroup('静'))).toContain('线路断着')
    expect(await outbox.resend(['a/静'], again)).toEqual([])
    upSince = world.clock.now()
    await pass(world, 179)
    expect(outbox.resendRefusal(toGroup('静'))).toContain('线路刚恢复')
    expect(await outbox.resend(['a/静'], again)).toEqual([])
    expect(await states('a')).toEqual(['静 unknown'])
    await pass(world, 1)
    expect(outbox.resendRefusal(toGroup('静'))).toBeUndefined()
    expect(await outbox.resend(['a/静'], again)).toHaveLength(1)
    await outbox.stop()
  })

  test('whose echo comes after all, before it went out again, is not sent again', async () => {
    const { world, outbox, states } = await openMoody(['静'], { 静: silent })
    await outbox.pause('陈姐 暂停的')
    await outbox.resend(['a/静'], { from: 'unknown', by: '陈姐', notAfter: later(world) })
    await outbox.stop()
    const second = openOutbox(world)
    await second.outbox.start()
    await second.outbox.echo({ messageId: 'late', target: toGroup('静'), text: 'a → 静' })
    await second.outbox.resume()
    await pass(world, 10)
    await second.outbox.stop()
    expect(world.said).toEqual([])
    expect(await states('a')).toEqual(['静 confirmed'])
  })

  test('a task for a person that turns up later takes the delivery, also while it waits to go out again', async () => {
    const { world, outbox, states } = await openMoody(['静', '默'], { 静: silent, 默: silent })
    const task = (group: string, messageId: string) =>
      outbox.taskFound({ messageId, target: toGroup(group), text: `a → ${group}` })
    expect(await task('静', 'T1')).toBe(true)
    expect(await states('a')).toEqual(['静 waiting', '默 unknown'])
    // Told again after a crash it is the same one; another task is none of its own.
    expect([await task('静', 'T1'), await task('静', 'T2')]).toEqual([true, false])
    await outbox.pause('陈姐 暂停的')
    await outbox.resend(['a/默'], { from: 'unknown', by: '陈姐', notAfter: later(world) })
    expect(await task('默', 'T3')).toBe(true)
    await outbox.resume()
    await pass(world, 30)
    expect(world.said).toEqual([])
    await outbox.echo({ messageId: 'T1', target: toGroup('静'), text: '' })
    await outbox.denied({ messageId: 'T3', target: toGroup('默') }, '群满了')
    expect(await states('a')).toEqual(['静 confirmed', '默 failed'])
    await outbox.stop()
  })
})
