import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { pageOf, pager } from '../../../console/paging.ts'
import { emptyState, type Html, stackTable, timeOf } from '../../../console/widgets.ts'
import { fold } from '../../../text/fold.ts'
import type { Ticket, TicketState } from '../records.ts'
import { shortQuestion } from '../words.ts'
import { answererOf, viewBadge } from './views.ts'

/** Tickets on one page. */
const perPage = 20

const tabs = [
  { show: '', title: '未结束', has: (ticket: Ticket) => ticket.state !== 'closed' },
  { show: 'open', title: '等答复', has: (ticket: Ticket) => ticket.state === 'open' },
  { show: 'waiting', title: '催过了', has: (ticket: Ticket) => ticket.state === 'waiting' },
  { show: 'answered', title: '已答复', has: (ticket: Ticket) => ticket.state === 'answered' },
  { show: 'closed', title: '已结束', has: (ticket: Ticket) => ticket.state === 'closed' },
] as const

export type BoardView = {
  now: Temporal.Instant
  /** As the address says: the tab, the words that are searched for, the page. */
  show: string
  query: string
  page: string | undefined
  csrf: Html
  problem: string
  /** Numbers of other pages as they were typed, where the merge was refused. */
  also: string
  done: string
  undo: readonly number[]
}

/** Tickets of a state with a search, page by page, those that wait longest first. */
export function viewTicketBoard(tickets: readonly Ticket[], view: BoardView): Html {
  const { now, csrf, problem, done, undo, query } = view
  const tab = tabs.find(one => one.show === view.show) ?? tabs[0]
  const found = tickets.filter(ticket => isFound(ticket, query))
  const ofTab = found.filter(tab.has)
  const ordered =
    tab.show === 'closed' ? ofTab : ofTab.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number)
  const { shown, ...place } = pageOf(ordered, { perPage, page: view.page })
  const at = (to: string, page = 1) => searchOf({ show: to, query, page })
  return html`<p><a href="/desk/instructors">指导员：谁答哪个服务台、哪个空间 →</a></p>
    ${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    ${done ? html`<p role="status" class="done">${done}</p>` : ''}
    ${undo.length > 0 ? viewUndo(undo, { csrf, tickets, place: at(tab.show, place.page) }) : ''}
    <nav class="tabs" aria-label="按状态看">${tabs.map(
      ({ show: to, title, has }) =>
        html`<a href="/desk${at(to)}" ${to === tab.show ? html`aria-current="page"` : ''}>${title} ${found.filter(has).length}</a> `,
    )}</nav>
    ${tickets.length > perPage || query ? searchForm(tab.show, query) : ''}
    <section class="card">
    ${
      ordered.length === 0
        ? emptyState(emptyWords(tickets, query))
        : viewRows(shown, {
            now,
            csrf: tab.show === 'closed' ? undefined : csrf,
            place: at(tab.show, place.page),
            also: place.pages > 1 || view.also ? view.also : undefined,
          })
    }
    </section>
    ${pager(place, page => `/desk${at(tab.show, page)}`, { before: '上一页', after: '下一页' })}`
}

/** The search part of the board's address, which its forms carry; empty for the first page of all that are open. */
function searchOf({ show, query, page }: { show: string; query: string; page: number }): string {
  const fields = { ...(show && { show }), ...(query && { q: query }), ...(page > 1 && { page: `${page}` }) }
  const search = String(new URLSearchParams(fields))
  return search && `?${search}`
}

const isFound = ({ number, question, asker, group }: Ticket, query: string) =>
  query === '' ||
  String(number) === query ||
  [question, asker.name, group?.name ?? ''].some(text => fold(text).includes(fold(query)))

const searchForm = (show: string, query: string) =>
  html`<form method="get" action="/desk" class="row">${show ? html`<input type="hidden" name="show" value="${show}">` : ''}
    <label>问题、提问的人、群或编号<input type="search" name="q" value="${query}" placeholder="例如 高企"></label>
    <button type="submit" class="secondary">查找</button></form>`

function emptyWords(tickets: readonly Ticket[], query: string): string {
  if (tickets.length === 0)
    return '这里会列出转给指导员的问题。机器人没有可靠答案时会自动转，创客也可以发「转人工」加上问题。'
  return query ? `没有找到「${query}」，换个词，或者看看别的状态。` : '这一类现在没有。'
}

/** Takes back what was just done with these tickets: their end, or that they were merged into another. */
function viewUndo(
  numbers: readonly number[],
  { csrf, tickets, place }: { csrf: Html; tickets: readonly Ticket[]; place: string },
): Html {
  const isMerged = tickets.some(one => numbers.includes(one.number) && one.state !== 'closed')
  return html`<form method="post" action="/desk/several${place}">${csrf}
    ${numbers.map(number => html`<input type="hidden" name="number" value="${number}">`)}
    <button type="submit" name="deed" value="${isMerged ? 'split' : 'reopen'}" class="secondary outline">${isMerged ? '撤销，拆开' : '撤销，重新打开'}</button></form>`
}

const order: TicketState[] = ['waiting', 'open', 'answered', 'closed']
const rank = (ticket: Ticket) => order.indexOf(ticket.state)

type Rows = { now: Temporal.Instant; csrf: Html | undefined; place: string; also: string | undefined }

/** The tickets; with a form for several of them where `csrf` is given, and for those of other pages where `also` is. */
function viewRows(tickets: readonly Ticket[], { now, csrf, place, also }: Rows): Html {
  const tick = ({ number }: Ticket) =>
    csrf
      ? html`<label class="tick"><input type="checkbox" name="number" value="${number}" aria-label="选 ${number} 号"></label> `
      : ''
  const table = stackTable(
    ['问题', '谁问的', '服务台', '谁来答', '什么时候', '状态'],
    tickets.map(ticket => [
      html`${tick(ticket)}<a href="/desk/${ticket.number}">${ticket.number} 号 ${shortQuestion(ticket.question)}</a>`,
      html`${ticket.asker.name}${ticket.group ? html` <small>${ticket.group.name}</small>` : ''}`,
      html`<span class="whole">${ticket.desk}</span>`,
      html`<span class="whole">${answererOf(ticket)}</span>`,
      timeOf(Temporal.Instant.from(ticket.openedAt), now),
      html`${viewBadge(ticket)}${ticket.mergedInto ? html` <small>并到 ${ticket.mergedInto} 号</small>` : ''}`,
    ]),
    { isFlowing: true },
  )
  if (!csrf) return table
  return html`<form method="post" action="/desk/several${place}">${csrf}${table}
    ${also === undefined ? '' : html`<label>要和别页的问题合并，写上号码<input name="also" inputmode="numeric" maxlength="100" value="${also}" placeholder="例如 17 18"></label>`}
    <p class="actions"><button type="submit" name="deed" value="merge" class="secondary">合并选中的：答一次，都收到</button>
    <button type="submit" name="deed" value="close" class="secondary">结束选中的，不再答复</button></p></form>`
}
