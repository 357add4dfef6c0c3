import { numberOf } from '../../../text/figures/numerals.ts'
import { fingerprintOf, likeness } from '../../../text/likeness.ts'

/** Fields by which a repeat of an item is recognized. */
export type ItemText = {
  title: string
  documentNumber?: string | undefined
  /** How alike the texts are, 0 to 1; undefined where one of them has none to compare. */
  textLikeness: number | undefined
}

/** `same`: one notice published twice. `perhaps`: a person must look. */
export type Repeat = 'same' | 'perhaps' | 'no'

/**
 * From this part of shared runs on two texts are one text with another head and foot; found
 * on reposts of our labelled set.
 */
const sameText = 0.65
const nearText = 0.8
const sameTitle = 0.8
const nearTitle = 0.5
/** A number without its office, 「2026年第4号」, is given anew by every office. */
const fullNumber = /^\p{Script=Han}/u
/** Notices about a notice: with one of these in one title only, they are two. */
const turns = [
  '延长',
  '延期',
  '更正',
  '补充',
  '调整',
  '公示',
  '公布',
  '转发',
  '解读',
  '暂停',
  '取消',
  '终止',
  '废止',
  '结果',
]

/**
 * Whether one item repeats another. One document number makes them one, two different ones make them two; without, both
 * title and text must be near the same, and the title must have the same figures: last year's call is not this year's.
 */
export function compareItems(one: ItemText, other: Pick<ItemText, 'title' | 'documentNumber'>): Repeat {
  const { textLikeness } = one
  const numbers = [one.documentNumber, other.documentNumber]
  if (!hasSameTurns(one.title, other.title)) return 'no'
  if (numbers[0] && numbers[1]) {
    if (numbers[0] !== numbers[1]) return 'no'
    if (fullNumber.test(numbers[0])) return 'same'
  }
  if (figuresOf(one.title) !== figuresOf(other.title)) return 'no'
  const titles = likeness(fingerprintOf(one.title), fingerprintOf(other.title))
  if (textLikeness === undefined) return titles >= sameTitle ? 'perhaps' : 'no'
  if (titles >= sameTitle && textLikeness >= sameText) return 'same'
  return (titles >= nearTitle && textLikeness >= nearText) || titles === 1 ? 'perhaps' : 'no'
}

const hasSameTurns = (one: string, other: string) =>
  turns.every(word => one.includes(word) === other.includes(word))

/** The figures of a title, in order: years, rounds, editions. */
function figuresOf(title: string): string {
  const found = title.normalize('NFKC').match(/\d+(?:\.\d+)?|第[一二三四五六七八九十]+/gu) ?? []
  return found.map(each => String(numberOf(each.replace('第', '')) ?? each)).join(' ')
}
