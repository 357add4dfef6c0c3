import type { CheerioAPI } from 'cheerio'
import { type Element, elementsOf } from '../elements.ts'

/** A property of formatting, with the values that have it. */
const properties = {
  raised: ['style:text-position', /^super/u],
  hidden: ['text:display', /^none$/u],
  breakBefore: ['fo:break-before', /^page$/u],
  breakAfter: ['fo:break-after', /^page$/u],
  /** A paragraph with a page style of its own begins a page. */
  pageStyle: ['style:master-page-name', /./u],
} as const

/** Tells whether the style of an element, or one on which it is based, has a property. */
export type TextStyles = (element: Element, property: keyof typeof properties) => boolean

type Style = { parent: string; values: Record<string, string> }

const families: Record<string, string> = {
  'text:span': 'text',
  'text:a': 'text',
  'text:p': 'paragraph',
  'text:h': 'paragraph',
  'table:table': 'table',
}
const mostParents = 30

/** Reads the styles of text, paragraphs and tables from both files that hold them; those of the text itself win. */
export function readTextStyles(files: readonly CheerioAPI[]): TextStyles {
  const styles = new Map<string, Style>()
  for (const file of files)
    for (const style of elementsOf(file('style\\:style'))) {
      const { attribs } = style
      const family = attribs['style:family'] ?? 'text'
      styles.set(`${family} ${attribs['style:name'] ?? ''}`, {
        parent: `${family} ${attribs['style:parent-style-name'] ?? ''}`,
        values: Object.assign(
          { ...attribs },
          ...elementsOf(file(style).children()).map(each => each.attribs),
        ) as Style['values'],
      })
    }
  return ({ name, attribs }, property) => {
    const [attribute, value] = properties[property]
    const family = families[name]
    if (!family) return false
    let style = styles.get(`${family} ${attribs['text:style-name'] ?? attribs['table:style-name'] ?? ''}`)
    for (let count = 0; style && count < mostParents; count += 1) {
      const said = style.values[attribute]
      if (said !== undefined) return value.test(said)
      style = styles.get(style.parent)
    }
    return false
  }
}
