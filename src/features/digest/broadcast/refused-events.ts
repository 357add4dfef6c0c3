import type { Broadcast, BroadcastState } from './records.ts'
import type { BroadcastEvent } from './state-machine.ts'

const finished: Partial<Record<BroadcastState, string>> = {
  queued: '已经在发了',
  posted: '已经发过了，不会再发一遍',
}

const unsent: Partial<Record<BroadcastState, string>> = {
  cancelled: '已经取消了',
  expired: '已经过期了，没有发',
}

/** The way to send what a broadcast that never went out was about; a digest is composed anew. */
export const sayHowElse = ({ kind }: Pick<Broadcast, 'kind'>): string =>
  kind === 'digest'
    ? '要发的话，私聊我说「立即推送」。'
    : '要发的话，请另写一条：私聊我发「拟通知 明天9点 发到 全部」，换行写正文。'

/** Why an event is not valid in the present state, in Chinese. */
export function sayWhyNot(broadcast: Broadcast, kind: BroadcastEvent['kind']): string {
  const { number, state, approval } = broadcast
  const which = `推送 ${number}`
  if (kind === 'cancelled')
    return `${which} ${state === 'cancelled' ? '已经取消过了，不用再取消' : '已经过期了，没有发'}。`
  const over = finished[state]
  if (over) return `${which} ${over}。说「推送情况 ${number}」看送到了哪里。`
  if (unsent[state]) return `${which} ${unsent[state]}。${sayHowElse(broadcast)}`
  if (kind === 'approved' && state === 'approved')
    return `${which} ${approval?.by.name ?? ''}已经通过了，不用再通过。`
  if (kind === 'approved' && state === 'draft') return `${which} 还是草稿，先说「送审 ${number}」。`
  if (kind === 'approved') return `${which} 被驳回了，改好以后说「送审 ${number}」。`
  if (kind === 'submitted') return `${which} 已经送审了，不用再送。`
  if (kind === 'rejected') return `${which} 还没有送审，不用驳回。`
  return `${which} 还没有人通过，没有发。`
}

/** Why this has not gone out at its time, in Chinese; undefined where it has, or is on its way. */
export function sayUnsent({ state, isPaused }: Broadcast): string | undefined {
  if (state === 'queued' || state === 'posted') return undefined
  if (state === 'approved') return isPaused ? '到点时暂停着' : undefined
  if (state === 'draft') return '到点时还是草稿'
  if (state === 'review') return '到点时还没有人通过'
  return state === 'rejected' ? '被驳回了' : (unsent[state] ?? '没有发')
}
