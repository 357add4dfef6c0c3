import type { CheerioAPI } from 'cheerio'
import { type Element, elementsOf } from '../elements.ts'
import { loadXml } from '../markup.ts'
import { countFormats } from '../numerals.ts'

type Level = {
  format: string
  text: string
  start: number
  isLegal: boolean
  /** A number of a level below this (exclusive, from 0) starts this level again: `w:lvlRestart`. */
  restartsBelow: number
}
type Levels = ReadonlyMap<number, Level>
/** A list of `w:num`: the levels of its abstract list with its own overrides, and its own starts. */
type List = { abstractId: string; levels: Levels; starts: ReadonlyMap<number, number> }
/** Says the number that Word shows before a paragraph. */
export type Numbering = { labelFor(numId: string, level: number): string }

/** Counts the automatic numbers of a DOCX; each call counts on, so paragraphs are asked for in their order. */
export function readNumbering(xml: Uint8Array | undefined): Numbering {
  const lists = listsIn(loadXml(xml))
  const counts = new Map<string, Map<number, number>>()
  const started = new Set<string>()
  return {
    labelFor(numId, level) {
      const list = lists.get(numId)
      const own = list?.levels.get(level)
      if (!list || !own) return ''
      const values = counts.get(list.abstractId) ?? new Map<number, number>()
      counts.set(list.abstractId, values)
      const start = started.has(`${numId}/${level}`) ? undefined : list.starts.get(level)
      started.add(`${numId}/${level}`)
      values.set(level, start ?? (values.get(level) ?? own.start - 1) + 1)
      for (const deeper of [...values.keys()])
        if (deeper > level && level < (list.levels.get(deeper)?.restartsBelow ?? deeper))
          values.delete(deeper)
      return own.text.replaceAll(/%(\d)/gu, (_, said: string) => {
        const at = Number(said) - 1
        const shown = list.levels.get(at)
        const format = own.isLegal ? 'decimal' : (shown?.format ?? 'decimal')
        return (countFormats[format] ?? String)(values.get(at) ?? shown?.start ?? 1)
      })
    },
  }
}

function listsIn(page: CheerioAPI): Map<string, List> {
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
      return [each.attribs['w:numId'] ?? '', { abstractId, levels, starts: new Map(starts) }]
    }),
  )
}

const numberIn = (said: string | undefined, otherwise = 0) => Number(said ?? otherwise)

function levelsIn(page: CheerioAPI, elements: ReturnType<CheerioAPI>): Map<number, Level> {
  return new Map(elementsOf(elements).map(each => [numberIn(each.attribs['w:ilvl']), readLevel(page, each)]))
}

function readLevel(page: CheerioAPI, element: Element): Level {
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
