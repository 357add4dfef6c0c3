import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { actorOf, form, numberInPath, valuesOf } from '../../../console/forms.ts'
import { card, csrfField, type Html, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import type { Delivery } from '../../../outbox/index.ts'
import type { BroadcastActions } from '../actions.ts'
import { attemptsOf, isCalledOff, isResendable } from '../broadcast/corrections.ts'
import type { Progress } from '../broadcast/progress.ts'
import { countGroups, isUnderWay } from '../broadcast/progress.ts'
import {
  aloneNotice,
  isHeldBack,
  messagesOf,
  sayCap,
  sayMorning,
  sayNight,
  sayReach,
  saySending,
  sayWhen,
} from '../broadcast/words.ts'
import type { DigestParts } from '../context.ts'
import {
  actionsFor,
  type Facts,
  factsCard,
  filesCard,
  originalCards,
  questionsCard,
  stateNote,
} from './broadcast-views.ts'
import { resendButton, viewDecisions } from './delivery-views.ts'
import { lineWordingsOf } from './line-wordings.ts'
import { questionsDrawn } from './questions-drawn.ts'
import { backTo, basePath, deliveryBoard, paramOf, viewButton } from './views.ts'

type C = Context<ConsoleEnv>

const Approval = form(z.object({ seal: z.string('这一页不完整，请刷新再试。') }))
const noReason = '请写明原因，让作者知道怎么改。'
const Rejection = form(z.object({ reason: z.string(noReason).trim().min(1, noReason) }))

/** The page of one broadcast: content, groups, deliveries and actions. */
export function addBroadcastRoutes(
  routes: Hono<ConsoleEnv>,
  parts: DigestParts,
  actions: BroadcastActions,
): void {
  const { clock, outbox, lines, maxLateMinutes, mayAuthorApprove } = parts

  async function factsOf(progress: Progress): Promise<Facts> {
    const { broadcast } = progress
    const isOver = isCalledOff(broadcast) || (broadcast.state === 'posted' && !isUnderWay(progress))
    const now = clock.now()
    const goesAt = actions.goesAt(broadcast)
    const messages = messagesOf(broadcast)
    return {
      when: sayWhen(broadcast, goesAt, now),
      reach: sayReach(broadcast.groups.length, outbox.estimateSeconds(messages)),
      cap: sayCap(outbox.status(), messages, { goesAt, now }),
      night: isOver
        ? []
        : [
            ...saySending(outbox, { messages, sendAt: broadcast.sendAt }, now),
            ...sayNight(outbox, { goesAt, messages, maxLateMinutes }, now),
          ],
      faults: broadcast.state === 'posted' ? [] : await actions.faultsOf(broadcast),
      doubt: broadcast.state === 'posted' ? undefined : await actions.doubtOf(broadcast),
    }
  }

  async function showBroadcast(c: C): Promise<Response> {
    const progress = await actions.progress(numberInPath(c))
    const { broadcast } = progress
    const facts = await factsOf(progress)
    const person = c.get('person')
    await actions.recordView(broadcast, person.id)
    const todo = actionsFor(broadcast, {
      csrf: csrfField(c),
      isOrganizer: person.roles.includes('organizer'),
      verdict: await actions.verdictOn(broadcast, actorOf(c)),
      reach: facts.reach,
      morning: morningOf(),
    })
    const isOwn = mayAuthorApprove && broadcast.author?.id === person.id && broadcast.state === 'review'
    return renderPage(
      c,
      `推送 ${broadcast.number}：${broadcast.title}`,
      html`<p><a href="${basePath}">← 推送</a></p>
        ${c.req.query('done') === 'reminded' ? html`<p role="status" class="done">提醒了，员工会在企业微信里收到通知。</p>` : ''}
        ${card('', html`${board(c, progress)}${stateNote(broadcast, facts.when)}${isOwn ? html`<p class="hint">${aloneNotice}</p>` : ''}${todo}`)}
        ${card('', factsCard(broadcast, facts, clock.now()))}
        ${originalCards(broadcast, await lineWordingsOf(broadcast, lines))}
        ${filesCard(broadcast, { csrf: csrfField(c), isOrganizer: person.roles.includes('organizer') })}
        ${questionsCard(await questionsDrawn(progress, parts))}`,
    )
  }

  /** When sending resumes, during quiet hours. */
  function morningOf(): string | undefined {
    const [now, opensAt] = [clock.now(), actions.goesAt({})]
    return isHeldBack(opensAt, now) ? sayMorning(opensAt, now) : undefined
  }

  function board(c: C, progress: Progress) {
    const path = `/${progress.broadcast.number}`
    const canDecide = c.get('person').roles.includes('organizer')
    const setting = { path, csrf: csrfField(c), isCalledOff: isCalledOff(progress.broadcast) }
    const decide = (delivery: Delivery) => (canDecide ? viewDecisions(delivery, setting) : html``)
    return deliveryBoard(progress, { now: clock.now(), actions: boardActions(c, progress), decide })
  }

  function boardActions(c: C, progress: Progress): Html {
    const { number } = progress.broadcast
    const missing = countGroups(isResendable(progress))
    const stop = viewButton(`/${number}/cancel`, '停下还没发的群', csrfField(c), 'secondary')
    return html`${resendButton(`/${number}`, { missing, attempts: attemptsOf(progress) }, csrfField(c))}
      ${isUnderWay(progress) ? stop : ''}${recallButton(c, progress)}`
  }

  function recallButton(c: C, { broadcast, deliveries }: Progress): Html {
    const recallable = deliveries.filter(actions.isRecallable).length
    if (recallable === 0 || !c.get('person').roles.includes('organizer')) return html``
    const label = `发错了，撤回还收得回的 ${recallable} 处`
    return viewButton(`/${broadcast.number}/recall`, label, csrfField(c), 'secondary')
  }

  routes.get('/:number{[0-9]+}/deliveries', async c =>
    c.html(board(c, await actions.progress(numberInPath(c)))),
  )

  async function drawPicture(c: C): Promise<Response> {
    const { text } = await actions.existing(numberInPath(c))
    return png(c, await actions.draw(text))
  }

  async function sendPicture(c: C): Promise<Response> {
    const bytes = await actions.picture(paramOf(c, 'name').slice(0, -4))
    if (!bytes) throw new Refusal('没有这张图，可能链接旧了。')
    return png(c, bytes)
  }

  async function approve(c: C): Promise<Response> {
    const { seal } = await valuesOf(c, Approval)
    await actions.approve(numberInPath(c), actorOf(c), seal)
    return backTo(c)
  }

  async function reject(c: C): Promise<Response> {
    const { reason } = await valuesOf(c, Rejection)
    await actions.reject(numberInPath(c), actorOf(c), reason)
    return backTo(c)
  }

  routes.get('/:number{[0-9]+}', showBroadcast)
  routes.get('/:number{[0-9]+}/picture.png', drawPicture)
  routes.get('/pictures/:name{[0-9a-f]+\\.png}', sendPicture)
  routes.post('/:number{[0-9]+}/approve', approve)
  routes.post('/:number{[0-9]+}/reject', reject)

  const deeds: Record<string, (number: number, c: C) => Promise<unknown>> = {
    submit: actions.submit,
    pause: actions.pause,
    resume: actions.resume,
    rehearse: actions.rehearse,
    'send-now': (number, c) => actions.sendNow(number, actorOf(c)),
    cancel: (number, c) => actions.cancel(number, actorOf(c)),
    'was-sent': (number, c) => actions.endHeld(number, actorOf(c)),
    recall: (number, c) => actions.recall(number, actorOf(c)),
    async recompose(number, c) {
      const seen = { seal: await actions.seenSeal(number, c.get('person').id) }
      return actions.recompose(number, { by: actorOf(c), seen })
    },
  }
  for (const [name, deed] of Object.entries(deeds)) {
    routes.post(`/:number{[0-9]+}/${name}`, async c => {
      await deed(numberInPath(c), c)
      return backTo(c)
    })
  }
}

const png = (c: C, bytes: Uint8Array) =>
  c.body(new Uint8Array(bytes).buffer, 200, { 'content-type': 'image/png' })
