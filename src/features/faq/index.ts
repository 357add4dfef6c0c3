import type { Temporal } from 'temporal-polyfill'
import type { Answer, Feature } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Asked, HandedOver, HandOver, NoteAsked } from '../../ports/desk.ts'
import { asideOf } from '../../text/asides/asides.ts'
import { isBareQuestion } from '../../text/asides/bare-questions.ts'
import { hasAtMost } from '../../text/characters.ts'
import { type Answerer, charactersLeft, emptyQuestionReply, type Said } from './answers.ts'
import { askedInVain, askedOf, chosenAsked, generalIn, isUnclear, isUnknown, nearOf } from './asked-notes.ts'
import {
  askedOfOffer,
  beyondOffered,
  chosenBy,
  wantsAll,
  wantsNone,
  wantsPage,
} from './dialogue/follow-ups.ts'
import { createReader } from './dialogue/read-together.ts'
import { createDialogues, type DialogueTurn } from './dialogue/turns.ts'
import type { LatestNotice } from './latest-notice.ts'
import type { Reword } from './model/rewording.ts'
import { isCut } from './question.ts'
import { pagesOf, type ShowQuoted } from './quotes/pages.ts'
import { sayQuotation } from './quotes/words.ts'
import type { Entry } from './records.ts'
import { groupLimit } from './wording/entries.ts'
import { asideWords, sayUnknown, unclearWords, unreadWords, withModelMark } from './wording/phrases.ts'

export { latestNoticeIn } from './latest-notice.ts'

/** For a group in which a choice was open during an outage. */
const chooseAgain = '刚才选了号没得到回答的，请再 @ 我问一次。'
/** Characters of a message that a ticket keeps. */
const longestTicket = 4000
const pageHint = '看原件的这一页，回复「原页」。'

export type FaqParts = {
  answerer: Answerer
  clock: Clock
  /** Puts what is said to a single question into the maker's situation. */
  reword: Reword
  /** Passes a question that the base cannot answer to a person. */
  handOver: HandOver
  /** Called with the outcome of each question. */
  asked: NoteAsked
  /** Whether what a model worded carries a mark in this conversation. Default: everywhere. */
  marksModel?(message: Message): Promise<boolean>
  /** A line that offers more after an answer about conditions; undefined where there is nothing to offer. */
  offerAfter?(entry: Entry): string | undefined
  /** Later notice, told before the entry. Default: none. */
  latestNotice?: LatestNotice
  /**
   * Answers of other features to what the base does not know. Default: none; a person is asked.
   * @param general the general words that would be said of it; empty where there are none
   */
  whereUnknown?(message: Message, general: string): Promise<string | undefined>
  /** Shows the page on which quoted words stand. Default: it cannot be asked for. */
  originalPage?: ShowQuoted
  /** Whether there is a picture or an address of a quoted document to show. Default: there is. */
  hasOriginal?(documentId: string): boolean
}

/**
 * Answers questions from the knowledge base in chat: one sure answer, a choice of two or three, or an honest
 * no. What was offered or told stays open to 「2」 and 「完整答案」 for five minutes, from the same person in the
 * same conversation; in a group these two need no mention.
 */
export function faq({
  answerer,
  clock,
  reword,
  handOver,
  asked,
  marksModel = async () => true,
  offerAfter,
  latestNotice = async () => undefined,
  whereUnknown = async () => undefined,
  originalPage,
  hasOriginal = () => true,
}: FaqParts): Feature {
  const dialogues = createDialogues()
  const readTogether = createReader(answerer)

  async function listen(message: Message): Promise<Answer> {
    const at = clock.now()
    const turn = dialogues.last(message)
    const continued = await goOn(message, turn, at)
    if (continued !== undefined) return continued
    const text = await answerAnew(message, turn, at)
    if (!isCut(message.text)) return text
    const longer = `${text}\n${unreadWords}`
    return hasAtMost(longer, groupLimit) ? longer : unreadWords
  }

  /** The answer to what only continues the last turn; undefined for a question of its own. */
  async function goOn(
    message: Message,
    turn: DialogueTurn | undefined,
    at: Temporal.Instant,
  ): Promise<Answer> {
    const beyond = beyondOffered(message, turn)
    if (beyond !== undefined) return `只有 1 到 ${beyond} 可以选：回复数字就行；都不是，就回「都不是」。`
    const chosen = chosenBy(message, turn)
    if (chosen) return tellChosen(chosen, turn?.open, { message, turn, at })
    const ofOffer = askedOfOffer(message, turn)
    if (ofOffer) {
      const { entry, asked: words } = ofOffer
      const [only] = words === '' ? [] : await answerer.answer(words, at, entry.programme)
      const isSame = only?.kind === 'answer' && only.entry?.programme === entry.programme
      const question = words === '' ? turn?.open : words
      return tellChosen((isSame ? only.entry : undefined) ?? entry, question, { message, turn, at })
    }
    if (wantsNone(message, turn)) return passOpen(message, turn)
    if (originalPage && wantsPage(message, turn)) return pagesOf(quotedIn(turn, at), originalPage)
    if (!wantsAll(message, turn)) return undefined
    const told = (turn?.told ?? []).map(entry => withNotice(entry, answerer.tell(entry, at, 'full'), { at }))
    return [...(await Promise.all(told)), ...quotedIn(turn, at).map(sayQuotation)].join('\n\n')
  }

  async function tellChosen(
    entry: Entry,
    question: string | undefined,
    { message, turn, at }: { message: Message; turn: DialogueTurn | undefined; at: Temporal.Instant },
  ): Promise<string> {
    await asked(message, [chosenAsked(entry)])
    dialogues.keep(message, { told: [entry], asked: question, offered: turn?.offered ?? [], at })
    return withNotice(entry, answerer.tell(entry, at, 'short', { question }), {
      at,
      limit: groupLimit,
      question,
    })
  }

  const quotedIn = (turn: DialogueTurn | undefined, at: Temporal.Instant) =>
    (turn?.quoted ?? []).flatMap(question => answerer.quote(question, at) ?? [])

  async function answerAnew(
    message: Message,
    turn: DialogueTurn | undefined,
    at: Temporal.Instant,
  ): Promise<string> {
    const { all: found, asked: understood, base } = await readTogether(message.text, turn, at)
    const [only] = found
    if (only === undefined) return asideOf(message.text) ? asideWords.laughter : emptyQuestionReply
    const isBare = turn === undefined && isBareQuestion(message.text) && found.every(isUnclear)
    const elsewhere =
      isBare || found.every(isUnknown) ? await whereUnknown(message, generalIn(found)) : undefined
    if (elsewhere !== undefined) return elsewhere
    if (isBare && only.kind !== 'aside') return unclearWords
    const isReworded = found.length === 1 && only.kind !== 'aside' && !isCut(message.text)
    const all = isReworded ? [await reword(message.text, only, at)] : found
    const told = all.flatMap(({ kind, entry }) => (kind === 'answer' && entry ? [entry] : []))
    const quoted = all.flatMap(({ quotedFrom, question }) => (quotedFrom ? [question] : []))
    const offered = all.findLast(({ kind }) => kind === 'choices')?.offered ?? []
    const open = all.find(({ kind }) => kind === 'choices' || kind === 'none')?.question
    const whole = open === undefined ? undefined : wholeOf(message)
    if (all.some(({ kind }) => kind !== 'aside'))
      dialogues.keep(message, { told, asked: understood, base, quoted, offered, open, whole, at })
    const texts: string[] = []
    const notes: Asked[] = []
    const room = charactersLeft(message.text)
    const limit = Math.floor((room - 2 * (all.length - 1)) / all.length)
    for (const said of all) {
      const handed = said.kind === 'none' ? await pass(message, said, turn) : undefined
      const marked =
        said.isByModel && (await marksModel(message)) ? { ...said, text: withModelMark(said.text) } : said
      texts.push(
        handed
          ? sayUnknown(said.about, handed, message.groupId !== undefined)
          : withOffer(await noticed(marked, { at, limit }), room),
      )
      if (said.kind !== 'aside') notes.push(askedOf(said, said.kind, handed))
    }
    if (notes.length > 0) await asked(message, notes)
    return texts.join('\n\n')
  }

  async function passOpen(message: Message, turn: DialogueTurn | undefined): Promise<string> {
    const question = turn?.open ?? ''
    const near = turn?.offered ?? []
    const whole = turn?.whole ?? question
    dialogues.keep(message, { told: [], offered: [], at: clock.now() })
    const handed = await handOver({ question: whole, message, near: near.map(nearOf), owner: near[0]?.owner })
    await asked(message, [askedInVain(question, near, handed)])
    return sayUnknown(undefined, handed, message.groupId !== undefined)
  }

  async function noticed(said: Said, size: Room): Promise<Said> {
    if (said.kind !== 'answer' || !said.entry) return said
    return { ...said, text: await withNotice(said.entry, said.text, { ...size, question: said.question }) }
  }

  /** The latest notice and the answer, which is shortened where both together would be longer than the limit. */
  async function withNotice(
    entry: Entry,
    text: string,
    { at, limit = Number.POSITIVE_INFINITY, question }: Room,
  ): Promise<string> {
    const notice = await latestNotice(entry)
    if (notice === undefined) return text
    const left = limit - [...notice].length - 1
    return `${notice}\n${hasAtMost(text, left) ? text : answerer.tell(entry, at, 'short', { question, limit: left })}`
  }

  /** The answer, and what can be done next where the group's limit leaves room for it. */
  function withOffer({ kind, entry, text, quotedFrom }: Said, room: number): string {
    const next = quotedFrom && originalPage && hasOriginal(quotedFrom) ? pageHint : undefined
    const offer = kind === 'answer' && entry ? offerAfter?.(entry) : next
    const longer = offer === undefined ? text : `${text}\n${offer}`
    return hasAtMost(longer, room) ? longer : text
  }

  function pass(
    message: Message,
    { question, near, about }: Said,
    turn: DialogueTurn | undefined,
  ): Promise<HandedOver> {
    const isBoth = turn?.open !== undefined && question.startsWith(`${turn.open}；`)
    const before = (isBoth && turn.whole) || ''
    return handOver({
      question: wholeOf(message) ?? (before ? `${before}\n${question.slice(turn?.open?.length)}` : question),
      message,
      near: near.map(nearOf),
      owner: near.find(({ programme }) => programme === about?.id)?.owner,
    })
  }

  return {
    name: 'faq',
    takesQuestions: true,
    listen,
    touchedBy: async outage => dialogues.waitingIn(outage).map(groupId => ({ groupId, text: chooseAgain })),
    awaits: message => {
      const turn = dialogues.last(message)
      const wants = [wantsAll, wantsNone, wantsPage]
      const chooses = [chosenBy, askedOfOffer].some(by => by(message, turn) !== undefined)
      return chooses || wants.some(is => is(message, turn))
    },
  }
}

/** The message as a ticket keeps it, where only a part of it is read. */
const wholeOf = ({ text }: Message): string | undefined =>
  isCut(text) ? text.slice(0, longestTicket).toWellFormed() : undefined

/** Question of an answer, and its limit of characters. Default: no limit. */
type Room = { at: Temporal.Instant; limit?: number; question?: string | undefined }
