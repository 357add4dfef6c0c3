import type { Message } from '../../../ports/chat.ts'
import { fold } from '../../../text/fold.ts'
import { asksOnly } from '../../../text/intents.ts'
import type { Entry } from '../records.ts'
import { type DialogueTurn, numberIn } from './turns.ts'

const inFull = new Set(['完整答案', '完整', '详细', '全部'])
const forPage =
  /^(?:看|发|要|给我)?(?:一下)?(?:原页|原件|原文件|原文|文件原文|这一页|那一页|图片|链接)[。.!！~～\s]*$/u
/** None of what was offered. */
const noneOfThese =
  /^(?:以上)?(?:都|全)?(?:不是|不对)(?:这些|这几个|这个|我要的|我想问的)?[。.!！~～\s]*$|^(?:都没有|一个都不是|都不沾边)[。.!！\s]*$/u

/** The entry that a message chooses from what was offered. */
export function chosenBy(message: Message, turn: DialogueTurn | undefined): Entry | undefined {
  const number = turn && turn.offered.length > 0 ? numberIn(fold(message.text)) : undefined
  return number === undefined ? undefined : turn?.offered[number - 1]
}

/** How many were offered, where a message is a number beyond them. */
export function beyondOffered(message: Message, turn: DialogueTurn | undefined): number | undefined {
  const most = turn?.offered.length ?? 0
  const number = most > 0 ? numberIn(fold(message.text)) : undefined
  return number !== undefined && number > most ? most : undefined
}

const askedOfNumber = /^(?:那|那么)?第\s*(?<number>[1-9])\s*[个条项种]的?[，,\s]*(?<asked>.{1,12})$/u

/** 「第2个怎么办」: the entry of what was offered, and what is asked of it, empty for 「第2个呢」. */
export function askedOfOffer(
  { text }: Message,
  turn: DialogueTurn | undefined,
): { entry: Entry; asked: string } | undefined {
  const { number, asked = '' } = askedOfNumber.exec(fold(text))?.groups ?? {}
  const entry = turn?.offered[Number(number) - 1]
  if (!entry) return undefined
  if (/^(?:呢|吧|吗)?[。.!！?？\s]*$/u.test(asked)) return { entry, asked: '' }
  return asksOnly(asked) ? { entry, asked } : undefined
}

export const wantsAll = (message: Message, turn: DialogueTurn | undefined): boolean =>
  turn !== undefined && turn.told.length + (turn.quoted?.length ?? 0) > 0 && inFull.has(fold(message.text))

/** The page of the document that was just quoted. */
export const wantsPage = (message: Message, turn: DialogueTurn | undefined): boolean =>
  (turn?.quoted?.length ?? 0) > 0 && forPage.test(fold(message.text))

export const wantsNone = (message: Message, turn: DialogueTurn | undefined): boolean =>
  turn?.open !== undefined && turn.offered.length > 0 && noneOfThese.test(fold(message.text))
