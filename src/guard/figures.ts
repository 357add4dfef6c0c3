import { type Figure, saysSame } from '../text/figures/figures.ts'
import type { ParsedText } from './clauses.ts'
import { type Place, placeOverlap, placesIn } from './places.ts'

/** Margin by which another place must be more alike before a figure counts as moved, 0 to 1. */
const margin = 0.12

/**
 * Figures that are not in the entries, stand there with another limit (「不超过3年」 for 「3年」), or there belong to
 * something else (两个数字对调).
 * @returns a reason for each, in English for the log; the figure as the model wrote it
 */
export function figureFaults(said: ParsedText, source: ParsedText): string[] {
  const sides = { said, source, saidPlaces: placesIn(said), sourcePlaces: placesIn(source) }
  return said.figures.flatMap(figure => faultOf(figure, sides) ?? [])
}

type Places = ReadonlyMap<Figure, Place>
type Sides = { said: ParsedText; source: ParsedText; saidPlaces: Places; sourcePlaces: Places }

function faultOf(figure: Figure, sides: Sides): string | undefined {
  const { said, source } = sides
  if (figure.kind === 'one')
    return contradictsCount(figure, source) ? `another count: ${figure.said}` : undefined
  const same = source.figures.filter(other => saysSame(figure, other))
  if (same.length === 0) return `not in the entries: ${figure.said}`
  const limited = same.filter(other => sameBounds(figure, other))
  if (limited.length === 0) return `another limit: ${figure.said} (${figure.bounds.join(' ') || 'none'})`
  const eachOf = limited.filter(other => keepsEach(figure, said, { other, source }))
  if (eachOf.length === 0) return `no longer for each: ${figure.said}`
  return isMoved(figure, eachOf, sides) ? `belongs elsewhere: ${figure.said}` : undefined
}

/** 「一份」 is mostly an article; where the entries count 三份 it is a figure. */
function contradictsCount(figure: Figure, source: ParsedText): boolean {
  const rivals = source.figures.filter(other => other.kind === 'count' && unitOf(other) === unitOf(figure))
  return rivals.length > 0 && !rivals.some(other => other.value === figure.value) && !hasOne(figure, source)
}
const hasOne = (figure: Figure, source: ParsedText) =>
  source.figures.some(other => other.kind === 'one' && other.value === figure.value)
const unitOf = (figure: Figure) => figure.value.replace(/^[\d.]+/, '')

function sameBounds(a: Figure, b: Figure): boolean {
  return a.bounds.length === b.bounds.length && a.bounds.every((bound, at) => bound === b.bounds[at])
}

const each = /每个?(?:自然|纳税)?(?:年度?|月|户|人|家|次|季度?|场|批|日|天|照)|按日|按月|按年/gu

/** 「每户每年2万元」 without its 「每」 is another promise. */
function keepsEach(
  figure: Figure,
  said: ParsedText,
  { other, source }: { other: Figure; source: ParsedText },
): boolean {
  const wanted = clauseAt(source, other).match(each) ?? []
  const sentence = sentenceAt(said, figure)
  return wanted.every(word => sentence.includes(word) || sentence.includes(word.replace(/^每个?/u, '一')))
}

const clauseAt = (reading: ParsedText, figure: Figure) =>
  reading.clauses.find(clause => clause.figures.includes(figure))?.text ?? ''
const sentenceAt = (reading: ParsedText, figure: Figure) =>
  reading.clauses.find(clause => clause.figures.includes(figure))?.sentence ?? ''

/** True where the words around a figure are those of another figure of its kind in the entries. */
function isMoved(figure: Figure, same: Figure[], { source, saidPlaces, sourcePlaces }: Sides): boolean {
  const place = saidPlaces.get(figure)
  if (!place) return false
  const rivals = source.figures.filter(other => isComparable(other, figure) && !same.includes(other))
  const nearest = (among: Figure[], side: keyof Place) =>
    Math.max(0, ...among.map(other => placeOverlap(place[side], sourcePlaces.get(other)?.[side])))
  return nearest(rivals, 'near') > Math.max(nearest(same, 'near'), nearest(same, 'wide')) + margin
}

/** A score may stand with or without its 分. */
const isComparable = (a: Figure, b: Figure) =>
  a.kind === b.kind || [a.kind, b.kind].sort().join(' ') === 'number points'
