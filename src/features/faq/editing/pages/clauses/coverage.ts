import { html } from 'hono/html'
import { card, emptyState, type Html, stackTable } from '../../../../../console/widgets.ts'
import { sayKeptDay } from '../../../../../text/dates/kept-day.ts'
import type { FigureCoverage } from '../../../figure-coverage.ts'
import { root } from '../parts.ts'

/** Entries on the page. */
const mostShown = 200

/** The share of all figures that stand in a checked clause, and the entries where some do not. */
export function viewCoverage({ figures, covered, entries }: FigureCoverage): Html {
  const share = figures === 0 ? 100 : Math.floor((covered / figures) * 1000) / 10
  const rows = entries
    .slice(0, mostShown)
    .map(({ entry, figures, open }) => [
      html`<a href="${root}/entries/${entry.id}/edit">${entry.question}</a>`,
      `${figures - open.length} / ${figures}`,
      [...new Set(open)].slice(0, 8).map(sayKeptDay).join('、'),
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
      : html`${stackTable(['条目', '挂上的数字', '没挂上的'], rows)}
        ${entries.length > mostShown ? html`<p>只列出前 ${mostShown} 条。</p>` : ''}`,
  )}`
}
