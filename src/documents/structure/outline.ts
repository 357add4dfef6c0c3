import { sha256 } from '../../lib/hash.ts'
import { saySimplified } from '../numerals.ts'
import { isRow } from '../text.ts'
import { plainNumberOf } from './decimal.ts'
import { splitInline } from './inline.ts'
import { beginsArticle, levels, type Marker, markerOf } from './markers.ts'
import { namedMarkerOf } from './named.ts'
import {
  hasRunInHeading,
  isAddressing,
  isAttendance,
  isClosing,
  isContact,
  isQuestion,
  isShortHeading,
  isTranslation,
} from './paragraph-kinds.ts'
import { isHeading, type Surroundings } from './sequence.ts'
import type { DocumentLine, Passage } from './types.ts'

type Step = {
  level: number
  label: string
  format: string
  /** Its text ends with a colon: what is numbered from one below it is its list. */
  opensList: boolean
  /** Unnumbered paragraphs and the numbered one itself, unless that is a heading. */
  paragraphs: number
  tables: number
  isHeading: boolean
  /** One of a list: an unnumbered paragraph behind it goes on with what the list is of. */
  isListed: boolean
  /** A whole sentence behind others of its list: a table below it is of what the list is of. */
  endsSentence: boolean
}

/** Whether 「一、加大投入」 stands above articles that count on from topic to topic. */
export function holdArticles(texts: readonly string[]): boolean {
  return texts.some((text, at) => {
    const next = markerOf(texts[at + 1] ?? '')
    return markerOf(text)?.level === levels.topic && isHeading(text) && next?.level === levels.article
  })
}

/** How the clauses of a document are counted, see {@link holdArticles} and `isDecimal`; whom it addresses. */
type OutlineOptions = {
  topicsHoldArticles: boolean
  isDecimal: boolean
  /** See {@link countingWords}. */
  words: ReadonlySet<string>
  addressees: readonly string[]
  /** The title of a document among others, with which its paths begin. */
  prefix: string | undefined
}

/** Gives every paragraph its place among the clauses. */
export function createOutline({ topicsHoldArticles, isDecimal, words, addressees, prefix }: OutlineOptions) {
  const passages: Passage[] = []
  let root: Step = stepOf(0, '', true)
  const roots = new Map([['', root]])
  let stack: Step[] = []
  let article = 0
  let rows = 0
  /** The last number without a stop. */
  let plainNumber = 0

  const placed = (marker: Marker | undefined) =>
    marker?.level === levels.topic && topicsHoldArticles ? { ...marker, level: levels.section } : marker
  function markerIn(text: string): Marker | undefined {
    const found = placed(markerOf(text))
    const plain = isDecimal && !found ? plainNumberOf(text, true) : undefined
    if (plain?.value === plainNumber + 1) {
      plainNumber = plain.value
      return plain
    }
    return found ?? namedMarkerIn(text)
  }
  /** Goes below the section in which it stands; what is counted in another way goes below it. */
  function namedMarkerIn(text: string): Marker | undefined {
    const found = namedMarkerOf(text, words)
    if (!found) return undefined
    const isKnown = stack.some(({ format }) => format === found.format)
    while (!isKnown && stack.length > 0 && !innermost().isHeading && !innermost().opensList) stack.pop()
    return { ...found, level: innermost().level + 0.5 }
  }

  const innermost = () => stack.at(-1) ?? root
  const popTo = (level: number) => {
    while ((stack.at(-1)?.level ?? 0) >= level) stack.pop()
  }

  function push(line: DocumentLine, tail: readonly string[] = []): void {
    const path = [
      ...(prefix ? [prefix] : []),
      ...(root.label ? [root.label] : []),
      ...stack.map(({ label }) => label),
      ...tail,
    ]
    passages.push({ ...line, path, hash: hashOf(line.text) })
  }

  /** Levels are told by the sequence: a format that counts already goes on, and a list opens below its first words. */
  function popFor({ level, format, value }: Marker): void {
    const sibling = stack.findLastIndex(step => step.format === format)
    if (sibling >= 0) stack.length = sibling
    else if (!(value === 1 && level > levels.topic && innermost().opensList)) popTo(level)
  }

  function addNumbered(line: DocumentLine, marker: Marker): void {
    const { level, format, label, value } = marker
    popFor(marker)
    if (level === levels.article) article = value
    const [words = ''] = line.text.split(' | ')
    const isSentence = !isShortHeading(words) && !hasRunInHeading(words) && !isQuestion(words)
    stack.push({
      ...stepOf(level, label, isHeading(words)),
      format,
      opensList: /[：:]\s*$/u.test(words),
      paragraphs: isShortHeading(words) ? 0 : 1,
      isListed: value > 1 && level > levels.topic && isSentence,
      endsSentence:
        value > 1 && level >= levels.topic && isSentence && /。$/u.test(words) && !/表|如下/u.test(words),
    })
    push(line)
  }

  function addRow(line: DocumentLine): void {
    rows += 1
    if (rows === 1) {
      while (innermost().endsSentence) stack.pop()
      innermost().tables += 1
    }
    const { tables } = innermost()
    push(line, [tables > 1 ? `表${tables}` : '表', `第${saySimplified(rows)}行`])
  }

  /** A paragraph under an article is its 款, which may have items of its own. */
  function addParagraph(line: DocumentLine, { endsList, isOfWhole }: Surroundings): void {
    if (isOfWhole) stack = []
    else if (endsList) stack.pop()
    if (isTranslation(line.text)) {
      addBeside(line)
      return
    }
    const inArticle = stack.some(({ level }) => level === levels.article)
    // Below 「四、申报材料。……」 people are of the whole document; below a heading they are of its section.
    const isRunIn = stack.length > 0 && !stack.some(step => step.isHeading)
    // The first paragraph below 「四、附则」 is of it, whatever it says.
    const isFirst =
      !endsList && innermost().isHeading && innermost().paragraphs === 0 && innermost().level <= levels.topic
    if (isAddressing(line.text, addressees)) stack = []
    const isOfPeople =
      (isAttendance(line.text) && innermost().paragraphs > 0) || (isRunIn && isContact(line.text))
    if (isClosing(line.text, inArticle || isFirst) || (!inArticle && isOfPeople)) stack = []
    while (innermost().isListed) stack.pop()
    const isOfItem = innermost().level > levels.paragraph && innermost().isHeading
    if (!inArticle || isOfItem) {
      innermost().paragraphs += 1
      push(line, [`第${saySimplified(innermost().paragraphs)}段`])
      return
    }
    popTo(levels.paragraph)
    const step = innermost()
    step.paragraphs += 1
    stack.push(stepOf(levels.paragraph, `第${saySimplified(step.paragraphs)}款`, false))
    push(line)
  }

  /** Quoted words and translations hold no items. */
  function addBeside(line: DocumentLine): void {
    const step = innermost()
    step.paragraphs += 1
    push(line, [`第${saySimplified(step.paragraphs)}${step.level === levels.article ? '款' : '段'}`])
  }

  /** Quoted items become items of the quoting clause; quoted articles are not clauses of this document. */
  const isBelow = (marker?: Marker) =>
    marker !== undefined && stack.length > 0 && marker.level > Math.max(levels.topic, stack[0]?.level ?? 0)

  function add(line: DocumentLine, around: Surroundings): void {
    const marker = around.isClauseRow ? markerIn(line.text) : undefined
    if (isRow(line.text)) {
      if (marker) addNumbered(line, marker)
      else addRow(line)
      return
    }
    rows = 0
    if (around.isQuoted && !isBelow(markerOf(line.text))) {
      while (innermost().isListed) stack.pop()
      addBeside(line)
      return
    }
    for (const text of splitInline(line.text)) {
      const marker = markerIn(text)
      const isNumbered = marker && (marker.level !== levels.article || beginsArticle(text, marker, article))
      if (isNumbered) addNumbered({ ...line, text }, marker)
      else addParagraph({ ...line, text }, around)
    }
  }

  return {
    add,
    /** Goes on in another part: an attachment, or the document itself, whose label is empty. */
    begin(label: string): void {
      root = roots.get(label) ?? stepOf(0, label, true)
      roots.set(label, root)
      stack = []
      article = 0
      rows = 0
      plainNumber = 0
    },
    passages,
  }
}

const stepOf = (level: number, label: string, heading: boolean): Step => ({
  level,
  label,
  format: '',
  opensList: false,
  paragraphs: heading ? 0 : 1,
  tables: 0,
  isHeading: heading,
  isListed: false,
  endsSentence: false,
})

/** A path that stands in its document for the second time, 「第三条（第二处）」, or the third. */
export const againOf = (path: readonly string[], count: number): string[] => [
  ...path.slice(0, -1),
  `${path.at(-1)}（第${saySimplified(count)}处）`,
]

const hashOf = (text: string) => sha256(text).slice(0, 16)
