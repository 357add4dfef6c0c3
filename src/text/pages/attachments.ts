import { load } from 'cheerio'
import { decodedPath } from './links.ts'

/** A file that a page links to, as the page names it. */
export type Attachment = { name: string; link: string }

/** Old formats of office suites are listed as well, so that they are named as unread. */
const listed = /\.(?:pdf|docx?|odt|ofd|xlsx?|wps|et)$/iu

/** The documents that a page links to, each once, in its order. @param base the address of the page */
export function attachmentsOf(markup: string, base: string): Attachment[] {
  const page = load(markup)
  const found = page('a[href]')
    .toArray()
    .flatMap(each => {
      const url = URL.parse(page(each).attr('href') ?? '', base)
      if (!url || !/^https?:$/u.test(url.protocol) || !listed.test(url.pathname)) return []
      const words = page(each).text().replaceAll(/\s+/gu, ' ').trim()
      const name = words || decodedPath(url.pathname.split('/').at(-1) ?? '')
      return [[url.href, { name, link: url.href }] as const]
    })
  return [...new Map(found).values()]
}
