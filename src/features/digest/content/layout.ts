import type { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../../feature.ts'
import type { Item } from '../../../ports/items.ts'
import { sayDate } from '../../../text/dates/time.ts'
import type { Lines } from './extract.ts'

/** WeChat folds or cuts messages over about 2,000 characters. */
export const longestText = 2000

/** An item with its three lines. */
export type ItemLines = { item: Item; lines: Lines }

/** The text of a digest: head, items of three lines, closing line, separated by blank lines. */
export function composeText(
  told: readonly ItemLines[],
  { title, day, closing }: { title: string; day: Temporal.PlainDate; closing: string },
): string {
  const blocks = told.map(({ item, lines }, i) => composeItem(item, lines, i + 1))
  return [`${title} ${sayDate(day)}`, ...blocks, ...(closing ? [closing] : [])].join('\n\n')
}

function composeItem(item: Item, { what, who, when }: Lines, number: number): string {
  return [`${number}. ${what}`, who, `${when}${sourceOf(item, when)}`].join('\n')
}

/** Document number and link, unless the line has them. */
function sourceOf({ documentNumber, link }: Item, line: string): string {
  const parts = [
    ...(documentNumber && !line.includes(documentNumber) ? [documentNumber] : []),
    ...(link && !line.includes(link) ? [link] : []),
  ]
  if (parts.length === 0) return ''
  const stop = /[。；！？）]$/u.test(line) ? '' : '。'
  return `${stop}${parts.join(' ')}`
}

/** Replaces the date in the head of a digest; any other text stays unchanged. */
export function withHeadDate(text: string, from: Temporal.PlainDate, to: Temporal.PlainDate): string {
  const [head = '', ...rest] = text.split('\n')
  return head.endsWith(` ${sayDate(from)}`)
    ? [`${head.slice(0, -sayDate(from).length)}${sayDate(to)}`, ...rest].join('\n')
    : text
}

/** The text of a reminder. */
export function composeReminder(
  told: readonly ItemLines[],
  days: number,
  deadline: Temporal.PlainDate,
): string {
  const lines = told.map(({ item, lines: { what, when } }) => `· ${what}\n${when}${sourceOf(item, when)}`)
  return [`${days} 天后截止（${sayDate(deadline)}）`, ...lines].join('\n\n')
}

/**
 * Divides a text into messages, between blocks only, so that no item is split; long blocks of a notice between lines.
 * @throws {@link Refusal} if the text is empty, or one block is too long for a message
 */
export function splitText(text: string, longest = longestText): string[] {
  const clean = text
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+$/gmu, '')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()
  if (clean === '') throw new Refusal('还没有写内容，请写好再保存。')
  if (clean.length <= longest) return [clean]
  // Leaves space for 「（10/12）」.
  const room = longest - 12
  const pieces = clean
    .split('\n\n')
    .flatMap(block => (block.length <= room ? [block] : linesOfBlock(block, room)))
  const parts = packed(pieces, room)
  return parts.map((part, i) => `${part}\n\n（${i + 1}/${parts.length}）`)
}

/** Splits a long block between its lines; an item is never split. */
function linesOfBlock(block: string, room: number): string[] {
  const lines = block.split('\n')
  const tooLong = isItem(block) ? block : lines.find(line => line.length > room)
  if (tooLong !== undefined) {
    throw new Refusal(
      `「${tooLong.slice(0, 12)}…」这一段有 ${tooLong.length} 个字，一条消息放不下（最多 ${room} 个），请改短或分段。`,
    )
  }
  return lines
}

const isItem = (block: string) => /^\d+\. /u.test(block)

function packed(pieces: readonly string[], room: number): string[] {
  const parts: string[] = []
  for (const piece of pieces) {
    const last = parts.at(-1)
    if (last !== undefined && last.length + 2 + piece.length <= room)
      parts[parts.length - 1] = `${last}\n\n${piece}`
    else parts.push(piece)
  }
  return parts
}
