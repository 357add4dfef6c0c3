import { memoize } from '../../../lib/memoize.ts'

/** Command of an instructor or organizer for a ticket; without a number, the only one that waits is meant. */
export type AnswererWord =
  | { kind: 'answer'; number: string | undefined; text: string; isApart: boolean }
  | { kind: 'pass' | 'show'; number: string | undefined }
  | { kind: 'send'; number: string | undefined; entry: number }
  | { kind: 'close'; numbers: number[] }
  | { kind: 'merge' | 'split'; numbers: number[] }
  | { kind: 'source'; number: string; text: string }
  | { kind: 'summary-time'; text: string }

const answerWords =
  /^(?:答复?|回复?)(?:[\s:：]*(?<number>\d{1,6})(?:\s*号)?)?(?<gap>[\s:：,，、]*)(?<text>[\s\S]*)$/u
const passWords = /^(?:转|轉)(?:下一位|给下一位)?\s*(?<number>\d{1,6})?\s*号?(?:下一位)?$/u
const showWords = /^(?:看|查看)\s*(?<number>\d{1,6})\s*号?(?:问题|详情)?$/u
const sendWords =
  /^(?:发|發|发送)\s*(?:(?<number>\d{1,6})\s*号?[\s,，:：]+)?(?:第\s*)?(?<entry>[1-9])\s*[条个]?$/u
const numbers = '(?<numbers>\\d{1,6}\\s*号?(?:[\\s,，、和到]+\\d{1,6}\\s*号?)*)'
const closeWords = new RegExp(`^(?:结束|關閉|关闭|关掉|不用答)\\s*${numbers}$`, 'u')
const mergeWords = new RegExp(`^(?:合并|合併|并单)\\s*${numbers}$`, 'u')
const splitWords = new RegExp(`^(?:拆开|拆開|分开)\\s*${numbers}$`, 'u')
const sourceWords = /^(?:出处|出處|依据)\s*(?<number>\d{1,6})\s*号?[\s:：,，]+(?<text>[\s\S]+)$/u
const summaryWords =
  /^(?:日报|日報|每日汇总)(?:时间)?[\s:：]*(?<text>(?:\d|[上下中]午|早上|晚上|[一二三四五六七八九十]).{0,12})?$/u

/** Reads one of these words; undefined for anything else. */
export const answererWordIn = memoize(readAnswererWord, { most: 200, longest: 100 })

function readAnswererWord(said: string): AnswererWord | undefined {
  const text = said.trim()
  const numbered = listOf(text)
  if (numbered) return numbered
  const passed = passWords.exec(text)?.groups
  if (passed) return { kind: 'pass', number: passed.number }
  const shown = showWords.exec(text)?.groups
  if (shown) return { kind: 'show', number: shown.number }
  const sent = sendWords.exec(text)?.groups
  if (sent) return { kind: 'send', number: sent.number, entry: Number(sent.entry) }
  const sourced = sourceWords.exec(text)?.groups
  if (sourced) return { kind: 'source', number: sourced.number ?? '', text: sourced.text ?? '' }
  const summary = summaryWords.exec(text)?.groups
  if (summary) return { kind: 'summary-time', text: summary.text ?? '' }
  return answerIn(text)
}

function listOf(text: string): AnswererWord | undefined {
  const closed = closeWords.exec(text)?.groups?.numbers
  if (closed) return { kind: 'close', numbers: numbersIn(closed) }
  const merged = mergeWords.exec(text)?.groups?.numbers
  if (merged) return { kind: 'merge', numbers: numbersIn(merged) }
  const split = splitWords.exec(text)?.groups?.numbers
  return split ? { kind: 'split', numbers: numbersIn(split) } : undefined
}

const numbersIn = (text: string) => [...new Set(text.match(/\d+/gu)?.map(Number) ?? [])]

function answerIn(text: string): AnswererWord | undefined {
  const found = answerWords.exec(text)?.groups
  if (!found) return undefined
  const isApart = /^[\s:：,，、]/u.test(found.gap ?? '') || !found.text
  return { kind: 'answer', number: found.number, text: found.text ?? '', isApart }
}

/** The same words as 「帮助 答题」 explains them. */
export const answererHelp = [
  '答 17 你的话 —— 答复，我转告问的人',
  '看 17 —— 全文，和知识库里最接近的条目',
  '发 17 1 —— 把最接近的第 1 条发给问的人',
  '转 17 —— 答不了，转给下一位',
  '结束 17 18 —— 不用再答复',
  '合并 17 18 —— 问的一样，答一次都收到；合错了，「拆开 18」',
  '出处 17 文件名或网址 —— 给答复的草稿补上出处',
  '待答 —— 等你答的问题',
  '日报 8:30 —— 每个工作日几点给你汇总',
]
