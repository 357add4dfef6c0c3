import { joinedTitle } from '../offices.ts'
import type { LineFacts } from './line-facts.ts'
import { isCategory, titleEnd, titleLine, unspaced } from './title.ts'

/**
 * Costs of what is seldom in the heads of official documents, as plain numbers of at least 0; a line that is as usual
 * costs nothing. The reading of a head is the one whose costs have the least sum. They were set on documents
 * with known heads, see docs/decisions/2026-11-30-one-segmentation-of-heads.md.
 */
export const costs = {
  untitled: 7.5,
  /** A text begins with a line that opens none. */
  plainBody: 3,
  tableBody: 0.6,
  listBody: 0.3,
  callingBody: 2,
  /** Addressees over several lines, for each but the first. */
  calledLine: 0.3,
  /** Fields that are filled in call no one. */
  calledField: 3,
  /** A text begins with a line that reads like one of the head. */
  headBody: 5,
  /** A text begins with a line that reads like a title. */
  titleBody: 5,
  /** A line of labels or furniture further down is as seldom in a text. */
  headBelow: 1,
  aside: 3.4,
  /** A few characters above the title, as menus of web pages have them. */
  menu: 0.9,
  /** A translation, a category, a title that stands there twice. */
  usualAside: 0.6,
  office: 0.1,
  /** The site on whose page a document of another office stands. */
  otherOffice: 1.5,
  /** A name of an office of a kind that is not known. */
  unknownOffice: 1,
  /** An office right above the title, and no number between them. */
  markAboveTitle: 1.2,
  /** A number of several words in the middle of a head. */
  numberAgain: 0.5,
  /** Parts of a title. */
  titleLine: 0.05,
  openEnd: 2,
  /** For each line more of a title without a usual end. */
  openLine: 0.7,
  endsWithOffice: 1,
  sentence: 6,
  calling: 5,
  otherField: 6,
  opening: 6,
  twoTitles: 1.6,
  unbalanced: 1.5,
  officesAlone: 4,
  /** 「某某局」 above 「行政处罚决定书」, a whole title that goes on with no office. */
  officeOfKind: 2.5,
  sameOffice: 5,
  category: 0.8,
  long: 3,
} as const

const longestTitle = 140

/** Whether a line tells another field of the head than its title. */
export const tellsField = (line: LineFacts) =>
  line.number !== undefined ||
  line.labels !== undefined ||
  line.dated !== undefined ||
  line.acting.length > 0 ||
  line.isDay ||
  line.isFurniture ||
  line.isRepealed ||
  line.isCoverField ||
  line.isMark

/** How unlike a title these lines are. */
export function costOfTitle(lines: readonly LineFacts[]): number {
  const texts = lines.map(({ text }) => titleLine(text))
  const title = unspaced(joinedTitle(texts))
  const [first] = lines
  const borders = texts
    .slice(1)
    .reduce((total, text, at) => total + costOfBorder(texts.slice(0, at + 1), text), 0)
  const isOfOffices = lines.every(({ offices }) => offices.length > 0)
  const last = lines.at(-1)
  return (
    costOfLines(lines) +
    borders +
    costs.titleLine * lines.length +
    (isOfOffices ? costs.officesAlone : 0) +
    (!titleEnd.test(title)
      ? costs.openEnd + costs.openLine * (lines.length - 1)
      : isCategory([title])
        ? costs.category
        : 0) +
    (lines.length > 1 && last && last.offices.length > 0 ? costs.endsWithOffice : 0) +
    (isUnbalanced(title) ? costs.unbalanced : 0) +
    (first && first.offices.length > 0 ? costOfOffices(lines) : 0) +
    (title.length > longestTitle ? costs.long : 0)
  )
}

/** The part of the cost of a title that its lines have each by itself; more lines never cost less. */
export function costOfLines(lines: readonly LineFacts[]): number {
  return lines.reduce((total, line) => total + costOfLine(line, lines.length > 1), 0)
}

function costOfLine(line: LineFacts, isOneOfSeveral: boolean): number {
  if (tellsField(line)) return costs.otherField
  if (/[。；;！!↓]/u.test(line.text)) return costs.sentence
  if (line.opensText || (line.opensTable && isOneOfSeveral)) return costs.opening
  return line.isCalling ? costs.calling : 0
}

/** A line below a whole title is another title, unless it goes on with it. */
function costOfBorder(above: readonly string[], text: string): number {
  const title = unspaced(above.join(''))
  const goesOn = /^(?:[的和及与、《》〈〉（(—-]|暨|实施|有关)/u.test(text.trim())
  return titleEnd.test(title) && title.length >= 8 && !isUnbalanced(title) && !goesOn ? costs.twoTitles : 0
}

const isUnbalanced = (text: string) =>
  ['《》', '“”', '（）'].some(
    ([open = '', close = '']) => text.split(open).length !== text.split(close).length,
  )

/** A title begins with the offices above it where it goes on with them: 「某某局」 above 「关于……的公告」. */
function costOfOffices(lines: readonly LineFacts[]): number {
  const [first = ''] = lines.map(({ text }) => unspaced(text))
  const others = lines.filter(({ offices }) => offices.length === 0).map(({ text }) => unspaced(text))
  if (others.some(text => text.startsWith(first))) return costs.sameOffice
  const rest = others.join('')
  const isKind = rest.length > longestSuffix && rest.length <= longestKind
  return isKind && titleEnd.test(rest) && !goesOnWithOffice.test(rest) ? costs.officeOfKind : 0
}
/** 「章程」, 「公告」. */
const longestSuffix = 4
/** 「行政处罚决定书」; a longer one tells its matter. */
const longestKind = 8
const goesOnWithOffice =
  /^(?:.{0,40}关于|\d{4}|[二〇零一]{2}|第|“|《|印发|转发)|(?:协议|协议书|合同|备忘录)$/u

/** How unlike the first line of a text this one is. */
export function costOfBody(line: LineFacts, next: LineFacts | undefined, title: string): number {
  if (line.opensText && !line.isCoverField) return 0
  if (line.labels || line.number !== undefined || line.isDay) return costs.headBody
  const isBelowTitle = titleEnd.test(unspaced(title))
  if (line.opensTable && !line.isCoverField && isBelowTitle) return costs.tableBody
  if (isBelowTitle && isListed(line.text, title) && isListed(next?.text ?? '', title)) return costs.listBody
  if (tellsField(line) || line.offices.length > 0) return costs.headBody
  if (line.isCalling) return costs.callingBody
  return titleEnd.test(unspaced(line.text)) ? costs.titleBody : costs.plainBody
}

/** One of the documents that a list names below its own whole title. */
function isListed(text: string, title: string): boolean {
  const name = text
    .trim()
    .replace(/[（(][^（）()]{1,30}[）)]$/u, '')
    .replace(/》$/u, '')
  return (
    unspaced(title) !== unspaced(name) && [title, name].every(said => said.length >= 8 && titleEnd.test(said))
  )
}
