import { Temporal } from 'temporal-polyfill'
import type { Delivery } from '../../../outbox/index.ts'
import type { TaskGroup } from '../../../ports/group-tasks.ts'
import { nameOnLine, type SendingLines } from '../../../ports/sending-lines.ts'
import { sayTime } from '../../../text/dates/time.ts'
import { broadcastId, type DigestContext } from '../context.ts'
import type { Broadcast } from './records.ts'

/** A broadcast with its deliveries. */
export type Progress = {
  broadcast: Broadcast
  deliveries: Delivery[]
  /** By delivery, the groups behind a target that an employee sends to. */
  tasks: ReadonlyMap<string, readonly TaskGroup[]>
  /** The gateway has echoed messages before, and did not echo some of these in time. */
  isEchoMissing: boolean
  lines: Pick<SendingLines, 'titleOf'>
}

/** How long an echo may take before it counts as missing. */
const echoMinutes = 2

/** Whether a delivery was sent and has waited too long for its echo. */
const isSilent = ({ state, changedAt }: Delivery, now: Temporal.Instant): boolean =>
  state === 'sent' && now.since(changedAt).total('minutes') > echoMinutes

type Tone = 'good' | 'warn' | 'bad' | 'quiet'
type Word = { word: string; tone: Tone }

/** The Chinese word for each state of a delivery. */
export const deliveryWords: Record<Delivery['state'], Word> = {
  due: { word: '待发', tone: 'quiet' },
  sending: { word: '发送中', tone: 'warn' },
  waiting: { word: '等员工点发送', tone: 'warn' },
  sent: { word: '已发出', tone: 'good' },
  confirmed: { word: '已送达', tone: 'good' },
  failed: { word: '没发出去', tone: 'bad' },
  unknown: { word: '不确定', tone: 'warn' },
  expired: { word: '过了时效', tone: 'bad' },
  cancelled: { word: '已取消', tone: 'quiet' },
  recalled: { word: '已撤回', tone: 'quiet' },
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
export function isUnderWay({ broadcast, deliveries }: Pick<Progress, 'broadcast' | 'deliveries'>): boolean {
  return (
    broadcast.state === 'queued' || deliveries.some(({ state }) => state === 'due' || state === 'sending')
  )
}

/** The state of a broadcast in a word; once posted, derived from its deliveries. */
export function overallState(progress: Omit<Progress, 'lines'>): Word {
  const { broadcast, deliveries } = progress
  if (broadcast.isPaused && broadcast.state === 'approved') return { word: '通过，暂停着', tone: 'warn' }
  if (broadcast.state === 'cancelled' && deliveries.some(({ state }) => state === 'recalled'))
    return deliveryWords.recalled
  if (broadcast.state !== 'posted') return stateWords[broadcast.state]
  if (deliveries.length > 0 && deliveries.every(({ state }) => state === 'due')) return stateWords.queued
  if (isUnderWay(progress)) return { word: '发送中', tone: 'warn' }
  return outcomeOf(progress)
}

/** The result once nothing is left to send. What is not known is called neither sent nor failed. */
function outcomeOf(progress: Omit<Progress, 'lines'>): Word {
  const states = new Set(statesOf(progress))
  if (states.has('failed') || states.has('expired')) return { word: '有群没送到', tone: 'bad' }
  if (states.has('unknown')) return { word: '有群不确定', tone: 'warn' }
  if (states.has('cancelled')) return { word: '有群没送到', tone: 'bad' }
  if (states.has('waiting')) return { word: '等员工点发送', tone: 'warn' }
  return progress.isEchoMissing ? { word: '没听到回音', tone: 'warn' } : { word: '完成', tone: 'good' }
}

/** The state of every group, also of those behind a target that an employee sends to. */
export const statesOf = ({ deliveries, tasks }: Pick<Progress, 'deliveries' | 'tasks'>): DeliveryState[] =>
  [...Map.groupBy(deliveries, targetIdOf).values()].flatMap(ofGroup => {
    const behind = ofGroup.flatMap(({ key }) => namedOnce(tasks.get(key) ?? []))
    const whole = ofGroup.filter(({ key }) => !tasks.get(key)?.length).map(({ state }) => state)
    if (behind.length === 0) return worstOf(whole)
    const byName = Map.groupBy(behind, ({ name }) => name)
    return [...byName.values()].flatMap(all => worstOf([...all.map(({ state }) => state), ...whole]))
  })

/** The groups of one task, each of several of one name under a number of its own. */
function namedOnce(groups: readonly TaskGroup[]): TaskGroup[] {
  return [...Map.groupBy(groups, ({ name }) => name).values()].flatMap(ofName =>
    ofName.map((group, at) => ({ ...group, name: `${group.name}/${at}` })),
  )
}

type DeliveryState = Delivery['state']

/** A group that got only some of its messages did not get the broadcast. */
const worstFirst: readonly DeliveryState[] = [
  ...(['failed', 'expired', 'unknown', 'cancelled', 'sending', 'due'] as const),
  ...(['waiting', 'recalled', 'sent', 'confirmed', 'manual'] as const),
]
const worstOf = (states: readonly DeliveryState[]) =>
  worstFirst.filter(state => states.includes(state)).slice(0, 1)

const targetIdOf = ({ target }: Pick<Delivery, 'target'>) =>
  'groupId' in target ? target.groupId : target.personId

/** How many groups these deliveries are for: each part of a text, and each file, is a delivery of its own. */
export const countGroups = (deliveries: readonly Pick<Delivery, 'target'>[]): number =>
  new Set(deliveries.map(targetIdOf)).size

/** Groups counted by state: 「已送达 2 · 不确定 1」. */
export function countByState(states: readonly DeliveryState[]): string {
  return Object.entries(deliveryWords)
    .map(([state, { word }]) => ({ word, count: states.filter(one => one === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${word} ${count}`)
    .join(' · ')
}

/** The group's name when it was chosen, its line where there are several, and the part's number. */
export function groupNameOf({ broadcast, lines }: Progress, { key, target }: Delivery): string {
  const id = targetIdOf({ target })
  const name = broadcast.groups.find(group => group.id === id)?.name ?? id
  const part = /~(\d+)$/u.exec(key.slice(key.indexOf('/') + 1 + id.length))?.[1]
  const where = nameOnLine({ id, name }, lines)
  return part ? `${where}（第 ${part} 条）` : where
}

/** The reason of the state, the person who set it, and earlier attempts. */
export function deliveryDetailOf({ reason, by, state, history }: Delivery): string {
  const tried = history.map(past => {
    const why = past.reason && past.reason !== reason ? `：${plainReason(past.reason)}` : ''
    return `先前${deliveryWords[past.state].word}${why}${past.again ? `，${past.again} 让再发` : ''}`
  })
  const decided = by && state !== 'due' ? [`${by} 记的`] : []
  return [...new Set([...(reason ? [plainReason(reason)] : []), ...decided, ...tried])].join('；')
}

/** The reason in Chinese; a stored error message or stack trace, which is in the log, is replaced. */
function plainReason(reason: string): string {
  const isTechnical =
    !/\p{Script=Han}/u.test(reason) || /\n\s*at |\b\w*Error\b|(?:\/[\w.@-]+){2,}/u.test(reason)
  return isTechnical ? '发送时出错，详细情况在运行日志里' : reason.replace(/。$/u, '')
}

/** 「推送 1：今天 16:00 拟的，完成（已发出 3）」; a time without its verb reads as that of the sending. */
export function sayHeadline(progress: Progress, now: Temporal.Instant): string {
  const { broadcast, deliveries } = progress
  const { word } = overallState(progress)
  const counts = deliveries.length > 0 ? `（${countByState(statesOf(progress))}）` : ''
  const made = broadcast.kind === 'notice' ? '写的' : '拟的'
  return `推送 ${broadcast.number}：${sayTime(Temporal.Instant.from(broadcast.createdAt), now)} ${made}，${word}${counts}`
}

/** The headline and one line for each delivery. */
export function sayProgress(progress: Progress, now: Temporal.Instant): string {
  const { rejection } = progress.broadcast
  const lines = progress.deliveries.map(delivery => {
    const { word } = deliveryWords[delivery.state]
    const detail = deliveryDetailOf(delivery)
    const reason = detail ? `（${detail}）` : ''
    const whole = `${groupNameOf(progress, delivery)}：${word} ${sayTime(delivery.changedAt, now)}${reason}`
    const groups = progress.tasks.get(delivery.key)
    return groups ? `${whole}\n${sayTask(groups)}` : whole
  })
  return [
    sayHeadline(progress, now),
    ...(rejection ? [`原因：${rejection.reason}`] : []),
    ...(progress.isEchoMissing ? [`有群没听到回音：以前发完能听到，这次没有。请到群里看一眼。`] : []),
    ...lines,
  ].join('\n')
}

/** 「　35 个群：已送达 20 · 等员工点发送 15」, and the groups that it did not reach by name. */
function sayTask(groups: readonly TaskGroup[]): string {
  const failed = groups.filter(({ state }) => state === 'failed')
  const names = failed.slice(0, mostNamed).map(({ name, reason }) => `　${name}：${reason ?? '没发出去'}`)
  const more =
    failed.length > mostNamed ? [`　还有 ${failed.length - mostNamed} 个群没送到，请看控制台。`] : []
  const counts = countByState(groups.map(({ state }) => state))
  return [`　${groups.length} 个群：${counts}`, ...names, ...more].join('\n')
}

const mostNamed = 5

/** The number of earlier broadcasts searched for echoes. */
const echoDepth = 3

/** Reads a broadcast's deliveries, and whether echoes are missing. */
export function createProgressReader({
  outbox,
  clock,
  groupTasks,
  lines,
}: Pick<DigestContext, 'outbox' | 'clock' | 'groupTasks' | 'lines'>) {
  async function progressOf(broadcast: Broadcast): Promise<Progress> {
    const deliveries = await outbox.deliveries(broadcastId(broadcast.number))
    const isAnySilent = deliveries.some(delivery => isSilent(delivery, clock.now()))
    const isEchoMissing = isAnySilent && (await isEchoExpected(broadcast.number))
    return { broadcast, deliveries, tasks: await tasksOf(deliveries), isEchoMissing, lines }
  }

  async function tasksOf(deliveries: readonly Delivery[]): Promise<Progress['tasks']> {
    const tasks = new Map<string, readonly TaskGroup[]>()
    for (const { key, messageId } of deliveries) {
      const groups = messageId && (await groupTasks.groupsOf(messageId))
      if (groups) tasks.set(key, groups)
    }
    return tasks
  }

  /** Whether the gateway echoed a message of this broadcast or one of the few before it. */
  async function isEchoExpected(number: number): Promise<boolean> {
    for (let before = 0; before <= echoDepth; before++) {
      const deliveries = await outbox.deliveries(broadcastId(number - before))
      if (deliveries.some(({ state }) => state === 'confirmed')) return true
    }
    return false
  }

  return progressOf
}
