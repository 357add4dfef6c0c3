import type { Element } from '../elements.ts'
import { superscript } from '../superscript.ts'
import type { TextStyles } from './styles.ts'

export type PieceReading = {
  has: TextStyles
  /** Notes of the paragraphs read so far. */
  notes: Element[]
  /** Parts left out, a Chinese sentence each. */
  gaps: Set<string>
}

const hiddenGap = '文件里有隐藏的文字，没有读。'

/** Text that the program does not show, by its style, its section or its field. */
export function isHidden(block: Element, { has, gaps }: PieceReading): boolean {
  const { 'text:display': display, 'text:is-hidden': isSaidHidden } = block.attribs
  const isFound = display === 'none' || isSaidHidden === 'true' || has(block, 'hidden')
  if (isFound) gaps.add(hiddenGap)
  return isFound
}

const dropped = new Set([
  'office:annotation',
  'office:annotation-end',
  'text:ruby-text',
  'text:change',
  // Said of a picture, not in the text.
  'svg:title',
  'svg:desc',
])
const inlineText: Record<string, string> = { 'text:tab': ' ', 'text:line-break': ' ', 'text:s': ' ' }

type Piece = {
  text: string
  /** Boxes that hang on it. */
  boxes: Element[]
  /** Pages that end in it. */
  breaks: number
  /** A page begins with it. */
  isBegun: boolean
}

/** Reads one paragraph; its notes are set aside in `reading`. */
export function pieceOf(block: Element, reading: PieceReading): Piece {
  let text = ''
  let isBegun = false
  let breaks = 0
  const boxes: Element[] = []
  const walk = (node: Element, isRaised: boolean) => {
    for (const child of node.children) {
      if (child.type === 'text')
        text +=
          isRaised && /^\d{1,2}$/u.test(child.data)
            ? superscript(child.data)
            : child.data.replaceAll(/\s+/gu, ' ')
      if (child.type !== 'tag' || dropped.has(child.name)) continue
      if (isHidden(child as Element, reading)) continue
      if (child.name === 'text:soft-page-break') {
        if (text === '') isBegun = true
        else breaks += 1
      }
      if (child.name === 'draw:text-box') boxes.push(child as Element)
      else if (child.name === 'text:note') reading.notes.push(child as Element)
      else {
        text += inlineText[child.name] ?? ''
        walk(child as Element, isRaised || reading.has(child as Element, 'raised'))
      }
    }
  }
  walk(block, false)
  return { text, boxes, breaks, isBegun }
}
