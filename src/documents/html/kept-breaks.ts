import type { CheerioAPI } from 'cheerio'
import { elementsIn } from '../../text/pages/page-tree.ts'
import { elementsOf } from '../elements.ts'

const keepsBreaks = /white-space\s*:\s*(?:pre|break-spaces)/iu
/** 「.policy」, 「div.policy」, 「#policy」: longer ones are seldom, and cost much to look for. */
const plainSelector = /^[a-z]*[.#][\w-]+$/iu
const mostSelectors = 50

/** Writes the line breaks as elements that a style keeps in a text: `white-space: pre-wrap`. */
export function writeKeptBreaks(page: CheerioAPI): void {
  const seen = new Set<unknown>()
  for (const root of elementsOf(page(['[style*="white-space" i]', ...selectorsIn(page)].join(', ')))) {
    const isKept = !root.attribs.style?.includes('white-space') || keepsBreaks.test(root.attribs.style)
    if (!isKept || seen.has(root)) continue
    for (const element of elementsIn(root)) {
      seen.add(element)
      for (const node of element.children)
        if (node.type === 'text') node.data = node.data.replaceAll('\n', placeOfBreak)
    }
    // Within one element: those that are put in one by one take the square of their number.
    page(root).html(`<span>${(page(root).html() ?? '').replaceAll(placeOfBreak, '\n<br>')}</span>`)
  }
}

/** A private character, which no text has. */
const placeOfBreak = '\ue0f3'

/** Selectors of the rules in a page's own styles that keep line breaks. */
function selectorsIn(page: CheerioAPI): string[] {
  const rules = page('style')
    .text()
    .split('}')
    .map(rule => rule.split('{'))
  return rules
    .flatMap(([selectors = '', style = '']) => (keepsBreaks.test(style) ? selectors.split(',') : []))
    .map(selector => selector.trim())
    .filter(selector => plainSelector.test(selector))
    .slice(0, mostSelectors)
}
