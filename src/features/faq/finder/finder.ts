import { asHowTo, asksForSupportOnly, asksOnly } from '../../../text/intents.ts'
import type { Findable } from './library/library.ts'
import {
  type AnswerOutcome,
  type Certainty,
  decideOutcome,
  isSureOfFirst,
  type OutcomeThresholds,
  openAmbiguity,
  programmesNamed,
  thresholdsFor,
} from './outcome/outcome.ts'
import type { AliasTable } from './query/aliases.ts'
import type { HeardQuery } from './query/query.ts'
import { createRanker, type RankerOptions } from './ranking/ranker.ts'
import type { Ranked } from './ranking/ranking.ts'
import { createTextFindables } from './texts/text-findables.ts'

export type { AliasTable as AliasBook, Findable, Ranked }

/** Candidates for a question, and the outcome. */
export type Finding = {
  kind: AnswerOutcome
  sureness: Certainty
  thresholds: OutcomeThresholds
  /** Best first, at most {@link mostFound}; there may be some even where nothing is sure enough to be said. */
  ranked: Ranked[]
  /** For `choices`: two or three to be offered, in this order. */
  choices: Choice[]
  /** The programme that the question names, where it names just one. */
  programme: string | undefined
  /** The word that may mean several things, where that is why it asks back. */
  ambiguousWord: string | undefined
  /** The question is about another city than ours. */
  isElsewhere: boolean
  /** The question asks for help with deceiving an office. */
  isFraud: boolean
}

/** Whether it asks back although the base may well hold nothing of what is asked. */
export const isReserved = ({ kind, sureness, thresholds, ambiguousWord }: Finding): boolean =>
  kind === 'choices' && ambiguousWord === undefined && sureness.ofAny < thresholds.plainChoices

/** Something that could be meant, with the name of its programme where a word's meaning is asked for. */
type Choice = { meaning: string | undefined; found: Ranked }

/** The one scorer: chat, test page, batch and command line ask here. Same question, same entry, same score. */
export type Finder = {
  /** @param topic the programme, by id, that was just spoken of: a question that names none may be about it. */
  find(question: string, topic?: string): Finding
  /** Adds an entry or puts it in the place of the one with its id; the next question sees it. */
  put(item: Findable): void
  /** @returns whether it was there. */
  remove(id: string): boolean
  size(): number
}

const mostFound = 12
const mostChoices = 3

/** Builds a finder over these entries. Adding and removing later gives what building anew would give. */
export function createFinder(items: Iterable<Findable>, options: RankerOptions): Finder {
  const texts = createTextFindables()
  const ranker = createRanker(
    [...items].filter(item => !texts.put(item)),
    options,
  )
  /** First known name of each programme. */
  const names = new Map(
    Object.entries(options.aliases.aliases)
      .reverse()
      .map(([name, id]) => [id, name]),
  )

  function findFor(query: HeardQuery): Finding {
    const ranked = ranker.rank(query)
    const { kind, sureness } = decideOutcome(query, ranked)
    const programmes = [...new Set(query.mentions.map(({ programme }) => programme))]
    return {
      kind,
      sureness,
      thresholds: thresholdsFor(query),
      ranked: ranked.slice(0, mostFound),
      choices: kind === 'choices' ? choicesAmong(query, ranked, isSureOfFirst(query, sureness)) : [],
      programme: programmes.length === 1 ? programmes[0] : undefined,
      ambiguousWord: openAmbiguity(query)?.word,
      isElsewhere: query.isElsewhere,
      isFraud: query.isFraud,
    }
  }

  /** Entries with a question come first; a text answers where none of them does. */
  function find(question: string, topic?: string): Finding {
    const finding = findQuestion(question, topic)
    const isOpen = finding.kind === 'none' && !finding.isElsewhere && !finding.isFraud
    if (!isOpen || texts.size() === 0) return finding
    const { ranked, isSure, covered } = texts.rank(question)
    if (!isSure) return { ...finding, ranked: [...finding.ranked, ...ranked].slice(0, mostFound) }
    return {
      ...finding,
      kind: 'answer',
      sureness: { ofFirst: covered, ofAny: covered },
      ranked: [...ranked, ...finding.ranked].slice(0, mostFound),
    }
  }

  /** A question for what to do is told where it is so in the usual words too, and of the same entry. */
  function findHowTo(query: HeardQuery): Finding {
    const finding = findFor(query)
    const usual = query.isOfEdited && finding.kind !== 'answer' ? asHowTo(query.folded) : undefined
    if (usual === undefined) return finding
    const found = findFor(ranker.read(usual))
    return found.kind === 'answer' && found.ranked[0]?.item === finding.ranked[0]?.item ? found : finding
  }

  function findQuestion(question: string, topic?: string): Finding {
    const query = ranker.read(question)
    const alone = findHowTo(query)
    const name = topic === undefined ? undefined : names.get(topic)
    if (topic === undefined || name === undefined) return alone
    const isBare = asksOnly(query.folded)
    // 「年报没填会怎样」 after 「高企……」: of what the word may mean, one was just spoken of.
    const ambiguity = openAmbiguity(query)
    const isOfTopic = alone.ranked[0]?.item.programme === topic
    const isSettled = isOfTopic || (ambiguity?.meanings.some(({ programme }) => programme === topic) ?? true)
    const isOfItsOwn = query.mentions.length > 0 || !isSettled || alone.isElsewhere || alone.isFraud
    if (!isBare && (isOfItsOwn || (alone.kind === 'answer' && !continues(query.folded)))) return alone
    const inTopic = withinTopic(findFor(ranker.read(`${name}${question.trim().replace(opening, '')}`)), topic)
    if (isBare) return inTopic.kind === 'none' ? alone : inTopic
    // A question with a matter of its own, 「还要交税吗」, must concern this programme.
    const isSame = inTopic.ranked[0]?.item.id === alone.ranked[0]?.item.id
    const spoken = inTopic.ranked[0]?.parts.spoken ?? 0
    const isSpokenOf = ambiguity !== undefined || spoken >= (isSame ? spokenIfSame : mostlySpoken)
    return inTopic.kind === 'answer' && isSpokenOf ? inTopic : alone
  }

  return {
    find,
    put(item) {
      texts.remove(item.id)
      if (texts.put(item)) ranker.remove(item.id)
      else ranker.put(item)
    },
    remove: id => [texts.remove(id), ranker.remove(id)].includes(true),
    size: () => texts.size() + ranker.size(),
  }
}

/** Openings of a follow-up question. */
const opening = /^(?:那(?!里|个|儿)么?|还(?!款|贷|能不能)|它|这个|然后|再|具体)[，,\s]*/u

/** True for what makes sense only after what was said before: 「那要什么材料」. */
const continues = (folded: string) => opening.test(folded)

/**
 * How much of a question must be spoken of in a programme that it does not name; less
 * where the entry comes first anyway.
 */
const mostlySpoken = 0.8
const spokenIfSame = 0.45

/** Where the programme is given, less has to be sure. */
const easierInTopic = 0.85

/** The same, seen within the programme that is spoken of: nothing of another is told or offered. */
function withinTopic(finding: Finding, topic: string): Finding {
  const isOfTopic = ({ item }: Ranked) => item.programme === topic
  const ranked = finding.ranked.filter(isOfTopic)
  const isSure = finding.sureness.ofFirst >= finding.thresholds.answer * easierInTopic
  const isTold = isSure && finding.ranked[0] !== undefined && isOfTopic(finding.ranked[0])
  const offered = ranked.slice(0, mostChoices).map(found => ({ meaning: undefined, found }))
  const kind = isTold ? 'answer' : offered.length > 0 ? 'choices' : 'none'
  return { ...finding, kind, ranked, choices: kind === 'choices' ? offered : [] }
}

/** The best of each meaning of an ambiguous word, or of each programme named; otherwise the best that there are. */
function choicesAmong(query: HeardQuery, ranked: readonly Ranked[], isSure: boolean): Choice[] {
  const ambiguity = openAmbiguity(query)
  const named = programmesNamed(query)
  const meanings =
    ambiguity?.meanings ?? (named.length > 1 ? named.map(programme => ({ label: undefined, programme })) : [])
  const each = meanings.flatMap(({ label, programme }) => {
    const found = ranked.find(({ item }) => programme !== undefined && item.programme === programme)
    return found ? [{ meaning: label, found }] : []
  })
  const first = ranked.slice(0, 1).map(found => ({ meaning: undefined, found }))
  const isMissed = isSure && !each.some(({ found }) => found.item.programme === ranked[0]?.item.programme)
  const others = asksForSupportOnly(query.folded) ? firstOfEachProgramme(ranked) : ranked
  const best = each.length > 0 ? each : others.map(found => ({ meaning: undefined, found }))
  // 「引进人才有什么补贴」: what is surely meant may be none of what the ambiguous word usually means.
  return [...(ambiguity && isMissed ? first : []), ...best].slice(0, mostChoices)
}

const firstOfEachProgramme = (ranked: readonly Ranked[]) =>
  ranked.filter(({ item }, at) => ranked.findIndex(other => other.item.programme === item.programme) === at)
