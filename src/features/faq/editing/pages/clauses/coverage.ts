import { html } from 'hono/html'
import { pageOf, pager } from '../../../../../console/paging.ts'
import { card, emptyState, type Html, stackTable } from '../../../../../console/widgets.ts'
import { sayKeptDay } from '../../../../../text/dates/kept-day.ts'
import type { FigureCoverage } from '../../../figure-coverage.ts'
import { basePath } from '../parts.ts'

const perPage = 20

/**
 * The share of all figures that stand in a checked clause, and the entries where some do not, page by page.
 * @param page as the address says
 */
export function viewCoverage({ figures, covered, entries }: FigureCoverage, page: string | undefined): Html {
  const share = figures === 0 ? 100 : Math.floor((covered / figures) * 1000) / 10
  const { shown, ...place } = pageOf(entries, { perPage, page })
  const rows = shown.map(({ entry, figures, open }) => [
    html`<a href="${basePath}/entries/${entry.id}/edit">${entry.question}</a>`,
    `${figures} 个里挂上 ${figures - open.length} 个`,
    `差 ${[...new Set(open)].slice(0, 8).map(sayKeptDay).join('、')}`,
  ])
  return html`${card(
    '数字挂在条款上',
    html`<p><strong>${share}%</strong>：回答里一共有 ${figures} 个数字，${covered} 个写在核过的条款里。目标是 100%。</p>
    <p class="hint">条款要在「文件库」里：文件经两人核对、批准，还在有效期。在条目的「依据条款」里写上，比如「榕科〔2026〕12号 第三条（一）」。</p>`,
  )}
  ${card(
    `还没有挂上的（${entries.length} 条）`,
    rows.length === 0
      ? emptyState('都挂上了。')
      : stackTable(['条目', '挂上几个', '还差哪些'], rows, { isFlowing: true }),
  )}
  ${pager(place, to => `${basePath}/figures?page=${to}`, { before: '上一页', after: '下一页' })}`
}
