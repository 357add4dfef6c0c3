import { fold } from '../../../../text/fold.ts'
import { asksForFraud } from '../../../../text/fraud.ts'
import { askingClauseUnits, askingUnits, intentsOf } from '../../../../text/intents.ts'
import { soundOf, soundsInPinyin } from '../../../../text/pinyin.ts'
import { asksOfElsewhere, isAlongside, placesIn } from '../../../../text/places.ts'
import { unitsOf } from '../../../../text/tokens.ts'
import type { Vocabulary } from '../index/vocabulary.ts'
import type { Named, Recogniser } from './aliases.ts'
import type { MeaningReader } from './makers-words.ts'

/** A wording, a question's or an entry's, as the scorer compares them. */
export type Wording = {
  folded: string
  /** Unit codes; a question's unknown words have 0. */
  codes: Uint32Array
  /** Sounds, one for each Han character and for each syllable of a word in pinyin; words by 1000 + code. */
  sounds: Uint32Array
  intents: number
  places: string[]
  numbers: readonly string[]
  isNegated: boolean
}
export type Query = Wording &
  Named & {
    units: string[]
    /** Those of its places where we are. */
    homePlaces: string[]
    /** Where we are, where the question names it or 「区里」; else undefined. */
    district: string | undefined
    /** True for a question about another place than ours. */
    isElsewhere: boolean
    /** True for a question that asks for help with deceiving an office. */
    isFraud: boolean
    /** For each unit whether it is a figure of the maker's own, 「300」; not the number of a document, 「115号」. */
    isFigure: boolean[]
    /** For each unit whether it stands where something is asked, and not in what is told around it. */
    isAsked: boolean[]
    /** The same for shorter questions too: what must be known of it, while the rest may be as foreign as it likes. */
    isInAskingClause: boolean[]
    /** For each word of makers in it the words of the rules that it may mean. */
    meant: readonly (readonly string[])[]
  }

/** A question as one knowledge base reads it. */
export type HeardQuery = Query & {
  /** Whether the base has programmes. */
  isOfEdited: boolean
  /** Shares, 0 to 1, of its telling characters, and pairs of them, that no entry has in questions or answers. */
  strangeUnits: number
  /** A pair that sounds like one that is known is not strange: it is mistyped. */
  strangePairs: number
  /** The same, where how it sounds does not count. */
  unwrittenPairs: number
  /** For each unit whether it tells what the question is about. */
  tells: boolean[]
  /** For each unit how telling it is behind the one before it, 0 to 1; 0 where the base has no programmes. */
  telling: Float64Array
  /** For each unit whether no entry has it behind the one before it. */
  isUnwritten: boolean[]
}

/** Longer questions are pasted articles; what is asked stands at the beginning. */
const mostCharacters = 2000
const mostUnits = 120

export type Reader = {
  vocabulary: Vocabulary
  recognise: Recogniser
  meantBy: MeaningReader
  /** Where we are; undefined: everywhere. */
  home: string | undefined
}

/** Says of what a district does that it is its own. */
const ofDistrict = /区里|区级|区上|[本我]区(?![域块])|咱们?区(?![域块])/u

/** Reads a question. Never throws, whatever the text. */
export function readQuestion(text: string, { vocabulary, recognise, meantBy, home }: Reader): Query {
  const { folded, units } = inCharacters(fold(text.slice(0, mostCharacters)), recognise)
  const codes = codesBy(units, vocabulary.unit)
  const wording = describe(folded, units, codes)
  const homePlaces = wording.places.filter(place => home !== undefined && isAlongside(place, home))
  return {
    ...wording,
    ...recognise(units),
    units,
    homePlaces,
    district: home !== undefined && (folded.includes(home) || ofDistrict.test(folded)) ? home : undefined,
    isElsewhere: home !== undefined && homePlaces.length === 0 && asksOfElsewhere(folded, wording.places),
    isFraud: asksForFraud(folded),
    isFigure: units.map((unit, at) => /^\d/u.test(unit) && units[at + 1] !== '号'),
    isAsked: askingUnits(folded, units),
    isInAskingClause: askingClauseUnits(folded, units),
    meant: meantBy(folded),
  }
}

/** Names that are typed in pinyin, 「gao xin qi ye」「gaoqi」, as they are written. */
function inCharacters(text: string, recognise: Recogniser): { folded: string; units: string[] } {
  const folded = text.replace(/[a-z]{1,6}(?: [a-z]{1,6})+/gu, words => {
    const word = words.replaceAll(' ', '')
    return soundsInPinyin(word).length > 1 ? word : words
  })
  const units = unitsOf(folded).slice(0, mostUnits)
  if (!/[a-z]{2}/u.test(folded)) return { folded, units }
  const typed = recognise(units).mentions.filter(
    ({ isExact, from, to }) => !isExact && units.slice(from, to).every(unit => /^[a-z]+$/u.test(unit)),
  )
  if (typed.length === 0) return { folded, units }
  const written = typed.reduceRight(
    (all, { word, from, to }) => [...all.slice(0, from), ...unitsOf(fold(word)), ...all.slice(to)],
    units,
  )
  return { folded: written.join(''), units: written.slice(0, mostUnits) }
}

/** The unit codes of a wording, which is all that the index needs of it. Its words become known. */
export function unitCodesOf(text: string, vocabulary: Vocabulary, most = mostUnits): Uint32Array {
  const units = unitsOf(fold(text.slice(0, mostCharacters))).slice(0, most)
  return codesBy(units, vocabulary.addUnit)
}

/** Reads a wording of an entry, whose words become known. */
export function readWording(text: string, vocabulary: Vocabulary): Wording {
  const folded = fold(text.slice(0, mostCharacters))
  const units = unitsOf(folded).slice(0, mostUnits)
  return describe(folded, units, codesBy(units, vocabulary.addUnit))
}

/** In a loop: `Uint32Array.from` with a function takes several times as long, and an index is built of this. */
function codesBy(units: readonly string[], codeOf: (unit: string) => number): Uint32Array {
  const codes = new Uint32Array(units.length)
  for (let i = 0; i < units.length; i++) codes[i] = codeOf(units[i] as string)
  return codes
}

function describe(folded: string, units: readonly string[], codes: Uint32Array): Wording {
  return {
    folded,
    codes,
    sounds: Uint32Array.from(units.flatMap((unit, i) => soundsOfUnit(unit, codes[i] ?? 0))),
    intents: intentsOf(folded),
    places: placesIn(folded),
    numbers: folded.match(/\d+(?:\.\d+)?[%万亿]?/gu) ?? [],
    isNegated: isNegated(folded),
  }
}

function soundsOfUnit(unit: string, code: number): number[] {
  const sound = unit.length === 1 ? soundOf(unit.charCodeAt(0)) : 0
  if (sound) return [sound]
  const inPinyin = soundsInPinyin(unit)
  return inPinyin.length > 0 ? inPinyin : [1000 + code]
}

/** 「不」 of 「能不能」 asks and denies nothing. */
function isNegated(folded: string): boolean {
  return /不(?!同)|没|未(?!来)|无|非(?!遗)/u.test(
    folded.replace(/[能会是可要行]不[能会是可要行]|有没有/gu, ''),
  )
}
