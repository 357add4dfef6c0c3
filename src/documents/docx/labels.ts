import type { CheerioAPI } from 'cheerio'
import { type Element, elementsOf } from '../elements.ts'
import { loadXml } from '../markup.ts'
import type { StyledNumbering } from './numbering.ts'

export type Style = { id: string; basedOn: string; numId: string; level: number | undefined }

/** The styles of a DOCX by their ids. */
export function stylesOf(xml: Uint8Array | undefined): Map<string, Style> {
  const page = loadXml(xml)
  return new Map(
    page('w\\:style')
      .toArray()
      .map(each => {
        const style = page(each)
        const level = style.find('w\\:numPr > w\\:ilvl').attr('w:val')
        const id = style.attr('w:styleId') ?? ''
        return [
          id,
          {
            id,
            basedOn: style.children('w\\:basedOn').attr('w:val') ?? '',
            numId: style.find('w\\:numPr > w\\:numId').attr('w:val') ?? '',
            level: level === undefined ? undefined : Number(level),
          },
        ]
      }),
  )
}

type Parts = { page: CheerioAPI; styles: ReadonlyMap<string, Style>; numbering: StyledNumbering }

/**
 * The automatic numbers of the paragraphs of a document, by the paragraph; each is counted once, in the order of the
 * file. Text boxes and paragraphs that were deleted as a whole have none.
 */
export function labelsIn(parts: Parts): ReadonlyMap<Element, string> {
  const counted = elementsOf(parts.page('w\\:body w\\:p')).filter(each => isCounted(each, parts.page))
  return new Map(counted.map(each => [each, labelOf(each, parts)]))
}

/** The mark of a paragraph, or its row of a table, was deleted or moved away. */
const deleted = 'w\\:del, w\\:moveFrom'

function isCounted(paragraph: Element, page: CheerioAPI): boolean {
  const found = page(paragraph)
  if (found.closest('w\\:txbxContent, mc\\:Fallback').length > 0) return false
  const marks = [found.children('w\\:pPr').children('w\\:rPr'), found.closest('w\\:tr').children('w\\:trPr')]
  if (marks.every(mark => mark.children(deleted).length === 0)) return true
  const kept = elementsOf(found.find('w\\:t')).filter(each => page(each).closest(deleted).length === 0)
  return kept.some(each => page(each).text().trim() !== '')
}

/** Its own, or its style's. */
function labelOf(block: Element, { page, styles, numbering }: Parts): string {
  const own = page(block).children('w\\:pPr')
  const numPr = own.children('w\\:numPr')
  const said = numPr.children('w\\:ilvl').attr('w:val')
  let numId = numPr.children('w\\:numId').attr('w:val') ?? ''
  let level = said === undefined ? undefined : Number(said)
  let style = styles.get(own.children('w\\:pStyle').attr('w:val') ?? '')
  for (let depth = 0; style && depth < 12; depth += 1) {
    numId ||= style.numId
    level ??= style.level ?? (style.numId === '' ? undefined : numbering.levelOf(style.id))
    style = styles.get(style.basedOn)
  }
  return numId === '' || numId === '0' ? '' : numbering.labelFor(numId, level ?? 0)
}
