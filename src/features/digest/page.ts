import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { csrfField, type Html, renderPage } from '../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../feature.ts'
import type { Broadcasts, Progress } from './broadcasts.ts'
import type { DigestParts } from './drafts.ts'
import { confirmWithinMinutes } from './rules.ts'
import {
  asInGroup,
  basePath,
  button,
  deliveryBoard,
  historyTable,
  nextCard,
  problemNote,
  sendingCard,
  slotList,
} from './views.ts'
import { isConfirmable, isUnderWay, pausedBy, sayReach } from './words.ts'

type C = Context<ConsoleEnv>

/** The console's pages for digests: the same rules as in chat, drawn. */
export function digestPage({ clock, outbox }: DigestParts, broadcasts: Broadcasts): Page {
  const routes = new Hono<ConsoleEnv>()

  routes.onError(async (fault, c) => {
    if (!(fault instanceof Refusal)) throw fault
    const back = html`<p><a href="${basePath}">回到推送</a></p>`
    const body = html`<section class="card">${problemNote(fault.message)}${back}</section>`
    const page = await renderPage(c, '推送', body)
    return new Response(page.body, { status: 409, headers: page.headers })
  })

  // A reviewer may look; what changes something is an organizer's, as in chat.
  routes.post('*', async (c, next) => {
    if (!c.get('person').roles.includes('organizer')) throw new Refusal('这件事只有组织者能办。')
    await next()
  })

  routes.get('/', async c => {
    const now = clock.now()
    const [next, slots, history] = await Promise.all([
      nextSection(c),
      broadcasts.upcoming(3),
      broadcasts.history(20),
    ])
    return renderPage(
      c,
      '推送',
      html`<section class="card"><h2>下一次推送</h2>${next}</section>
        <section class="card"><h2>发送</h2>${sendingCard(outbox.standing(), now, csrfField(c))}</section>
        <section class="card"><h2>接下来</h2>${slotList(slots, now)}</section>
        <section class="card"><h2>推送记录</h2>${historyTable(history, now)}</section>`,
    )
  })

  /** A broken file of items is shown where the text would be; the history stays in sight. */
  async function nextSection(c: C): Promise<Html> {
    try {
      const next = await broadcasts.next()
      const cancel = `/slots/${encodeURIComponent(next?.at.toString() ?? '')}/cancel`
      return html`${nextCard(next, clock.now())}
        ${button('/propose', '现在推送：先看，再确认', csrfField(c), 'primary')}
        ${next && !next.isCancelled ? button(cancel, '取消这一次', csrfField(c), 'secondary') : html``}`
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      return problemNote(cause.message)
    }
  }

  routes.post('/propose', async c => {
    const { number } = await broadcasts.propose(actorOf(c))
    return c.redirect(`${basePath}/${number}`, 303)
  })

  routes.post('/pause', async c => {
    await outbox.pause(pausedBy(c.get('person').name))
    return c.redirect(basePath, 303)
  })

  routes.post('/resume', async c => {
    await outbox.resume()
    return c.redirect(basePath, 303)
  })

  routes.post('/slots/:slot/cancel', async c => {
    await broadcasts.cancelSlot(actorOf(c), c.req.param('slot'))
    return c.redirect(basePath, 303)
  })

  routes.get('/:number{[0-9]+}', async c => {
    const progress = await broadcasts.progress(numberOf(c))
    const { number, text, groups } = progress.digest
    return renderPage(
      c,
      `推送 ${number}`,
      html`<section class="card"><h2>各群</h2>${board(c, progress)}</section>
        <section class="card"><h2>发到 ${groups.length} 个群</h2>
          <ul>${groups.map(({ name }) => html`<li>${name}</li>`)}</ul></section>
        <section class="card"><h2>原文</h2>${asInGroup(text)}</section>
        <p><a href="${basePath}">回到推送</a></p>`,
    )
  })

  const board = (c: C, progress: Progress) => deliveryBoard(progress, clock.now(), actions(c, progress))

  function actions(c: C, progress: Progress): Html {
    const { number, groups } = progress.digest
    if (isConfirmable(progress, clock.now())) {
      const reach = sayReach(groups.length, outbox.estimateSeconds(groups.length + outbox.standing().waiting))
      return html`<p>看过下面的原文再发，${confirmWithinMinutes} 分钟内有效。</p>
        ${button(`/${number}/confirm`, `发送到 ${reach}`, csrfField(c), 'primary')}
        ${button(`/${number}/cancel`, '不发了', csrfField(c), 'secondary')}`
    }
    return isUnderWay(progress)
      ? button(`/${number}/cancel`, '停下还没发的群', csrfField(c), 'secondary')
      : html``
  }

  routes.get('/:number{[0-9]+}/deliveries', async c =>
    c.html(board(c, await broadcasts.progress(numberOf(c)))),
  )

  routes.post('/:number{[0-9]+}/confirm', async c => {
    await broadcasts.confirm(numberOf(c))
    return c.redirect(`${basePath}/${numberOf(c)}`, 303)
  })

  routes.post('/:number{[0-9]+}/cancel', async c => {
    await broadcasts.cancel(actorOf(c), numberOf(c))
    return c.redirect(`${basePath}/${numberOf(c)}`, 303)
  })

  return { path: basePath.slice(1), title: '推送', routes }
}

const numberOf = (c: C) => Number(c.req.param('number'))

function actorOf(c: C) {
  const { id, name } = c.get('person')
  return { id, name }
}
