import { describe, expect, test } from 'vitest'
import { createMemoryJournal } from '../../src/adapters/journal.ts'
import { createClaims } from '../../src/inbound/claims.ts'
import type { Journal } from '../../src/ports/journal.ts'
import { ProcessedMessage } from '../../src/processed-messages.ts'
import { createWorld, type World } from '../conversation.ts'

describe('a claim that is only noted', () => {
  const journal = createMemoryJournal()
  const at = createWorld().clock.now()
  const message = { senderId: 'mei', senderName: '小美', mentionsBot: true, sentAt: at, receivedAt: at }
  const question = { ...message, id: 'm1', text: '高企怎么报' }
  const open = (world: World, notes: Journal = journal) => {
    const seen = world.store.collection('seen', ProcessedMessage)
    return { seen, claims: createClaims({ seen, clock: world.clock, journal: notes }) }
  }

  test('needs no store, outlasts a kill, under its id and a fresh one, and is stored when there is time', async () => {
    const world = createWorld()
    const first = open(world)
    await (await first.claims.claim(question))?.journal()
    expect(await first.seen.list('')).toEqual([])
    const second = open(world)
    expect(await second.claims.claim(question)).toBeUndefined()
    expect(await second.claims.claim({ ...question, id: 'fresh' })).toBeUndefined()
    await second.claims.flush()
    expect(await second.seen.list('')).toHaveLength(1)
    expect(journal.lines()).toEqual([])
    expect(await open(world).claims.claim(question)).toBeUndefined()
  })
  test('stays in the journal while the store refuses', async () => {
    const world = createWorld()
    const { seen } = open(world)
    let isFull = true
    const update: typeof seen.update = (...args) =>
      isFull ? Promise.reject(new Error('no room')) : seen.update(...args)
    const claims = createClaims({ seen: { ...seen, update }, clock: world.clock, journal })
    await (await claims.claim(question))?.journal()
    await expect(claims.flush()).rejects.toThrow('no room')
    expect(journal.lines()).toHaveLength(1)
    isFull = false
    await claims.flush()
    expect(journal.lines()).toEqual([])
  })
  test('goes into the store in batches, and those that were stored are not stored again', async () => {
    const world = createWorld()
    const { seen } = open(world)
    let room = 250
    let stored = 0
    const update: typeof seen.update = (...args) => {
      stored += 1
      return room-- > 0 ? seen.update(...args) : Promise.reject(new Error('no room'))
    }
    const notes = createMemoryJournal()
    const claims = createClaims({ seen: { ...seen, update }, clock: world.clock, journal: notes })
    for (let n = 0; n < 450; n += 1)
      await (await claims.claim({ ...question, id: `m${n}`, text: `问题${n}` }))?.journal()
    await expect(claims.flush()).rejects.toThrow('no room')
    expect(stored).toBe(400)
    expect(notes.lines()).toHaveLength(450)
    room = 1000
    await claims.flush()
    expect(stored).toBe(400 + 250)
    expect(notes.lines()).toEqual([])
    expect(await seen.list('')).toHaveLength(450)
  })
  test('that cannot be noted leaves the message free to come again', async () => {
    const add = () => {
      throw new Error('no room')
    }
    const { claims } = open(createWorld(), { ...journal, add })
    await expect((await claims.claim(question))?.journal()).rejects.toThrow('no room')
    expect(await claims.claim(question)).toBeDefined()
  })
  test('is passed over where a power cut left half of it', async () => {
    const notes = createMemoryJournal()
    notes.add('{"id":"x')
    const { claims } = open(createWorld(), notes)
    expect(await claims.claim(question)).toBeDefined()
  })
})

describe('what was taken on', () => {
  const claimsIn = (world: World) => {
    const seen = world.store.collection('seen', ProcessedMessage)
    return { claims: createClaims({ seen, clock: world.clock }), seen }
  }

  async function take(world: World, count: number, claims = claimsIn(world).claims) {
    const receivedAt = world.clock.now()
    const message = { senderId: 'mei', senderName: '小美', mentionsBot: true, sentAt: receivedAt, receivedAt }
    const taken = await Promise.all(
      Array.from({ length: count }, () => crypto.randomUUID()).map(id =>
        claims.claim({ ...message, id, text: id }),
      ),
    )
    await Promise.all(taken.map(claim => claim?.store()))
  }

  test('is kept in shards of at most 500', async () => {
    const world = createWorld()
    const { claims, seen } = claimsIn(world)
    await take(world, 1234, claims)
    const shards = (await seen.list('')).map(({ key }) => key.split('/')[0] ?? '')
    const sizes = [...new Set(shards)].map(shard => shards.filter(one => one === shard).length)
    expect(sizes).toEqual([500, 500, 234])
  })
  test('goes on filling the same shard after every restart', async () => {
    const world = createWorld()
    for (let start = 0; start < 60; start++) await take(world, 3)
    expect(new Set((await claimsIn(world).seen.list('')).map(({ key }) => key.split('/')[0])).size).toBe(1)
  })
  test('is forgotten after four days, not before, and its shard is used again', async () => {
    const world = createWorld()
    const { claims, seen } = claimsIn(world)
    await take(world, 1000, claims)
    world.clock.forward({ hours: 24 * 4 })
    await claims.expire()
    expect(await seen.list('')).toHaveLength(1000)
    world.clock.forward({ milliseconds: 1 })
    await take(world, 1, claims)
    await claims.expire()
    expect(await seen.list('')).toHaveLength(1)
    await take(world, 600, claims)
    const shards = new Set((await seen.list('')).map(({ key }) => key.split('/')[0]))
    expect([...shards].sort()).toEqual(['1', '3'])
  })
  test('stays within bounds in a flood', async () => {
    const world = createWorld()
    const { claims, seen } = claimsIn(world)
    await take(world, 25_000, claims)
    await claims.expire()
    expect((await seen.list('')).length).toBeLessThanOrEqual(20_000)
  })
})
