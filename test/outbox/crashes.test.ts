import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createOutbox } from '../../src/outbox/index.ts'
import type { Chat } from '../../src/ports/chat.ts'
import { createWorld, type World } from '../conversation.ts'
import { createMortalStep, createMortalStore, openOutbox, pace, pass, surroundings } from './world.ts'

const groups = ['甲', '乙', '丙']
/** A process that dies at its n-th step. */
function createMortalWorld(world: World, stepsToLive: number) {
  const { step } = createMortalStep(stepsToLive)
  const chat: Chat = { say: (...args) => step(() => world.chat.say(...args)) }
  const clock: World['clock'] = {
    ...world.clock,
    sleep: (ms, signal) => step(() => world.clock.sleep(ms, signal)),
  }
  return { ...world, store: createMortalStore(world.store, step), chat, clock }
}

test('however often it crashes, and wherever: no key is sent twice, none is forgotten, the pace holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 45 }), { maxLength: 6 }), async lives => {
      const world = createWorld()
      const { posting } = openOutbox(world)
      const postings = [...groups.map(group => posting('a', group)), posting('b', '甲')]
      for (const stepsToLive of [...lives, 10_000]) {
        const outbox = createOutbox({ ...createMortalWorld(world, stepsToLive), ...surroundings, pace })
        void outbox.start().then(() => outbox.post(postings))
        await pass(world, 20, 1000)
      }
      const texts = world.said.map(({ reply }) => reply.text)
      expect(new Set(texts).size).toBe(texts.length)
      const outbox = createOutbox({ ...world, ...surroundings, pace })
      const deliveries = [...(await outbox.deliveries('a')), ...(await outbox.deliveries('b'))]
      expect(deliveries).toHaveLength(postings.length)
      for (const { key, state } of deliveries) {
        expect(['sent', 'unknown']).toContain(state)
        if (state === 'sent') expect(texts).toContain(key.replace('/', ' → '))
      }
      for (const [i, { at }] of world.said.entries()) {
        const before = world.said[i - 1]
        if (before) expect(Date.parse(at) - Date.parse(before.at)).toBeGreaterThanOrEqual(1000)
      }
    }),
    { numRuns: 200 },
  )
})
