import type { CheerioAPI } from 'cheerio'
import { type Element, elementsOf } from '../elements.ts'
import { createNumbering, type ListLevel, type NumberedList, type Numbering } from '../list-numbers.ts'
import { loadXml } from '../markup.ts'

export type StyledNumbering = Numbering & {
  /** The level from 0 that names a style as its own; undefined where none does. */
  levelOf(style: string): number | undefined
}

/** Counts the automatic numbers of a DOCX; each call counts on, so paragraphs are asked for in their order. */
export function readNumbering(xml: Uint8Array | undefined): StyledNumbering {
  const page = loadXml(xml)
  const named = elementsOf(page('w\\:lvl > w\\:pStyle')).map(
    each => [each.attribs['w:val'] ?? '', numberIn(page(each).parent().attr('w:ilvl'))] as const,
  )
  const levels = new Map(named)
  return { ...createNumbering(listsIn(page)), levelOf: style => levels.get(style) }
}

type Levels = ReadonlyMap<number, ListLevel>

function listsIn(page: CheerioAPI): Map<string, NumberedList> {
  const abstracts = new Map<string, Levels>()
  /** A list that only names a style has the levels of the list that the style is made of. */
  const links = new Map<string, string>()
  const ofStyles = new Map<string, string>()
  for (const each of elementsOf(page('w\\:abstractNum'))) {
    const id = each.attribs['w:abstractNumId'] ?? ''
    abstracts.set(id, levelsIn(page, page(each).children('w\\:lvl')))
    const [link, style] = ['w\\:numStyleLink', 'w\\:styleLink'].map(name =>
      page(each).children(name).attr('w:val'),
    )
    if (link !== undefined) links.set(id, link)
    if (style !== undefined) ofStyles.set(style, id)
  }
  return new Map(
    elementsOf(page('w\\:num')).map(each => {
      const said = page(each).children('w\\:abstractNumId').attr('w:val') ?? ''
      const abstractId = ofStyles.get(links.get(said) ?? '') ?? said
      const overrides = page(each).children('w\\:lvlOverride')
      const own = levelsIn(page, overrides.children('w\\:lvl'))
      const levels = new Map([...(abstracts.get(abstractId) ?? []), ...own])
      const starts = elementsOf(overrides.children('w\\:startOverride')).map(
        start => [numberIn(page(start).parent().attr('w:ilvl')), numberIn(start.attribs['w:val'])] as const,
      )
      return [each.attribs['w:numId'] ?? '', { id: abstractId, levels, starts: new Map(starts) }]
    }),
  )
}

const numberIn = (said: string | undefined, otherwise = 0) => Number(said ?? otherwise)

function levelsIn(page: CheerioAPI, elements: ReturnType<CheerioAPI>): Map<number, ListLevel> {
  return new Map(elementsOf(elements).map(each => [numberIn(each.attribs['w:ilvl']), readLevel(page, each)]))
}

function readLevel(page: CheerioAPI, element: Element): ListLevel {
  const valueIn = (name: string) => page(element).children(`w\\:${name}`).attr('w:val')
  const format = valueIn('numFmt') ?? 'decimal'
  return {
    format,
    text: format === 'bullet' ? '' : (valueIn('lvlText') ?? ''),
    start: numberIn(valueIn('start'), 1),
    isLegal: page(element).children('w\\:isLgl').length > 0,
    restartsBelow: numberIn(valueIn('lvlRestart'), numberIn(element.attribs['w:ilvl'])),
  }
}
