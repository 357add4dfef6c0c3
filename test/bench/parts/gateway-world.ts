import { systemClock } from '../../../src/adapters/clock.ts'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import { serveGateway } from '../../../src/adapters/wechaty/puppets/gateway.ts'
import type { SimulatedCommunity } from '../../../src/sandbox/world/community.ts'
import { createWorld } from '../../../src/sandbox/world/index.ts'

// A gateway as a process of its own, and the people behind it. What they are to ask is ordered over the channel to
// the parent; how long the answers took is measured here, by one clock.

/**
 * As many groups as questions are open at once in a burst: within a group our answers go out in the order of the
 * questions, one after the other, and the raw bot's do not; that is a promise, not a cost to be measured.
 */
const groupCount = 64
const membersPerGroup = 8
const question = '高企怎么报'
const stuckMs = 60_000

export type Order =
  | { kind: 'found'; claimCode: string }
  | { kind: 'burst'; count: number; atOnce: number }
  | { kind: 'steady'; perSecond: number; seconds: number }

/** How long each answer took, in ms, and all of it. */
export type Outcome = { latenciesMs: number[]; elapsedMs: number }

const organizer = 'organizer'
const groupIds = Array.from({ length: groupCount }, (_, n) => `group${n}`)
const community = describeCommunity()
const world = await createWorld({ store: createMemoryStore(), clock: systemClock, community })
const gateway = await serveGateway(world, {
  host: '127.0.0.1',
  port: 0,
  token: process.argv[2] ?? '',
  isTlsDisabled: false,
})

type Asked = { atMs: number; answered(latencyMs: number): void }
const open = new Map<string, Asked[]>()
let asked = 0

world.botEnd.listen(event => {
  if (event.kind !== 'message' || event.message.from !== world.botId) return
  const conversation = 'groupId' in event.target ? event.target.groupId : event.target.personId
  const first = open.get(conversation)?.shift()
  if (!first) throw new Error(`an answer that nobody waits for: ${event.message.text}`)
  first.answered(performance.now() - first.atMs)
})

function expectAnswer(conversation: string, said: Promise<unknown>): Promise<number> {
  const atMs = performance.now()
  return new Promise((resolve, reject) => {
    const stuck = setTimeout(() => reject(new Error(`no answer in ${conversation}`)), stuckMs)
    const waiting = open.get(conversation) ?? []
    open.set(conversation, waiting)
    waiting.push({
      atMs,
      answered(latencyMs) {
        clearTimeout(stuck)
        resolve(latencyMs)
      },
    })
    said.catch(reject)
  })
}

/** A person in the next group asks; every answer is one message. */
function ask(): Promise<number> {
  const groupId = groupIds[asked % groupCount] ?? ''
  const from = `${groupId}m${Math.floor(asked / groupCount) % membersPerGroup}`
  asked += 1
  return expectAnswer(groupId, world.saysInGroup(groupId, { from, text: question, mention: true }))
}

/** Claims the bot and binds each group as its organizer. */
async function found(claimCode: string) {
  const claim = world.saysInPrivate(organizer, { text: `认领 ${claimCode}` })
  await expectAnswer(organizer, claim)
  for (const groupId of groupIds) {
    await expectAnswer(groupId, world.saysInGroup(groupId, { from: organizer, text: '绑定本群' }))
  }
  return []
}

async function burst(count: number, atOnce: number): Promise<number[]> {
  const latenciesMs: number[] = []
  let left = count
  async function askOn() {
    while (left > 0) {
      left -= 1
      latenciesMs.push(await ask())
    }
  }
  await Promise.all(Array.from({ length: atOnce }, askOn))
  return latenciesMs
}

/** By the clock, not after the last answer: a bot that is slow does not get fewer questions. */
async function steady(perSecond: number, seconds: number): Promise<number[]> {
  const startedAt = performance.now()
  const answers: Promise<number>[] = []
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const dueMs = startedAt + (n * 1000) / perSecond - performance.now()
    if (dueMs > 0) await new Promise(resolve => setTimeout(resolve, dueMs))
    answers.push(ask())
  }
  return Promise.all(answers)
}

function carryOut(order: Order): Promise<number[]> {
  if (order.kind === 'found') return found(order.claimCode)
  if (order.kind === 'burst') return burst(order.count, order.atOnce)
  return steady(order.perSecond, order.seconds)
}

function describeCommunity(): SimulatedCommunity {
  const member = (groupId: string, n: number) => ({ id: `${groupId}m${n}`, name: `创客${groupId}${n}` })
  const members = (groupId: string) => Array.from({ length: membersPerGroup }, (_, n) => member(groupId, n))
  return {
    bot: { id: 'bot', name: '小创' },
    people: [{ id: organizer, name: '组织者' }, ...groupIds.flatMap(members)],
    groups: groupIds.map(id => ({
      id,
      name: `创客群 ${id}`,
      members: [{ id: organizer }, ...members(id).map(one => ({ id: one.id }))],
    })),
    instructors: [],
  }
}

process.on('message', async (order: Order) => {
  const startedAt = performance.now()
  const latenciesMs = await carryOut(order)
  process.send?.({ latenciesMs, elapsedMs: performance.now() - startedAt } satisfies Outcome)
})
process.once('disconnect', () => process.exit())
process.send?.({ endpoint: gateway.endpoint })
