import { Temporal } from 'temporal-polyfill'
import type { Delivery } from '../../../outbox/index.ts'
import { sayTime } from '../../../text/dates/time.ts'
import type { Broadcast } from './records.ts'

/** A broadcast with its deliveries. */
export type Progress = { broadcast: Broadcast; deliveries: Delivery[] }

type Tone = 'good' | 'warn' | 'bad' | 'quiet'
type Word = { word: string; tone: Tone }

/** The Chinese word for each state of a delivery. */
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

/** Whether any delivery is still to be sent. */
export function isUnderWay({ broadcast, deliveries }: Progress): boolean {
  return (
    broadcast.state === 'queued' || deliveries.some(({ state }) => state === 'due' || state === 'sending')
  )
}

/** The state of a broadcast in a word; once posted, derived from its deliveries. */
export function standingOf(progress: Progress): Word {
  const { broadcast, deliveries } = progress
  if (broadcast.isPaused && broadcast.state === 'approved') return { word: '通过，暂停着', tone: 'warn' }
  if (broadcast.state !== 'posted') return stateWords[broadcast.state]
  if (deliveries.length > 0 && deliveries.every(({ state }) => state === 'due')) return stateWords.queued
  if (isUnderWay(progress)) return { word: '发送中', tone: 'warn' }
  const isGood = deliveries.every(({ state }) => deliveryWords[state].tone === 'good')
  return isGood ? { word: '完成', tone: 'good' } : { word: '有群没送到', tone: 'bad' }
}

/** Deliveries counted by state: 「已送达 2 · 不确定 1」. */
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

/** The group's name when it was chosen, and the part's number. */
export function groupNameOf({ broadcast }: Progress, { key, target }: Delivery): string {
  const id = 'groupId' in target ? target.groupId : target.personId
  const name = broadcast.groups.find(group => group.id === id)?.name ?? id
  const part = /~(\d+)$/u.exec(key.slice(key.indexOf('/') + 1 + id.length))?.[1]
  return part ? `${name}（第 ${part} 条）` : name
}
/** The reason of the state, the person who set it, and earlier attempts. */
export function detailOf({ reason, by, state, history }: Delivery): string {
  const tried = history.map(past => {
    const why = past.reason ? `：${past.reason}` : ''
    return `先前${deliveryWords[past.state].word}${why}${past.again ? `，${past.again} 让再发` : ''}`
  })
  const decided = by && state !== 'due' ? [`${by} 记的`] : []
  return [...(reason ? [reason] : []), ...decided, ...tried].join('；')
}

/** 「推送 1：今天 16:00，完成（已发出 3）」. */
export function sayHeadline(progress: Progress, now: Temporal.Instant): string {
  const { broadcast, deliveries } = progress
  const { word } = standingOf(progress)
  const counts = deliveries.length > 0 ? `（${countByState(deliveries)}）` : ''
  return `推送 ${broadcast.number}：${sayTime(Temporal.Instant.from(broadcast.createdAt), now)}，${word}${counts}`
}

/** The headline and one line for each delivery. */
export function sayProgress(progress: Progress, now: Temporal.Instant): string {
  const { rejection } = progress.broadcast
  const lines = progress.deliveries.map(delivery => {
    const { word } = deliveryWords[delivery.state]
    const detail = detailOf(delivery)
    const reason = detail ? `（${detail}）` : ''
    return `${groupNameOf(progress, delivery)}：${word} ${sayTime(delivery.changedAt, now)}${reason}`
  })
  return [sayHeadline(progress, now), ...(rejection ? [`原因：${rejection.reason}`] : []), ...lines].join(
    '\n',
  )
}
