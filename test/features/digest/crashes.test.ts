import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isApproved } from '../../../src/features/digest/broadcast/state-machine.ts'
import { openBroadcastStore } from '../../../src/features/digest/broadcast/store.ts'
import { createOutbox } from '../../../src/outbox/index.ts'
import { createWorld } from '../../conversation.ts'
import { createMortalStep, createMortalStore, pace, pass, surroundings } from '../../outbox/world.ts'
import { anItem, createItemList, deadline, groupCard, groups, openDigest } from './world.ts'

/** Messages of people while the process is killed again and again: [person, text]. */
const deeds: [who: 'org' | 'he' | 'lin', says: string][] = [
  ['lin', '通过 1'],
  ['lin', '通过 2'],
  ['he', '通过 1'],
  ['org', '预览 1'],
  ['org', '改推送 1 正文\n政策速递\n\n1. loan 的标题\n改过'],
  ['org', '改推送 1 发到 优空间创客群'],
  ['org', '立即推送'],
  ['org', '立即推送 1'],
  ['he', '驳回 1 再看看'],
  ['org', '送审 1'],
  ['org', '取消 2'],
  ['org', '补发未送达 1'],
]
const life = fc.record({
  stepsToLive: fc.nat({ max: 160 }),
  doing: fc.array(fc.nat({ max: deeds.length - 1 }), { maxLength: 5 }),
  minutes: fc.nat({ max: 40 }),
})

test('whatever people do and wherever it crashes: nothing goes out unapproved or otherwise than approved, nothing twice', async () => {
  let everSent = 0
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 5 }), async lives => {
      const world = createWorld('2026-11-27T16:00:00+08:00')
      const itemList = createItemList(anItem('loan', { deadline: deadline('2026-12-10') }), anItem('tax'))
      const cards = groups.slice(0, 2).map(id => groupCard(id))
      let said = 0
      for (const { stepsToLive, doing, minutes } of [
        ...lives,
        { stepsToLive: 100_000, doing: [0], minutes: 40 },
      ]) {
        const { step, kill } = createMortalStep(stepsToLive)
        const { say } = world.chat
        const mortal = {
          ...world,
          store: createMortalStore(world.store, step),
          chat: { say: (...args: Parameters<typeof say>) => step(() => say(...args)) },
        }
        const one = openDigest({ world: mortal, itemList, cards })
        const run = async () => {
          await one.outbox.start()
          await one.played.jobs.tick()
          for (const deed of doing) {
            const [who, words] = deeds[deed] ?? ['org', '推送列表']
            await one[who].send(one[who].message(words, { id: `said-${++said}` }))
          }
          world.clock.forward({ minutes })
          await one.played.jobs.tick()
        }
        await Promise.race([run(), pass(world, 20, 1000)])
        await pass(world, 20, 1000)
        kill()
      }

      const book = openBroadcastStore(world.store)
      const outbox = createOutbox({ ...world, ...surroundings, pace })
      const inGroups = world.said.filter(({ target }) => 'groupId' in target)
      let deliveries = 0
      for (const broadcast of await book.all()) {
        const own = await outbox.deliveries(`digest-${broadcast.number}`)
        if (own.length === 0) continue
        deliveries += own.filter(({ state }) => state === 'sent' || state === 'unknown').length
        expect(['queued', 'posted', 'cancelled']).toContain(broadcast.state)
        expect(isApproved(broadcast)).toBe(true)
        expect(broadcast.approval?.by.id).not.toBe(broadcast.author?.id)
        const texts = inGroups.filter(({ reply }) => reply.text === broadcast.parts[0])
        expect(texts.length).toBeLessThanOrEqual(own.length)
        const places = texts.map(({ target }) => JSON.stringify(target))
        expect(new Set(places).size, 'one group, one message').toBe(places.length)
        for (const { target } of texts)
          expect(broadcast.groups.map(({ id }) => id)).toContain('groupId' in target ? target.groupId : '')
      }
      // Everything that groups heard belongs to a delivery that is written down.
      expect(inGroups.length).toBeLessThanOrEqual(deliveries)
      everSent += inGroups.length
    }),
    { numRuns: 120 },
  )
  // Else the property would hold of a bot that says nothing.
  expect(everSent).toBeGreaterThan(20)
})
