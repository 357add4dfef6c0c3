import type { Temporal } from 'temporal-polyfill'
import type { Delivery, Standing } from '../../outbox/index.ts'
import { sayTime } from '../../text/time.ts'
import type { Progress } from './broadcasts.ts'
import { confirmWithinMinutes } from './rules.ts'

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
}

/** Whether something of it is still to be sent. */
export function isUnderWay({ digest, deliveries }: Progress): boolean {
  const isSending = deliveries.some(({ state }) => state === 'due' || state === 'sending')
  return digest.state === 'decided' || isSending
}

/** Whether it may still be confirmed. */
export function isConfirmable({ digest }: Progress, now: Temporal.Instant): boolean {
  return digest.state === 'proposed' && now.since(digest.composedAt).total('minutes') <= confirmWithinMinutes
}

/** How a digest as a whole stands. */
export function standingOf(progress: Progress, now: Temporal.Instant): Word {
  const { digest, deliveries } = progress
  if (digest.state === 'cancelled') return { word: '已取消', tone: 'quiet' }
  if (digest.state === 'proposed') {
    return isConfirmable(progress, now)
      ? { word: '等确认', tone: 'warn' }
      : { word: '没有确认，作废', tone: 'quiet' }
  }
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

/** What the group was called when the digest was composed. */
export function groupNameOf({ digest }: Progress, { target }: Delivery): string {
  const id = 'groupId' in target ? target.groupId : target.personId
  return digest.groups.find(group => group.id === id)?.name ?? id
}

/** 「12 秒」 as organizers read it: 「发到 3 个群，约 12 秒」. */
export function sayReach(groups: number, seconds: number): string {
  return `${groups} 个群，${sayDuration(seconds)}`
}

/** 「约 12 秒」「约 3 分钟」. */
export function sayDuration(seconds: number): string {
  return seconds < 90 ? `约 ${seconds} 秒` : `约 ${Math.ceil(seconds / 60)} 分钟`
}

/** Why nothing is sent at the moment, as a line of its own; no line where nothing is wrong. */
export function sayPause({ pause }: Standing, now: Temporal.Instant): string[] {
  if (!pause) return []
  const how = pause.until ? `${sayTime(pause.until, now)} 会先试发一条，` : ''
  return [`注意：发送暂停着（${pause.reason}）。${how}要继续说「恢复发送」。`]
}

/** The reason of a pause that somebody asked for. */
export const pausedBy = (name: string) => `${name} 暂停的`

/** 「今天发了 12 条，上限 75 条。」 */
export function sayToday({ today }: Standing): string {
  return `今天发了 ${today.sent} 条，上限 ${today.cap} 条。`
}
