import { Hono } from 'hono'
import { z } from 'zod'
import { action, actorOf, form, noFields, numberInPath, type RefusedForm } from '../../../console/forms.ts'
import { backToList } from '../../../console/paging.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { Roster } from '../../../ports/roster.ts'
import type { TicketActions } from '../actions.ts'
import type { Desk } from '../desks.ts'
import type { Ticket } from '../records.ts'
import type { Tickets } from '../tickets/tickets.ts'
import { addInstructorRoutes } from './instructor-routes.ts'
import { viewTicket } from './views.ts'
import { viewTicketBoard } from './views-board.ts'

type Parts = {
  tickets: Tickets
  actions: TicketActions
  desks: readonly Desk[]
  directory: Directory
  roster: Roster
  clock: Clock
}

const board = { path: '/desk', fields: ['show', 'q', 'page'] }
const path = '/:number{[0-9]+}'
const Answer = form(z.object({ text: z.string().trim().min(1, '请先写答复。') }))

/** 「咨询」 on the console: tickets, answers to them, and the instructors of each desk and space. */
export function deskPage(parts: Parts): Page {
  const { tickets, desks, directory, roster } = parts
  const routes = new Hono<ConsoleEnv>()
  addBoard(routes, parts)
  addTicket(routes, parts)
  addInstructorRoutes(routes, { tickets, desks, directory, roster })
  return {
    path: 'desk',
    title: '咨询',
    chapter: 'questions',
    section: '问答',
    read: ['organizer'],
    write: ['organizer'],
    routes,
  }
}

/** The list of tickets, and what is done with several of them at once. */
function addBoard(routes: Hono<ConsoleEnv>, { tickets, actions, clock }: Parts): void {
  async function showBoard(
    c: ConsoleContext,
    { problem, input }: Partial<RefusedForm> = {},
  ): Promise<Response> {
    const done = sayDone(c.req.query('done') ?? '')
    const undo = (c.req.query('of') ?? '').split('.').flatMap(said => Number(said) || [])
    const view = {
      ...{ now: clock.now(), csrf: csrfField(c), show: c.req.query('show') ?? '' },
      ...{ query: c.req.query('q')?.trim() ?? '', page: c.req.query('page') },
      ...{ problem: problem ?? '', also: input?.also ?? '', done, undo: done === '' ? [] : undo },
    }
    return renderPage(c, '咨询', viewTicketBoard(await tickets.all(), view))
  }

  /** Tickets on other pages, by the numbers that were typed; those that are ticked as well are left out. */
  async function typedOf(text: string, ticked: readonly Ticket[]): Promise<Ticket[]> {
    if (!/^[\d\s号,，、和]*$/u.test(text)) throw new Refusal('号码请写成「17 18」这样。')
    const numbers = new Set(text.match(/\d+/gu)?.map(Number))
    for (const { number } of ticked) numbers.delete(number)
    return Promise.all(
      [...numbers].map(async number => {
        const ticket = await tickets.find(number)
        if (!ticket) throw new Refusal(`没有 ${number} 号问题，请看看号码对不对。`)
        return ticket
      }),
    )
  }

  routes.get('/', c => showBoard(c))
  routes.post(
    '/several',
    action({
      form: severalForm,
      async run(c, { deed, number: numbers, also }) {
        const back = (done: string, more = {}) => backToList(c, board, { done, ...more })
        if (deed === 'split') return back(`split-${(await actions.split(numbers.map(Number))).length}`)
        if (deed === 'reopen') return back(`reopened-${await actions.reopen(numbers.map(Number))}`)
        const known = await Promise.all(numbers.map(number => tickets.find(Number(number))))
        const ticked = known.flatMap(ticket => (ticket && ticket.state !== 'closed' ? [ticket] : []))
        const chosen = deed === 'merge' ? [...ticked, ...(await typedOf(also, ticked))] : ticked
        if (chosen.length === 0) throw new Refusal('请先勾选还没结束的问题。')
        if (deed !== 'merge') await actions.close(chosen, actorOf(c).name)
        else if (chosen.length < 2) throw new Refusal('合并要两个以上的问题：请勾选，或者写上号码。')
        const sorted = chosen.toSorted((a, b) => a.number - b.number)
        if (deed === 'merge') await actions.merge(sorted)
        const undo = deed === 'merge' ? sorted.slice(1) : sorted
        const of = undo.map(({ number }) => number).join('.')
        return back(`${deed === 'merge' ? 'merged' : 'closed'}-${chosen.length}`, { of })
      },
      show: showBoard,
    }),
  )
}

/** @param done the deed and the number of tickets that were ticked, as the address says */
function sayDone(done: string): string {
  const { deed, count } =
    /^(?<deed>merged|split|closed|reopened)-(?<count>\d{1,4})$/u.exec(done)?.groups ?? {}
  if (deed === 'merged') return `合并好了：${count} 个问题答一次，问的人都收到。`
  if (deed === 'split') return `${count} 个问题拆开了，各答各的。`
  if (deed === 'reopened') return `${count} 个问题重新打开了，会再请人来答。`
  return deed === 'closed' ? `选中的 ${count} 个都结束了，在「已结束」里还能看。` : ''
}

/** The ticked numbers, of which the form sends one field each, and those that were typed. */
const severalForm = form(
  z.object({
    deed: z.string().default(''),
    number: z.array(z.string()),
    also: z.string().trim().max(100).default(''),
  }),
  ['number'],
)

/** One ticket, and what an organizer does with it. */
function addTicket(routes: Hono<ConsoleEnv>, { tickets, actions, clock }: Parts): void {
  async function ticketOf(c: ConsoleContext): Promise<Ticket> {
    const number = numberInPath(c)
    const ticket = await tickets.find(number)
    if (!ticket) throw new Refusal(`没有 ${number} 号问题。`)
    return ticket
  }

  async function showTicket(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const ticket = await ticketOf(c)
    const letters = await Promise.all(
      ticket.letters.map(async letter => ({ letter, status: await tickets.deliveryStatus(ticket, letter) })),
    )
    const view = viewTicket(ticket, {
      letters,
      next: await tickets.ownerAfter(ticket),
      merged: tickets.mergedInto(ticket.number),
      now: clock.now(),
      csrf: csrfField(c),
      problem: refused?.problem || (refused?.fieldProblems.text ?? ''),
      typed: refused?.input.text ?? '',
      isDrafted: c.req.query('draft') === 'kept',
    })
    return renderPage(c, `${ticket.number} 号咨询`, view)
  }

  routes.get(path, c => showTicket(c))
  routes.post(
    `${path}/answer`,
    action({
      form: Answer,
      async run(c, { text }) {
        const ticket = await ticketOf(c)
        const { id, name } = actorOf(c)
        const kept = await actions.answer(ticket, text, { id, name, title: '组织者' })
        return `/desk/${ticket.number}${kept ? '?draft=kept' : ''}`
      },
      show: showTicket,
    }),
  )
  const act = (name: string, deed: (c: ConsoleContext, ticket: Ticket) => Promise<unknown>) =>
    routes.post(
      `${path}/${name}`,
      action({
        form: noFields,
        async run(c) {
          const ticket = await ticketOf(c)
          await deed(c, ticket)
          return `/desk/${ticket.number}`
        },
        show: showTicket,
      }),
    )
  act('hand-on', (_, ticket) => actions.passOn(ticket))
  act('close', (c, ticket) => actions.close([ticket], actorOf(c).name))
  act('split', (_, ticket) => actions.split([ticket.number]))
  act('reopen', (_, ticket) => actions.reopen([ticket.number]))
}
