import type { Temporal } from 'temporal-polyfill'
import { createOutbox, type Posting, type SendingRules } from '../../src/outbox/index.ts'
import type { Chat, Target } from '../../src/ports/chat.ts'
import type { Store } from '../../src/ports/store.ts'
import { createWorld, type World } from '../conversation.ts'

export const pace: SendingRules = {
  sameGroupGapMs: 1000,
  nextGroupGapMinMs: 3000,
  nextGroupGapMaxMs: 5000,
  sayDeadlineMs: 20_000,
  random: () => 0.5,
  perMinute: 40,
  perDay: 300,
  firstWeekDivisor: 4,
  failuresToPause: 3,
  pauseMinutes: 30,
  throttleCodes: ['20001'],
  replies: { gapMs: 300, perMinute: 60, perDay: 1200, maxLateMinutes: 10 },
  quiet: { from: '22:00', until: '07:30', untilOnRestDays: '09:00' },
}

/** A line that is up, and targets that are called by their id. */
export const surroundings = {
  isLineUp: () => true,
  account: () => 'wxid_xiaochuang',
  nameOf: async (target: Target) => ('groupId' in target ? target.groupId : target.personId),
}

export const later = (world: World) => world.clock.now().add({ hours: 2 })
export const toGroup = (groupId: string): Target => ({ groupId })

/** Lets everything happen that can happen without the clock moving. */
export async function settle() {
  for (let i = 0; i < 5; i++) await new Promise(resolve => setImmediate(resolve))
}

/** Moves the clock in small steps, so that timers fire near their time. */
export async function pass(world: World, seconds: number, stepMs = 500) {
  await settle()
  for (let ms = 0; ms < seconds * 1000; ms += stepMs) {
    world.clock.forward({ milliseconds: stepMs })
    await settle()
  }
}

/** An outbox in a world of its own, or a second life on the store of the first. */
export function openOutbox(
  world = createWorld(),
  parts: {
    chat?: Chat
    store?: Store
    pace?: SendingRules
    isLineUp?: () => boolean
    upSince?: () => Temporal.Instant | undefined
    account?: () => string
  } = {},
) {
  const outbox = createOutbox({ ...world, ...surroundings, pace, ...parts })
  const posting = (broadcast: string, group: string, more: Partial<Posting> = {}): Posting => ({
    key: `${broadcast}/${group}`,
    target: toGroup(group),
    kind: 'broadcast',
    reply: { text: `${broadcast} → ${group}` },
    notAfter: later(world),
    ...more,
  })
  const states = async (broadcast: string) =>
    (await outbox.deliveries(broadcast)).map(({ key, state }) => `${key.split('/')[1]} ${state}`)
  const texts = () => world.said.map(({ reply }) => reply.text)
  return { world, outbox, posting, states, texts }
}

/** Runs acts until the process that they belong to dies: from then on nothing of it ever goes on. */
export type Step = <T>(act: () => Promise<T>) => Promise<T>

/** Each act is two steps, so that a process may die before it and after it; `kill` ends it at once. */
export function createMortalStep(stepsToLive: number): { step: Step; kill(): void; isDead(): boolean } {
  let stepsLeft = stepsToLive
  const never = () => new Promise<never>(() => {})
  return {
    kill() {
      stepsLeft = 0
    },
    isDead: () => stepsLeft <= 0,
    async step(act) {
      if (stepsLeft-- <= 0) return never()
      const done = await act()
      return stepsLeft-- <= 0 ? never() : done
    },
  }
}

/** The same records, as long as the process lives. */
export function createMortalStore(store: Store, step: Step): Store {
  return {
    ...store,
    collection(name, schema) {
      const records = store.collection(name, schema)
      return {
        get: key => step(() => records.get(key)),
        list: prefix => step(() => records.list(prefix)),
        update: (key, change) => step(() => records.update(key, change)),
      }
    },
  }
}
