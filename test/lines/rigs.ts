import { Temporal } from 'temporal-polyfill'
import { createMovableClock } from '../../src/adapters/clock.ts'
import { noHandlers } from '../../src/adapters/line/handlers.ts'
import type { Line } from '../../src/adapters/line/line.ts'
import { openQqLine } from '../../src/adapters/qq/line.ts'
import { openWecomLine } from '../../src/adapters/wecom/line.ts'
import { createAlarms } from '../../src/alarms.ts'
import type { Message } from '../../src/ports/chat.ts'
import { createQuietLog } from '../conversation.ts'
import { openQqServer } from './qq-server.ts'
import { openWecomServer } from './wecom-server.ts'

type Server = Awaited<ReturnType<typeof openQqServer>> | Awaited<ReturnType<typeof openWecomServer>>

/** One platform for the suite: a server, and a line on it that keeps what it hears. */
export type Rig = {
  name: string
  /** What the platform does with sends: answers, stays silent, or closes between the frame and its answer. */
  sends(how: 'ok' | 'silent' | 'close'): void
  server: Pick<Server, 'shown' | 'beats' | 'forward' | 'hold' | 'held' | 'letGo' | 'kill' | 'close'>
  says(said: { from: string; group?: string; text: string; id?: string }): string
  breakUploads(isBroken: boolean): void
  /** The platform answers signs of life no more. */
  freeze(isFrozen: boolean): void
  /** How often the line has connected. */
  connections(): number
  /** Whether what is said while the line is down is told afterwards. */
  resumes: boolean
  /** @param heartbeatMs between two signs of life; default: so long that a busy machine ends no connection */
  open(heartbeatMs?: number): OpenRig
}

export type OpenRig = {
  line: Line
  heard: Message[]
  events: string[]
  /** Resolves at once where it holds, else at the next event of the line. */
  until(holds: () => boolean): Promise<void>
}

const clock = () =>
  createMovableClock({ startAt: Temporal.Instant.from('2026-11-28T13:00:00+08:00'), isRunning: false })
const backOff = { firstMs: 10, lastMs: 40 }

function watched(line: Line, answer: (message: Message) => string | undefined): OpenRig {
  const heard: Message[] = []
  const events: string[] = []
  line.on({
    ...noHandlers,
    async answer(message) {
      heard.push(message)
      const text = answer(message)
      return text === undefined ? [] : [{ text }]
    },
    reply: (target, replies) => {
      for (const reply of replies) void line.chat.say(target, reply, 1000).catch(() => {})
    },
    onDisconnected: (_from, cause) => events.push(`down ${cause}`),
    onReconnected: () => events.push('up'),
  })
  async function until(holds: () => boolean) {
    while (!holds()) await new Promise(resolve => setImmediate(resolve))
  }
  return { line, heard, events, until }
}

const echo = ({ text }: Message) => (text === '' ? undefined : `听到：${text}`)

function shared() {
  const log = createQuietLog()
  const own = clock()
  return { title: 'test', clock: own, log, alarms: createAlarms({ clock: own, log }), backOff }
}

export async function openQqRig(): Promise<Rig & { qq: Awaited<ReturnType<typeof openQqServer>> }> {
  const qq = await openQqServer({ registered: ['bot.example.cn'] })
  return {
    name: 'qq',
    qq,
    server: qq,
    resumes: true,
    connections: () => qq.identified.length,
    sends(how) {
      qq.behaviour.send = how
    },
    says: said => qq.says(said),
    breakUploads(isBroken) {
      qq.behaviour.files = isBroken ? 'close' : 'ok'
    },
    freeze(isFrozen) {
      qq.behaviour.heartbeat = isFrozen ? 'silent' : 'ok'
    },
    open(heartbeatMs = 20_000) {
      qq.behaviour.heartbeat = 'ok'
      qq.beatEvery(heartbeatMs)
      const settings = { apiUrl: qq.url, appId: '102', secret: 'SECRET' }
      return watched(openQqLine({ ...shared(), settings, connectMs: 2000 }), echo)
    },
  }
}

export async function openWecomRig(): Promise<Rig & { wecom: Awaited<ReturnType<typeof openWecomServer>> }> {
  const wecom = await openWecomServer()
  return {
    name: 'wecom',
    wecom,
    server: wecom,
    resumes: false,
    connections: () => wecom.subscribed.length,
    sends(how) {
      wecom.behaviour.send = how
    },
    says: said => wecom.says({ ...said, text: said.group ? `@创客助手 ${said.text}` : said.text }),
    breakUploads(isBroken) {
      wecom.behaviour.chunk = isBroken ? 'close' : 'ok'
    },
    freeze(isFrozen) {
      wecom.behaviour.ping = isFrozen ? 'silent' : 'ok'
    },
    open(heartbeatMs = 20_000) {
      wecom.behaviour.ping = 'ok'
      const settings = { url: wecom.url, botId: 'BOT', secret: 'SECRET', botName: '创客助手' }
      const times = { connectMs: 2000, heartbeatMs }
      return watched(openWecomLine({ ...shared(), settings, times }), echo)
    },
  }
}
