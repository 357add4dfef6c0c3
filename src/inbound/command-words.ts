import type { Command } from '../feature.ts'
import type { Message } from '../ports/chat.ts'

/** Characters of a command with what stands behind it; what is longer is no bare word. */
const longestEnded = 64
const endings =
  /(?:\[[^\]\s]{1,6}\]|\p{P}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u200d|[~～+\s])+$/u

const withoutMarks = (text: string) =>
  text.length > longestEnded ? text : text.replace(/[!！。.~～\s]+$/u, '')

/** Punctuation, emoji and the chat's own faces behind a word say nothing: 「下课！」「签到👍」「签到[OK]」. */
export function withoutEnding(text: string): string {
  // Searching for the end of a long run of marks takes time by the square of its length.
  return text.length > longestEnded ? text : text.replace(endings, '')
}

const digits = '零一二三四五六七八九'
const numbered =
  /^[\s:：,，、。·—_~～]*(?:[（(【[]\s*)?(?:(?<ordinal>[#＃第])\s*)?(?<number>[\d０-９]+|[一二三四五六七八九十]{1,3})(?<unit>\s*[个号条份则项])?[）)】\]]?(?<rest>[\s\S]*)$/u

/** Text behind a numbered command's word, with the number first: 「通过第二个」 gives 「2」, 「驳回12 金额不对」 all of it. */
function numberedRest(behind: string): string | undefined {
  const { ordinal = '', number = '', unit = '', rest = '' } = numbered.exec(behind)?.groups ?? {}
  if (number === '') return undefined
  const isBare = withoutEnding(rest) === ''
  const isWritten = /^[\d０-９]/u.test(number)
  // 「通过一下」 is no number: in characters it takes 第, or a unit with nothing behind it.
  if (!isWritten && !(ordinal === '第' || isBare)) return undefined
  const value = isWritten ? number : String(smallNumber(number))
  if (isBare) return `${ordinal === '第' ? '' : ordinal}${value}`
  if (isWritten && unit === '') return behind.replace(/^[\s:：]+/u, '')
  return `${value} ${rest.replace(/^[\s:：,，]+/u, '')}`
}

/** 一 to 九十九. */
function smallNumber(text: string): number {
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['零', text]
  const ten = text.includes('十') ? (tens === '' ? 1 : digits.indexOf(tens)) * 10 : 0
  return ten + (ones === '' ? 0 : digits.indexOf(ones))
}

/**
 * The text behind the command's word; undefined when the message is not that command.
 * A word that takes text is followed by a space or the end, so that 「绑定本群吧」 stays a remark.
 */
export function restAfter(
  command: Pick<Command, 'words' | 'takes' | 'isLoose'>,
  message: Pick<Message, 'text'>,
) {
  const text = message.text.trim()
  for (const word of command.words) {
    // Looked at first: every message is compared with some two hundred words.
    if (!text.startsWith(word)) continue
    const rest = text.slice(word.length)
    if (command.takes === 'number') {
      const numbers = numberedRest(rest)
      if (numbers !== undefined) return numbers
      continue
    }
    if (rest === '' || withoutEnding(text) === word) return ''
    if (command.takes !== 'text') continue
    if (/^[\s:：]/u.test(rest)) return rest.replace(/^[\s:：]+/u, '')
    if (command.isLoose && /^(?:[\p{P}~～]|\d{1,6}\s*[!！。.~～]*$)/u.test(rest))
      return withoutMarks(rest.replace(/^[\p{P}~～\s]+/u, ''))
  }
  return undefined
}
