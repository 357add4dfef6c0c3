import { Temporal } from 'temporal-polyfill'
import type { Delivery, RunningOutbox, SendingStatus } from '../../outbox/index.ts'
import { sayTime } from '../../text/dates/time.ts'
import type { Progress } from './broadcasts.ts'
import type { Broadcast } from './records.ts'

type Tone = 'good' | 'warn' | 'bad' | 'quiet'
type Word = { word: string; tone: Tone }

/** What a delivery's state is called, in chat and on the console alike. */
export const deliveryWords: Record<Delivery['state'], Word> = {
  due: { word: '待发', tone: 'quiet' },
  sending: { word: '发送中', tone: 'warn' },
  sent: { word: '已发出', tone: 'good' },
  confirmed: { word: '已送达', tone: 'good' },
  failed: { word: '没发出去', tone: 'bad' },
  unknown: { word: '不确定', tone: 'warn' },
  expired: { word: '过了时效', tone: 'bad' },
  cancelled: { word: '已取消', tone: 'quiet' },
  manual: { word: '已手动发送', tone: 'good' },
}

const stateWords: Record<Exclude<Broadcast['state'], 'posted'>, Word> = {
  draft: { word: '草稿', tone: 'quiet' },
  review: { word: '待审', tone: 'warn' },
  approved: { word: '通过', tone: 'good' },
  queued: { word: '排队', tone: 'warn' },
  rejected: { word: '驳回', tone: 'bad' },
  cancelled: { word: '已取消', tone: 'quiet' },
  expired: { word: '过期未发', tone: 'bad' },
}

/** Whether something of it is still to be sent. */
export function isUnderWay({ broadcast, deliveries }: Progress): boolean {
  return (
    broadcast.state === 'queued' || deliveries.some(({ state }) => state === 'due' || state === 'sending')
  )
}

/** How a broadcast as a whole stands: once it is handed over, its deliveries say. */
export function standingOf(progress: Progress): Word {
  const { broadcast, deliveries } = progress
  if (broadcast.isPaused && broadcast.state === 'approved') return { word: '通过，暂停着', tone: 'warn' }
  if (broadcast.state !== 'posted') return stateWords[broadcast.state]
  if (deliveries.length > 0 && deliveries.every(({ state }) => state === 'due')) return stateWords.queued
  if (isUnderWay(progress)) return { word: '发送中', tone: 'warn' }
  const isGood = deliveries.every(({ state }) => deliveryWords[state].tone === 'good')
  return isGood ? { word: '完成', tone: 'good' } : { word: '有群没送到', tone: 'bad' }
}

/** 「已送达 2 · 不确定 1」, in the order in which things happen. */
export function countByState(deliveries: readonly Delivery[]): string {
  return Object.entries(deliveryWords)
    .map(([state, { word }]) => ({
      word,
      count: deliveries.filter(delivery => delivery.state === state).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${word} ${count}`)
    .join(' · ')
}

/** What the group was called when it was chosen, and which message of several. */
export function groupNameOf({ broadcast }: Progress, { key, target }: Delivery): string {
  const id = 'groupId' in target ? target.groupId : target.personId
  const name = broadcast.groups.find(group => group.id === id)?.name ?? id
  const part = /~(\d+)$/u.exec(key.slice(key.indexOf('/') + 1 + id.length))?.[1]
  return part ? `${name}（第 ${part} 条）` : name
}

/** 「12 秒」 as organizers read it: 「发到 3 个群，约 12 秒」. */
export function sayReach(groups: number, seconds: number): string {
  return `${groups} 个群，${sayDuration(seconds)}`
}

/** 「约 12 秒」「约 3 分钟」. */
function sayDuration(seconds: number): string {
  return seconds < 90 ? `约 ${seconds} 秒` : `约 ${Math.ceil(seconds / 60)} 分钟`
}

/** How many messages a broadcast is: a picture is one, a long text several in each group. */
export function messagesOf({ groups, parts, picture }: Broadcast): number {
  const looking = picture ? groups.filter(({ form }) => form === 'picture').length : 0
  return looking + (groups.length - looking) * parts.length
}

/** 「占今天 75 条里的 3 条，发完还剩 70 条」. */
export function sayCap({ today, waiting }: SendingStatus, messages: number): string {
  const left = today.cap - today.sent - waiting - messages
  return left >= 0
    ? `占今天 ${today.cap} 条里的 ${messages} 条，发完还剩 ${left} 条`
    : `占今天 ${today.cap} 条里的 ${messages} 条，不够 ${-left} 条，不够的到第二天早上，过了时效的不发`
}

/** When it goes out: 「今天 16:30」, 「通过以后马上」. */
export function sayWhen(
  broadcast: Pick<Broadcast, 'sendAt'>,
  goesAt: Temporal.Instant,
  now: Temporal.Instant,
): string {
  if (broadcast.sendAt) return sayTime(goesAt, now)
  return goesAt.equals(now) ? '通过以后马上发' : `现在是夜里，通过以后 ${sayTime(goesAt, now)} 发`
}

/** Why nothing is sent at the moment, each a line of its own; no line where nothing is wrong. */
export function sayHeld({ pause, isLineUp, today }: SendingStatus, now: Temporal.Instant): string[] {
  const how = pause?.until ? `${sayTime(pause.until, now)} 会先试发一条，` : ''
  return [
    ...(pause ? [`注意：发送暂停着（${pause.reason}）。${how}要继续说「恢复发送」。`] : []),
    ...(isLineUp ? [] : ['注意：聊天线路断着，恢复以后才发。急的可以在控制台「推送」页手动发。']),
    ...(today.sent >= today.cap ? [`注意：今天已经发满 ${today.cap} 条，其余的明天早上再发。`] : []),
  ]
}

/** Why so many messages that are wanted now would not all go out now, and when they would. */
export function saySending(
  outbox: Pick<RunningOutbox, 'standing' | 'window'>,
  messages: number,
  now: Temporal.Instant,
): string[] {
  const { opensAt } = outbox.window(now)
  const standing = outbox.standing()
  const left = standing.today.cap - standing.today.sent
  const isShort = left > 0 && left < messages + standing.waiting
  return [
    ...sayHeld(standing, now),
    ...(opensAt.equals(now) ? [] : [`现在是夜里，不打扰大家：${sayTime(opensAt, now)} 才发。`]),
    ...(isShort ? [`注意：今天只能再发 ${left} 条，不够的到明天早上；过了时效的不发。`] : []),
  ]
}

/** What the night does to a push that may not be through before it; no line where it does nothing. */
export function sayNight(
  outbox: Pick<RunningOutbox, 'window' | 'estimateSeconds'>,
  {
    goesAt,
    messages,
    shelfLifeMinutes,
  }: { goesAt: Temporal.Instant; messages: number; shelfLifeMinutes: number },
  now: Temporal.Instant,
): string[] {
  const { closesAt } = outbox.window(goesAt)
  const seconds = outbox.estimateSeconds(messages)
  if (!closesAt || Temporal.Instant.compare(goesAt.add({ seconds }), closesAt) <= 0) return []
  const until = goesAt.add({ minutes: shelfLifeMinutes + Math.ceil(seconds / 60) })
  const isTooLate = Temporal.Instant.compare(outbox.window(closesAt).opensAt, until) > 0
  return [
    `注意：${sayTime(closesAt, now)} 起夜里不打扰，到时还没轮到的群${isTooLate ? '就不发了' : '早上再发'}。`,
  ]
}

/** Why it stands as it does, who decided so, and what was tried before. */
export function detailOf({ reason, by, state, history }: Delivery): string {
  const tried = history.map(past => {
    const why = past.reason ? `：${past.reason}` : ''
    return `先前${deliveryWords[past.state].word}${why}${past.again ? `，${past.again} 让再发` : ''}`
  })
  const decided = by && state !== 'due' ? [`${by} 记的`] : []
  return [...(reason ? [reason] : []), ...decided, ...tried].join('；')
}

/** The reason of a pause that somebody asked for. */
export const pausedBy = (name: string) => `${name} 暂停的`

/** 「今天发了 12 条，上限 75 条。」 */
export function sayToday({ today }: SendingStatus): string {
  return `今天发了 ${today.sent} 条，上限 ${today.cap} 条。`
}

/** Said wherever somebody may approve his own, so that nobody takes it for two people's work. */
export const aloneNotice = '一人模式开着：作者自己也能通过，没有第二个人把关。（设置 ONE_PERSON_REVIEW）'
