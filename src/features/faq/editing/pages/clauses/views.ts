import { html } from 'hono/html'
import { type Html, stateBadge } from '../../../../../console/widgets.ts'
import type { CitedClause, ClauseState } from '../../../../../ports/clauses.ts'
import type { ClauseAlarm } from '../../../cited-clauses.ts'

const stateWords: Record<ClauseState, [word: string, tone: 'good' | 'warn' | 'bad' | 'quiet']> = {
  checked: ['已核', 'good'],
  changed: ['变了', 'bad'],
  unchecked: ['文件还没批准', 'warn'],
  ended: ['不在有效期', 'warn'],
  missing: ['文件库里没有', 'bad'],
}

/** Cited clauses, each leading to the document with it marked. */
export function viewClauses(clauses: readonly CitedClause[]): Html {
  return html`<ul>${clauses.map(one => html`<li>${viewClause(one)}</li>`)}</ul>`
}

const viewClause = ({ cited, path, state }: CitedClause): Html =>
  html`${path ? html`<a href="${path}">${cited}</a>` : cited} ${stateBadge(...stateWords[state])}`

/** Changes, with both texts. */
export function viewClauseAlarm({ changed, isHeld }: ClauseAlarm): Html {
  return html`<section class="card alarm"><h2>${stateBadge('要核', 'bad')} 依据的条款变了</h2>
    ${isHeld ? html`<p>回答里的数字和新文件不一样：核好以前，群里只说「文件有更新，正在核」和该问哪个部门。</p>` : ''}
    ${changed.map(
      one => html`<p>${viewClause(one)}</p>
      <div class="grid"><div><small>原来</small><p class="told">${one.before ?? '（没有存下来）'}</p></div>
      <div><small>现在</small><p class="told">${one.after ?? '（新文件里没有这一条了）'}</p></div></div>`,
    )}
    <p class="hint">请对着新文件改好这一条，把「依据条款」写成新文件的条款（或者删掉行尾的 #…），交给审核人。旧说法是有意留着的（比如说的就是去年），到<a href="/documents/changes">要核</a>里写明原因，点「看过，不用改」。</p></section>`
}
