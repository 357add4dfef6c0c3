import { sha256 } from '../../../lib/hash.ts'
import { saySimplified } from '../../numerals.ts'
import { isRow } from '../../text.ts'
import { levels } from '../markers.ts'
import {
  hasRunInHeading,
  isAddressing,
  isAttendance,
  isClosing,
  isContact,
  isQuestion,
  isShortHeading,
  isTranslation,
} from '../paragraph-kinds.ts'
import type { DocumentLine, Passage } from '../types.ts'
import type { ClauseNumber, ClausePiece } from './numbered.ts'
import { isHeading, type Surroundings } from './sequence.ts'

type Step = {
  level: number
  label: string
  format: string
  /** See {@link ClauseNumber}; undefined for what has no number. */
  number: number | undefined
  /** Unnumbered paragraphs and the numbered one itself, unless that is a heading. */
  paragraphs: number
  tables: number
  isHeading: boolean
  /** One of a list: an unnumbered paragraph behind it goes on with what the list is of. */
  isListed: boolean
  /** A whole sentence behind others of its list: a table below it is of what the list is of. */
  endsSentence: boolean
}

type OutlineOptions = {
  addressees: readonly string[]
  /** The title of a document among others, with which its paths begin. */
  prefix: string | undefined
}

/** Gives every paragraph its place among the clauses. */
export function createOutline({ addressees, prefix }: OutlineOptions) {
  const passages: Passage[] = []
  let root: Step = stepOf(0, '', true)
  const roots = new Map([['', root]])
  let stack: Step[] = []
  let rows = 0

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

  /** A paragraph of an article above which the list begins stays open. */
  function popFor({ format, holders }: ClauseNumber): void {
    const holder = stack.findLastIndex(({ number }) => number !== undefined && holders.includes(number))
    // One list may stand within another of its form.
    const sibling = stack.findIndex((step, at) => at > holder && step.format === format)
    const isParagraph = stack[holder + 1]?.level === levels.paragraph
    stack.length = Math.min(stack.length, sibling >= 0 ? sibling : holder + (isParagraph ? 2 : 1))
  }

  function addNumbered(line: DocumentLine, number: ClauseNumber): void {
    const { level, format, label, value, at } = number
    popFor(number)
    const [words = ''] = line.text.split(' | ')
    const isSentence = !isShortHeading(words) && !hasRunInHeading(words) && !isQuestion(words)
    stack.push({
      ...stepOf(level, label, isHeading(words)),
      format,
      number: at,
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
    const isFirst = !endsList && innermost().isHeading && innermost().paragraphs === 0
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

  function add({ line, around, number }: ClausePiece): void {
    if (isRow(line.text)) {
      if (number) addNumbered(line, number)
      else addRow(line)
      return
    }
    rows = 0
    if (number) addNumbered(line, number)
    else if (around.isQuoted) {
      while (innermost().isListed) stack.pop()
      addBeside(line)
    } else addParagraph(line, around)
  }

  return {
    add,
    /** Goes on in another part: an attachment, or the document itself, whose label is empty. */
    begin(label: string): void {
      root = roots.get(label) ?? stepOf(0, label, true)
      roots.set(label, root)
      stack = []
      rows = 0
    },
    passages,
  }
}

const stepOf = (level: number, label: string, heading: boolean): Step => ({
  level,
  label,
  format: '',
  number: undefined,
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
