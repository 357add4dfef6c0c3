import type { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, form } from '../../../console/forms.ts'
import { card, csrfField, emptyState, type Html, renderPage, stateBadge } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import type { CitedClause, Recheck } from '../../../ports/clauses.ts'
import { compareVersions } from '../clauses/clause-lookup.ts'
import { basePath, nameOf } from '../words.ts'
import { type DocumentContext, type DocumentPageParts, numberOf } from './parts.ts'

const backLink = html`<p><a href="${basePath}">← 文件库</a></p>`
const PageChecked = form(z.object({ url: z.url() }))

/** Pages of content that rests on changed clauses, and of two versions side by side. */
export function addChangeRoutes(
  routes: Hono<ConsoleEnv>,
  { actions, pages, rechecks }: Pick<DocumentPageParts, 'actions' | 'pages' | 'rechecks'>,
): void {
  async function showChanges(c: DocumentContext): Promise<Response> {
    const all = await rechecks()
    const body =
      all.length === 0
        ? emptyState('没有要核的。传了文件的新版本，引用的条款变了的知识、匹配条件、推送和报名会列在这里。')
        : html`<p class="hint">点名字去改。改成新条款的说法，它就不再列在这里。</p>${all.map(one => viewRecheck(one, csrfField(c)))}`
    return renderPage(c, '要核：依据的条款变了', html`${backLink}${body}`)
  }

  routes.get('/changes', showChanges)
  routes.post(
    '/changes/page',
    action({
      form: PageChecked,
      async run(_, { url }) {
        await pages.confirm(url)
        return `${basePath}/changes`
      },
      show: showChanges,
    }),
  )
  routes.get('/:number{[0-9]+}/compare', async c => {
    const document = actions.documentOf(numberOf(c))
    if (!document.supersedes) throw new Refusal('这份文件没有旧版本，没有可对照的。')
    const older = actions.documentOf(document.supersedes)
    const { changed, added } = compareVersions(older, document)
    return renderPage(
      c,
      '新旧对照',
      html`${backLink}<p>旧：<a href="${basePath}/${older.number}">${older.number} 号 ${nameOf(older)}</a>　新：<a href="${basePath}/${document.number}">${document.number} 号 ${nameOf(document)}</a></p>
        ${card(`改了或没有了的条款（${changed.length}）`, changed.length === 0 ? emptyState('没有，逐条一样。') : html`${changed.map(viewBoth)}`)}
        ${added.length > 0 ? card(`新添的条款（${added.length}）`, html`${added.map(({ text }) => html`<p class="told">${text}</p>`)}`) : ''}`,
    )
  })
}

function viewRecheck({ kind, title, path, changed, isHeld }: Recheck, csrf: Html): Html {
  const name = path === '' ? html`${title}` : html`<a href="${path}">${title}</a>`
  return card(
    html`${stateBadge(kind, 'quiet')} ${name} ${isHeld ? stateBadge('数字变了，核好以前不说', 'bad') : ''}`,
    html`${changed.map(one => html`${viewBoth(one)}${pageForm(one, csrf)}`)}`,
  )
}

/** For a public page: both texts were compared. */
function pageForm({ cited }: CitedClause, csrf: Html): Html {
  if (!isAddress(cited)) return html``
  return html`<form method="post" action="${basePath}/changes/page">${csrf}<input type="hidden" name="url" value="${cited}">
    <button type="submit" class="secondary">看过了，这里不用改</button></form>`
}

const isAddress = (text: string) => /^https?:\/\//u.test(text)

/** A clause before and now. */
function viewBoth({ cited, path, before, after }: CitedClause): Html {
  const to = isAddress(cited) ? cited : path
  return html`<p>${to ? html`<a href="${to}" rel="noreferrer">${cited}</a>` : cited}</p>
    <div class="grid"><div><small>原来</small><p class="told">${before ?? '（没有存下来）'}</p></div>
    <div><small>现在</small><p class="told">${after ?? '（新文件里没有这一条了）'}</p></div></div>`
}
