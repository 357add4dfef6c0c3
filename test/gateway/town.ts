import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished } from 'vitest'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createAlarms } from '../../src/alarms.ts'
import { OutageRecord } from '../../src/features/line/records.ts'
import { openDeliveries } from '../../src/outbox/ledger/records.ts'
import { createQuietLog, createWorld, expectNoFormalism } from '../conversation.ts'
import type { Dump, Order } from './orders.ts'
import { startProcess } from './processes.ts'

const rightToken = 'insecure_the-right-token'
const organizer = 'chenjing'

/** A Friday afternoon, outside the quiet hours. */
const fridayAfternoon = '2026-11-27T15:00:00+08:00'

/** Faster than one may be with WeChat, and quick to notice a dead line. */
const hurry = {
  SAME_GROUP_GAP_MS: '20',
  NEXT_GROUP_GAP_MIN_MS: '40',
  NEXT_GROUP_GAP_MAX_MS: '80',
  LINE_DING_MS: '300',
  LINE_SILENCE_MS: '1500',
  LINE_BACKOFF_FIRST_MS: '200',
  LINE_BACKOFF_LAST_MS: '1000',
  LOG_LEVEL: 'info',
  // One organizer is all there is here: she approves what she asked for.
  ONE_PERSON_REVIEW: 'true',
}

/** Less than the limit of a test. */
const settleTimeoutMs = 200_000
/** The end of each conversation and of the log. */
const lastOf = (dump: Dump, log: readonly string[]) =>
  JSON.stringify({
    said: Object.entries(dump).map(([id, said]) => [id, ...said.slice(-3).map(({ text }) => text)]),
    logged: log.slice(-5),
  })

type Options = { groups: number; makers?: number; now?: string; bot?: Record<string, string> }

/** A gateway process that serves a number of groups out of a folder; started again there, it goes on. */
async function startGateway(
  folder: string,
  {
    groups,
    makers = 0,
    port = '0',
    token = rightToken,
    shiftMs,
  }: { groups: number; makers?: number; port?: string; token?: string; shiftMs: number },
) {
  const size = ['--groups', String(groups), '--makers', String(makers)]
  const args = ['--port', port, '--token', token, '--folder', folder, ...size]
  const child = startProcess('chaos-gateway.ts', args, { CLOCK_SHIFT_MS: String(shiftMs) })
  const { endpoint } = JSON.parse(await child.line(/"endpoint"/)) as { endpoint: string }
  let count = 0

  async function tell(order: Omit<Order, 'number'>): Promise<Dump> {
    const number = ++count
    child.write({ ...order, number })
    const { dump } = JSON.parse(await child.line(new RegExp(`"done":${number}\\b`))) as { dump?: Dump }
    return dump ?? {}
  }

  const sendings = () => child.lines.filter(line => line.startsWith('{"sending"')).length
  return {
    child,
    endpoint,
    port: endpoint.split(':')[1] ?? '',
    tell,
    dump: () => tell({ dump: true }),
    sendings,
    /** Resolves when the bot has begun to send this number of messages since the gateway started. */
    sending: (count: number) => child.line(new RegExp(`"sending":${count}\\b`)),
    async kill() {
      child.signal('SIGKILL')
      await child.ended
    },
  }
}

function startBot(folder: string, environment: Record<string, string>) {
  const child = startProcess('bot-process.ts', [], {
    ...hurry,
    HOME: folder,
    STATE_DIR: join(folder, 'state'),
    PORT: '0',
    ...environment,
  })
  let seen = 0
  return {
    child,
    /** The next change of the line to that state. */
    async becomes(state: 'up' | 'down'): Promise<string> {
      const line = await child.logLine(new RegExp(`"state":"${state}"`), seen)
      seen = child.errors.indexOf(line, seen) + 1
      return line
    },
    async kill() {
      child.signal('SIGKILL')
      await child.ended
    },
    async forward(forwardMs: number) {
      const from = child.lines.length
      child.write({ forwardMs })
      await child.line(/"forwardMs"/, from)
    },
    async stop() {
      child.signal('SIGTERM')
      expect(await child.ended).toBe(0)
    },
  }
}

const seeds = new Map<string, string>()
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A quarter of an hour before, so that no town begins in the past of its seed. */
const seedTime = '2026-11-27T14:45:00+08:00'

/** A folder in which the organizer has claimed the bot and bound every group. */
async function seed(options: Options): Promise<string> {
  const size = `${options.groups} ${options.makers ?? 0}`
  const known = seeds.get(size)
  if (known) return known
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-seed-'))
  folders.push(folder)
  const { gateway, bot, settled } = await openTown(folder, { ...options, now: seedTime })
  const { claimCode } = JSON.parse(await bot.child.line(/"started"/)) as { claimCode: string }
  await gateway.tell({ said: { from: organizer, text: `认领 ${claimCode}` } })
  await settled(dump => (dump[organizer] ?? []).some(({ text }) => text.includes('认领好了')))
  for (const groupId of groupIds(options.groups)) {
    await gateway.tell({ said: { groupId, from: organizer, text: '绑定本群' } })
  }
  await settled(dump =>
    groupIds(options.groups).every(id => dump[id]?.some(({ text }) => text.includes('绑定好了'))),
  )
  await bot.stop()
  await gateway.kill()
  // Only a whole seed is used again.
  seeds.set(size, folder)
  return folder
}

export const groupIds = (count: number) => Array.from({ length: count }, (_, n) => `g${n + 1}`)

/** Gateway and bot as two processes over real gRPC and TLS, with every group bound. */
export async function startTown(options: Options) {
  const source = await seed(options)
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-chaos-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(source, folder, { recursive: true })
  return openTown(folder, options)
}

async function openTown(
  folder: string,
  { groups, makers = 0, now = fridayAfternoon, bot: more = {} }: Options,
) {
  let shiftMs = Date.parse(now) - Date.now()
  const world = join(folder, 'world')
  let gateway = await startGateway(world, { groups, makers, shiftMs })
  const environment = () => ({
    CLOCK_SHIFT_MS: String(shiftMs),
    WECHATY_PUPPET: 'wechaty-puppet-service',
    WECHATY_PUPPET_SERVICE_ENDPOINT: gateway.endpoint,
    WECHATY_PUPPET_SERVICE_TOKEN: rightToken,
    ...more,
  })
  let bot = startBot(folder, environment())
  await bot.becomes('up')

  /** Texts that hold to the rules on formalism: every dump repeats them. */
  const proper = new Set<string>()
  function expectProper(dump: Dump) {
    for (const said of groupIds(groups).flatMap(id => dump[id] ?? [])) {
      if (proper.has(said.text)) continue
      expectNoFormalism(said)
      proper.add(said.text)
    }
  }

  /** @throws with the last that was said and logged: the limit of a test would end it without a word */
  async function settled(isSo: (dump: Dump) => boolean): Promise<Dump> {
    const giveUpAt = performance.now() + settleTimeoutMs
    for (;;) {
      const dump = await gateway.dump()
      expectProper(dump)
      if (isSo(dump)) return dump
      if (performance.now() > giveUpAt) throw new Error(`never settled: ${lastOf(dump, bot.child.errors)}`)
      await pause(50)
    }
  }

  return {
    folder,
    /** Present time of the processes. */
    now: () => new Date(Date.now() + shiftMs).toISOString(),
    get gateway() {
      return gateway
    },
    get bot() {
      return bot
    },
    /** The same address and the same world, after it was killed. */
    async restartGateway(token = rightToken) {
      gateway = await startGateway(world, { groups, makers, shiftMs, port: gateway.port, token })
    },
    async restartBot() {
      bot = startBot(folder, environment())
      await bot.becomes('up')
    },
    /** Starts it again with these settings, which may let it die before it is up. */
    startBotWith(more: Record<string, string>) {
      bot = startBot(folder, { ...environment(), ...more })
    },
    /** A bot of the same account beside this one, with data of its own. */
    startRival: (rival: Record<string, string> = {}) =>
      startBot(mkdtempSync(join(folder, 'rival-')), { ...environment(), ...rival }),
    settled,
    /** Moves the clocks of both processes ahead. */
    async forward({ seconds }: { seconds: number }) {
      const forwardMs = seconds * 1000
      shiftMs += forwardMs
      await Promise.all([gateway.tell({ forwardMs }), bot.forward(forwardMs)])
    },
    /** The organizer sends a digest to all groups, after looking at it. */
    async broadcast() {
      await gateway.tell({ said: { from: organizer, text: '立即推送' } })
      // The approved text must have reached her: it comes behind its head.
      const dump = await settled(said => numberOf(said) !== undefined && isShown(said))
      await gateway.tell({ said: { from: organizer, text: `通过 ${numberOf(dump)}` } })
    },
    /** The organizer lets the digest go out that the bot has composed for its time. */
    async approve() {
      const dump = await settled(said => composedIn(said) !== undefined)
      await gateway.tell({ said: { from: organizer, text: `通过 ${composedIn(dump)}` } })
      await settled(said => (said[organizer] ?? []).some(({ text }) => text.includes('通过了')))
    },
    /** A question in the first group is answered: the process lives and is connected. */
    async answersAgain() {
      const [group = ''] = groupIds(1)
      const before = answersIn(await gateway.dump(), group)
      await gateway.tell({ said: { groupId: group, from: 'zhangwei', text: '高企怎么报', mention: true } })
      await settled(dump => answersIn(dump, group) > before)
    },
  }
}
export type Town = Awaited<ReturnType<typeof startTown>>

const numberOf = (dump: Dump) =>
  dump[organizer]
    ?.map(({ text }) => /^推送 (\d+) 等你确认/.exec(text)?.[1])
    .findLast(number => number !== undefined)
const isShown = (dump: Dump) => {
  const said = dump[organizer] ?? []
  const head = said.findLastIndex(({ text }) => /^推送 \d+ 等你确认/.test(text))
  return said.slice(head + 1).some(({ text }) => text.startsWith('政策速递'))
}
const composedIn = (dump: Dump) =>
  dump[organizer]
    ?.map(({ text }) => /^推送 (\d+)「政策速递」等审核/.exec(text)?.[1])
    .findLast(number => number !== undefined)
const answersIn = (dump: Dump, group: string) =>
  (dump[group] ?? []).filter(({ from, text }) => from === 'xiaochuang' && text.includes('高新技术企业'))
    .length
export const botMessages = (dump: Dump, group: string) =>
  (dump[group] ?? []).filter(({ from }) => from === 'xiaochuang')
export const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
export const digestsIn = (dump: Dump, group: string) =>
  (dump[group] ?? []).filter(({ text }) => text.startsWith('政策速递'))

/** The bot's own records; read only after it was stopped, since they have one owner at a time. */
async function readRecords(folder: string) {
  const { clock } = createWorld()
  const log = createQuietLog()
  const alarms = createAlarms({ clock, log })
  const store = await openLowdbStore({ folder: join(folder, 'state'), alarms, log })
  const all = await openDeliveries(store).list('')
  // Private messages to organizers are no broadcast.
  const deliveries = all.filter(({ key }) => /^digest-\d+\//.test(key))
  const outages = await store.collection('gaps', OutageRecord).list('2026-11/')
  await store.close()
  return { deliveries: deliveries.map(({ value }) => value), outages: outages.map(({ value }) => value) }
}

/** Whether a delivery in this state may, and must, have left copies in its group. */
const copies: Record<string, [least: number, most: number]> = {
  sent: [1, 1],
  confirmed: [1, 1],
  unknown: [0, 1],
  failed: [0, 0],
  due: [0, 0],
  expired: [0, 0],
  cancelled: [0, 0],
  // At the end of a live process every delivery has been decided.
  sending: [1, 0],
}

/** When nothing could reach the bot, by the processes' clock. */
export type Deaf = { from: string; to: string }
type Ending = {
  groups: number
  deaf: readonly Deaf[]
  /** How many messages were on their way when something broke: only those may be missing at the end. */
  inFlight: number
}

/**
 * Invariants after any fault: the process is alive and connected, no group holds two copies, all are
 * reached but those whose message was on its way, every delivery's state is true of what its group holds, and
 * every time of deafness is recorded.
 */
export async function expectTruth(town: Town, { groups, deaf, inFlight }: Ending) {
  await town.answersAgain()
  const reached = (dump: Dump) => groupIds(groups).filter(id => digestsIn(dump, id).length > 0).length
  await town.settled(said => reached(said) >= groups - inFlight)
  await town.bot.stop()
  // Only now: what was still on its way when enough had arrived is in the records, too.
  const dump = await town.gateway.dump()
  const { deliveries, outages } = await readRecords(town.folder)
  const held = deliveries.map(({ target, state, reason }) => {
    const group = 'groupId' in target ? target.groupId : ''
    const [least = 0, most = 0] = copies[state] ?? []
    const count = digestsIn(dump, group).length
    return { group, state, reason, count, isTrue: count >= least && count <= most }
  })
  expect(held.filter(({ isTrue }) => !isTrue)).toEqual([])
  expect(held).toHaveLength(groups)
  for (const group of groupIds(groups)) expect(digestsIn(dump, group).length, group).toBeLessThanOrEqual(1)
  for (const span of deaf) expectGap(outages, span)
  return held.map(({ state }) => state)
}

/** A recorded outage covers that time, give or take what a ding takes. */
function expectGap(outages: readonly OutageRecord[], { from, to }: Deaf) {
  const slackMs = 50
  const covers = outages.some(
    outage =>
      Date.parse(outage.from) <= Date.parse(from) + slackMs &&
      outage.to !== undefined &&
      Date.parse(outage.to) >= Date.parse(to) - slackMs,
  )
  expect(covers, `${from} to ${to} in ${JSON.stringify(outages)}`).toBe(true)
}
