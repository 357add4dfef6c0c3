import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { emptyState, type Html, timeOf } from '../../../console/widgets.ts'
import type { Ticket, TicketState } from '../records.ts'
import { shorten } from '../words.ts'
import { answererOf, badge } from './views.ts'

/** Tickets on one page. */
const mostShown = 100

const tabs = [
  { show: '', title: '未结束', has: (ticket: Ticket) => ticket.state !== 'closed' },
  { show: 'open', title: '等答复', has: (ticket: Ticket) => ticket.state === 'open' },
  { show: 'waiting', title: '催过了', has: (ticket: Ticket) => ticket.state === 'waiting' },
  { show: 'answered', title: '已答复', has: (ticket: Ticket) => ticket.state === 'answered' },
  { show: 'closed', title: '已结束', has: (ticket: Ticket) => ticket.state === 'closed' },
] as const

/** All tickets of a state, those that wait longest first. */
export function viewBoard(
  tickets: readonly Ticket[],
  view: {
    now: Temporal.Instant
    show: string
    csrf: Html
    problem: string
    done: string
    undo: readonly number[]
  },
): Html {
  const { now, show, csrf, problem, done, undo } = view
  const tab = tabs.find(one => one.show === show) ?? tabs[0]
  const found = tickets.filter(tab.has)
  const ordered =
    tab.show === 'closed' ? found : found.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number)
  return html`<p><a href="/desk/instructors">指导员：谁答哪个服务台、哪个空间 →</a></p>
    ${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    ${done ? html`<p role="status" class="done">${done}</p>` : ''}
    ${undo.length > 0 ? viewUndo(undo, csrf, tickets) : ''}
    <nav class="tabs" aria-label="按状态看">${tabs.map(
      ({ show: to, title, has }) =>
        html`<a href="/desk${to ? `?show=${to}` : ''}" ${to === tab.show ? html`aria-current="page"` : ''}>${title} ${tickets.filter(has).length}</a> `,
    )}</nav>
    <section class="card">
    ${
      ordered.length === 0
        ? emptyState(
            tickets.length === 0
              ? '这里会列出转给指导员的问题。机器人没有可靠答案时会自动转，创客也可以发「转人工」加上问题。'
              : '这一类现在没有。',
          )
        : viewRows(ordered.slice(0, mostShown), { now, csrf: tab.show === 'closed' ? undefined : csrf })
    }
    ${ordered.length > mostShown ? html`<p>只列出前 ${mostShown} 个。</p>` : ''}
    </section>`
}

/** Takes back what was just done with these tickets: their end, or that they were merged into another. */
function viewUndo(numbers: readonly number[], csrf: Html, tickets: readonly Ticket[]): Html {
  const isMerged = tickets.some(one => numbers.includes(one.number) && one.state !== 'closed')
  return html`<form method="post" action="/desk/several">${csrf}
    ${numbers.map(number => html`<input type="hidden" name="number" value="${number}">`)}
    <button type="submit" name="deed" value="${isMerged ? 'split' : 'reopen'}" class="secondary outline">${isMerged ? '撤销，拆开' : '撤销，重新打开'}</button></form>`
}

const order: TicketState[] = ['waiting', 'open', 'answered', 'closed']
const rank = (ticket: Ticket) => order.indexOf(ticket.state)

/** The tickets; with a form for several of them where `csrf` is given. */
function viewRows(
  tickets: readonly Ticket[],
  { now, csrf }: { now: Temporal.Instant; csrf: Html | undefined },
): Html {
  const table = html`<table class="stack">
    <thead><tr>${csrf ? html`<th>选</th>` : ''}<th class="number">号</th><th>问题</th><th>谁问的</th><th>服务台</th><th>谁来答</th><th>什么时候</th><th>状态</th></tr></thead>
    <tbody>${tickets.map(
      ticket => html`<tr>
        ${csrf ? html`<td data-label="选"><label class="tick"><input type="checkbox" name="number" value="${ticket.number}" aria-label="选 ${ticket.number} 号"></label></td>` : ''}
        <td data-label="号" class="number"><a href="/desk/${ticket.number}">${ticket.number}</a></td>
        <td data-label="问题"><a href="/desk/${ticket.number}">${shorten(ticket.question)}</a></td>
        <td data-label="谁问的">${ticket.asker.name}${ticket.group ? html`<br><small>${ticket.group.name}</small>` : ''}</td>
        <td data-label="服务台">${ticket.desk}</td>
        <td data-label="谁来答">${answererOf(ticket)}</td>
        <td data-label="什么时候">${timeOf(Temporal.Instant.from(ticket.openedAt), now)}</td>
        <td data-label="状态">${badge(ticket)}${ticket.mergedInto ? html` <small>并到 ${ticket.mergedInto} 号</small>` : ''}</td>
      </tr>`,
    )}</tbody></table>`
  if (!csrf) return table
  return html`<form method="post" action="/desk/several">${csrf}${table}
    <p class="actions"><button type="submit" name="deed" value="merge" class="secondary">合并选中的：答一次，都收到</button>
    <button type="submit" name="deed" value="close" class="secondary">结束选中的，不再答复</button></p></form>`
}
