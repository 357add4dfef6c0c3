import { levels, type Marker } from '../markers.ts'

/** A line with a number in front of it, and what it says of the list that may stand below it. */
export type NumberedLine = {
  marker: Marker
  /** Ends with a colon. */
  opensList: boolean
  /** A heading, with text of its own behind it or not. */
  isHeading: boolean
  /** A heading without text of its own. */
  isBare: boolean
  /** The line above it has no number; `opening` where that ends with a colon. */
  above: 'number' | 'text' | 'opening'
}

/** A numbered line among others: the place of the line below which it stands, `undefined` for the outermost. */
export type Nested = { parent: number | undefined }

/** One list whose last item may hold further lists; the lists around it hang on it. */
type OpenList = {
  around: OpenList | undefined
  depth: number
  format: string
  /** Place of its last item. */
  item: number
  value: number
  /** Names the formats and values of the lists around it and its own. */
  key: string
}

type Outline = {
  cost: number
  innermost: OpenList | undefined
  /** The last value of each format, wherever it stood, and the formats below which it stands. */
  formats: ReadonlyMap<string, { lastValue: number; holders: readonly string[] }>
  /** The outline up to the line before. */
  before: Outline | undefined
  parent: number | undefined
}

/**
 * Costs of choices. A list that counts on costs nothing; the rarer a choice in
 * official documents, the more it costs.
 */
const costs = {
  again: 3,
  gap: 3,
  backwards: 6,
  restart: 5,
  restartBelowText: 1,
  list: 0.6,
  countingOn: 0.8,
  fromMiddle: 4,
  /** A list whose level stands outside the one that holds it, by the order of official documents. */
  order: 2,
  /** A second list, counted in another way, below one item. */
  beside: 1.5,
  /** A list whose format counts one of the lists around it. */
  within: 2.5,
  /** A whole sentence holds no list as a rule. */
  sentence: 0.4,
  /** 「如下：」 above what is not below it. */
  unopened: 1.5,
  /** A heading above a list that is not below it. */
  bareHeading: 1,
  /** A format that stands below another one elsewhere. */
  elsewhere: 1.5,
  /** The order that the document has elsewhere, the other way round. */
  reversed: 2,
  /** 「2.1」 that is not below 「2.」. */
  prefix: 2,
} as const

const mostOutlines = 8
const mostDepth = 10

/**
 * Chooses the outline that explains all numbers together: lists count on, and a document uses its formats in one order.
 * Formats have no fixed levels: 「（一）」 stands below 「1.」 where 「2.」 comes behind it.
 */
export function nest(lines: readonly NumberedLine[]): Nested[] {
  let outlines: Outline[] = [
    { cost: 0, innermost: undefined, formats: new Map(), before: undefined, parent: undefined },
  ]
  for (const at of lines.keys()) outlines = nextOutlines(outlines, { lines, at })
  const found: Nested[] = []
  for (let outline = outlines[0]; outline?.before; outline = outline.before)
    found.push({ parent: outline.parent })
  return found.toReversed()
}

type Step = { lines: readonly NumberedLine[]; at: number }
type Choice = { from: Outline; cost: number; key: string; around: OpenList | undefined }

/** The cheapest outlines with one line more, one for each stack of open lists. */
function nextOutlines(outlines: readonly Outline[], step: Step): Outline[] {
  const choices = outlines
    .flatMap(outline => choicesIn(outline, step))
    .toSorted((one, other) => one.cost - other.cost)
  const { format, value } = markerAt(step)
  const seen = new Set<string>()
  const kept = choices.filter(({ key }) => !seen.has(key) && seen.size < mostOutlines && seen.add(key))
  return kept.map(({ from, cost, key, around }) => ({
    cost,
    innermost: { around, depth: (around?.depth ?? 0) + 1, format, item: step.at, value, key },
    formats: new Map([
      ...from.formats,
      [format, { lastValue: value, holders: holdersWith(from, format, around) }],
    ]),
    before: from,
    parent: around?.item,
  }))
}

function holdersWith({ formats }: Outline, format: string, around: OpenList | undefined): readonly string[] {
  const known = formats.get(format)?.holders ?? []
  const holder = around?.format ?? ''
  return known.includes(holder) ? known : [...known, holder]
}

function lineAt({ lines, at }: Step): NumberedLine {
  const line = lines[at]
  if (!line) throw new RangeError(`no line ${at}`)
  return line
}
const markerAt = (step: Step): Marker => lineAt(step).marker

/** The line goes on with one of the open lists, or begins one below the last item of any of them. */
function choicesIn(outline: Outline, step: Step): Choice[] {
  const marker = markerAt(step)
  const found: Choice[] = []
  let inner: OpenList | undefined
  for (let list = outline.innermost; ; list = list.around) {
    const around = list
    const key = `${around?.key ?? ''}/${marker.format} ${marker.value}`
    const add = (cost: number, place: OpenList | undefined, name: string) =>
      found.push({ from: outline, cost: outline.cost + cost, key: name, around: place })
    if ((around?.depth ?? 0) < mostDepth && inner?.format !== marker.format)
      add(costOfList(outline, { around, inner, step }), around, key)
    if (!list) return found
    if (list.format === marker.format)
      add(
        costOfNext(list, step) + costOfUnopened(outline, step),
        list.around,
        `${list.around?.key ?? ''}/${marker.format} ${marker.value}`,
      )
    inner = list
  }
}

/** A list that goes on. */
function costOfNext(list: OpenList, step: Step): number {
  const { value } = markerAt(step)
  const prefix = costOfPrefix(list.around, step)
  if (value === list.value + 1) return prefix
  if (value === list.value) return prefix + costs.again
  if (value > list.value) return prefix + costs.gap
  if (value > 1) return prefix + costs.backwards
  return prefix + (lineAt(step).above === 'number' ? costs.restart : costs.restartBelowText)
}

type NewList = { around: OpenList | undefined; inner: OpenList | undefined; step: Step }

function costOfList(outline: Outline, { around, inner, step }: NewList): number {
  const line = lineAt(step)
  const { format, value } = line.marker
  const goesOn = value === (outline.formats.get(format)?.lastValue ?? Number.NaN) + 1
  const start = value === 1 ? costs.list : goesOn ? costs.countingOn : costs.fromMiddle
  const unopened = inner ? Math.max(costOfUnopened(outline, step), costOfHeading(outline, step)) : 0
  return (
    start +
    unopened +
    costOfPrefix(around, step) +
    costOfOrder(outline, around, step) +
    (inner && line.above !== 'opening' && line.marker.level !== levels.named ? costs.beside : 0) +
    (isAround(around, format) ? costs.within : 0)
  )
}

function isAround(list: OpenList | undefined, format: string): boolean {
  for (let each = list; each; each = each.around) if (each.format === format) return true
  return false
}

/** The list of 「下列条件：」 stands right below it. */
function costOfUnopened({ innermost }: Outline, { lines, at }: Step): number {
  const isRight = innermost?.item === at - 1 && lines[at]?.above === 'number'
  return isRight && lines[innermost.item]?.opensList ? costs.unopened : 0
}

/** A list right below a heading without text of its own stands in its section. */
function costOfHeading({ innermost }: Outline, { lines, at }: Step): number {
  const isRight = innermost?.item === at - 1 && lines[at]?.above === 'number'
  return isRight && lines[innermost.item]?.isBare ? costs.bareHeading : 0
}

function costOfPrefix(around: OpenList | undefined, step: Step): number {
  const { label } = markerAt(step)
  const prefix = /^(.*)\.[^.]+$/u.exec(label)?.[1]
  if (prefix === undefined || around === undefined) return 0
  const last = prefix.split('.').at(-1) ?? ''
  return Number(last) === around.value || last === step.lines[around.item]?.marker.label ? 0 : costs.prefix
}

/** A format that stands below another one for the first time may be out of order; later it is as before. */
function costOfOrder({ formats }: Outline, around: OpenList | undefined, step: Step): number {
  const { marker } = lineAt(step)
  const holder = around && step.lines[around.item]
  // A box, 「专栏1」, stands in a section, not in a sentence with a heading of its own.
  const isOfSection = marker.level === levels.named ? holder?.isBare : holder?.isHeading
  const isSentence = holder && !isOfSection && !holder.opensList
  const known = formats.get(marker.format)?.holders
  const isReversed = formats.get(around?.format ?? '')?.holders.includes(marker.format)
  const isNamed = [marker, holder?.marker].some(each => each?.level === levels.named)
  const isOrdered = !holder || isNamed || holder.marker.level < marker.level
  const first =
    (isOrdered ? 0 : costs.order) + (known ? costs.elsewhere : 0) + (isReversed ? costs.reversed : 0)
  return (isSentence ? costs.sentence : 0) + (known?.includes(around?.format ?? '') ? 0 : first)
}
