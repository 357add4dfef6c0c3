import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Temporal } from 'temporal-polyfill'
import { type Clauses, noClauses } from '../../ports/clauses.ts'
import { asideOf } from '../../text/asides/asides.ts'
import { hasAtMost } from '../../text/characters.ts'
import { carryingQuestions, type PartQuestion } from './carried-questions.ts'
import { clauseAlarmOf, type HeldReply, replyOnHold } from './cited-clauses.ts'
import { type Finding, isReserved } from './finder/finder.ts'
import { createJudgedEntries, isJudgeable } from './judged-entries.ts'
import type { LiveEntries } from './live-entries.ts'
import { isCut, questionsIn } from './question.ts'
import type { FindQuotation, Quotation } from './quotes/quotations.ts'
import { quotationFrame, saidQuotation } from './quotes/words.ts'
import type { Entry, Programme } from './records.ts'
import type { SearchEntries } from './search.ts'
import { searchingMeanings } from './search-meanings.ts'
import { type AnswerLength, groupLimit, sayEntry } from './wording/entries.ts'
import { asideWords, fraudWords, sayChoices, sayUnknown, unreadWords } from './wording/phrases.ts'

/** Reply to a message without words. */
export const emptyQuestionReply = '想问政策、补贴或项目申报，直接打字问我就行，比如「高企怎么报」。'

/** Characters from which other messages come in between the steps of an answer. */
const longQuestion = 300

/** Most near entries passed on to a person. */
const mostNear = 3

/** Reply to one question, and its grounds. */
export type Said = {
  /** `aside`: not a question for the knowledge base; neither recorded nor handed over. */
  kind: Finding['kind'] | 'aside'
  /** The part of the message that it answers. */
  question: string
  text: string
  /** The entry that is told, or that comes nearest where it asks back; undefined where nothing is known. */
  entry: Entry | undefined
  /** How sure it is that the first entry found is the right one, 0 to 1. */
  score: number
  /** Offered entries, in the order of their numbers. */
  offered: Entry[]
  /** A word in it may mean several things: which, is for the maker to say. */
  isAmbiguous: boolean
  /** Nearest entries where no answer is known, best first. */
  near: Entry[]
  /** The programme that the question seems to be about, if that much is clear. */
  about: Programme | undefined
  /** A language model put it into words. Default false. */
  isByModel?: boolean
  /** A verdict on the maker's own figures, or an entry that is held back: it is not reworded. Default false. */
  isJudged?: boolean
  /** The id of the document that it quotes, since no entry answers. Default: none. */
  quotedFrom?: string | undefined
  /** Where it is not sure what is asked: the entries that come nearest, best first, for a model to pick from. */
  likeliest?: Entry[] | undefined
}

export type Answerer = {
  /**
   * Replies to a message.
   * @param topic the programme that was just spoken of, by id, for questions that leave it out.
   * @returns one for each question in it, in order; empty where there are no words to be read.
   */
  answer(text: string, at: Temporal.Instant, topic?: string): Promise<Said[]>
  /** An entry in chat; `full` is everything, links too. */
  tell(entry: Entry, at: Temporal.Instant, form: AnswerLength, telling?: Telling): string
  /** The whole clause that answers a question; undefined where none does. */
  quote(question: string, at: Temporal.Instant): Quotation | undefined
}

/** `room`: characters that all answers together may take. */
type Asking = { at: Temporal.Instant; room: number; topic: string | undefined }

/** Characters that the answer to a message may take: less where {@link unreadWords} stand behind it. */
export const charactersLeft = (text: string): number =>
  groupLimit - (isCut(text) ? unreadWords.length + 1 : 0)

/** Question that an entry answers, and the limit of characters; by default no question, within a group's limit. */
type Telling = { question?: string | undefined; limit?: number }

type How = {
  topic: string | undefined
  form: Exclude<AnswerLength, 'full'>
  /** Characters that the answer may take. */
  limit: number
}

type Documents = {
  /** The clauses that entries rest on: an entry whose figure changed there is not told. */
  clauses?: Clauses
  /** Answers where no entry does. Default: nothing. */
  quote?: FindQuotation
}

/**
 * Puts what was found into words. Chat, command line and test page all say it this way.
 */
export function createAnswerer(
  live: LiveEntries,
  search: SearchEntries,
  { clauses = noClauses, quote = () => undefined }: Documents = {},
): Answerer {
  const searchMeanings = searchingMeanings(search, live)
  const withCarried = carryingQuestions(search)
  const heldAt = new WeakMap<Entry, { version: number; held: HeldReply | undefined }>()
  /**
   * The reply in place of an entry that is held back; undefined for others. Looked up once for each change of the
   * documents: an answer asks several times, and reads all that the entry says.
   */
  function heldReply(entry: Entry, at: Temporal.Instant): HeldReply | undefined {
    const version = clauses.version()
    const known = heldAt.get(entry)
    if (known?.version === version) return known.held
    const alarm = clauseAlarmOf(entry, clauses)
    const held = alarm?.isHeld ? replyOnHold(entry, alarm, name => quote(name, at)) : undefined
    heldAt.set(entry, { version, held })
    return held
  }
  const { judge, bestOf, settledByFigures, entriesOf } = createJudgedEntries(live)

  const tell: Answerer['tell'] = (entry, at, form, { question = '', limit = groupLimit } = {}) => {
    const held = heldReply(entry, at)
    if (!held) return sayEntry(entry, at, form, { question, verdict: judge(entry, at, question), limit })
    return form === 'full' || hasAtMost(held.withClause, limit) ? held.withClause : held.text
  }

  async function answerOne(
    question: string,
    at: Temporal.Instant,
    { topic, form, limit }: How,
  ): Promise<Said> {
    const aside = asideOf(question)
    if (aside) return saidAside(question, asideWords[aside])
    const within = live.programme(topic ?? '')?.hasSeveralMatters ? undefined : topic
    const searched = await searchMeanings(question, within)
    if (question.length > longQuestion) await nextTurn()
    const finding = settledByFigures(searched, at, question)
    if (finding.isFraud) return saidAside(question, fraudWords)
    const best = bestOf(finding, at, question)
    const score = Math.round(finding.sureness.ofFirst * 1e4) / 1e4
    const about = finding.isElsewhere ? undefined : live.programme(finding.programme ?? '')
    const isAmbiguous = finding.ambiguousWord !== undefined
    const common = { question, score, about, isAmbiguous, near: [] }
    const quotation = quotationFor({ ...finding, question }, { best, at, limit })
    if (quotation) return { ...common, ...saidQuotation(quotation) }
    if (finding.kind === 'answer' && best) {
      return {
        ...common,
        kind: 'answer',
        text: tell(best, at, form, { question, limit }),
        isJudged: heldReply(best, at) !== undefined || judge(best, at, question) !== undefined,
        entry: best,
        offered: [],
      }
    }
    const likeliest = isOpen(finding) ? entriesOf(finding) : undefined
    if (finding.kind === 'choices') return { ...common, ...choicesOf(finding, about), likeliest }
    return { ...common, ...noneOf(finding, about), likeliest }
  }

  /**
   * A document's words where no entry tells what holds today: none was found, several
   * may be meant, or it is history.
   */
  function quotationFor(
    { kind, isElsewhere, ambiguousWord, question }: Finding & { question: string },
    { best, at, limit }: { best: Entry | undefined; at: Temporal.Instant; limit: number },
  ): Quotation | undefined {
    const named = quote(question, at, limit - quotationFrame, true)
    if (named?.asked) return named
    if (isElsewhere || (kind === 'choices' && ambiguousWord !== undefined)) return undefined
    const isTold = kind === 'answer' && best !== undefined
    if (isTold && (isJudgeable(best, at) || heldReply(best, at) !== undefined)) return undefined
    const quotation = quote(question, at, limit - quotationFrame)
    const isBetter = quotation && !quotation.isHistory && quotation.covered >= beforeHistoryFrom
    return !isTold || isBetter ? quotation : undefined
  }

  function choicesOf(
    finding: Finding,
    about: Programme | undefined,
  ): Pick<Said, 'kind' | 'text' | 'entry' | 'offered'> {
    const meant = finding.choices.flatMap(({ meaning, found }) => {
      const entry = live.entry(found.item.id)
      return entry ? [{ meaning, entry }] : []
    })
    const offered = meant.map(({ entry }) => entry)
    const reason = { word: finding.ambiguousWord, isReserved: isReserved(finding), about }
    return { kind: 'choices', text: sayChoices(meant, reason), entry: offered[0], offered }
  }

  const noneOf = (finding: Finding, about: Programme | undefined) => ({
    kind: 'none' as const,
    text: sayUnknown(about),
    entry: undefined,
    offered: [],
    near: entriesOf(finding).slice(0, mostNear),
  })

  /** Each question with what was spoken of before it; none is answered with the same entry again. */
  async function answerEach(questions: readonly PartQuestion[], { at, room, topic }: Asking) {
    const all: Said[] = []
    const limit = Math.floor((room - 2 * (questions.length - 1)) / questions.length)
    const form = questions.length > 1 ? 'brief' : 'short'
    for (const { question, isCarried } of questions) {
      if (all.length > 0 || question.length > longQuestion) await nextTurn()
      const topicSoFar =
        all.flatMap(({ entry, about }) => entry?.programme ?? about?.id ?? []).at(-1) ?? topic
      const said = await answerOne(question, at, { topic: isCarried ? undefined : topicSoFar, form, limit })
      const before = all.findIndex(
        ({ kind, entry, text }) => kind === 'answer' && (entry ? entry === said.entry : text === said.text),
      )
      if (said.kind !== 'answer' || before < 0) all.push(said)
      // 「要什么条件？我公司85万，能减吗？」: the verdict says more than the entry alone.
      else if (said.isJudged === true && all[before]?.isJudged !== true) all[before] = said
    }
    return all
  }

  async function answer(text: string, at: Temporal.Instant, topic?: string): Promise<Said[]> {
    const parts = questionsIn(text)
    const questions = await withCarried(parts)
    const asking = { at, room: charactersLeft(text), topic }
    const all = await answerEach(questions, asking)
    const isTold = ({ kind, quotedFrom }: Said) => kind === 'answer' && !quotedFrom
    const isMet = questions.length < 2 || all.every(said => isTold(said) || said.kind === 'aside')
    if (isMet) return all
    // One situation told in several clauses may be clear as a whole where its clauses are not.
    const whole = await answerEach([{ question: parts.join('，'), isCarried: false }], asking)
    return whole[0] && isTold(whole[0]) && !all.some(isTold) ? whole : all
  }

  return { answer, tell, quote: (question, at) => quote(question, at) }
}

/**
 * Least share of a question that a clause says, to be told in place of an entry that is history or only names an
 * office: of 51 such questions to entries none, see `docs/decisions/2026-11-29-clauses-before-choices.md`.
 */
const beforeHistoryFrom = 0.55

/** Neither a word of several meanings nor another city settles what is asked. */
const isOpen = ({ ambiguousWord, isElsewhere }: Finding) => ambiguousWord === undefined && !isElsewhere

function saidAside(question: string, text: string): Said {
  const nothing = { entry: undefined, score: 0, offered: [], isAmbiguous: false, near: [], about: undefined }
  return { kind: 'aside', question, text, ...nothing }
}
