import { describe, expect, test } from 'vitest'
import { createClaims } from '../../src/inbound/claims.ts'
import { Seen } from '../../src/seen.ts'
import { createWorld, type World } from '../conversation.ts'

describe('what was taken on', () => {
  const claimsIn = (world: World) => {
    const seen = world.store.collection('seen', Seen)
    return { claims: createClaims({ seen, clock: world.clock }), seen }
  }

  async function take(world: World, count: number, claims = claimsIn(world).claims) {
    const receivedAt = world.clock.now()
    const message = { senderId: 'mei', senderName: '小美', mentionsBot: true, sentAt: receivedAt, receivedAt }
    const taken = await Promise.all(
      Array.from({ length: count }, () => crypto.randomUUID()).map(id =>
        claims.begin({ ...message, id, text: id }),
      ),
    )
    await Promise.all(taken.map(claim => claim?.keep()))
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
