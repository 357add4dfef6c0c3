import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { type Html, stateBadge, timeOf } from '../../../console/widgets.ts'
import { ownerNameOf } from '../desks.ts'
import type { DeliveryStatus } from '../notifications/queue.ts'
import type { Letter, Owner, Ticket, TicketState, TicketTurn } from '../records.ts'
import { sayMerged, sayState } from '../words.ts'

type Tone = Parameters<typeof stateBadge>[1]
const tones: Record<TicketState, Tone> = { open: 'warn', waiting: 'bad', answered: 'good', closed: 'quiet' }
const isAnswer = ({ kind }: TicketTurn) => kind === 'answer'

/** The person who answered last; before that, the owner. Another person than the owner may answer. */
export function answererOf({ turns, owner }: Ticket): string {
  const answer = turns.findLast(isAnswer)
  return answer ? answer.byTitle : ownerNameOf(owner)
}

/** The state as a word with its colour. */
export const viewBadge = (ticket: Ticket) => stateBadge(sayState(ticket), tones[ticket.state])

type TicketView = {
  letters: readonly { letter: Letter; status: DeliveryStatus }[]
  next: Owner
  /** Those whose askers get the answer to this one. */
  merged: readonly Ticket[]
  now: Temporal.Instant
  csrf: Html
  problem: string
  /** Input of a refused answer. */
  typed: string
  /** The answer was just kept as the draft of an entry. */
  isDrafted: boolean
}

/** One ticket: what was said, what can be done, and the delivery of each letter. */
export function viewTicket(ticket: Ticket, view: TicketView): Html {
  const { now } = view
  return html`<p><a href="/desk">← 咨询</a></p>
    ${view.problem ? html`<p role="alert" class="problem">${view.problem}</p>` : ''}
    ${view.isDrafted ? html`<p role="status" class="done">答复发出去了，也存成了知识条目的草稿。<a href="/knowledge/drafts/ticket-${ticket.number}">补上出处，交给审核人 →</a></p>` : ''}
    <section class="card"><h2>${ticket.question}</h2>
      <p>${viewBadge(ticket)} ${ticket.desk}，${ticket.turns.some(isAnswer) ? '答的是' : '在等'}${answererOf(ticket)}</p>
      <p>${ticket.asker.name}，${ticket.group ? `在「${ticket.group.name}」` : '私聊'}，${timeOf(Temporal.Instant.from(ticket.openedAt), now)}</p>
      ${view.merged.length > 0 ? html`<p>一起答复：</p><ul>${view.merged.map(one => html`<li><a href="/desk/${one.number}">${sayMerged(one)}</a></li>`)}</ul>` : ''}
      ${ticket.near.length > 0 ? html`<p class="hint">知识库里最接近的：${ticket.near.join('；')}</p>` : ''}
      ${ticket.turns.length > 0 ? html`<ul>${ticket.turns.map(turn => html`<li><strong>${turn.kind === 'answer' ? `${turn.byTitle}（${turn.byName}）答复` : `${turn.byName}补充`}</strong> <small>${timeOf(Temporal.Instant.from(turn.at), now)}</small><br>${turn.text}</li>`)}</ul>` : ''}
      ${ticket.closed ? html`<p>${closedBy[ticket.closed.by]}${ticket.closed.byName ? `（${ticket.closed.byName}）` : ''}，${timeOf(Temporal.Instant.from(ticket.closed.at), now)}。</p>` : ''}
    </section>
    ${viewSplitting(ticket, view)}
    ${ticket.state === 'closed' ? viewReopening(ticket, view) : viewActions(ticket, view)}
    <section class="card"><h2>我发出的话</h2>
      <ul>${view.letters.map(({ letter, status }) => html`<li>${sayWhat(letter)} ${stateBadge(...statusWords[status])}</li>`)}</ul></section>`
}

const closedBy = {
  asker: '提问的人说解决了',
  withdrawn: '提问的人撤回',
  organizer: '组织者结束',
  time: '答复三天后自动结束',
}

/** Only what an organizer ended can be taken back: a maker who says it is solved asks anew. */
const viewReopening = ({ number, closed }: Ticket, { csrf }: TicketView): Html | '' =>
  closed?.by === 'organizer'
    ? html`<form method="post" action="/desk/${number}/reopen">${csrf}<button type="submit" class="secondary">重新打开，再请人来答</button></form>`
    : ''

/** Until it is answered, a merged ticket can be taken out again. */
const viewSplitting = ({ number, state, mergedInto }: Ticket, { csrf }: TicketView): Html | '' =>
  mergedInto === undefined || state === 'closed' || state === 'answered'
    ? ''
    : html`<section class="card"><p>并到 <a href="/desk/${mergedInto}">${mergedInto} 号</a>了：答复那一个，这里也一起答复。</p>
      <form method="post" action="/desk/${number}/split">${csrf}<button type="submit" class="secondary">拆开，单独来答</button></form></section>`

function viewActions(ticket: Ticket, { next, csrf, typed }: TicketView): Html {
  const where = ticket.group
    ? `发到「${ticket.group.name}」，答复${ticket.asker.name}`
    : `私聊发给${ticket.asker.name}`
  const canHandOn = ticket.owner.kind === 'instructor' && ticket.state !== 'answered'
  return html`<section class="card"><h2>${ticket.state === 'answered' ? '再补充一句' : '由组织者答复'}</h2>
      <form method="post" action="/desk/${ticket.number}/answer">${csrf}
        <label>答复<textarea name="text" rows="4" maxlength="1000" required>${typed}</textarea></label>
        <button type="submit">${where}</button></form></section>
    <section class="card"><h2>别的办法</h2>
      ${canHandOn ? html`<form method="post" action="/desk/${ticket.number}/hand-on">${csrf}<button type="submit" class="secondary">转给${ownerNameOf(next)}，不再等${ownerNameOf(ticket.owner)}</button></form>` : ''}
      <form method="post" action="/desk/${ticket.number}/close">${csrf}<button type="submit" class="secondary">结束它${ticket.state === 'answered' ? '' : '，不再答复'}</button></form></section>`
}

const statusWords: Record<DeliveryStatus, [string, Tone]> = {
  none: ['还没有人可发', 'warn'],
  queued: ['等着和别的一起发', 'quiet'],
  dropped: ['不用发了', 'quiet'],
  'under-way': ['正在发', 'quiet'],
  arrived: ['已送达', 'good'],
  unknown: ['不确定', 'warn'],
  failed: ['没有送达', 'bad'],
}

const letterWords: Record<Letter['kind'], string> = {
  ask: '请答',
  remind: '提醒',
  'follow-up': '转告补充',
  answer: '转告答复',
  solved: '告诉不用再答',
}
const sayWhat = ({ kind, to }: Letter) =>
  `${letterWords[kind]} → ${to === 'asker' ? '提问的人' : ownerNameOf(to)}`
