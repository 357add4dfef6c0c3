import { flushCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { systemClock } from '../../src/adapters/clock.ts'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { servePuppet } from '../../src/adapters/wechaty/puppets/gateway.ts'
import { SandboxPuppet } from '../../src/adapters/wechaty/puppets/sandbox-puppet.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createLog } from '../../src/log.ts'
import { SimulatedCommunity } from '../../src/sandbox/world/community.ts'
import { createWorld, type LineEvent, type World } from '../../src/sandbox/world/index.ts'
import type { Dump, Order } from './orders.ts'
import { forwardClock, shiftClock } from './shifted-clock.ts'

// A gateway over a real world, real gRPC and TLS, that does as it is told on standard input: hold back a message
// of the bot's before or after it arrives, deliver old ones again, log out. What was said outlasts its own death.

shiftClock()
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    token: { type: 'string', default: '' },
    folder: { type: 'string', default: '' },
    groups: { type: 'string', default: '1' },
    makers: { type: 'string', default: '0' },
  },
})

const tell = (news: unknown) => process.stdout.write(`${JSON.stringify(news)}\n`)
const log = createLog('error')
const alarms = createAlarms({ clock: systemClock, log })
const store = await openLowdbStore({ folder: values.folder, alarms, log })
const world = await createWorld({
  store,
  clock: systemClock,
  community: communityOf(Number(values.groups), Number(values.makers)),
})
const hearers = new Set<(event: LineEvent) => void>()
let hold: Order['hold']
let held = Promise.withResolvers<void>()
let sends = 0

function communityOf(count: number, makers: number) {
  const crowd = Array.from({ length: makers }, (_, n) => ({ id: `m${n + 1}`, name: `创客${n + 1}` }))
  const members = [{ id: 'chenjing' }, { id: 'zhangwei' }, ...crowd.map(({ id }) => ({ id }))]
  const groups = Array.from({ length: count }, (_, n) => ({ id: `g${n + 1}`, name: `群${n + 1}`, members }))
  const people = [{ id: 'chenjing', name: '陈静' }, { id: 'zhangwei', name: '张唯' }, ...crowd]
  return SimulatedCommunity.parse({ bot: { id: 'xiaochuang', name: '小创' }, people, groups })
}

/** Ids that a careless gateway makes up when it delivers a message a second time. */
const freshId = (id: string) => `again-${Math.random().toString(36).slice(2, 8)}-${id}`
const oldId = (id: string) => id.replace(/^again-[^-]*-/, '')

const botEnd: World['botEnd'] = {
  ...world.botEnd,
  listen(hear) {
    hearers.add(hear)
    const end = world.botEnd.listen(hear)
    return () => {
      hearers.delete(hear)
      end()
    }
  },
  find(id) {
    const found = world.botEnd.find(oldId(id))
    return found && { ...found, message: { ...found.message, id } }
  },
  async says(target, said) {
    sends += 1
    const mine = sends
    tell({ sending: mine })
    if (hold?.at === 'before' && hold.nth === mine) await held.promise
    const sent = await world.botEnd.says(target, said)
    tell({ sent: mine })
    if (hold?.at === 'after' && hold.nth === mine) await held.promise
    return sent
  },
}

async function dump(): Promise<Dump> {
  const groups = await Promise.all(
    world.groups().map(async ({ id }) => [id, await world.groupMessages(id)] as const),
  )
  const conversations = [...groups, ['chenjing', await world.privateMessages('chenjing')] as const]
  return Object.fromEntries(
    conversations.map(([id, messages]) => [id, messages.map(({ from, text }) => ({ from, text }))]),
  )
}

async function redeliver({ count, fresh }: { count: number; fresh: boolean }) {
  const all = await Promise.all(
    world
      .groups()
      .map(async ({ id: groupId }) =>
        (await world.groupMessages(groupId)).map(message => ({ target: { groupId }, message })),
      ),
  )
  const people = all.flat().filter(({ message }) => message.from !== world.botId)
  const last = people.sort((a, b) => a.message.at.epochMilliseconds - b.message.at.epochMilliseconds)
  for (const { target, message } of last.slice(-count)) {
    const again = { ...message, id: fresh ? freshId(message.id) : message.id }
    for (const hear of hearers) hear({ kind: 'message', target, message: again })
  }
}

async function obey(order: Order) {
  if (order.said) {
    const { groupId, from, text, mention = false } = order.said
    if (groupId) await world.saysInGroup(groupId, { from, text, mention })
    else await world.saysInPrivate(from, { text })
  }
  if (order.hold) {
    hold = { ...order.hold, nth: order.hold.nth + sends }
    held = Promise.withResolvers()
  }
  if (order.release) held.resolve()
  if (order.redeliver) await redeliver(order.redeliver)
  if (order.forwardMs) forwardClock(order.forwardMs)
  if (order.isLoggedIn === false) await puppet.logout('by hand')
  if (order.isLoggedIn) puppet.login(world.botId)
  tell({ done: order.number, dump: order.dump ? await dump() : undefined })
}

const puppet = new SandboxPuppet({ ...world, botEnd })
const gateway = await servePuppet(puppet, {
  host: '127.0.0.1',
  port: Number(values.port),
  token: values.token,
  isTlsDisabled: false,
})
createInterface({ input: process.stdin }).on('line', line => void obey(JSON.parse(line)))
// One that is killed would leave nothing compiled behind.
flushCompileCache()
tell({ endpoint: gateway.endpoint })
