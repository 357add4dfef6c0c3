import { Temporal } from 'temporal-polyfill'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { noHandlers } from '../../src/adapters/line/handlers.ts'
import type { Line } from '../../src/adapters/line/line.ts'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import { openQqLine } from '../../src/adapters/qq/line.ts'
import { openCustomerLine } from '../../src/adapters/wecom/customers/line.ts'
import { openWecomLine } from '../../src/adapters/wecom/line.ts'
import { openRobotLine } from '../../src/adapters/wecom/robot-line.ts'
import { createAlarms } from '../../src/alarms.ts'
import type { Alarms } from '../../src/ports/alarms.ts'
import type { Message, Target } from '../../src/ports/chat.ts'
import { createQuietLog } from '../conversation.ts'
import { openCustomersServer } from './servers/customers-server.ts'
import { openQqServer } from './servers/qq-server.ts'
import { openRobotServer } from './servers/robot-server.ts'
import { openWecomServer } from './servers/wecom-server.ts'

/** A platform's server, and a line on it. */
export type SendingRig = {
  server: {
    /** Everything that people see of the bot, in order. */
    shown: readonly { content: string }[]
    /** Holds back every answer until `letGo`. */
    hold(): void
    held(): number
    letGo(): void
    close(): Promise<void>
  }
  target: Target
  /**
   * Behaviour of the platform on sends: it answers, stays silent, closes before the
   * answer, or gives one that is none.
   */
  sends(how: 'ok' | 'silent' | 'close' | 'garbled'): void
  breakUploads(isBroken: boolean): void
  /** A person makes it possible to push to the target; nothing to do for most lines. */
  prepare(bot: OpenRig): Promise<void>
  /** The platform finds us too fast, of itself after 40 messages or by this switch. */
  throttle(isOn: boolean): void
  /** A target that the platform refuses, and what the person is told. */
  refuse(): { target: Target; words: RegExp }
  /** Lets the platform's time pass. */
  forward(ms: number): void
  /** @param heartbeatMs between two signs of life; default: so long that a busy machine ends no connection */
  open(heartbeatMs?: number, pauses?: typeof backOff): OpenRig
}

/** A platform that also tells what people say. */
export type Rig = SendingRig & {
  says(said: { from: string; group?: string; text: string; id?: string }): string
  kill(): void
  beats(): number
  /** The platform answers signs of life no more. */
  freeze(isFrozen: boolean): void
  /** How often the line has connected. */
  connections(): number
  /** Whether what is said while the line is down is told afterwards. */
  resumes: boolean
}

export type OpenRig = {
  line: Line
  alarms: Alarms
  log: ReturnType<typeof createQuietLog>
  heard: Message[]
  events: string[]
  /** Resolves at once where it holds, else at the next event of the line. */
  until(holds: () => boolean): Promise<void>
}

const clock = () =>
  createMovableClock({ startAt: Temporal.Instant.from('2026-11-28T13:00:00+08:00'), isRunning: false })
const backOff = { firstMs: 10, lastMs: 40 }

/** A line that answers what it hears, and keeps it. */
function watched(openLine: (parts: ReturnType<typeof shared>) => Line): OpenRig {
  const parts = shared()
  const line = openLine(parts)
  const heard: Message[] = []
  const events: string[] = []
  line.on({
    ...noHandlers,
    async answer(message) {
      heard.push(message)
      return message.text === '' ? [] : [{ text: `听到：${message.text}` }]
    },
    reply: (target, replies) => {
      for (const reply of replies) void line.chat.say(target, reply, deadlineMs).catch(() => {})
    },
    onDisconnected: (_from, cause) => events.push(`down ${cause}`),
    onReconnected: () => events.push('up'),
  })
  async function until(holds: () => boolean) {
    while (!holds()) await new Promise(resolve => setImmediate(resolve))
  }
  return { line, alarms: parts.alarms, log: parts.log, heard, events, until }
}

function shared() {
  const log = createQuietLog()
  const own = clock()
  return { title: 'test', clock: own, log, alarms: createAlarms({ clock: own, log }), backOff }
}

/** So long that it ends no send on a busy machine. */
export const deadlineMs = 60_000
const groupId = 'wrGroupA'
const nobody = { groupId: 'wrNobodySpokeHere' }
let count = 0

/** A person speaks in the group, and is answered. */
async function speak({ says, server }: Pick<Rig, 'says' | 'server'>, { until }: OpenRig) {
  const text = `开场${++count}`
  says({ from: 'mei', group: groupId, text })
  await until(() => server.shown.some(({ content }) => content === `听到：${text}`))
}

export async function openQqRig(): Promise<Rig & { qq: Awaited<ReturnType<typeof openQqServer>> }> {
  const qq = await openQqServer({ registered: ['bot.example.cn'] })
  const says: Rig['says'] = said => qq.says(said)
  return {
    qq,
    server: qq,
    target: { groupId },
    resumes: true,
    says,
    kill: qq.kill,
    beats: qq.beats,
    connections: () => qq.identified.length,
    sends(how) {
      qq.behaviour.send = how
    },
    breakUploads(isBroken) {
      qq.behaviour.files = isBroken ? 'close' : 'ok'
    },
    prepare: bot => speak({ says, server: qq }, bot),
    throttle() {},
    refuse() {
      qq.noPush.add(nobody.groupId)
      return { target: nobody, words: /群主/ }
    },
    forward: qq.forward,
    freeze(isFrozen) {
      qq.behaviour.heartbeat = isFrozen ? 'silent' : 'ok'
    },
    open(heartbeatMs = 20_000, pauses = backOff) {
      qq.behaviour.heartbeat = 'ok'
      qq.beatEvery(heartbeatMs)
      const settings = { apiUrl: qq.url, appId: '102', secret: 'SECRET' }
      return watched(parts => openQqLine({ ...parts, backOff: pauses, settings, connectMs: 2000 }))
    },
  }
}

export async function openWecomRig(): Promise<Rig & { wecom: Awaited<ReturnType<typeof openWecomServer>> }> {
  const wecom = await openWecomServer()
  const says: Rig['says'] = said =>
    wecom.says({ ...said, text: said.group ? `@创客助手 ${said.text}` : said.text })
  return {
    wecom,
    server: wecom,
    target: { groupId },
    resumes: false,
    says,
    kill: wecom.kill,
    beats: wecom.beats,
    connections: () => wecom.subscribed.length,
    sends(how) {
      wecom.behaviour.send = how
    },
    breakUploads(isBroken) {
      wecom.behaviour.chunk = isBroken ? 'close' : 'ok'
    },
    prepare: bot => speak({ says, server: wecom }, bot),
    throttle() {},
    refuse: () => ({ target: nobody, words: /@ 机器人/ }),
    forward: wecom.forward,
    freeze(isFrozen) {
      wecom.behaviour.ping = isFrozen ? 'silent' : 'ok'
    },
    open(heartbeatMs = 20_000, pauses = backOff) {
      wecom.behaviour.ping = 'ok'
      const settings = { url: wecom.url, botId: 'BOT', secret: 'SECRET', botName: '创客助手' }
      const times = { connectMs: 2000, heartbeatMs }
      return watched(parts => openWecomLine({ ...parts, backOff: pauses, settings, times }))
    },
  }
}

export async function openRobotRig(): Promise<SendingRig> {
  const robot = await openRobotServer()
  const target = { groupId: '产业园群' }
  return {
    server: robot,
    target,
    sends(how) {
      robot.behaviour.send = how
      robot.behaviour.errcode = 0
    },
    breakUploads(isBroken) {
      robot.behaviour.upload = isBroken ? 'close' : 'ok'
    },
    async prepare() {},
    throttle(isOn) {
      robot.behaviour.errcode = isOn ? 45_009 : 0
    },
    refuse() {
      robot.behaviour.errcode = 93_000
      return { target, words: /ROBOT_WEBHOOKS/ }
    },
    forward() {},
    open: () =>
      watched(({ clock: own }) =>
        openRobotLine({ robots: [{ name: target.groupId, url: robot.url }], clock: own }),
      ),
  }
}

export async function openCustomersRig(): Promise<SendingRig> {
  const nowMs = () => clock().now().epochMilliseconds
  const customers = await openCustomersServer({ nowMs })
  customers.owned.set('zhangsan', new Map([['wrA', '优空间老板群']]))
  customers.owned.set('lisi', new Map())
  const sets = [
    { name: '创客客户群', employee: 'zhangsan', word: '' },
    { name: '空的', employee: 'lisi', word: '' },
  ]
  const shown = {
    get shown() {
      return [...customers.tasks.values()].map(({ text }) => ({ content: text }))
    },
  }
  return {
    server: Object.assign(shown, customers),
    target: { groupId: '创客客户群' },
    sends(how) {
      customers.behaviour.create = how
    },
    breakUploads(isBroken) {
      customers.behaviour.upload = isBroken ? 'close' : 'ok'
    },
    async prepare() {},
    throttle(isOn) {
      customers.behaviour.create = isOn ? 'busy' : 'ok'
    },
    refuse: () => ({ target: { groupId: '空的' }, words: /先让他在企业微信里建客户群/ }),
    forward() {},
    open() {
      const settings = { apiUrl: customers.url, corpId: 'CORP', secret: 'SECRET' }
      return watched(parts => openCustomerLine({ ...parts, settings, sets, store: createMemoryStore() }).line)
    },
  }
}
