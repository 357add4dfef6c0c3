import type { Temporal } from 'temporal-polyfill'
import { fold } from '../../../text/fold.ts'
import type { Answerer, Said } from '../answers.ts'
import { wishOf } from '../wishes.ts'
import { continuedQuestions, replacementKind, wordsOfCorrection } from './continued-question.ts'
import type { DialogueTurn } from './turns.ts'

/** Replies to a message, and the question that the next message may go on from, see {@link DialogueTurn}. */
type Read = { all: Said[]; asked: string | undefined; base?: string }

/** Reads a message with what was said before it. */
export function createReader(answerer: Pick<Answerer, 'answer' | 'tell'>) {
  /** A second try in other words is read with the first; both together may be clear, and go to a person together. */
  async function read(text: string, turn: DialogueTurn | undefined, at: Temporal.Instant): Promise<Read> {
    const kind = replacementKind(text)
    const replaced = kind && (await readContinued(text, turn, { at, isNear: false }))
    if (replaced) return replaced
    // 「不是，我说的是省里的」: what was spoken of is just what was not meant.
    const topic = kind === 'correction' ? undefined : turn?.told.at(-1)?.programme
    const alone = await answerer.answer(wordsOfCorrection(text) ?? text, at, topic)
    const [only] = alone
    if (!only || alone.length > 1 || only.kind === 'answer' || only.kind === 'aside') return readAs(alone)
    const isNear = only.offered.some(({ programme }) => programme === turn?.told.at(-1)?.programme)
    const continued = kind ? undefined : await readContinued(text, turn, { at, isNear })
    if (continued) return continued
    return readAs(await withOpen(text, { turn, at, only }))
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

const readAs = (all: Said[]): Read => ({
  all,
  asked: all.findLast(({ kind }) => kind === 'answer')?.question,
})

const firstLineOf = (text: string) => text.split('\n')[0]

/** Something near the second question was offered at the first. */
const isAboutTheSame = ({ near }: Said, { offered }: DialogueTurn) =>
  near.some(({ programme }) => offered.some(other => other.programme === programme))
