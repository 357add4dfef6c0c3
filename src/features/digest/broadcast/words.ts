import { Temporal } from 'temporal-polyfill'
import { isOffice } from '../../../approval.ts'
import type { LaneStatus, Pause, RunningOutbox, SendingStatus } from '../../../outbox/index.ts'
import { inShanghai, sayTime } from '../../../text/dates/time.ts'
import type { Broadcast } from './records.ts'
import { authorsOf } from './state-machine.ts'

/** 「3 个群，约 12 秒」. */
export function sayReach(groups: number, seconds: number): string {
  return `${groups} 个群，${sayDuration(seconds)}`
}

/** 「约 12 秒」「约 3 分钟」. */
function sayDuration(seconds: number): string {
  return seconds < 90 ? `约 ${seconds} 秒` : `约 ${Math.ceil(seconds / 60)} 分钟`
}

/** The number of messages: each picture or part of the text, and each file, in each group. */
export function messagesOf({ groups, parts, picture, files = [] }: Broadcast): number {
  const looking = picture ? groups.filter(({ form }) => form === 'picture').length : 0
  return looking + (groups.length - looking) * parts.length + groups.length * files.length
}

/** 「占今天 75 条里的 3 条，今天已发 2 条，发完还剩 70 条」; of another day only its cap is known. Times default to now. */
export function sayCap(
  { today, waiting }: SendingStatus,
  messages: number,
  times?: { goesAt: Temporal.Instant; now: Temporal.Instant },
): string {
  if (times && !inShanghai(times.goesAt).toPlainDate().equals(inShanghai(times.now).toPlainDate()))
    return `共 ${messages} 条，一天最多发 ${today.cap} 条`
  const used = [today.sent > 0 ? `已发 ${today.sent} 条` : '', waiting > 0 ? `排着 ${waiting} 条` : '']
    .filter(words => words !== '')
    .join('、')
  const share = `占今天 ${today.cap} 条里的 ${messages} 条，${used && `今天${used}，`}`
  const left = today.cap - today.sent - waiting - messages
  return left >= 0
    ? `${share}发完还剩 ${left} 条`
    : `${share}不够 ${-left} 条，不够的到第二天早上，过了时效的不发`
}

/** The send time: 「今天 16:30」, 「通过以后马上发」. */
export function sayWhen(
  broadcast: Pick<Broadcast, 'sendAt'>,
  goesAt: Temporal.Instant,
  now: Temporal.Instant,
): string {
  if (broadcast.sendAt) return sayTime(goesAt, now)
  return isHeldBack(goesAt, now) ? `现在是夜里，通过以后${sayMorning(goesAt, now)} 发` : '通过以后马上发'
}

/** Whether the quiet hours hold a broadcast back. Two readings of the clock that mean now differ by milliseconds. */
export const isHeldBack = (goesAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  goesAt.since(now).total('minutes') >= 1

/** The end of the quiet hours: 「明早 09:00」, after midnight 「今早 09:00」. */
export const sayMorning = (opensAt: Temporal.Instant, now: Temporal.Instant): string =>
  sayTime(opensAt, now).replace(/^([今明])天 /u, '$1早 ')

/** The reasons for which sending is held, one line each; what holds up some lines only is said with their names. */
export function sayHeld({ lines, today }: SendingStatus, now: Temporal.Instant): string[] {
  const paused = lines.filter(({ pause }) => pause)
  const down = lines.filter(({ isLineUp }) => !isLineUp)
  const isAll = (some: readonly LaneStatus[]) => some.length === lines.length
  return [
    ...(isAll(paused) ? paused.slice(0, 1) : paused).flatMap(({ pause, title }) =>
      pause ? sayPaused(pause, isAll(paused) ? '' : title, now) : [],
    ),
    ...(down.length === 0 ? [] : [sayDown(isAll(down) ? [] : down.map(({ title }) => title))]),
    ...(today.sent >= today.cap ? [`注意：今天已经发满 ${today.cap} 条，其余的明天早上再发。`] : []),
  ]
}

/** @param title of the line; empty where all are paused */
function sayPaused({ reason, until }: Pause, title: string, now: Temporal.Instant): string {
  const how = until ? `${sayTime(until, now)} 会先试发一条，` : ''
  return title === ''
    ? `注意：发送暂停着（${reason}）。${how}要继续说「恢复发送」。`
    : `注意：线路「${title}」的发送暂停着（${reason}），别的线路照发。${how}要继续说「恢复发送 ${title}」。`
}

/** @param titles of the lines; empty where all are down */
function sayDown(titles: readonly string[]): string {
  const which = titles.length === 0 ? '聊天线路' : `线路${titles.map(title => `「${title}」`).join('')}`
  return `注意：${which}断着，恢复以后才发。急的可以在控制台「推送」页手动发。`
}

/**
 * The reasons for which this number of messages would not be sent when they are meant to be, one line each.
 * @param sendAt when they are meant to be sent. Default: now
 */
export function saySending(
  outbox: Pick<RunningOutbox, 'status' | 'window'>,
  { messages, sendAt }: { messages: number; sendAt?: string | undefined },
  now: Temporal.Instant,
): string[] {
  const { opensAt } = outbox.window(now)
  const meant = sendAt === undefined ? now : Temporal.Instant.from(sendAt)
  const startsAt = Temporal.Instant.compare(meant, now) > 0 ? meant : now
  const status = outbox.status()
  const left = status.today.cap - status.today.sent
  const isToday = inShanghai(startsAt).toPlainDate().equals(inShanghai(now).toPlainDate())
  const isShort = isToday && left > 0 && left < messages + status.waiting
  return [
    ...sayHeld(status, now),
    ...(isHeldBack(opensAt, startsAt) ? [`现在是夜里，不打扰大家：${sayMorning(opensAt, now)} 才发。`] : []),
    ...(isShort ? [`注意：今天只能再发 ${left} 条，不够的到明天早上；过了时效的不发。`] : []),
  ]
}

/** A warning if the quiet hours interrupt the broadcast. */
export function sayNight(
  outbox: Pick<RunningOutbox, 'window' | 'estimateSeconds'>,
  {
    goesAt,
    messages,
    maxLateMinutes,
  }: { goesAt: Temporal.Instant; messages: number; maxLateMinutes: number },
  now: Temporal.Instant,
): string[] {
  const { closesAt } = outbox.window(goesAt)
  const seconds = outbox.estimateSeconds(messages)
  if (!closesAt || Temporal.Instant.compare(goesAt.add({ seconds }), closesAt) <= 0) return []
  const until = goesAt.add({ minutes: maxLateMinutes + Math.ceil(seconds / 60) })
  const isTooLate = Temporal.Instant.compare(outbox.window(closesAt).opensAt, until) > 0
  return [
    `注意：${sayTime(closesAt, now)} 起夜里不打扰，到时还没轮到的群${isTooLate ? '就不发了' : '早上再发'}。`,
  ]
}

/** The reason recorded for a manual pause. */
export const pausedBy = (name: string) => `${name} 暂停的`

/** 「今天发了 12 条，上限 75 条。」 */
export function sayToday({ today }: SendingStatus): string {
  return `今天发了 ${today.sent} 条，上限 ${today.cap} 条。`
}

/** The names of all who wrote some of it, 「陈姐、公用登录」; empty where the bot composed it of what two persons chose. */
export const authorNames = (broadcast: Broadcast): string =>
  authorsOf(broadcast)
    .map(author => (isOffice(author) ? '公用登录' : author.name))
    .join('、')

/** 「陈姐 写的」; the bot composes digests of items that people chose. */
export function sayAuthors(broadcast: Broadcast): string {
  const names = authorNames(broadcast)
  if (broadcast.author) return `${names} 写的`
  return names === '' ? '机器人拟的' : `机器人拟的，里面有 ${names} 经手的内容`
}

const byOffice = '里面有用公用登录写的内容，分不清是谁写的'
const isByOffice = (broadcast: Broadcast) => authorsOf(broadcast).some(isOffice)

/** Why it needs two approvals, of whom it may be; empty where one person's may be enough. */
export const sayTwo = (broadcast: Broadcast): string =>
  isByOffice(broadcast) ? `\n${byOffice}，要两位都同意才发。` : ''

/** Why one approval is not enough. @param name of the person who agreed */
export const sayStillOne = (broadcast: Broadcast, name: string): string =>
  `${isByOffice(broadcast) ? byOffice : `里面有 ${name} 经手的内容，也有别人经手的`}，还要另一位同意才发。`

/** Says where a correction is published besides the groups; empty for anything else. */
export const sayCorrects = ({ corrects }: Pick<Broadcast, 'corrects'>): string =>
  corrects === undefined
    ? ''
    : `这是推送 ${corrects} 的更正：发到群里以后，这段话也写在 E空间那一期的最上面。`

/** The notice shown while authors may approve their own broadcasts. */
export const aloneNotice =
  '一人模式开着：写的人自己也能通过，没有第二个人把关。要两个人把关，请找管机器的人关掉一人模式。'
