import type { CheerioAPI } from 'cheerio'

const paragraphsOf = (page: CheerioAPI) => page('p').toArray()
/** An element of a parsed page or XML file. */
export type Element = ReturnType<typeof paragraphsOf>[number]

/** The elements among what was found: cheerio's types tell no elements for names with a prefix. */
export const elementsOf = (found: { toArray(): object[] }): Element[] => found.toArray() as Element[]
