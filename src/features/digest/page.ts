import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { csrfField, type Html, renderPage } from '../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../feature.ts'
import type { Delivery } from '../../outbox/index.ts'
import type { Broadcasts, Progress } from './broadcasts.ts'
import { attemptsOf } from './corrections.ts'
import type { DigestParts } from './drafts.ts'
import { actorOf, addHandRoutes, numberOf } from './hand-routes.ts'
import { decisions, handCards, needsHands, resendButton } from './hand-views.ts'
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
import { isConfirmable, isUnderWay, pausedBy, sayReach, saySending } from './words.ts'

type C = Context<ConsoleEnv>

/** The console's pages for digests: the same rules as in chat, drawn. */
export function digestPage(parts: DigestParts, broadcasts: Broadcasts): Page {
  const { clock, outbox, directory } = parts
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
        ${await handSection(c)}
        <section class="card"><h2>接下来</h2>${slotList(slots, now)}</section>
        <section class="card"><h2>推送记录</h2>${historyTable(history, now)}</section>`,
    )
  })

  /** Only while what is due cannot go out by itself; it needs no line. */
  async function handSection(c: C): Promise<Html> {
    const standing = outbox.standing()
    if (!needsHands(standing)) return html``
    const groups = new Map((await directory.groups()).map(({ id, name }) => [id, name]))
    const nameOf = ({ target }: Delivery) =>
      'groupId' in target ? (groups.get(target.groupId) ?? '已解绑的群') : `私聊（${target.personId}）`
    const cards = handCards(await outbox.cards(), { standing, nameOf, csrf: csrfField(c) })
    return html`<section class="card"><h2>等着发的，可以手动发</h2>${cards}</section>`
  }

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

  function board(c: C, progress: Progress) {
    const path = `/${progress.digest.number}`
    const canDecide = c.get('person').roles.includes('organizer')
    const decide = (delivery: Delivery) => (canDecide ? decisions(delivery, path, csrfField(c)) : html``)
    return deliveryBoard(progress, { now: clock.now(), actions: actions(c, progress), decide })
  }

  function actions(c: C, progress: Progress): Html {
    const { number, groups } = progress.digest
    if (isConfirmable(progress, clock.now())) {
      const reach = sayReach(groups.length, outbox.estimateSeconds(groups.length + outbox.standing().waiting))
      return html`${saySending(outbox, groups.length, clock.now()).map(line => html`<p>${line}</p>`)}
        <p>看过下面的原文再发，${confirmWithinMinutes} 分钟内有效。</p>
        ${button(`/${number}/confirm`, `发送到 ${reach}`, csrfField(c), 'primary')}
        ${button(`/${number}/cancel`, '不发了', csrfField(c), 'secondary')}`
    }
    const failed = progress.deliveries.filter(({ state }) => state === 'failed').length
    const stop = button(`/${number}/cancel`, '停下还没发的群', csrfField(c), 'secondary')
    return html`${resendButton(`/${number}`, { failed, attempts: attemptsOf(progress) }, csrfField(c))}
      ${isUnderWay(progress) ? stop : ''}`
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

  addHandRoutes(routes, parts, broadcasts)

  return { path: basePath.slice(1), title: '推送', section: '推送', routes }
}
