import { sayKeptDay } from '../../text/dates/kept-day.ts'
import type { Admitted } from './catalogue/catalogue.ts'
import { isDateGuess } from './catalogue/item-drafts.ts'
import type { KeptItem } from './catalogue/records.ts'
import { stateWords } from './catalogue/rules.ts'
import { lacksAttachment } from './sources/attached.ts'

/** The console page of the items. */
export const basePath = '/items'
const mostListed = 10

/** The words in place of a deadline where a notice names days for offices only. */
export const setLocally = '以当地通知为准'

/** One item in a line: 「12 关于申报…的通知（截止 2026年12月15日）」. */
function sayShort({ number, title, deadline }: KeptItem): string {
  return `${number}  ${title}${deadline ? `（截止 ${sayKeptDay(deadline.value)}）` : ''}`
}

/** All that was found out about an item, for the one who decides on it. */
export function sayCatalogueItem(item: KeptItem): string {
  const { deadline, effectiveUntil } = item
  return [
    `${item.number} 号条目，${stateWords[item.state]}，${item.stream}`,
    item.title,
    `来自${item.from}，${isDateGuess(item) ? '没有发布日期' : sayKeptDay(item.publishedOn)}${item.documentNumber ? `，${item.documentNumber}` : ''}`,
    ...(deadline ? [`截止 ${sayKeptDay(deadline.value)}：「${deadline.sentence}」`] : sayUncertain(item)),
    ...(effectiveUntil ? [`有效期到 ${sayKeptDay(effectiveUntil.value)}`] : []),
    ...(item.amounts.length > 0 ? [`金额：${item.amounts.join('、')}`] : []),
    ...(item.summary ? [`摘要：${item.summary}`] : []),
    ...item.doubts.map(doubt => `请核对：${doubt}`),
    ...(item.resembles ? [`像是 ${item.resembles} 号条目的转载。`] : []),
    ...(item.link ? [item.link] : []),
  ].join('\n')
}

/** The likeliest days, where an organizer has to choose. */
function sayUncertain({ number, deadlineChoices, isSetLocally, text }: KeptItem): string[] {
  const [first] = deadlineChoices
  if (!first && isSetLocally) return [`截止日${setLocally}`]
  if (!first)
    return [
      `没有找到截止日${lacksAttachment(text) ? '；正文说见附件，附件还没有读到，请到控制台「条目」页上传' : ''}`,
    ]
  return [
    '截止日拿不准，确认了才会写进推送：',
    ...deadlineChoices.map(({ value, sentence }) => `可能是 ${sayKeptDay(value)}：「${sentence}」`),
    `是哪天就回「确认截止 ${number} ${sayKeptDay(first.value)}」这样，没有就回「确认截止 ${number} 无」。`,
  ]
}

/** Reply to an organizer who added an item. */
export function sayAdded({ item, isNew }: Admitted): string {
  if (!isNew) return `这一条已经有了：\n${sayCatalogueItem(item)}`
  return `${sayCatalogueItem(item)}\n没问题就说「通过条目 ${item.number}」，不用就说「不用条目 ${item.number}」，要改请到控制台「条目」。`
}

/** The inbox in chat. */
export function sayWaiting(items: readonly KeptItem[]): string {
  if (items.length === 0) return '没有等着看的条目。可以说「收录」加链接自己加一条。'
  const more =
    items.length > mostListed ? [`还有 ${items.length - mostListed} 条，请到控制台「条目」看。`] : []
  return [
    `有 ${items.length} 条等着看：`,
    ...items.slice(-mostListed).map(sayShort),
    ...more,
    '看一条说「条目 编号」，放行说「通过条目 编号」。',
  ].join('\n')
}

/** Reply to a member who submitted an item. */
export function saySubmitted({ item, isNew }: Admitted): string {
  if (!isNew) return `「${item.title}」我们已经收到过了，不用再投。`
  return `收到，编号 ${item.number}：「${item.title}」。组织者看过再用，结果会私聊告诉你。不想投了，发「撤回投稿 ${item.number}」。`
}

/** A member's own submissions, latest first. */
export function saySubmissions(items: readonly KeptItem[]): string {
  if (items.length === 0) return '你还没有投过稿。私聊说「投稿」，后面写标题和内容就行。'
  return items
    .slice(-mostListed)
    .reverse()
    .map(({ number, title, state }) => `${number}  ${title}：${stateWords[state]}`)
    .join('\n')
}
