import { createHash } from 'node:crypto'
import { saySimplified } from '../numerals.ts'
import { splitInline } from './inline.ts'
import { beginsArticle, levels, type Marker, markerOf } from './markers.ts'
import type { Line, Passage } from './types.ts'

type Step = {
  level: number
  label: string
  /** Unnumbered paragraphs and the numbered one itself, unless that is a heading. */
  paragraphs: number
  tables: number
  isHeading: boolean
}

const longestHeading = 40
const isHeading = (text: string) => text.length <= longestHeading && !/[。；;：:！？!?]\s*$/u.test(text)

/** A table row, by the mark that parts its cells. */
const isRow = (text: string) => text.includes(' | ')

/** Gives every paragraph its place among the clauses. */
export function createOutline() {
  const passages: Passage[] = []
  const paths = new Set<string>()
  let root: Step = stepOf(0, '', true)
  let stack: Step[] = []
  let article = 0
  let rows = 0

  const innermost = () => stack.at(-1) ?? root
  const popTo = (level: number) => {
    while ((stack.at(-1)?.level ?? 0) >= level) stack.pop()
  }

  function push(line: Line, tail: readonly string[] = []): void {
    const path = [...(root.label ? [root.label] : []), ...stack.map(({ label }) => label), ...tail]
    passages.push({ ...line, path: unique(path), hash: hashOf(line.text) })
  }

  function unique(path: readonly string[]): string[] {
    let found = [...path]
    for (let count = 2; paths.has(found.join('\n')); count += 1)
      found = [...path.slice(0, -1), `${path.at(-1)}（第${saySimplified(count)}处）`]
    paths.add(found.join('\n'))
    return found
  }

  function addNumbered(line: Line, { level, label, value }: Marker): void {
    popTo(level)
    if (level === levels.article) article = value
    stack.push(stepOf(level, label, isHeading(line.text)))
    push(line)
  }

  function addRow(line: Line): void {
    rows += 1
    if (rows === 1) innermost().tables += 1
    const { tables } = innermost()
    push(line, [tables > 1 ? `表${tables}` : '表', `第${saySimplified(rows)}行`])
  }

  /** A paragraph under an article is its 款, which may have items of its own. */
  function addParagraph(line: Line): void {
    const inArticle = stack.some(({ level }) => level === levels.article)
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

  function add(line: Line): void {
    if (isRow(line.text)) {
      addRow(line)
      return
    }
    rows = 0
    for (const text of splitInline(line.text)) {
      const marker = markerOf(text)
      const isNumbered = marker && (marker.level !== levels.article || beginsArticle(text, marker, article))
      if (isNumbered) addNumbered({ ...line, text }, marker)
      else addParagraph({ ...line, text })
    }
  }

  return {
    add,
    /** Starts again, for an attachment. */
    begin(label: string): void {
      root = stepOf(0, label, true)
      stack = []
      article = 0
      rows = 0
    },
    passages,
  }
}

const stepOf = (level: number, label: string, heading: boolean): Step => ({
  level,
  label,
  paragraphs: heading ? 0 : 1,
  tables: 0,
  isHeading: heading,
})

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
