import { type Figure, saysSame } from '../../text/figures.ts'
import type { Reading } from './guard-clauses.ts'

/** What a source must beat before a figure counts as moved to another place, 0 to 1. */
const margin = 0.12

/**
 * Figures that are not in the entries, stand there with another limit (「不超过3年」 for 「3年」), or there belong to
 * something else (两个数字对调).
 * @returns a reason for each, in English for the log; the figure as the model wrote it
 */
export function figureFaults(said: Reading, source: Reading): string[] {
  return said.figures.flatMap(figure => faultOf(figure, said, source) ?? [])
}

function faultOf(figure: Figure, said: Reading, source: Reading): string | undefined {
  if (figure.kind === 'one')
    return contradictsCount(figure, source) ? `another count: ${figure.said}` : undefined
  const same = source.figures.filter(other => saysSame(figure, other))
  if (same.length === 0) return `not in the entries: ${figure.said}`
  const limited = same.filter(other => sameBounds(figure, other))
  if (limited.length === 0) return `another limit: ${figure.said} (${figure.bounds.join(' ') || 'none'})`
  const eachOf = limited.filter(other => keepsEach(figure, said, { other, source }))
  if (eachOf.length === 0) return `no longer for each: ${figure.said}`
  return isMoved(figure, said, { same: eachOf, source }) ? `belongs elsewhere: ${figure.said}` : undefined
}

/** 「一份」 is mostly an article; where the entries count 三份 it is a figure. */
function contradictsCount(figure: Figure, source: Reading): boolean {
  const rivals = source.figures.filter(other => other.kind === 'count' && unitOf(other) === unitOf(figure))
  return rivals.length > 0 && !rivals.some(other => other.value === figure.value) && !hasOne(figure, source)
}
const hasOne = (figure: Figure, source: Reading) =>
  source.figures.some(other => other.kind === 'one' && other.value === figure.value)
const unitOf = (figure: Figure) => figure.value.replace(/^[\d.]+/, '')

function sameBounds(a: Figure, b: Figure): boolean {
  return a.bounds.length === b.bounds.length && a.bounds.every((bound, at) => bound === b.bounds[at])
}

const each = /每个?(?:自然|纳税)?(?:年度?|月|户|人|家|次|季度?|场|批|日|天|照)|按日|按月|按年/gu

/** 「每户每年2万元」 without its 「每」 is another promise. */
function keepsEach(
  figure: Figure,
  said: Reading,
  { other, source }: { other: Figure; source: Reading },
): boolean {
  const wanted = clauseAt(source, other).match(each) ?? []
  const sentence = sentenceAt(said, figure)
  return wanted.every(word => sentence.includes(word) || sentence.includes(word.replace(/^每个?/u, '一')))
}

const clauseAt = (reading: Reading, figure: Figure) =>
  reading.clauses.find(clause => clause.figures.includes(figure))?.text ?? ''
const sentenceAt = (reading: Reading, figure: Figure) =>
  reading.clauses.find(clause => clause.figures.includes(figure))?.sentence ?? ''

/** True where the words around a figure are those of another figure of its kind in the entries. */
function isMoved(
  figure: Figure,
  said: Reading,
  { same, source }: { same: Figure[]; source: Reading },
): boolean {
  const place = placeOf(figure, said)
  const rivals = source.figures.filter(other => isComparable(other, figure) && !same.includes(other))
  const nearest = (among: Figure[], side: keyof Place) =>
    Math.max(0, ...among.map(other => overlap(place[side], placeOf(other, source)[side])))
  return nearest(rivals, 'near') > Math.max(nearest(same, 'near'), nearest(same, 'wide')) + margin
}

/** A score may stand with or without its 分. */
const isComparable = (a: Figure, b: Figure) =>
  a.kind === b.kind || [a.kind, b.kind].sort().join(' ') === 'number points'

/** What two places have in common, 0 to 1; the figure before weighs as much as a word of four marks. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter(mark => b.has(mark))
  return weight(common) / Math.sqrt(Math.max(1, weight(a) * weight(b)))
}

function weight(marks: Iterable<string>): number {
  let sum = 0
  for (const mark of marks) sum += mark.startsWith('#') ? 4 : 1
  return sum
}

/** What a figure is about: by the words next to it, and by those and the words before the figure before it. */
type Place = { near: Set<string>; wide: Set<string> }

const limitWords =
  /不得?超过|不高于|不低于|不少于|不多于|不能|最高|最多|最长|最低|最少|至少|超过|大于|低于|达到|不满|不到|不足|未满|以上|以下|以内|上限/gu
const smallWords = /[的了是在也都就才能可以要有和或、为按到至从起并且其中一个]/gu

function placeOf(figure: Figure, reading: Reading): Place {
  const lead = leadOf(figure, reading)
  const near = new Set([...lead.marks, ...trailOf(figure, reading)])
  if (lead.after && lead.after.kind !== 'date')
    near.add(`#${lead.after.kind} ${lead.after.value} ${lead.after.bounds.join()}`)
  const wide = new Set([...near, ...(lead.after ? leadOf(lead.after, reading).marks : [])])
  return { near, wide }
}

/** `first` is what stands before the figure whose words these are: in a list, its first. */
type Lead = { marks: string[]; after: Figure | undefined; first: Figure | undefined }

/**
 * The words between the figure before and this one, within the sentence. In a list that leaves its subject out
 * (「收入5000万元以下的…；2亿元以上的…」) they are those of the figure of its kind before it.
 */
function leadOf(figure: Figure, reading: Reading): Lead {
  const line =
    reading.flat
      .slice(0, figure.at)
      .split(/[。！？!?\n]/u)
      .at(-1) ?? ''
  const inLine = reading.figures.filter(other => other.at < figure.at && other.at >= figure.at - line.length)
  const before = inLine.at(-1)
  const since = before ? reading.flat.slice(before.at + before.said.length, figure.at) : line
  const marks = marksIn((since.split(/[；;]/u).at(-1) ?? '').slice(-16))
  const alike = inLine.findLast(other => other.kind === figure.kind)
  const isNewItem = /[；;]/u.test(since)
  const after = isNewItem ? undefined : before
  if (marks.length > 0 || !alike) return { marks, after, first: after }
  const theirs = leadOf(alike, reading)
  return { ...theirs, after: isNewItem ? theirs.first : before }
}

function trailOf(figure: Figure, { flat, figures }: Reading): string[] {
  const after = figures.find(other => other.at > figure.at)
  const end = figure.at + figure.said.length
  const trail = flat.slice(end, after?.at ?? end + 6).split(/[，。！？；!?;\n、()]/u)[0] ?? ''
  return marksIn(trail.slice(0, 6)).map(mark => `→${mark}`)
}

function marksIn(text: string): string[] {
  const words = text.replace(limitWords, ' ').replace(smallWords, ' ')
  return [...(words.match(/\p{Script=Han}/gu) ?? []), ...pairsOfWords(words)]
}

function pairsOfWords(words: string): string[] {
  return (words.match(/\p{Script=Han}{2,}/gu) ?? []).flatMap(run =>
    [...run].slice(1).map((_, at) => run.slice(at, at + 2)),
  )
}
