import type { Temporal } from 'temporal-polyfill'
import { sayTime } from '../text/dates/time.ts'
import type { Episode } from './rules.ts'

/** Robots that want a keyword in every message get this one. */
const alertKeyword = '创客'
export const testText = `【${alertKeyword}】这是一条测试提醒：你看到它，说明出事时这里会收到通知。`

/** A robot of WeCom takes 2,048 bytes in a text; these limits keep within it. */
const maxTold = 5
const maxTextLength = 110

/** Composes one message about all that is to be told now: the first line says how it stands. */
export function sayAlert(raised: readonly Episode[], recovered: readonly Episode[], now: Temporal.Instant) {
  const lines = [
    ...raised.map(episode => sayRaised(episode, now)),
    ...recovered.map(episode => sayRecovered(episode)),
  ]
  const shown = lines.slice(0, maxTold)
  const more = lines.length > maxTold ? [`另有 ${lines.length - maxTold} 件，请看控制台。`] : []
  return [`【${alertKeyword}】${sayHeading(raised.length, recovered.length)}`, ...shown, ...more].join('\n')
}

function sayHeading(raised: number, recovered: number): string {
  const parts = [
    ...(raised > 0 ? [`${raised} 件事要处理`] : []),
    ...(recovered > 0 ? [`${recovered} 件事已恢复`] : []),
  ]
  return parts.join('，')
}

function sayRaised({ text, since, times }: Episode, now: Temporal.Instant): string {
  const often = times > 1 ? `，反复了 ${times} 次` : ''
  return `${shorten(text)}（${sayTime(since, now)}起${often}）`
}

function sayRecovered({ told, text, since, clearedAt, times }: Episode): string {
  const lasted = clearedAt ? sayDuration(since.until(clearedAt)) : ''
  const how = times > 1 ? `前后 ${lasted}，反复了 ${times} 次` : `持续了 ${lasted}`
  return `已恢复，${how}：${shorten(told ?? text)}`
}

function sayDuration(duration: Temporal.Duration): string {
  const seconds = Math.round(duration.total('seconds'))
  if (seconds < 60) return `${seconds} 秒`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} 分钟`
  const hours = Math.floor(minutes / 60)
  return minutes % 60 === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes % 60} 分钟`
}

function shorten(text: string): string {
  const characters = [...text]
  return characters.length > maxTextLength ? `${characters.slice(0, maxTextLength).join('')}…` : text
}
