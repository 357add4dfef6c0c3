import { LRUCache } from 'lru-cache'
import type { Temporal } from 'temporal-polyfill'
import { type Log, reasonOf } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Chat, Message, Reply, Target } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { LineTraits } from '../../ports/line-traits.ts'
import { createBackOff } from './back-off.ts'
import { chatWhileUp } from './chat-while-up.ts'
import { withDeadline } from './deadline.ts'
import { type LineHandlers, noHandlers } from './handlers.ts'
import type { Line } from './line.ts'
import { createMessageTimes } from './message-times.ts'
import { createStatusBoard, notes } from './status.ts'

/** The end of a session. */
export type SessionEnd = {
  reason: string
  /** One Chinese sentence: what is wrong and what to do. */
  note: string
  how: 'broken' | 'silent'
  /** Connecting again would do harm, or fail for ever: only a person ends it. */
  isFinal?: boolean
  /** The next session may get what is said until then. */
  isResumable?: boolean
  /** The platform found us too fast: the next session waits. */
  isThrottled?: boolean
}

/** One connection to a platform, from its start to its end. */
export type Session = {
  chat: Chat
  /** Takes a message of ours back; absent where the platform cannot. Resolves to false where it stays. */
  recall?: Line['recall']
  over: Promise<SessionEnd>
  /** Ends it on purpose. */
  end(): void
}

export type SessionHandlers = {
  /** Messages arrive from now on. @param isResumed nothing was missed since the last session */
  onUp(account: string, isResumed?: boolean): void
  onSign(): void
  /** A frame of the platform could not be read. */
  onFault(cause: unknown): void
  onMessage(message: Message): void
  onJoined(groupId: string, personIds: readonly string[]): void
}

export type SessionLineOptions = {
  /** The kind of the line. */
  name: string
  title: string
  clock: Clock
  log: Log
  alarms: Alarms
  /** Between two attempts to connect, doubling from the first to the last. */
  backOff: { firstMs: number; lastMs: number }
  traits(target: Target): LineTraits
  open(handlers: SessionHandlers): Session
}

const settleMs = 3000
const unreadText = '我只看得懂文字，文件、图片和视频看不了：请把想问的打成一句话发给我。'
const mostTold = 1000
const tellAgainMs = 24 * 60 * 60_000
const stopMs = 3500
/** A session that lasted this long was stable: the next back-off starts anew. At most once in this time one resumes at once. */
const goodMs = 30_000
/** Messages that a platform kept while there was no session arrive this soon after the next one began. */
const replayMs = 30_000

/** A line over one session after another: what ended is opened again after a pause that doubles, for ever. */
export function openSessionLine(options: SessionLineOptions): Line {
  const { clock, log } = options
  const backOff = createBackOff(options.backOff)
  const board = createStatusBoard(options)
  let handlers: LineHandlers = noHandlers
  let current: Session | undefined
  let running: Promise<void> = Promise.resolve()
  let isStopping = false
  let isDeaf = false
  let account = ''
  /** A person wants to connect again, or we stop. */
  let wished = Promise.withResolvers<void>()
  /** An outage that the next session may make good. */
  let unsure: { from: Temporal.Instant; how: SessionEnd['how'] } | undefined

  let resumedAtOnceMs = Number.NEGATIVE_INFINITY
  let openedAtMs = Number.NEGATIVE_INFINITY
  const dated = createMessageTimes()

  const toldUnread = new LRUCache<string, true>({ max: mostTold, ttl: tellAgainMs })

  const isUp = () => board.now().state === 'up'

  function rise(ours: string, isResumed = false) {
    account = ours
    board.logIn(ours)
    board.hear(clock.now())
    if (unsure && !isResumed) confirmOutage()
    const wasDown = !isUp()
    unsure = undefined
    board.become('up', notes.up)
    if (wasDown || !isResumed) handlers.onReconnected(clock.now())
  }

  function confirmOutage() {
    if (unsure) handlers.onDisconnected(unsure.from, unsure.how)
    unsure = undefined
  }

  function hear(message: Message) {
    board.hear(clock.now())
    if (isDeaf) return
    const target =
      message.groupId === undefined ? { personId: message.senderId } : { groupId: message.groupId }
    void handlers.answer(dated(message, performance.now() - openedAtMs < replayMs)).then(
      replies => handlers.reply(target, message.file && replies.length === 0 ? unread(target) : replies),
      cause => log.error({ reason: reasonOf(cause) }, 'a message could not be answered'),
    )
  }

  /** Once a person: a file that nothing takes. */
  function unread(target: Target): Reply[] {
    const id = 'personId' in target ? target.personId : target.groupId
    if (toldUnread.has(id)) return []
    toldUnread.set(id, true)
    return [{ text: unreadText }]
  }

  async function runSession(): Promise<{ end: SessionEnd; wasGood: boolean; resumesAtOnce: boolean }> {
    openedAtMs = performance.now()
    const startedAt = openedAtMs
    let wasUp = false
    const session = options.open({
      onUp(ours, isResumed) {
        wasUp = true
        rise(ours, isResumed)
      },
      onSign: () => board.hear(clock.now()),
      onFault: cause =>
        log.error({ reason: reasonOf(cause), line: options.title }, 'a frame could not be read'),
      onMessage: hear,
      onJoined: (groupId, personIds) => handlers.onJoined?.(groupId, personIds),
    })
    current = session
    const end = await session.over
    current = undefined
    const resumesAtOnce = wasUp && mayResumeAtOnce(end)
    if (!isStopping) fall(end, { wasUp, resumesAtOnce })
    const wasGood = wasUp && (resumesAtOnce || performance.now() - startedAt > goodMs)
    return { end, wasGood, resumesAtOnce }
  }

  /** Not one after the other: a platform that ends every session would be asked without a pause. */
  function mayResumeAtOnce({ isResumable = false, isThrottled = false }: SessionEnd): boolean {
    const nowMs = performance.now()
    if (!isResumable || isThrottled || nowMs - resumedAtOnceMs < goodMs) return false
    resumedAtOnceMs = nowMs
    return true
  }

  function fall(end: SessionEnd, { wasUp, resumesAtOnce }: { wasUp: boolean; resumesAtOnce: boolean }) {
    log.warn({ reason: end.reason, line: options.title }, 'the session ended')
    if (wasUp) unsure = { from: board.now().heardAt ?? clock.now(), how: end.how }
    // Nothing was missed where the next session resumes.
    if (resumesAtOnce) return
    confirmOutage()
    board.become('down', end.note, { isFinal: end.isFinal === true })
  }

  /** Ends every wait for the next session, a final one included. */
  function wake() {
    backOff.skip()
    wished.resolve()
    wished = Promise.withResolvers()
  }

  async function keepConnected() {
    while (!isStopping) {
      const { end, wasGood, resumesAtOnce } = await runSession()
      if (end.isFinal) await wished.promise
      if (wasGood) backOff.reset()
      if (!isStopping && !resumesAtOnce) await backOff.pause()
    }
  }

  return {
    chat: chatWhileUp(board.now, () => current),
    recall: async (...message) => (isUp() && (await current?.recall?.(...message))) ?? false,
    on(given) {
      handlers = given
    },
    async start() {
      running = keepConnected().catch(cause => {
        log.error({ reason: reasonOf(cause) }, 'the line ended')
        board.become('down', '线路出错停下了，请看日志，重启程序。')
      })
      await withDeadline(board.settled, settleMs, 'connecting').catch(() => {})
    },
    reconnect() {
      if (isUp()) return
      current?.end()
      wake()
    },
    async stopHearing() {
      isDeaf = true
    },
    async stop() {
      isStopping = true
      current?.end()
      wake()
      await withDeadline(running, stopMs, 'stopping').catch(() => {})
      if (isUp()) handlers.onDisconnected(clock.now(), 'stopped')
      board.stop()
    },
    status: board.now,
    account: () => account,
    traits: options.traits,
  }
}
