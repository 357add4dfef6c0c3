import { Temporal } from 'temporal-polyfill'
import { alternation } from '../../alternation.ts'
import { addresseeFeatures } from './addressees.ts'
import type { DayMention } from './days.ts'
import { deedFeatures } from './deed-features.ts'
import { wordClasses } from './word-classes.ts'

/** A notice with its text folded, the title on its first line, and the days found in it. */
export type DatedText = {
  text: string
  titleLength: number
  publishedOn: Temporal.PlainDate
  /** That of publication by default. */
  readOn?: Temporal.PlainDate | undefined
  days: readonly DayMention[]
}

/** A day that may have a role: a day alone, or the end of a span, with where the whole of it stands. */
export type DateCandidate = { start: number; end: number; mention: DayMention; first: DayMention }

/** The days of a text; of a span only its end. */
export function candidatesOf(days: readonly DayMention[]): DateCandidate[] {
  return days.flatMap((mention, at) => {
    if (days[at + 1]?.isSpanEnd) return []
    const first = mention.isSpanEnd ? (days[at - 1] ?? mention) : mention
    return [{ start: first.start, end: mention.end, mention, first }]
  })
}

const stop = /[,。;!?、\n]/u
const sentenceStop = /[。;!?\n]/u
const longestSide = 40

/** The text around a date, each part as far as the next stop or the next date. */
type Surroundings = Record<'before' | 'after' | 'lead' | 'follow' | 'label' | 'heading' | 'column', string>

/** The features of every candidate of a text, as names; how much each weighs is learnt. */
export function dateFeatures(whole: DatedText, candidates: readonly DateCandidate[]): string[][] {
  const headings = headingsOf(whole.text)
  const title = whole.text.slice(0, whole.titleLength)
  const ofTitle = [...grams('t', title, 2), ...classesIn('T', title)]
  const readers = addresseeFeatures(whole.text, whole.titleLength)
  const steps = stepsOf(whole, candidates)
  const near = candidates.map(candidate => classesNear(whole, candidate))
  return candidates.map((_, at) => {
    const around = surroundings(whole, candidates, at, headings)
    const deeds = deedFeatures(around)
    return [
      ...new Set([
        ...deeds,
        ...readers,
        ...readers.flatMap(reader => deeds.map(deed => `${reader} ${deed}`)),
        ...wordFeatures(around),
        ...shapeFeatures(whole, steps, at),
        ...ofTitle,
        ...named('P', near[at - 1]),
        ...named('N', near[at + 1]),
      ]),
    ]
  })
}

function surroundings(
  { text }: DatedText,
  candidates: readonly DateCandidate[],
  at: number,
  headings: readonly Heading[],
): Surroundings {
  const { start, end } = candidates[at] as DateCandidate
  const from = Math.max(candidates[at - 1]?.end ?? 0, start - longestSide)
  const to = Math.min(candidates[at + 1]?.start ?? text.length, end + longestSide)
  const lead = lastPart(text.slice(from, start), sentenceStop)
  const follow = firstPart(text.slice(end, to), sentenceStop)
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  return {
    lead,
    follow,
    before: lastPart(lead, stop),
    after: firstPart(follow.replace(/^[,、]/u, ''), stop),
    label: /([^:。;,\n]{1,16})[:｜|—]+[^:。;\n]{0,30}$/u.exec(line)?.[1] ?? '',
    heading: headings.filter(heading => heading.start <= start).at(-1)?.text ?? '',
    column: columnHead(text, start),
  }
}

const cellStop = /[|｜▏│┃\t]/u
const isRow = (line: string) => cellStop.test(line)
/** In lines: a head that stands further up belongs to another table. */
const longestTable = 12

/** The cell over that of a date, in the uppermost line of its table; empty where there is no table. */
export function columnHead(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  const column = line.split(cellStop).length - 1
  if (column === 0) return ''
  const lines = text.slice(0, at).split('\n')
  const above = lines.slice(-longestTable, -1).reverse()
  const size = above.findIndex(line => !isRow(line))
  const head = (size < 0 ? above : above.slice(0, size)).at(-1) ?? ''
  return head.split(cellStop)[column] ?? ''
}

function wordFeatures(around: Surroundings): string[] {
  const { before, after, lead, follow, label, heading, column } = around
  return [
    ...grams('c', column, 2),
    ...classesIn('C', column),
    ...grams('b', before, 1),
    ...grams('b', before, 2),
    ...grams('a', after, 1),
    ...grams('a', after, 2),
    ...grams('l', lead, 2),
    ...grams('f', follow, 2),
    ...grams('g', label, 2),
    ...grams('h', heading, 2),
    `b<${before.slice(-2)}`,
    `b<${before.slice(-3)}`,
    `a>${after.slice(0, 1)}`,
    `a>${after.slice(0, 2)}`,
    `a>${after.slice(0, 3)}`,
    ...classesIn('B', before),
    ...classesIn('A', after),
    ...classesIn('L', lead),
    ...classesIn('F', follow),
    ...classesIn('G', label),
    ...classesIn('H', heading),
  ]
}

/** A candidate with its distance from the day of publication, in days. */
type Step = { candidate: DateCandidate; days: number }

const stepsOf = ({ publishedOn }: DatedText, candidates: readonly DateCandidate[]): Step[] =>
  candidates.map(candidate => ({ candidate, days: publishedOn.until(candidate.mention.day).days }))

function shapeFeatures(
  { text, titleLength, publishedOn }: DatedText,
  steps: readonly Step[],
  at: number,
): string[] {
  const { candidate, days } = steps[at] as Step
  const { mention, first, start, end } = candidate
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const isWholeLine =
    lineStart === start && /^\s*(?:印发|发布)?\s*(?:\n|$)/u.test(text.slice(end, end + longestSide))
  const rank = steps.filter(other => other.days > 0 && other.days < days).length
  const shape = `${mention.isSpanEnd ? 'span' : 'day'}${mention.isPeriod ? '+count' : ''}${mention.isMonth ? '+month' : ''}`
  return [
    'any',
    `s:${shape}`,
    `d:${distance(days)}`,
    `s:${shape} d:${distance(days)}`,
    `y:${mention.hasYear}`,
    `m:${mention.isYearly}`,
    ...(isWholeLine ? ['line'] : []),
    ...(first !== mention && Temporal.PlainDate.compare(first.day, publishedOn) < 0 ? ['begun'] : []),
    `r:${days > 0 ? Math.min(rank, 4) : 'past'}`,
    `o:${at === 0 ? 'first' : at === steps.length - 1 ? 'last' : Math.floor((at / steps.length) * 4)}`,
    ...(/\d\s*(?::\d|[时点])/u.test(text.slice(start, end)) ? ['hour'] : []),
    ...(end <= titleLength ? ['in title'] : []),
    `n:${Math.min(3, steps.filter(other => other.days === days).length)}`,
  ]
}

/** Classes of the words around a date, for its neighbours: a step of a process is known by the one before. */
const classesNear = ({ text }: DatedText, { start, end }: DateCandidate) =>
  classesOf(text.slice(Math.max(0, start - 12), Math.min(text.length, end + 14)))

const named = (name: string, classes: readonly string[] = []) => classes.map(word => `${name}=${word}`)

function distance(days: number): string {
  const steps = [-400, -200, -60, -1, 0, 3, 10, 25, 45, 75, 120, 200, 300, 420, 800]
  return String(steps.find(step => days <= step) ?? 'far')
}

function* grams(name: string, text: string, size: number): Generator<string> {
  const letters = text.replaceAll(/[\d\s]+/gu, '#')
  for (let at = 0; at + size <= letters.length; at++) yield `${name}:${letters.slice(at, at + size)}`
}

const classesIn = (name: string, text: string) => named(name, classesOf(text))

function classesOf(text: string): string[] {
  if (text === '') return []
  return wordClasses.flatMap(([word, pattern]) => (pattern.test(text) ? [word] : []))
}

const firstPart = (text: string, pattern: RegExp) => text.split(pattern, 1)[0] ?? ''
const lastPart = (text: string, pattern: RegExp) => text.split(pattern).at(-1) ?? ''

type Heading = { start: number; text: string }
const numbersOfParts = [
  '[一二三四五六七八九十]+[、.　 ]',
  '\\([一二三四五六七八九十\\d]+\\)',
  '\\d+[.、)]',
  '第[一二三四五六七八九十]+条',
]
const bullets = ['[【[]', '\\p{Extended_Pictographic}\\uFE0F?', '[▍■●◆◇·•★▲※]']
const headingLine = alternation(
  [
    `(?:^|[\\n。;]|\\s{1,3})\\s*(?:${[...numbersOfParts, ...bullets].join('|')})\\s*(?<words>[^\\n。;:,\\d][^\\n。;:,]{1,15})`,
    /(?:^|\n)\s*(?<asked>[^\n]{2,24}[:?])\s*(?=\n)/u,
  ],
  'gu',
)

/** Where parts of a text begin, and the words that they begin with. */
function headingsOf(text: string): Heading[] {
  return [...text.matchAll(headingLine)].map(match => ({
    start: match.index,
    text: match.groups?.words ?? match.groups?.asked ?? '',
  }))
}
