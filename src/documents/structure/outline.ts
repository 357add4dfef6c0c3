import { sha256 } from '../../lib/hash.ts'
import { saySimplified } from '../numerals.ts'
import { isRow } from '../text.ts'
import { plainNumberOf } from './decimal.ts'
import { splitInline } from './inline.ts'
import { beginsArticle, levels, type Marker, markerOf } from './markers.ts'
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
}

/** 「（二）研究开发服务。」 is a heading with a full stop. */
const isShortHeading = (text: string) => isHeading(text) || /^[^，,；;：:\d]{2,16}。$/u.test(text)
/** 「（一）加强领导。各地要……」 opens a section of its own. */
const hasRunInHeading = (text: string) => /^[^，,；;：:。]{2,24}。./u.test(text)
/** 「3.问：……？」 opens its answer. */
const isQuestion = (text: string) => /[？?]\s*$/u.test(text)
/** 「特此通知。」「专此函达，请予支持。」「此复。」「妥否，请批示。」 */
const closing = /^(?:特此|专此|此复|此令|此致|妥否|当否)[^。：:]{0,24}[。.]?$/u
/** Closing paragraphs that belong to the whole document, unless its clauses are articles. */
const ofWhole =
  /^未尽事宜|^希望|^公示(?:时间|期|期限|期间)|^此外[，,]对.{0,20}(?:条文|条款)|根据本决定[作做]相应修[改正]/u
/** A contact, and those who took part in a meeting. */
const people =
  /^[（(]?(?:联\s*系\s*(?:人|电话|方式|单位)|咨询(?:电话|方式)|(?:出席|列席|参加|请假|缺席|主持|记录)(?:人员|单位|人)?)\s*[:：]/u

/** 「以上措施自印发之日起施行」 is of the whole document, unless its clauses are articles. */
const ofAll =
  /^(?:以上|本)(?:政策|措施|意见|通知|决定|方案|公告|通告|指南|规定|办法|细则|计划|规程|批复|纪要|政策措施)+(?=[^。]{0,40}(?:施行|实施|执行|有效期|解释))/u
const isClosing = (text: string, isKept: boolean) =>
  closing.test(text) || (!isKept && (ofWhole.test(text) || ofAll.test(text)))

/** 「同志们，……」 at the end of a speech speaks to all again. */
const isAddressing = (text: string, addressees: readonly string[]) => {
  const called = /^([^，。：:！]{3,16})[，：:！]/u.exec(text)?.[1]
  return called !== undefined && addressees.some(each => each.endsWith(called))
}

/** Whether 「一、加大投入」 stands above articles that count on from topic to topic. */
export function holdArticles(texts: readonly string[]): boolean {
  return texts.some((text, at) => {
    const next = markerOf(texts[at + 1] ?? '')
    return markerOf(text)?.level === levels.topic && isHeading(text) && next?.level === levels.article
  })
}

/** How the clauses of a document are counted, see {@link holdArticles} and `isDecimal`; whom it addresses. */
type OutlineOptions = { topicsHoldArticles: boolean; isDecimal: boolean; addressees: readonly string[] }

/** Gives every paragraph its place among the clauses. */
export function createOutline({ topicsHoldArticles, isDecimal, addressees }: OutlineOptions) {
  const passages: Passage[] = []
  /** How often each path stood there. */
  const paths = new Map<string, number>()
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
    const plain = isDecimal && !found ? plainNumberOf(text) : undefined
    if (plain?.value !== plainNumber + 1) return found
    plainNumber = plain.value
    return plain
  }

  const innermost = () => stack.at(-1) ?? root
  const popTo = (level: number) => {
    while ((stack.at(-1)?.level ?? 0) >= level) stack.pop()
  }

  function push(line: DocumentLine, tail: readonly string[] = []): void {
    const path = [...(root.label ? [root.label] : []), ...stack.map(({ label }) => label), ...tail]
    passages.push({ ...line, path: unique(path), hash: hashOf(line.text) })
  }

  function unique(path: readonly string[]): string[] {
    const key = path.join('\n')
    const count = (paths.get(key) ?? 0) + 1
    paths.set(key, count)
    return count === 1 ? [...path] : [...path.slice(0, -1), `${path.at(-1)}（第${saySimplified(count)}处）`]
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
    stack.push({
      ...stepOf(level, label, isHeading(line.text)),
      format,
      opensList: /[：:]\s*$/u.test(line.text),
      paragraphs: isShortHeading(line.text) ? 0 : 1,
      isListed:
        value > 1 &&
        level > levels.topic &&
        !isShortHeading(line.text) &&
        !hasRunInHeading(line.text) &&
        !isQuestion(line.text),
    })
    push(line)
  }

  function addRow(line: DocumentLine): void {
    rows += 1
    if (rows === 1) innermost().tables += 1
    const { tables } = innermost()
    push(line, [tables > 1 ? `表${tables}` : '表', `第${saySimplified(rows)}行`])
  }

  /** A paragraph under an article is its 款, which may have items of its own. */
  function addParagraph(line: DocumentLine, endsList: boolean): void {
    if (endsList) stack.pop()
    const inArticle = stack.some(({ level }) => level === levels.article)
    // Below 「四、申报材料。……」 people are of the whole document; below a heading they are of its section.
    const isRunIn = stack.length > 0 && !stack.some(step => step.isHeading)
    // The first paragraph below 「四、附则」 is of it, whatever it says.
    const isFirst =
      !endsList && innermost().isHeading && innermost().paragraphs === 0 && innermost().level <= levels.topic
    if (isAddressing(line.text, addressees)) stack = []
    if (isClosing(line.text, inArticle || isFirst) || (isRunIn && !inArticle && people.test(line.text)))
      stack = []
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

  /** Quoted items become items of the quoting clause; quoted articles are not clauses of this document. */
  const isBelow = (marker?: Marker) =>
    marker !== undefined && stack.length > 0 && marker.level > Math.max(levels.topic, stack[0]?.level ?? 0)

  function addQuoted(line: DocumentLine): void {
    const step = innermost()
    step.paragraphs += 1
    push(line, [`第${saySimplified(step.paragraphs)}${step.level === levels.article ? '款' : '段'}`])
  }

  function add(line: DocumentLine, { isQuoted, endsList }: Surroundings): void {
    if (isRow(line.text)) {
      addRow(line)
      return
    }
    rows = 0
    if (isQuoted && !isBelow(markerOf(line.text))) {
      addQuoted(line)
      return
    }
    for (const text of splitInline(line.text)) {
      const marker = markerIn(text)
      const isNumbered = marker && (marker.level !== levels.article || beginsArticle(text, marker, article))
      if (isNumbered) addNumbered({ ...line, text }, marker)
      else addParagraph({ ...line, text }, endsList)
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
})

const hashOf = (text: string) => sha256(text).slice(0, 16)
