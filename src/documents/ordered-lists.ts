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
    const areNumbered = items.length > 1 && haveNumbers(items.map(item => page(item).text()))
    let value = Number(list.attribs.start ?? 1)
    for (const item of items) {
      if (item.attribs.value) value = Number(item.attribs.value)
      if (!areNumbered) page(item).prepend(say(value))
      value += 1
    }
  }
}

/** 「3.15活动」 above 「4.1报名」 are days, which do not count on. */
function haveNumbers(texts: readonly string[]): boolean {
  const markers = texts.flatMap(text => markerOf(text) ?? [])
  return (
    markers.length === texts.length &&
    (markers.every(({ label }) => !/^\d+\.\d/u.test(label)) ||
      markers.slice(1).every(({ value }, at) => value === (markers[at]?.value ?? 0) + 1))
  )
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
/** Parts of a rule, in characters. */
const longestSaid = 200
const longestBody = 2000

/** Lists that a sheet of styles within the page gives a way of counting. */
function namedStyles(page: CheerioAPI): Map<Element, string> {
  const named = new Map<Element, string>()
  const rules = page('style')
    .text()
    .split('}')
    .flatMap(rule => {
      const [said = '', body = '', ...more] = rule.split('{')
      const style = more.length === 0 ? styleIn(body.slice(0, longestBody)) : undefined
      return style === undefined ? [] : [{ selectors: said.slice(-longestSaid).split(','), style }]
    })
  const lists = page('ol')
  for (const { selectors, style } of rules.slice(0, mostRules))
    for (const selector of selectors.map(each => each.trim()))
      if (selector.length <= longestSelector && /^(?:[\w-]*[.#])?[\w-]+$/u.test(selector))
        for (const list of lists.filter(selector).toArray()) named.set(list, style)
  return named
}
