import type { CheerioAPI } from 'cheerio'
import type { Element } from './elements.ts'
import { countFormats, saySimplified } from './numerals.ts'
import { markerOf } from './structure/markers.ts'

/** Ways of counting that a page names: the number of a list item as the browser draws it. */
const styles: Readonly<Record<string, (value: number) => string>> = {
  none: () => '',
  disc: () => '',
  circle: () => '',
  square: () => '',
  a: value => `${countFormats.lowerLetter?.(value)}. `,
  A: value => `${countFormats.upperLetter?.(value)}. `,
  'lower-alpha': value => `${countFormats.lowerLetter?.(value)}. `,
  'lower-latin': value => `${countFormats.lowerLetter?.(value)}. `,
  'upper-alpha': value => `${countFormats.upperLetter?.(value)}. `,
  'upper-latin': value => `${countFormats.upperLetter?.(value)}. `,
  'cjk-ideographic': value => `${saySimplified(value)}、`,
  'simp-chinese-informal': value => `${saySimplified(value)}、`,
  'trad-chinese-informal': value => `${saySimplified(value)}、`,
  'cjk-decimal': value => `${saySimplified(value)}、`,
}

/** Writes the number of each list item, which the browser draws, unless all items have numbers of their own. */
export function writeLists(page: CheerioAPI): void {
  const named = namedStyles(page)
  for (const list of page('ol').toArray()) {
    const say = styles[styleOf(list, named)] ?? (value => `${value}. `)
    const items = page(list).children('li').toArray()
    const areNumbered = items.length > 1 && items.every(item => markerOf(page(item).text()) !== undefined)
    let value = Number(list.attribs.start ?? 1)
    for (const item of items) {
      if (item.attribs.value) value = Number(item.attribs.value)
      if (!areNumbered) page(item).prepend(say(value))
      value += 1
    }
  }
}

const counting = /list-style(?:-type)?\s*:\s*([\w\s-]*)/iu
const styleIn = (said: string) =>
  counting
    .exec(said)?.[1]
    ?.split(/\s+/u)
    .find(word => word in styles)

function styleOf(list: Element, named: ReadonlyMap<Element, string>): string {
  return styleIn(list.attribs.style ?? '') ?? named.get(list) ?? list.attribs.type ?? ''
}

/** In characters; longer ones are no names of lists. */
const longestSelector = 60
const mostRules = 200

/** Lists that a sheet of styles within the page gives a way of counting. */
function namedStyles(page: CheerioAPI): Map<Element, string> {
  const named = new Map<Element, string>()
  const rules = [
    ...page('style')
      .text()
      .matchAll(/([^{}]{1,200})\{([^{}]*list-style[^{}]*)\}/giu),
  ]
  for (const [, said = '', body = ''] of rules.slice(0, mostRules)) {
    const style = styleIn(body)
    if (style === undefined) continue
    for (const selector of said.split(',').map(each => each.trim()))
      if (selector.length <= longestSelector && /^(?:[\w-]*[.#])?[\w-]+$/u.test(selector))
        for (const list of page(`${selector}`).filter('ol').toArray()) named.set(list, style)
  }
  return named
}
