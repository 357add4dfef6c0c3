import type { CheerioAPI } from 'cheerio'
import type { Element } from '../elements.ts'
import { officesIn } from '../structure/offices.ts'

export type LineTest = (line: string) => boolean

/** Places of the name of a site. */
const banners =
  'header h1, header p, header div, [class*="logo" i], [id*="logo" i], [class*="banner" i], [class*="site-name" i], [class*="brand" i]'

/** The name of an office that is the first headline of a page, above another one. */
const isBanner = (page: CheerioAPI, each: Element) =>
  officesIn(page(each).text()).length > 0 &&
  (page(each).is(banners) || (page('h1, h2, h3').get(1) !== undefined && !page(each).next().is('h1, h2, h3')))

/** Menus and paths of a page are made of links, with days beside them and counts; its own name is none of its text. */
export function createLinkTest(page: CheerioAPI): LineTest {
  const named = page(`${banners}, h1`)
    .toArray()
    .filter(each => isBanner(page, each))
  const texts = [...page('a').toArray(), ...named]
    .map(each => oneLine(page(each).text()))
    .filter(text => text !== '')
  const links = [...new Set(texts)].toSorted((one, other) => other.length - one.length)
  const known = new Map<string, boolean>()
  const isOfLinks = (line: string) => {
    const rest = links.reduce((left, link) => left.replaceAll(link, ''), line)
    return (rest === line ? /^[\s|>›»/·-]*$/u : /^[\s|>›»/·.\d[\]()-]{0,14}$/u).test(rest)
  }
  return line => {
    const found = known.get(line) ?? isOfLinks(line)
    known.set(line, found)
    return found
  }
}

const oneLine = (text: string) => text.replaceAll(/\s+/gu, ' ').trim()
