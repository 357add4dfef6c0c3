import { html } from 'hono/html'
import { type Frame, sections } from '../feature.ts'
import type { Html } from './widgets.ts'

type NavPage = Frame['pages'][number]

/**
 * The main menu: pages that stand alone, and sections. Below it, the pages of the open section. A section opens on its
 * first page. Two short rows stay calm on a phone; one row of all pages would not.
 * @param pages in their order; those before the first page of a section stand before all sections
 * @param path of the page that is shown
 */
export function navigation(pages: readonly NavPage[], path: string): { main: Html; inside: Html } {
  const here = pages.find(page => page.path === (path.split('/')[1] ?? ''))
  const filled = sections.flatMap(section => {
    const inside = pages.filter(page => page.section === section)
    return inside[0] ? [{ title: section, path: inside[0].path, inside }] : []
  })
  const firstInSection = pages.findIndex(page => page.section !== undefined)
  const alone = (page: NavPage, place: number) =>
    page.section === undefined && (place < firstInSection || firstInSection < 0)
  const before = pages.filter(alone)
  const after = pages.filter((page, place) => page.section === undefined && !alone(page, place))
  const open = filled.find(({ title }) => title === here?.section)
  const main = html`<nav aria-label="主菜单">
    ${before.map(page => link(page, page === here))}
    ${filled.map(section => link(section, section === open))}
    ${after.map(page => link(page, page === here))}
  </nav>`
  const hasRow = open && open.inside.length > 1
  const inside = hasRow
    ? html`<nav class="inside" aria-label="${open.title}">${open.inside.map(page => link(page, page === here))}</nav>`
    : html``
  return { main, inside }
}

const link = ({ path, title }: { path: string; title: string }, isHere: boolean) =>
  html`<a href="/${path}" ${isHere ? html`aria-current="page"` : ''}>${title}</a>`
