import type { CheerioAPI } from 'cheerio'
import type { Element } from '../elements.ts'
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

/** The automatic number in front of a paragraph, its own or its style's. */
export function labelOf(block: Element, { page, styles, numbering }: Parts): string {
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
