import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { fieldProblem, type RefusedForm } from '../../../console/forms.ts'
import { card, type Html, stateBadge, timeOf } from '../../../console/widgets.ts'
import type { CitedClause, Recheck } from '../../../ports/clauses.ts'
import type { Role } from '../../../ports/directory.ts'
import { type DifferingPiece, differingPieces } from '../../../text/figures/differences.ts'
import { sentencesWithLostFigures } from '../../../text/figures/lost-figures.ts'
import type { Dismissal } from '../dismissals/records.ts'
import { idOfRecheck, needsSecond } from '../dismissals/rules.ts'
import { basePath } from '../words.ts'

export type ChangesView = {
  csrf: Html
  roles: readonly Role[]
  now: Temporal.Instant
  refused: RefusedForm | undefined
}

/** Most dismissals that the page lists. */
const mostListed = 50

/** Something that rests on changed clauses, with both texts, and what was said of it. */
export function viewRecheck(recheck: Recheck, view: ChangesView & { said: Dismissal | undefined }): Html {
  const { kind, title, path, changed, isHeld } = recheck
  const { said } = view
  const name = path === '' ? html`${title}` : html`<a href="${path}">${title}</a>`
  return card(
    html`${stateBadge(kind, 'quiet')} ${name} ${isHeld ? stateBadge('数字变了，核好以前不说', 'bad') : ''}`,
    html`${viewTold(recheck)}${changed.map(one => html`${viewBoth(one)}${needsSecond(recheck) ? '' : pageForm(one, view)}`)}
      ${said ? viewHistory(said, view.now) : ''}
      ${said?.state === 'waiting' ? waitingFor(said, view) : dismissForm(idOfRecheck(recheck), view)}`,
  )
}

/** Most sentences of it that stand above the clauses. */
const mostSentences = 5
/** Most characters of it where only words of the clauses changed. */
const mostCharacters = 120

/** The words that rest on the clauses: the sentences that tell a changed figure, or else the beginning. */
function viewTold({ text, changed }: Recheck): Html {
  const sentences = sentencesWithLostFigures(changed, text)
  const shown = sentences
    .slice(0, mostSentences)
    .map(pieces => html`<p class="told">${withMarks(pieces)}</p>`)
  const begin = [...text].length > mostCharacters ? `${[...text].slice(0, mostCharacters).join('')}…` : text
  const more = sentences.length - shown.length
  return html`<p><small>它现在说的${sentences.length > 0 ? '（变了的数字标出来了）' : ''}</small></p>
    ${shown.length > 0 ? shown : html`<p class="told">${begin}</p>`}
    ${more > 0 ? html`<p class="hint">后面还有 ${more} 句，点名字去看。</p>` : ''}`
}

/** The form for the person who has compared both texts. */
function dismissForm(id: string, { csrf, refused }: ChangesView): Html {
  const isRefused = refused?.input.id === id
  return html`<form class="row" method="post" action="${basePath}/changes/dismiss">${csrf}<input type="hidden" name="id" value="${id}">
    <label>为什么不用改<input name="reason" placeholder="比如：说的就是去年的标准" value="${isRefused ? (refused.input.reason ?? '') : ''}"></label>
    <button type="submit" class="secondary">看过，不用改</button>${isRefused ? fieldProblem(refused.fieldProblems, 'reason') : ''}</form>`
}

/** One person has said so, and a second is to agree. */
function waitingFor({ id }: Dismissal, { csrf, roles }: ChangesView): Html {
  const agreeForm = html`<form method="post" action="${basePath}/changes/agree">${csrf}<input type="hidden" name="id" value="${id}">
    <button type="submit" class="secondary">同意，不用改</button></form>`
  return html`<p>这里数字变了，还要另一位审核人同意，才不再列为要核。</p>
    ${roles.includes('reviewer') ? agreeForm : ''}${reopenForm(id, csrf)}`
}

const reopenForm = (id: string, csrf: Html) =>
  html`<form method="post" action="${basePath}/changes/reopen">${csrf}<input type="hidden" name="id" value="${id}">
    <button type="submit" class="quiet">还是要改</button></form>`

/** The form for a public page: both texts were compared, and nothing that rests on it needs a change. */
function pageForm({ cited }: CitedClause, { csrf, roles, refused }: ChangesView): Html {
  if (!isAddress(cited) || !roles.includes('reviewer')) return html``
  return html`<form class="row" method="post" action="${basePath}/changes/page">${csrf}<input type="hidden" name="url" value="${cited}">
    <label>原因<input name="reason" placeholder="比如：只改了联系电话"></label>
    <button type="submit" class="secondary">这个网页看过了，都不用改</button>${refused?.input.url === cited ? fieldProblem(refused.fieldProblems, 'reason') : ''}</form>`
}

/** Texts that need no change, as persons said: who, why, and a way back. */
export function viewDismissals(all: readonly Dismissal[], { csrf, now }: ChangesView): Html {
  const settled = all.filter(({ state }) => state === 'settled').toReversed()
  if (settled.length === 0) return html``
  return card(
    `看过、不用改的（${settled.length}）`,
    html`${settled.slice(0, mostListed).map(one => viewSettled(one, csrf, now))}`,
  )
}

function viewSettled(one: Dismissal, csrf: Html, now: Temporal.Instant): Html {
  const { id, kind, title, path, cited } = one
  return html`<p>${stateBadge(kind, 'quiet')} <a href="${path}">${title}</a><br><small>${cited.join('、')}</small></p>
    ${viewHistory(one, now)}${isAddress(path) ? '' : reopenForm(id, csrf)}`
}

const viewHistory = ({ history }: Dismissal, now: Temporal.Instant) =>
  html`<ul class="plain">${history.map(({ at, by, deed }) => html`<li><span>${by.name}：${deed}</span> <small>${timeOf(Temporal.Instant.from(at), now)}</small></li>`)}</ul>`

const isAddress = (text: string) => /^https?:\/\//u.test(text)

/** A clause before and now. */
export function viewBoth({ cited, path, before, after }: CitedClause): Html {
  const to = isAddress(cited) ? cited : path
  const [old, now] =
    before !== undefined && after !== undefined
      ? differingPieces(before, after).map(withMarks)
      : [before ?? '（没有存下来）', after ?? '（新文件里没有这一条了）']
  return html`<p>${to ? html`<a href="${to}" rel="noreferrer">${cited}</a>` : cited}</p>
    <div class="grid"><div><small>原来</small><p class="told">${old}</p></div>
    <div><small>现在</small><p class="told">${now}</p></div></div>`
}

const withMarks = (pieces: readonly DifferingPiece[]): Html =>
  html`${pieces.map(({ text, isOther }) => (isOther ? html`<mark>${text}</mark>` : text))}`
