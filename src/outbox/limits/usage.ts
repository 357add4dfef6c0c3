import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { keyHash } from '../../lib/hash.ts'
import { type Log, reasonOf } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import { qualified } from '../../ports/line-ids.ts'
import type { Store } from '../../ports/store.ts'
import { dayInShanghai } from '../../text/dates/time.ts'
import {
  createSendWindow,
  type Day,
  dayCap,
  isInLastMinute,
  type Limits,
  msUntilNextDay,
  type ReplyLimits,
} from './limits.ts'

/**
 * Counts of one day (Asia/Shanghai), and the times of pushes in its last minute; key `YYYY-MM/YYYY-MM-DD`, of a
 * named line with `@name` behind it.
 */
const DayRecord = z.object({
  sent: z.number().int(),
  personal: z.number().int().default(0),
  recent: z.array(z.string()),
  replies: z.number().int().default(0),
  /** Hashes of the conversations that were told that there are no more replies today. */
  toldCap: z.array(z.string()).default([]),
})
type DayRecord = z.infer<typeof DayRecord>

const nothingSent: DayRecord = { sent: 0, personal: 0, recent: [], replies: 0, toldCap: [] }

/** When an account sent first; key `accounts/its id`. */
const FirstUse = z.object({ at: z.string() })

const union = (...all: (readonly string[] | undefined)[]) => [...new Set(all.flatMap(one => one ?? []))]

const accountPrefix = 'accounts/'
const keyOfAccount = (id: string) => `${accountPrefix}${encodeURIComponent(id)}`
const accountOf = (key: string) => decodeURIComponent(key.slice(accountPrefix.length))

/**
 * Replies that may be counted in memory only, and so lost in a crash: this number or share
 * of the day's, if that is more.
 */
const mostUnkept = { replies: 20, share: 1 / 20 }

export type Usage = ReturnType<typeof createUsage>

type UsageParts = {
  store: Store
  clock: Clock
  alarms: Alarms
  log: Log
  limits: Limits & { replies: ReplyLimits }
  /** The platform's id of the account that sends, empty before it is known. */
  account(): string
  line: { name: string; title: string }
}

/**
 * Counts what goes out against what an account may send, across restarts. A first week is an account's, not a
 * folder's: who tried the bot in the sandbox for a month still begins gently on WeChat. Where every login gives the
 * account another id it begins anew each time (the conservative choice).
 */
export function createUsage({ store, clock, alarms, log, limits, account, line }: UsageParts) {
  const days = store.collection('outbox-usage', DayRecord)
  const accounts = store.collection('outbox-account', FirstUse)
  const { firstWeekDivisor } = limits
  /** By the account's qualified id. */
  const firstUses = new Map<string, Temporal.Instant>()
  const window = createSendWindow()
  let day: Day = { ...nothingSent, date: '', recent: [] }
  let unkept = 0

  const suffix = line.name === '' ? '' : `-${line.name}`
  const where = line.title === '' ? '' : `线路「${line.title}」`
  const keyOfDay = (date: string) => `${date.slice(0, 7)}/${date}${suffix && `@${line.name}`}`

  const today = () => dayInShanghai(clock.now())

  /** The day as it stands now: a new one begins at zero, the last minute goes on over midnight. */
  function current(): Day {
    if (day.date === today()) return day
    for (const id of ['day-cap', 'personal-cap', 'reply-cap']) alarms.clear(`outbox-${id}${suffix}`)
    return { ...nothingSent, date: today(), recent: day.recent }
  }

  const accountId = () => qualified(line.name, account())
  const cap = (perDay = limits.perDay) =>
    dayCap({ perDay, firstWeekDivisor }, firstUses.get(accountId()), clock.now())
  const replyCap = () => cap(limits.replies.perDay)

  async function noteUse(now: Temporal.Instant) {
    const id = accountId()
    if (firstUses.has(id)) return
    const saved = await accounts.update(keyOfAccount(id), known => known ?? { at: now.toString() })
    firstUses.set(id, saved ? Temporal.Instant.from(saved.at) : now)
  }

  function warnAtCap() {
    if (day.sent < cap()) return alarms.clear(`outbox-day-cap${suffix}`)
    const text = `${where}今天已经发了 ${cap()} 条，到了每日上限。剩下的到了第二天早上再发，过了时效的不发；急的可以在控制台「推送」页手动发。`
    alarms.raise(`outbox-day-cap${suffix}`, text)
  }

  function warnAtPersonalCap() {
    if (day.personal < cap()) return alarms.clear(`outbox-personal-cap${suffix}`)
    const text = `${where}今天已经发了 ${cap()} 条私聊通知，到了每日上限。剩下的到了第二天早上再发，过了时效的不发；等你们办的事请到控制台看。`
    alarms.raise(`outbox-personal-cap${suffix}`, text)
  }

  const nowMs = () => clock.now().epochMilliseconds

  function warnAtReplyCap() {
    if (day.replies < replyCap()) return alarms.clear(`outbox-reply-cap${suffix}`)
    const advice =
      replyCap() < limits.replies.perDay
        ? '账号用的第一周要少说一些，过了这一周上限会自动放宽。'
        : '平时就有这么多人问的话，可以调高 REPLIES_PER_DAY。'
    const text = `${where}今天已经回复了 ${replyCap()} 条，到了每日上限，明天再接着答。${advice}`
    alarms.raise(`outbox-reply-cap${suffix}`, text)
  }

  /** Replies, and who was told of their limit, with what came while the push waited for the disk. */
  function repliesSince(date: string, counted: DayRecord | undefined) {
    const now = day.date === date ? day : nothingSent
    return {
      replies: Math.max(counted?.replies ?? 0, now.replies),
      toldCap: union(counted?.toldCap, now.toldCap),
    }
  }

  /** Stores the number of replies and who was told of its limit, which the next push stores too, and the first use. */
  async function keepReplies({ date, replies, toldCap }: Day) {
    try {
      await noteUse(clock.now())
      await days.update(keyOfDay(date), saved => ({
        ...nothingSent,
        ...saved,
        replies: Math.max(saved?.replies ?? 0, replies),
        toldCap: union(saved?.toldCap, toldCap),
      }))
    } catch (cause) {
      log.warn({ reason: reasonOf(cause) }, 'the number of replies could not be stored')
    }
  }

  return {
    async load() {
      const date = today()
      const saved = (await days.get(keyOfDay(date))) ?? nothingSent
      const used = await accounts.list(accountPrefix)
      const recent = saved.recent.map(at => Temporal.Instant.from(at))
      day = { ...saved, date, recent }
      for (const at of recent) window.add(at.epochMilliseconds)
      for (const { key, value } of used) firstUses.set(accountOf(key), Temporal.Instant.from(value.at))
      warnAtCap()
      warnAtPersonalCap()
    },
    /** Call before each send, so that a crash counts one too many and never one too few. */
    async count(isPersonal: boolean) {
      const now = clock.now()
      const { date, sent, personal, recent, replies, toldCap } = current()
      const lastMinute = [...recent.filter(at => isInLastMinute(at, now)), now]
      // A clock put back over midnight comes to a day that was counted before.
      const counted = await days.update(keyOfDay(date), saved => ({
        sent: Math.max(saved?.sent ?? 0, sent) + (isPersonal ? 0 : 1),
        personal: Math.max(saved?.personal ?? 0, personal) + (isPersonal ? 1 : 0),
        recent: lastMinute.map(String),
        replies: Math.max(saved?.replies ?? 0, replies),
        toldCap: union(saved?.toldCap, toldCap),
      }))
      await noteUse(now)
      day = {
        date,
        sent,
        personal,
        ...counted,
        ...repliesSince(date, counted),
        recent: lastMinute,
      }
      window.add(now.epochMilliseconds)
      warnAtCap()
      warnAtPersonalCap()
    },
    /** Call before each reply. Stored after {@link mostUnkept}: an answer does not wait for the disk. */
    countReply() {
      const counted = current()
      day = { ...counted, replies: counted.replies + 1 }
      window.add(clock.now().epochMilliseconds)
      warnAtReplyCap()
      unkept += 1
      const isDue = unkept >= Math.max(mostUnkept.replies, day.replies * mostUnkept.share)
      if (isDue) unkept = 0
      if (isDue || !firstUses.has(accountId())) void keepReplies(day)
    },
    delayMs: (isPersonal: boolean) => ({
      minuteMs: window.msUntilRoom({ perMinute: limits.perMinute, gapMs: 0, nowMs: nowMs() }),
      dayMs: msUntilNextDay(isPersonal ? current().personal : current().sent, cap(), clock.now()),
    }),
    replyDelayMs() {
      const { perMinute, gapMs } = limits.replies
      return window.msUntilRoom({ perMinute, gapMs, nowMs: nowMs() })
    },
    /** @returns whether this conversation was not yet told today that there are no more replies; it is now */
    takeCapNotice(conversationId: string): boolean {
      const id = keyHash(conversationId)
      const now = current()
      if (now.toldCap.includes(id)) return false
      day = { ...now, toldCap: [...now.toldCap, id] }
      void keepReplies(day)
      return true
    },
    isReplyCapReached: () => current().replies >= replyCap(),
    today: () => ({ sent: current().sent, cap: cap() }),
    replies: () => current().replies,
  }
}
