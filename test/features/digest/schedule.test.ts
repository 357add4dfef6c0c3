import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { createFixedDirectory, createWorld } from '../../conversation.ts'
import { createMortalStep, createMortalStore, pass } from '../../outbox/world.ts'
import { createItemsFile, groups, itemText, openDigest } from './world.ts'

describe('on time', () => {
  test('the digest goes to every bound group, in one text, at the pace of the platform', async () => {
    const { world, start, forward, outbox } = openDigest()
    await start()
    await forward({ minutes: 30 })
    await outbox.stop()
    expect(world.said.map(({ target }) => target)).toEqual(groups.map(groupId => ({ groupId })))
    expect(new Set(world.said.map(({ reply }) => reply.text)).size).toBe(1)
    const seconds = world.said.map(({ at }) => Temporal.Instant.from(at).epochMilliseconds / 1000)
    expect(seconds.map(second => second - (seconds[0] ?? 0))).toEqual([0, 4, 8])
    expect(world.said[0]?.reply.text).toContain('政策速递 2026年11月27日')
    expect(world.log.lines).toEqual([])
  })

  test('the next one says what is new only; with nothing new, organizers hear of it and groups hear nothing', async () => {
    const { world, start, forward, outbox, itemsFile, arrived } = openDigest()
    await start()
    await forward({ minutes: 30 })
    itemsFile.write(itemText('loan'), itemText('tax'), itemText('fresh'))
    await forward({ hours: 24 * 7 })
    expect(world.said.at(-1)?.reply.text).toContain('fresh 的标题')
    expect(world.said.at(-1)?.reply.text).not.toContain('loan 的标题')
    await forward({ hours: 24 * 7 })
    await outbox.stop()
    expect(arrived()).toEqual([...groups, ...groups, '私聊 org'])
    expect(world.said.at(-1)?.reply.text).toContain('2026年12月11日 16:30 的推送没有发：没有新的条目')
  })

  test('what is past its last day never goes out, and what is not published yet waits', async () => {
    const itemsFile = createItemsFile(
      itemText('over', { validUntil: '"2026-11-26"' }),
      itemText('last-day', { validUntil: '"2026-11-27"' }),
      itemText('tomorrow', { publishedOn: '"2026-11-28"' }),
    )
    const { world, start, forward, outbox } = openDigest({ itemsFile })
    await start()
    await forward({ minutes: 30 })
    await outbox.stop()
    expect(world.said[0]?.reply.text).toContain('last-day')
    expect(world.said[0]?.reply.text).not.toMatch(/over|tomorrow/)
  })

  test('a broken file of items is told to the organizers; mended in time, the push goes out', async () => {
    const { world, start, forward, outbox, itemsFile, arrived } = openDigest()
    await start()
    itemsFile.write(itemText('loan', { validUntil: '"2026-02-31"' }))
    await forward({ minutes: 30 })
    expect(arrived()).toEqual(['私聊 org'])
    expect(world.said[0]?.reply.text).toContain('日历上没有这个日期')
    itemsFile.write(itemText('loan'))
    await forward({ minutes: 10 })
    await outbox.stop()
    expect(arrived()).toEqual(['私聊 org', ...groups])
  })

  test('without bound groups the organizers are told', async () => {
    const directory = createFixedDirectory([], { org: ['organizer'] })
    const { world, start, forward, outbox } = openDigest({ directory })
    await start()
    await forward({ minutes: 30 })
    await outbox.stop()
    expect(world.said.map(({ reply }) => reply.text)).toEqual([expect.stringContaining('绑定本群')])
  })
})

describe('restarts', () => {
  test('ten of them around the slot send once', async () => {
    let life = openDigest()
    await life.start()
    life.world.clock.forward({ minutes: 29, seconds: 58 })
    for (let i = 0; i < 10; i++) {
      life.world.clock.forward({ seconds: 1 })
      life = await life.restart()
    }
    await life.forward({ seconds: 30 })
    await life.outbox.stop()
    expect(life.arrived()).toEqual(groups)
  })

  test('down during the slot: it goes out late within its shelf life', async () => {
    const first = openDigest()
    await first.start()
    await first.outbox.stop()
    first.world.clock.forward({ minutes: 30 + 119 })
    const second = await first.restart()
    await second.forward({ seconds: 1 })
    await second.outbox.stop()
    expect(second.arrived()).toEqual(groups)
  })

  test('down for longer: it is not sent, and the organizers are told why', async () => {
    const first = openDigest()
    await first.start()
    first.world.clock.forward({ minutes: 30 + 121 })
    const second = await first.restart()
    await second.forward({ seconds: 1 })
    await second.outbox.stop()
    expect(second.arrived()).toEqual(['私聊 org'])
    expect(second.world.said[0]?.reply.text).toContain('到点时程序没在运行')
  })

  test('a crash at any step of the slot neither loses it nor sends it twice', async () => {
    for (let stepsToLive = 0; stepsToLive < 80; stepsToLive++) {
      const world = createWorld('2026-11-27T16:00:00+08:00')
      const itemsFile = createItemsFile(itemText('loan'))
      const first = openDigest({ world, itemsFile })
      await first.start()
      await first.outbox.stop()
      world.clock.forward({ minutes: 30 })
      const { step, kill } = createMortalStep(stepsToLive)
      const store = createMortalStore(world.store, step)
      const dying = openDigest({ world: { ...world, store }, itemsFile })
      await Promise.race([dying.played.jobs.tick(), pass(world, 1)])
      kill()
      const second = openDigest({ world, itemsFile })
      await second.start()
      await second.forward({ seconds: 40 })
      await second.outbox.stop()
      expect(second.arrived(), `dead after ${stepsToLive} steps`).toEqual(groups)
    }
  })
})
