import { load } from 'cheerio'
import { oneLine } from './html.ts'

/** Where in a list page the entries stand, as CSS selectors; those of the parts are looked for inside an entry. */
export type ListMapping = {
  item: string
  title: string
  /** Without one the whole text of the entry is searched for a date. */
  date?: string | undefined
  link: string
}
export type ListedEntry = { title: string; date: string; link: string }

/**
 * The entries of a list page, as written; those without a title or a link are left out.
 * @param base what links are relative to
 * @throws when a selector is none
 */
export function listedEntries(markup: string, mapping: ListMapping, base: string): ListedEntry[] {
  const page = load(markup)
  return page(mapping.item)
    .toArray()
    .flatMap(each => {
      const entry = page(each)
      const part = (selector: string) => (selector === '.' ? entry : entry.find(selector).first())
      const named = part(mapping.title)
      const title = oneLine(named.attr('title') || named.text())
      const link = URL.parse(part(mapping.link).attr('href') ?? '', base)?.href ?? ''
      const date = mapping.date ? oneLine(part(mapping.date).text()) : oneLine(entry.text())
      return title && /^https?:/u.test(link) ? [{ title, date, link }] : []
    })
}
