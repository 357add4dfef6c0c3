import type { Temporal } from 'temporal-polyfill'
import type { Item } from '../../ports/items.ts'
import { weekdayName } from '../../text/dates/time.ts'

/** 「12月5日（周六）」. */
export function sayDay(day: Temporal.PlainDate): string {
  return `${day.month}月${day.day}日（周${weekdayName(day)}）`
}

/** 「12月5日（周六）截止，还有 6 天」. */
export function sayDeadline(lastDay: Temporal.PlainDate | undefined, today: Temporal.PlainDate): string {
  if (!lastDay) return '没有写截止日'
  const days = lastDay.since(today).days
  const left = days === 0 ? '就是今天' : `还有 ${days} 天`
  return `${sayDay(lastDay)}截止，${left}`
}

export const moreWords = '回复「更多」看其余的。'
export const noMore = '没有更多了。'
export const sayNothingSent = (isInGroup: boolean) => `这段时间我${isInGroup ? '在这个群' : ''}没有推送过。`

const steps = /申报|申请|报名|报送|提交|登录|填报|网址|平台|系统|邮箱|电话|窗口/u
const mostSteps = 2
const longestStep = 80

/** One item of a list: for whom, until when, its own sentences about how to apply, and where it stands. */
export function sayCurrentItem(
  { title, lines, text, deadline, link, from }: Item,
  at: { number: number; today: Temporal.PlainDate },
): string {
  const sentences = text
    .split(/\n|(?<=[。；;])/u)
    .map(sentence => sentence.trim())
    .filter(sentence => steps.test(sentence) && sentence !== title && sentence.length <= longestStep)
  const howTo = sentences.slice(0, mostSteps).map(sentence => `原文：${sentence}`)
  return [
    `第 ${at.number} 个：${title}（${sayDeadline(deadline?.value, at.today)}）`,
    ...(lines ? [lines.what, `对象：${lines.who}`, `时间：${lines.when}`] : howTo),
    link ? `怎么办看原文：${link}` : `怎么办请问${from}。`,
  ].join('\n')
}

export const sayNoSuchItem = (number: number, count: number) =>
  number > count
    ? `刚才只列了 ${count} 个，没有第 ${number} 个。`
    : `第 ${number} 个已经撤下了，请再问我一次「现在有什么可以申报的」。`
