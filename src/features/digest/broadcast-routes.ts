import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { card, csrfField, type Html, renderPage } from '../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../feature.ts'
import type { Delivery } from '../../outbox/index.ts'
import { actionsFor, type Facts, factsCard, originalCards, questionsCard } from './broadcast-views.ts'
import type { Broadcasts, Progress } from './broadcasts.ts'
import type { DigestParts } from './context.ts'
import { attemptsOf, isMissing } from './corrections.ts'
import { actorOf, numberOf } from './hand-routes.ts'
import { decisions, resendButton } from './hand-views.ts'
import { questionsDrawn } from './questions-drawn.ts'
import type { Broadcast } from './records.ts'
import { basePath, button, deliveryBoard } from './views.ts'
import {
  aloneNotice,
  isUnderWay,
  messagesOf,
  sayCap,
  sayNight,
  sayReach,
  saySending,
  sayWhen,
} from './words.ts'

type C = Context<ConsoleEnv>

/** One broadcast on the console: what it says, to whom, what became of it, and what can be decided. */
export function addBroadcastRoutes(
  routes: Hono<ConsoleEnv>,
  parts: DigestParts,
  broadcasts: Broadcasts,
): void {
  const { clock, outbox, shelfLifeMinutes, mayAuthorApprove } = parts

  async function factsOf(broadcast: Broadcast): Promise<Facts> {
    const now = clock.now()
    const goesAt = broadcasts.goesAt(broadcast)
    const messages = messagesOf(broadcast)
    return {
      when: sayWhen(broadcast, goesAt, now),
      reach: sayReach(broadcast.groups.length, outbox.estimateSeconds(messages)),
      cap: sayCap(outbox.standing(), messages),
      night: [
        ...saySending(outbox, messages, now),
        ...sayNight(outbox, { goesAt, messages, shelfLifeMinutes }, now),
      ],
      faults: broadcast.state === 'posted' ? [] : await broadcasts.faultsOf(broadcast),
      doubt: broadcast.state === 'posted' ? undefined : await broadcasts.doubtOf(broadcast),
    }
  }

  routes.get('/:number{[0-9]+}', async c => {
    const progress = await broadcasts.progress(numberOf(c))
    const { broadcast } = progress
    const facts = await factsOf(broadcast)
    const person = c.get('person')
    await broadcasts.noteLook(broadcast, person.id)
    const todo = actionsFor(broadcast, {
      csrf: csrfField(c),
      isOrganizer: person.roles.includes('organizer'),
      mayApprove: mayAuthorApprove || broadcast.author?.id !== person.id,
      reach: facts.reach,
    })
    const isOwn = mayAuthorApprove && broadcast.author?.id === person.id && broadcast.state === 'review'
    return renderPage(
      c,
      `推送 ${broadcast.number}：${broadcast.title}`,
      html`<p><a href="${basePath}">← 推送</a></p>
        ${card('', html`${board(c, progress)}${isOwn ? html`<p class="hint">${aloneNotice}</p>` : ''}${todo}`)}
        ${card('', factsCard(broadcast, facts, clock.now()))}
        ${originalCards(broadcast)}
        ${questionsCard(await questionsDrawn(progress, parts))}`,
    )
  })

  function board(c: C, progress: Progress) {
    const path = `/${progress.broadcast.number}`
    const canDecide = c.get('person').roles.includes('organizer')
    const decide = (delivery: Delivery) => (canDecide ? decisions(delivery, path, csrfField(c)) : html``)
    return deliveryBoard(progress, { now: clock.now(), actions: boardActions(c, progress), decide })
  }

  function boardActions(c: C, progress: Progress): Html {
    const { number } = progress.broadcast
    const missing = progress.deliveries.filter(({ state }) => isMissing(state)).length
    const stop = button(`/${number}/cancel`, '停下还没发的群', csrfField(c), 'secondary')
    return html`${resendButton(`/${number}`, { missing, attempts: attemptsOf(progress) }, csrfField(c))}
      ${isUnderWay(progress) ? stop : ''}`
  }

  routes.get('/:number{[0-9]+}/deliveries', async c =>
    c.html(board(c, await broadcasts.progress(numberOf(c)))),
  )

  routes.get('/:number{[0-9]+}/picture.png', async c => {
    const { text } = await broadcasts.existing(numberOf(c))
    return png(c, await broadcasts.draw(text))
  })

  routes.get('/pictures/:name{[0-9a-f]+\\.png}', async c => {
    const bytes = await broadcasts.picture(c.req.param('name').slice(0, -4))
    if (!bytes) throw new Refusal('没有这张图，可能链接旧了。')
    return png(c, bytes)
  })

  routes.post('/:number{[0-9]+}/approve', async c => {
    const { seal } = await c.req.parseBody()
    if (typeof seal !== 'string') throw new Refusal('这一页不完整，请刷新再试。')
    await broadcasts.approve(numberOf(c), actorOf(c), seal)
    return back(c)
  })

  routes.post('/:number{[0-9]+}/reject', async c => {
    const { reason } = await c.req.parseBody()
    if (typeof reason !== 'string' || reason.trim() === '')
      throw new Refusal('请写明原因，让作者知道怎么改。')
    await broadcasts.reject(numberOf(c), actorOf(c), reason.trim())
    return back(c)
  })

  const deeds: Record<string, (number: number, c: C) => Promise<unknown>> = {
    submit: broadcasts.submit,
    pause: broadcasts.pause,
    resume: broadcasts.resume,
    rehearse: broadcasts.rehearse,
    'send-now': (number, c) => broadcasts.sendNow(number, actorOf(c)),
    cancel: (number, c) => broadcasts.cancel(number, actorOf(c)),
    async recompose(number, c) {
      const seen = { seal: await broadcasts.look(number, c.get('person').id) }
      return broadcasts.recompose(number, { by: actorOf(c), seen })
    },
  }
  for (const [name, deed] of Object.entries(deeds)) {
    routes.post(`/:number{[0-9]+}/${name}`, async c => {
      await deed(numberOf(c), c)
      return back(c)
    })
  }
}

const back = (c: C) => c.redirect(`${basePath}/${numberOf(c)}`, 303)
const png = (c: C, bytes: Uint8Array) =>
  c.body(new Uint8Array(bytes).buffer, 200, { 'content-type': 'image/png' })
