import type { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, actorOf, form, lineField, numberInPath, type RefusedForm } from '../../../console/forms.ts'
import { card, csrfField, emptyState, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import { compareVersions } from '../clauses/clause-lookup.ts'
import { idOfRecheck, needsSecond } from '../dismissals/rules.ts'
import { basePath, documentNameOf } from '../words.ts'
import type { DocumentContext, DocumentPageParts } from './parts.ts'
import { viewBoth, viewDismissals, viewRecheck } from './views-changes.ts'

const path = `${basePath}/changes`
const backLink = html`<p><a href="${basePath}">← 文件库</a></p>`
const PageChecked = form(z.object({ url: z.url(), reason: lineField }))
const Dismissed = form(z.object({ id: lineField, reason: lineField }))
const Decided = form(z.object({ id: lineField }))

const changedAgain = '这里刚刚又变了，请看过现在的内容再说。'

type ChangeParts = Pick<DocumentPageParts, 'actions' | 'pages' | 'dismissals' | 'rechecks' | 'clock'>

/** Pages of content that rests on changed clauses, and of two versions side by side. */
export function addChangeRoutes(routes: Hono<ConsoleEnv>, parts: ChangeParts): void {
  const { pages, dismissals, rechecks } = parts
  const showChanges = changesPage(parts)

  routes.get('/changes', c => showChanges(c))
  routes.post(
    '/changes/dismiss',
    action({
      form: Dismissed,
      async run(c, { id, reason }) {
        const shown = (await rechecks()).find(one => idOfRecheck(one) === id)
        if (!shown) throw new Refusal(changedAgain)
        await dismissals.dismiss(shown, reason, actorOf(c))
        return path
      },
      show: showChanges,
    }),
  )
  for (const deed of ['agree', 'reopen'] as const)
    routes.post(
      `/changes/${deed}`,
      action({
        form: Decided,
        async run(c, { id }) {
          await dismissals[deed](id, actorOf(c))
          return path
        },
        show: showChanges,
      }),
    )
  routes.post(
    '/changes/page',
    action({
      form: PageChecked,
      async run(c, { url, reason }) {
        const change = pages.changes().get(url)
        if (!change) throw new Refusal(changedAgain)
        const isLost = (await rechecks()).some(
          one => needsSecond(one) && one.changed.some(({ cited }) => cited === url),
        )
        if (isLost)
          throw new Refusal('这个网页上有数字变了，请先在上面逐处核好；不用改的，要两个人说「不用改」。')
        await dismissals.dismissPage(change, reason, actorOf(c))
        await pages.confirm(url)
        return path
      },
      show: showChanges,
    }),
  )
  addComparison(routes, parts)
}

const changesPage =
  ({ dismissals, rechecks, clock }: ChangeParts) =>
  async (c: DocumentContext, refused?: RefusedForm): Promise<Response> => {
    const all = await rechecks()
    const view = { csrf: csrfField(c), roles: c.get('person').roles, now: clock.now(), refused }
    const body =
      all.length === 0
        ? emptyState('没有要核的。传了文件的新版本，引用的条款变了的知识、匹配条件、推送和报名会列在这里。')
        : html`<p class="hint">点名字去改。改成新条款的说法，它就不再列在这里。旧说法是有意留着的，写明原因，点「看过，不用改」；数字变了的，还要另一位审核人同意。</p>
            ${all.map(one => viewRecheck(one, { ...view, said: dismissals.find(one) }))}`
    const list = viewDismissals(dismissals.all(), view)
    const problem = refused?.problem ? html`<p role="alert" class="problem">${refused.problem}</p>` : html``
    return renderPage(c, '要核：依据的条款变了', html`${backLink}${problem}${body}${list}`)
  }

function addComparison(routes: Hono<ConsoleEnv>, { actions }: Pick<ChangeParts, 'actions'>): void {
  routes.get('/:number{[0-9]+}/compare', async c => {
    const document = actions.documentOf(numberInPath(c))
    if (!document.supersedes) throw new Refusal('这份文件没有旧版本，没有可对照的。')
    const older = actions.documentOf(document.supersedes)
    const { changed, added } = compareVersions(older, document)
    return renderPage(
      c,
      '新旧对照',
      html`${backLink}<p>旧：<a href="${basePath}/${older.number}">${older.number} 号 ${documentNameOf(older)}</a>　新：<a href="${basePath}/${document.number}">${document.number} 号 ${documentNameOf(document)}</a></p>
        ${card(`改了或没有了的条款（${changed.length}）`, changed.length === 0 ? emptyState('没有，逐条一样。') : html`${changed.map(viewBoth)}`)}
        ${added.length > 0 ? card(`新添的条款（${added.length}）`, html`${added.map(({ text }) => html`<p class="told">${text}</p>`)}`) : ''}`,
    )
  })
}
