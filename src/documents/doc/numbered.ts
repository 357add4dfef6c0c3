import WordOleExtractor from 'word-extractor/lib/word-ole-extractor.js'
import { createNumbering } from '../list-numbers.ts'
import { withLabel } from '../text.ts'
import { listsOf } from './lists.ts'
import { createParagraphLists } from './properties.ts'

const endOfCell = '\u0007'
const endOfPage = '\f'
const ends = `\r\n${endOfPage}${endOfCell}`
/** A paragraph or a cell with the mark that ends it: of a paragraph, of a part or a page, of a cell. */
const paragraph = new RegExp(`[^${ends}]*[${ends}]?`, 'gu')
const isWritten = (text: string) => /[^\s\p{Cc}]/u.test(text)

type Streams = { main: Buffer; table: Buffer }

/** Reads a .doc with its automatic numbers in front of the paragraphs of its text. */
export class NumberedExtractor extends WordOleExtractor {
  /** Whether its lists could not be read: its numbers are missing. */
  isUnnumbered = false
  #streams: Streams | undefined

  override writeParagraphProperties(main: Buffer, table: Buffer): void {
    super.writeParagraphProperties(main, table)
    this.#streams = { main, table }
  }

  override buildDocument(): ReturnType<WordOleExtractor['buildDocument']> {
    try {
      if (this.#streams) this.#writeNumbers(this.#streams)
    } catch {
      this.isUnnumbered = true
    }
    return super.buildDocument()
  }

  /** Makes the text one piece, with the numbers in it. */
  #writeNumbers({ main, table }: Streams): void {
    const numbering = createNumbering(listsOf(main, table))
    const lists = createParagraphLists(main, table)
    const text = this._pieces.map(piece => piece.text).join('')
    const placeOf = this.#places()
    let last: number | undefined
    const body = text.slice(0, this._boundaries.ccpText).replaceAll(paragraph, (said, at: number) => {
      if (!isWritten(said) && said.endsWith(endOfPage)) return said
      const found = lists.listAt(placeOf(at + said.length - 1))
      // A page may end within a paragraph.
      if (!found || found.start === last) return said
      last = found.start
      const label = numbering.labelFor(found.list, found.level)
      return isWritten(said) || said.endsWith(endOfCell) ? withLabel(label, said) : said
    })
    const whole = `${body}${text.slice(this._boundaries.ccpText)}`
    this._pieces = [{ startCp: 0, endCp: whole.length, startFilePos: 0, bpc: 2, text: whole }]
    this._boundaries.ccpText = body.length
  }

  /** Where characters of the text stand in the stream, in bytes; they are asked for in their order. */
  #places(): (at: number) => number {
    let place = 0
    return at => {
      while (at >= (this._pieces[place]?.endCp ?? Number.POSITIVE_INFINITY)) place += 1
      const piece = this._pieces[place]
      return piece ? piece.startFilePos + (at - piece.startCp) * piece.bpc : -1
    }
  }
}
