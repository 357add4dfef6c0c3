import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { actorOf } from '../../../console/forms.ts'
import { card, csrfField, type Html, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import type { Delivery } from '../../../outbox/index.ts'
import { nameOnLine } from '../../../ports/sending-lines.ts'
import type { BroadcastActions } from '../actions.ts'
import { aloneNotice, pausedBy } from '../broadcast/words.ts'
import type { DigestParts } from '../context.ts'
import { addBroadcastRoutes } from './broadcast-routes.ts'
import { addDeliveryRoutes } from './delivery-routes.ts'
import { manualCards, needsManualSending } from './delivery-views.ts'
import { addEditorRoutes } from './editor-routes.ts'
import { addFileRoutes } from './file-routes.ts'
import { searchHistory } from './history.ts'
import { heldAfterRestore, historySection, reviewInbox, upcomingTable } from './overview/overview-views.ts'
import { sendingCard } from './overview/sending-views.ts'
import { addPlanRoutes } from './plan-routes.ts'
import { addSheetRoutes } from './sheet.ts'
import { basePath, paramOf, problemNote } from './views.ts'

type C = Context<ConsoleEnv>

/** The console pages of broadcasts. */
export function digestPage(parts: DigestParts, actions: BroadcastActions): Page {
  const { clock, outbox, directory, lines, mayAuthorApprove } = parts
  const routes = new Hono<ConsoleEnv>()

  routes.onError(showRefusal)

  async function showOverview(c: C): Promise<Response> {
    const now = clock.now()
    const open = await actions.open()
    const search = { words: query(c, 'q'), state: query(c, 'state'), month: query(c, 'month') }
    const own = open.filter(({ sendAt, state }) => sendAt && state !== 'rejected')
    const runs = await actions.runs.upcoming(6)
    const held = open.filter(({ heldFromBackupOf }) => heldFromBackupOf !== undefined)
    const waiting = open.filter(one => one.state === 'review' && !held.includes(one))
    const upcoming = upcomingTable({ runs, own, csrf: csrfField(c), goesAt: actions.goesAt }, now)
    return renderPage(
      c,
      '推送',
      html`${toolbar}
        ${heldAfterRestore(held, csrfField(c), now)}
        ${card(
          `等审核${waiting.length > 0 ? `（${waiting.length}）` : ''}`,
          html`${reviewInbox(waiting, now)}
          ${mayAuthorApprove ? html`<p class="hint">${aloneNotice}</p>` : ''}`,
        )}
        ${card('接下来', upcoming)}
        ${card('发送', sendingCard(outbox.status(), now, csrfField(c)))}
        ${await manualSection(c)}
        ${card('推送记录', historySection(await searchHistory(actions, search, query(c, 'page')), search, now))}`,
    )
  }

  /** Manual sending, offered only while sending is held. */
  async function manualSection(c: C): Promise<Html> {
    const status = outbox.status()
    if (!needsManualSending(status)) return html``
    const groups = new Map((await directory.groups()).map(group => [group.id, nameOnLine(group, lines)]))
    const nameOf = ({ target }: Delivery) =>
      'groupId' in target ? (groups.get(target.groupId) ?? '已解绑的群') : `私聊（${target.personId}）`
    const cards = manualCards(await outbox.cards(), { status, nameOf, csrf: csrfField(c) })
    return card('等着发的，可以手动发', cards)
  }

  /** The line that a button is for; undefined: all. */
  function lineIn(c: C): string | undefined {
    const title = query(c, 'line')
    if (title === '') return undefined
    const line = outbox.status().lines.find(one => one.title === title)
    if (!line) throw new Refusal(`没有叫「${title}」的线路了，请刷新页面。`)
    return line.name
  }

  async function pauseSending(c: C): Promise<Response> {
    await outbox.pause(pausedBy(c.get('person').name), lineIn(c))
    return c.redirect(basePath, 303)
  }

  async function resumeSending(c: C): Promise<Response> {
    await outbox.resume(lineIn(c))
    return c.redirect(basePath, 303)
  }

  async function skipRun(c: C): Promise<Response> {
    await actions.skipRun(paramOf(c, 'slot'), actorOf(c))
    return c.redirect(basePath, 303)
  }

  routes.get('/', showOverview)
  routes.post('/pause', pauseSending)
  routes.post('/resume', resumeSending)
  routes.post('/runs/:slot/skip', skipRun)

  addEditorRoutes(routes, parts, actions)
  addPlanRoutes(routes, parts, actions)
  addSheetRoutes(routes, parts, actions)
  addBroadcastRoutes(routes, parts, actions)
  addDeliveryRoutes(routes, actions)
  addFileRoutes(routes, actions)

  return {
    path: basePath.slice(1),
    title: '推送',
    chapter: 'broadcast',
    section: '推送',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    forms: ['/new', '/:number{[0-9]+}/edit', '/plans/new', '/plans/:id'],
    writeAt: {
      '/:number{[0-9]+}/approve': ['organizer', 'reviewer'],
      '/:number{[0-9]+}/reject': ['organizer', 'reviewer'],
    },
    routes,
  }
}

/** The page of a refused request; a fragment for htmx. */
async function showRefusal(fault: Error, c: C): Promise<Response> {
  if (!(fault instanceof Refusal)) throw fault
  if (c.req.header('HX-Request')) return c.html(problemNote(fault.message))
  const back = html`<p><a href="${basePath}">回到推送</a></p>`
  const page = await renderPage(c, '推送', card('', html`${problemNote(fault.message)}${back}`))
  return new Response(page.body, { status: 409, headers: page.headers })
}

const query = (c: C, name: string) => c.req.query(name)?.trim() ?? ''

const toolbar = html`<div class="actions">
  <a role="button" href="${basePath}/new?kind=notice">写通知</a>
  <a role="button" class="secondary" href="${basePath}/new?kind=digest">拟速递</a>
  <a role="button" class="secondary" href="${basePath}/calendar">日历</a>
  <a role="button" class="secondary" href="${basePath}/plans">栏目排期</a></div>`
