import { html } from 'hono/html'
import type { ConsoleContext } from '../feature.ts'
import type { Html } from './widgets.ts'

type Place = { page: number; pages: number }

/**
 * Cuts one page out of a long list.
 * @param wanted.page as an address names it, from 1; anything else is page 1, and too high a number the last page
 */
export function pageOf<T>(
  all: readonly T[],
  wanted: { perPage: number; page: string | undefined },
): Place & { shown: readonly T[] } {
  const { perPage } = wanted
  const pages = Math.max(1, Math.ceil(all.length / perPage))
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(wanted.page)) || 1))
  return { page, pages, shown: all.slice((page - 1) * perPage, page * perPage) }
}

/** Links to the pages before and after; empty where there is one page. */
export function pager(
  { page, pages }: Place,
  linkTo: (page: number) => string,
  words: { before: string; after: string },
): Html {
  if (pages <= 1) return html``
  const to = (other: number, label: string) =>
    other >= 1 && other <= pages ? html`<a href="${linkTo(other)}">${label}</a>` : ''
  return html`<nav class="pager" aria-label="翻页">${to(page - 1, `← ${words.before}`)} <span>第 ${page} 页，共 ${pages} 页</span> ${to(page + 1, `${words.after} →`)}</nav>`
}

/**
 * The address of a list with the filters and the page that a form of it was shown with.
 * @param list.fields fields of the list's address that its forms carry
 * @param more what the list is to tell beside, as fields of its address
 */
export function backToList(
  c: ConsoleContext,
  { path, fields }: { path: string; fields: readonly string[] },
  more: Record<string, string> = {},
): string {
  const search = new URLSearchParams()
  for (const field of fields) {
    const value = c.req.query(field)
    if (value) search.set(field, value)
  }
  for (const [field, value] of Object.entries(more)) search.set(field, value)
  return search.size > 0 ? `${path}?${search}` : path
}
