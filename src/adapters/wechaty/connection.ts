import { WechatyBuilder } from 'wechaty'
import { types } from 'wechaty-puppet'
import { type Log, reasonOf } from '../../log.ts'
import type { Chat, Message, Reply } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { withDeadline } from './deadline.ts'
import { isDeadLine, reasonInPayload, withoutToken } from './faults.ts'
import { createNames } from './names.ts'
import { type Echo, groupBot } from './plugin.ts'
import type { PuppetMaker } from './puppets.ts'
import { createSpeaker } from './speaker.ts'

/** How long things may take on a line, by the machine's time. */
export type LineTimes = {
  startMs: number
  /** Between two dings. */
  dingMs: number
  /** Without any sign of life for so long, a line is dead. */
  silenceMs: number
  /** Before the first attempt to connect again; doubles up to the last. */
  firstBackOffMs: number
  lastBackOffMs: number
}

export type ConnectionParts = {
  onNotice(text: string): void
  answer(message: Message): Promise<Reply[]>
  onEcho(echo: Echo): void
  onLogin(): void
  onLogout(): void
  onScan(qrcode: string): void
  clock: Clock
  log: Log
  times: LineTimes
}

export type Connection = {
  chat: Chat
  /** Resolves with the reason when this connection is dead; it never comes back. */
  over: Promise<string>
  /** Declares it dead. */
  end(reason: string): void
  /** Lets go of it, within two seconds. */
  dispose(): Promise<void>
}

const disposeMs = 2000
const signsOfLife = ['dong', 'heartbeat', 'login', 'message', 'ready', 'scan'] as const

/** One Wechaty with one puppet, from its start to its death. */
export function connect({ make, memoryName }: PuppetMaker, parts: ConnectionParts): Connection {
  const { log, times } = parts
  const puppet = make()
  const names = createNames(puppet, log)
  const chat = createSpeaker(puppet, names)
  const wechaty = WechatyBuilder.build({ puppet, ...(memoryName ? { name: memoryName } : {}) })
  const death = Promise.withResolvers<string>()
  let lastSignAt = performance.now()
  let isOver = false
  let isScanning = false
  let probe: NodeJS.Timeout | undefined

  function die(reason: string) {
    isOver = true
    clearInterval(probe)
    death.resolve(reason)
  }

  function hear() {
    // Without a listener for errors the process ends at the first one (field notes W7).
    wechaty.on('error', cause =>
      log[isOver ? 'debug' : 'warn']({ reason: withoutToken(reasonOf(cause)) }, 'wechaty reports an error'),
    )
    puppet.on('error', payload => {
      const reason = reasonInPayload(payload)
      if (isDeadLine(reason)) die(reason)
    })
    for (const sign of signsOfLife) {
      puppet.on(sign, () => {
        lastSignAt = performance.now()
      })
    }
    puppet.on('scan', ({ status, qrcode }) => {
      isScanning = status === types.ScanStatus.Waiting || status === types.ScanStatus.Timeout
      if (isScanning && qrcode && !isOver) parts.onScan(qrcode)
    })
    puppet.on('login', () => {
      isScanning = false
      if (!isOver) parts.onLogin()
    })
    puppet.on('logout', () => {
      if (!isOver) parts.onLogout()
    })
    wechaty.use(groupBot(parts.answer, { ...parts, puppet, names, chat }))
  }

  /** Whether it is logged in says nothing about health (field notes W1, W4, W5): a ding must bring a dong. */
  function ding() {
    const silentMs = performance.now() - lastSignAt
    if (!isScanning && silentMs > times.silenceMs) return die(`silent for ${Math.round(silentMs)} ms`)
    try {
      puppet.ding('chuangke')
    } catch (cause) {
      log.debug({ reason: reasonOf(cause) }, 'not ready for a ding')
    }
  }

  async function start() {
    try {
      await withDeadline(wechaty.start(), times.startMs, 'starting the line')
      if (puppet.state.active() !== true) die('the puppet did not start')
      lastSignAt = performance.now()
      if (!isOver) probe = setInterval(ding, times.dingMs)
    } catch (cause) {
      die(withoutToken(reasonOf(cause)))
    }
  }

  async function dispose() {
    die('disposed')
    try {
      await withDeadline(wechaty.stop(), disposeMs, 'stopping the line')
    } catch (cause) {
      log.debug({ reason: reasonOf(cause) }, 'a line did not stop in time')
    }
  }

  hear()
  void start()
  return { chat, over: death.promise, end: die, dispose }
}
