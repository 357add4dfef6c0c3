import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createBot } from '../../src/bot.ts'
import type { Feature } from '../../src/feature.ts'
import type { Message } from '../../src/ports/chat.ts'
import type { Collection } from '../../src/ports/store.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { createFixedDirectory, createWorld, type World } from '../conversation.ts'

const group = '优空间创客群'

/** A store for claims that counts its writes and can be broken. */
function watched(seen: Collection<ProcessedMessage>) {
  const watch = { writes: 0, isBroken: false }
  const update: Collection<ProcessedMessage>['update'] = (key, change) => {
    watch.writes += 1
    return watch.isBroken ? Promise.reject(new Error('no room on the disk')) : seen.update(key, change)
  }
  return { watch, seen: { ...seen, update } }
}

/** A bot that counts what it does; a second one in the same world is a restart. */
function open(world: World = createWorld()) {
  const { watch, seen } = watched(world.store.collection('seen', ProcessedMessage))
  const done: string[] = []
  const count = (name: string) => (message: Message) => {
    done.push(`${name} ${message.id}`)
    return `${name}好了`
  }
  const word = { takes: 'nothing', role: 'maker', where: 'anywhere', help: '' } as const
  const feature: Feature = {
    name: 'counting',
    commands: [
      { ...word, words: ['推送'], run: count('推送') },
      { ...word, words: ['签到'], repeatable: true, run: message => void count('签到')(message) },
      { ...word, words: ['请假'], repeatable: true, run: count('请假') },
      {
        ...word,
        words: ['坏'],
        repeatable: true,
        run(message) {
          count('坏')(message)
          throw new Error('disk on fire')
        },
      },
    ],
    listen: async message => count('问')(message),
  }
  const { clock, log } = world
  const bot = createBot({ features: [feature], directory: createFixedDirectory([group]), seen, clock, log })
  let ids = 0
  const message = (text: string, more: Partial<Message> = {}): Message => ({
    id: `in-${++ids}`,
    groupId: group,
    senderId: 'mei',
    senderName: '小美',
    text,
    mentionsBot: true,
    sentAt: clock.now(),
    receivedAt: clock.now(),
    ...more,
  })
  const replies = async (one: Message) => (await bot.answer(one)).map(({ text }) => text)
  return { world, bot, message, replies, done, watch }
}

const again = (one: Message, world: World, id = one.id): Message => ({
  ...one,
  id,
  receivedAt: world.clock.now(),
})

describe.each(['推送', '在吗', '请假'])('what was answered (%s) is not answered again', text => {
  test.each([
    ['under its id', 'in-1'],
    ['under a new id', 'new'],
  ])('when it is delivered again %s', async (_, id) => {
    const { world, message, replies, done } = open()
    const one = message(text)
    expect(await replies(one)).toHaveLength(1)
    world.clock.forward({ seconds: 5 })
    expect(await replies(again(one, world, id))).toEqual([])
    expect(done).toHaveLength(1)
  })
  test.each([
    ['under its id', 'in-1'],
    ['under a new id', 'new'],
  ])('when it is delivered again %s after a restart', async (_, id) => {
    const { world, message, replies } = open()
    const one = message(text)
    expect(await replies(one)).toHaveLength(1)
    world.clock.forward({ seconds: 5 })
    const second = open(world)
    expect(await second.replies(again(one, world, id))).toEqual([])
    expect(second.done).toEqual([])
  })
  test('when it is delivered twice at one moment', async () => {
    const { message, replies, done } = open()
    const one = message(text)
    expect((await Promise.all([replies(one), replies(one)])).flat()).toHaveLength(1)
    expect(done).toHaveLength(1)
  })
})

test.each([0, 700, 5000])('a fresh id does not make it new, %i ms later', async ms => {
  const { world, message, replies } = open()
  const one = message('在吗')
  expect(await replies(one)).toHaveLength(1)
  world.clock.forward({ milliseconds: ms })
  expect(await replies(again(one, world, 'fresh'))).toEqual([])
})

describe('two messages are two', () => {
  test.each([
    ['in another group or in private', { groupId: undefined }],
    ['by somebody else', { senderId: 'zhang' }],
    ['a second later', { sentAt: createWorld().clock.now().add({ seconds: 1 }) }],
    ['a millisecond later', { sentAt: createWorld().clock.now().add({ milliseconds: 1 }) }],
    ['in other words', { text: '在么' }],
  ])('when it is said %s', async (_, more) => {
    const { world, message, replies } = open()
    const one = message('在吗')
    await replies(one)
    world.clock.forward({ seconds: 5 })
    const other = { ...again(one, world, 'in-other'), ...more } as Message
    expect(await replies(other)).toHaveLength(1)
  })
  test('when the platform gives no time: only ids tell them apart then', async () => {
    const { world, message, replies } = open()
    const never = {
      sentAt: createWorld()
        .clock.now()
        .subtract({ hours: 24 * 365 * 40 }),
    }
    const one = message('签到', never)
    await replies(one)
    world.clock.forward({ hours: 24 })
    expect(await replies({ ...again(one, world, 'in-other'), text: '在吗' })).toHaveLength(1)
    world.clock.forward({ milliseconds: 1 })
    expect(await replies({ ...again(one, world, 'in-third'), text: '在吗' })).toHaveLength(1)
    expect(await replies({ ...again(one, world, 'in-third'), text: '在吗' })).toEqual([])
  })
})

describe('writing', () => {
  test('chatter costs none, a question one, a silent sign-in none beside its own', async () => {
    const { message, replies, watch } = open()
    for (let i = 0; i < 50; i++) await replies(message('大家早', { mentionsBot: false }))
    expect(watch.writes).toBe(0)
    await replies(message('在吗'))
    expect(watch.writes).toBe(1)
    await replies(message('签到'))
    expect(watch.writes).toBe(1)
    await replies(message('推送'))
    await replies(message('请假'))
    expect(watch.writes).toBe(3)
  })
  test('keeps no text, name or id', async () => {
    const { world, message, replies } = open()
    await replies(message('我想问个私事'))
    const stored = JSON.stringify(await world.store.collection('seen', ProcessedMessage).list(''))
    for (const secret of ['私事', 'mei', '小美', group, 'in-1']) expect(stored).not.toContain(secret)
  })
  test('that fails leaves a question unanswered and free to come again', async () => {
    const { message, replies, watch, done } = open()
    const one = message('在吗')
    watch.isBroken = true
    expect(await replies(one)).toEqual([expect.stringContaining('抱歉')])
    expect(done).toEqual([])
    watch.isBroken = false
    expect(await replies(one)).toEqual(['问好了'])
  })
  test('cannot keep anybody from signing in', async () => {
    const { message, replies, watch, done } = open()
    watch.isBroken = true
    expect(await replies(message('签到'))).toEqual([])
    expect(done).toEqual(['签到 in-1'])
  })
})

test('a sign-in that failed is handled again when it is delivered again', async () => {
  const { message, replies, done } = open()
  const one = message('坏')
  for (let i = 0; i < 2; i++) expect(await replies(one)).toEqual([expect.stringContaining('抱歉')])
  expect(done).toHaveLength(2)
})

describe('late', () => {
  test('nothing is answered that was sent more than ten minutes ago, and no command runs', async () => {
    const { world, message, replies, done } = open()
    const sentAt = world.clock.now().subtract({ minutes: 10, seconds: 1 })
    for (const text of ['在吗', '推送']) expect(await replies(message(text, { sentAt }))).toEqual([])
    expect(done).toEqual([])
  })
  test('a sign-in and a leave count, without a word', async () => {
    const { world, message, replies, done } = open()
    const sentAt = world.clock.now().subtract({ hours: 30 })
    for (const text of ['签到', '请假']) expect(await replies(message(text, { sentAt }))).toEqual([])
    expect(done).toEqual(['签到 in-1', '请假 in-2'])
  })
  test('a fault is not even excused', async () => {
    const { world, message, replies } = open()
    const sentAt = world.clock.now().subtract({ minutes: 11 })
    expect(await replies(message('坏', { sentAt }))).toEqual([])
    expect(world.log.lines).toHaveLength(1)
  })
})

describe('a command that a gateway delivers again under a new id, later', () => {
  const shifts: [string, number][] = [
    ['a second earlier', -1000],
    ['two seconds later', 2000],
    ['eight hours earlier', -8 * 3_600_000],
    ['eight hours and a second later', 8 * 3_600_000 + 1000],
  ]
  const shiftedTo = (one: Message, sentMs: number, world: World): Message => ({
    ...again(one, world, 'fresh'),
    sentAt: Temporal.Instant.fromEpochMilliseconds(sentMs),
  })

  test.each(shifts)('with a time that is %s is not run again, also after a restart', async (_, shiftMs) => {
    const { world, message, replies } = open()
    const first = message('推送')
    await replies(first)
    world.clock.forward({ hours: 30 })
    const shifted = shiftedTo(first, first.sentAt.epochMilliseconds + shiftMs, world)
    expect(await replies(shifted)).toEqual([])
    const restarted = open(world)
    expect(await restarted.replies({ ...shifted, id: 'fresher' })).toEqual([])
    expect(restarted.done).toEqual([])
  })
  test.each(shifts.slice(0, 2))(
    'with a time that is %s is not run again while its age alone would let it',
    async (_, shiftMs) => {
      const { world, message, replies, done } = open()
      const first = message('推送')
      await replies(first)
      world.clock.forward({ minutes: 2 })
      const shifted = shiftedTo(first, first.sentAt.epochMilliseconds + shiftMs, world)
      expect(await replies(shifted)).toEqual([])
      const restarted = open(world)
      expect(await restarted.replies({ ...shifted, id: 'fresher' })).toEqual([])
      expect([...done, ...restarted.done]).toHaveLength(1)
    },
  )
  test.each([
    ['eight hours later', 8, 0],
    ['an hour and a second later', 1, 1000],
  ])('with a time that is %s, and then as if just sent, is not run again', async (_, hours, moreMs) => {
    const { world, message, replies, done } = open()
    const first = message('推送')
    await replies(first)
    world.clock.forward({ hours, seconds: 30 })
    const sentMs = first.sentAt.epochMilliseconds + hours * 3_600_000 + moreMs
    expect(await replies(shiftedTo(first, sentMs, world))).toEqual([])
    expect(done).toHaveLength(1)
  })
  test.each([
    ['no time', 0],
    ['milliseconds taken for seconds', Date.parse('2026-11-28T13:00:00+08:00') * 1000],
    ['seconds taken for milliseconds', Date.parse('2026-11-28T13:00:00+08:00') / 1000],
  ])('with %s is not run again', async (_, sentMs) => {
    const { world, message, replies, done } = open()
    const first = message('推送')
    await replies(first)
    world.clock.forward({ hours: 3 })
    expect(await replies(shiftedTo(first, sentMs, world))).toEqual([])
    expect(done).toHaveLength(1)
  })
  test('but said again by a person it runs, a moment or whole hours later', async () => {
    const { world, message, replies, done } = open()
    await replies(message('推送'))
    for (const duration of [{ seconds: 1 }, { hours: 8 }]) {
      world.clock.forward(duration)
      await replies(message('推送'))
    }
    expect(done).toHaveLength(3)
  })
})

test('a stop waits for the sign-ins that were received, but not for ever', async () => {
  const world = createWorld()
  const steps = Array.from({ length: 3 }, () => Promise.withResolvers<string>())
  let begun = 0
  const signIn = { words: ['签到'], takes: 'nothing', role: 'maker', where: 'anywhere', help: '' } as const
  const feature: Feature = {
    name: 'x',
    commands: [{ ...signIn, repeatable: true, run: () => steps[begun++]?.promise }],
  }
  const seen = world.store.collection('seen', ProcessedMessage)
  const directory = createFixedDirectory([group])
  const bot = createBot({ features: [feature], directory, seen, clock: world.clock, log: world.log })
  const { message } = open(world)
  for (const senderId of ['a', 'b', 'c']) void bot.answer(message('签到', { senderId }))
  await expect.poll(() => begun).toBe(3)
  let isDrained = false
  const draining = bot.drain(60_000).then(() => {
    isDrained = true
  })
  steps[0]?.resolve('好')
  steps[1]?.resolve('好')
  // Long enough for a stop that waits for nothing.
  await new Promise(resolve => setImmediate(resolve))
  expect(isDrained).toBe(false)
  steps[2]?.resolve('好')
  await draining
  await bot.drain(1)
})
