import type { Temporal } from 'temporal-polyfill'
import { dayInShanghai } from '../../../text/dates/time.ts'
import { fold } from '../../../text/fold.ts'
import type { Answerer, Said } from '../answers.ts'
import type { Entry } from '../records.ts'
import { wishOf } from '../wishes.ts'
import { sayUnknown } from '../wording/phrases.ts'
import {
  continuedQuestions,
  otherYearIn,
  replacementKind,
  withoutEnd,
  withoutThanks,
  wordsOfCorrection,
} from './continued-question.ts'
import type { DialogueTurn } from './turns.ts'

/** Replies to a message, and the question that the next message may go on from, see {@link DialogueTurn}. */
type Read = { all: Said[]; asked: string | undefined; base?: string }

/** Reads a message with what was said before it. */
export function createReader(answerer: Pick<Answerer, 'answer' | 'tell'>) {
  /** A second try in other words is read with the first; both together may be clear, and go to a person together. */
  async function read(said: string, turn: DialogueTurn | undefined, at: Temporal.Instant): Promise<Read> {
    const text = withoutThanks(said)
    const ofYear = await readOtherYear(text, turn, at)
    if (ofYear) return ofYear
    const kind = replacementKind(text)
    const replaced = kind && (await readContinued(text, turn, { at, isNear: false }))
    if (replaced) return replaced
    // 「不是，我说的是省里的」: what was spoken of is just what was not meant.
    const topic = kind === 'correction' ? undefined : turn?.told.at(-1)?.programme
    const alone = await answerAlone(text, at, topic)
    const [only] = alone
    if (!only || alone.length > 1 || only.kind === 'answer' || only.kind === 'aside') return readAs(alone)
    const isNear = only.offered.some(({ programme }) => programme === turn?.told.at(-1)?.programme)
    const continued = kind ? undefined : await readContinued(text, turn, { at, isNear })
    if (continued) return continued
    return readAs(await withOpen(text, { turn, at, only }))
  }

  /** 「那贷款呢」: a word of several meanings that takes the place of a programme is not asked of that programme. */
  async function answerAlone(text: string, at: Temporal.Instant, topic: string | undefined): Promise<Said[]> {
    if (topic !== undefined && replacementKind(text) === 'replacement') {
      const all = await answerer.answer(text, at)
      if (all.length === 1 && all[0]?.isAmbiguous) return all
    }
    return answerer.answer(wordsOfCorrection(text) ?? text, at, topic)
  }

  /** 「去年的呢」: only words that name that year answer it; all others are not known. */
  async function readOtherYear(
    text: string,
    turn: DialogueTurn | undefined,
    at: Temporal.Instant,
  ): Promise<Read | undefined> {
    const told = turn?.told.at(-1)
    if (!told || turn?.asked === undefined) return undefined
    const year = otherYearIn(text, Number(dayInShanghai(at).slice(0, 4)))
    if (year === undefined) return undefined
    const question = `${year}${withoutEnd(turn.base ?? turn.asked)}`
    const [only, ...more] = await answerer.answer(question, at)
    if (!only) return undefined
    const isOfYear = only.entry?.programme === told.programme && namesYear(only.text, year)
    if (holdsThrough(told, year))
      return readAs([
        { ...only, kind: 'answer', entry: told, text: answerer.tell(told, at, 'short', { question }) },
      ])
    if (more.length === 0 && only.kind === 'answer' && (isOfYear || only.quotedFrom))
      return { all: [only], asked: question, base: turn.base ?? turn.asked }
    const about = only.about?.id === told.programme ? only.about : undefined
    const nothing = { entry: undefined, offered: [], isAmbiguous: false, likeliest: undefined }
    const unknown = { ...only, ...nothing, kind: 'none' as const, question, about, near: [told] }
    return { all: [{ ...unknown, text: sayUnknown(about) }], asked: undefined }
  }

  type Open = { turn: DialogueTurn | undefined; at: Temporal.Instant; only: Said }

  async function withOpen(text: string, { turn, at, only }: Open): Promise<Said[]> {
    if (turn?.open === undefined) return [only]
    const together = await answerer.answer(`${turn.open}，${text}`, at)
    if (together.length === 1 && together[0]?.kind === 'answer') return together
    return only.kind === 'none' && isAboutTheSame(only, turn)
      ? [{ ...only, question: `${turn.open}；${only.question}` }]
      : [only]
  }

  /** The answer to what a message stands for after the question before it; undefined where nothing is sure. */
  async function readContinued(
    text: string,
    turn: DialogueTurn | undefined,
    { at, isNear }: { at: Temporal.Instant; isNear: boolean },
  ): Promise<Read | undefined> {
    const told = turn?.told.at(-1)
    if (!told || turn?.asked === undefined) return undefined
    const isReplaced = replacementKind(text) !== undefined
    const base = turn.base ?? turn.asked
    // A line for words that are left of the question before is no answer to the new ones.
    const before = [turn.asked, base].map(question =>
      firstLineOf(answerer.tell(told, at, 'short', { question })),
    )
    for (const { question, countsFor } of continuedQuestions(text, { asked: turn.asked, base }, isNear)) {
      const all = await answerer.answer(question, at)
      const [only] = all
      if (!only || all.length > 1) continue
      const isNamed = only.about !== undefined && only.about.id !== told.programme
      // 「那高企呢」: once another programme is named, the one before is not meant.
      if (isNamed && countsFor === 'named' && only.kind !== 'none') return { all, asked: question }
      if (only.kind !== 'answer' || !only.entry) continue
      // A yes or no of the same entry is about what was asked before.
      const isOther = !before.includes(firstLineOf(only.text)) && (isReplaced || wishOf(fold(text)) !== 'can')
      const isNew = only.entry !== told || isOther
      if (countsFor === 'any' && isNew) return { all, asked: question }
      if (countsFor === 'topic' && isNew && only.entry.programme === told.programme)
        return { all, asked: question, base: isReplaced ? base : question }
    }
    return undefined
  }

  return read
}

/** Whether an answer says something of a year; the date of its source says nothing of it. */
const namesYear = (text: string, year: string) =>
  text.split('\n').some(line => line.includes(year) && !/依据：|^截至|^以下是/u.test(line))

/** Whether an entry that holds today held all through a year, 「2025年」. */
function holdsThrough({ effectiveFrom, effectiveUntil, policy }: Entry, year: string): boolean {
  const digits = /^\d{4}/u.exec(year)?.[0]
  if (digits === undefined || effectiveFrom === undefined || policy === 'history_only') return false
  const isSince = `${effectiveFrom}-01-01`.slice(0, 10) <= `${digits}-01-01`
  return isSince && (effectiveUntil === undefined || effectiveUntil >= `${digits}-12-31`)
}

const readAs = (all: Said[]): Read => ({
  all,
  asked: all.findLast(({ kind }) => kind === 'answer')?.question,
})

const firstLineOf = (text: string) => text.split('\n')[0]

/** Something near the second question was offered at the first. */
const isAboutTheSame = ({ near }: Said, { offered }: DialogueTurn) =>
  near.some(({ programme }) => offered.some(other => other.programme === programme))
