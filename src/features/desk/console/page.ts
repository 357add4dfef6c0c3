import { type Context, Hono } from 'hono'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { Roster } from '../../../ports/roster.ts'
import type { Desk } from '../desks.ts'
import type { TicketEvent } from '../rules.ts'
import type { Tickets } from '../tickets.ts'
import { addInstructorRoutes } from './instructor-routes.ts'
import { viewBoard, viewTicket } from './views.ts'

type Here = Context<ConsoleEnv>
type Parts = {
  tickets: Tickets
  desks: readonly Desk[]
  directory: Directory
  roster: Roster
  clock: Clock
}

/** The longest reply from the console, as from an instructor in chat. */
const longestAnswer = 1000

/** 「咨询」 on the console: who waits for what, replies, and who answers for which desk and space. */
export function deskPage({ tickets, desks, directory, roster, clock }: Parts): Page {
  const routes = new Hono<ConsoleEnv>()

  async function ticketOf(c: Here) {
    const number = Number(c.req.param('number'))
    const ticket = await tickets.find(number)
    if (!ticket) throw new Refusal(`没有 ${number} 号问题。`)
    return ticket
  }

  async function showTicket(c: Here, problem = ''): Promise<Response> {
    const ticket = await ticketOf(c)
    const letters = await Promise.all(
      ticket.letters.map(async letter => ({ letter, status: await tickets.deliveryStatus(ticket, letter) })),
    )
    if (problem) c.status(422)
    const next = await tickets.ownerAfter(ticket)
    const view = viewTicket(ticket, { letters, next, now: clock.now(), csrf: csrfField(c), problem })
    return renderPage(c, `${ticket.number} 号咨询`, view)
  }

  async function happen(c: Here, event: TicketEvent): Promise<Response> {
    try {
      const { number } = await tickets.happen((await ticketOf(c)).number, event)
      return c.redirect(`/desk/${number}`, 303)
    } catch (cause) {
      if (cause instanceof Refusal) return showTicket(c, cause.message)
      throw cause
    }
  }

  async function showBoard(c: Here, problem = ''): Promise<Response> {
    if (problem) c.status(422)
    const view = { now: clock.now(), show: c.req.query('show') ?? '', csrf: csrfField(c), problem }
    return renderPage(c, '咨询', viewBoard(await tickets.all(), view))
  }

  routes.get('/', c => showBoard(c))
  routes.post('/several', async c => {
    const form = await c.req.formData()
    const numbers = form.getAll('number').map(Number)
    const problem = await handleSeveral(tickets, {
      deed: String(form.get('deed')),
      numbers,
      byName: c.get('person').name,
    })
    return problem === '' ? c.redirect('/desk', 303) : showBoard(c, problem)
  })
  routes.get('/:number{[0-9]+}', c => showTicket(c))

  routes.post('/:number{[0-9]+}/answer', async c => {
    const text = String((await c.req.formData()).get('text') ?? '').trim()
    if (text === '') return showTicket(c, '请先写答复。')
    if ([...text].length > longestAnswer) return showTicket(c, `答复请控制在 ${longestAnswer} 个字以内。`)
    if ((await ticketOf(c)).state === 'closed') return showTicket(c, '这个问题已经结束了，不能再答。')
    return happen(c, { kind: 'answer', text, byName: c.get('person').name, byTitle: '组织者' })
  })
  routes.post('/:number{[0-9]+}/hand-on', async c =>
    happen(c, { kind: 'hand-on', to: await tickets.ownerAfter(await ticketOf(c)) }),
  )
  routes.post('/:number{[0-9]+}/close', c =>
    happen(c, { kind: 'close', by: 'organizer', byName: c.get('person').name }),
  )

  addInstructorRoutes(routes, { tickets, desks, directory, roster })
  return { path: 'desk', title: '咨询', section: '问答', read: ['organizer'], write: ['organizer'], routes }
}

type Several = { deed: string; numbers: readonly number[]; byName: string }

/** Closes or merges the tickets that were ticked. @returns why not, in Chinese; empty where it was done */
async function handleSeveral(tickets: Tickets, { deed, numbers, byName }: Several): Promise<string> {
  const known = await Promise.all(numbers.map(tickets.find))
  const chosen = known.flatMap(ticket => (ticket && ticket.state !== 'closed' ? [ticket.number] : []))
  const [first, ...rest] = chosen.toSorted((a, b) => a - b)
  if (first === undefined) return '请先勾选还没结束的问题。'
  if (deed === 'merge') {
    if (rest.length === 0) return '合并要勾选两个以上的问题。'
    await tickets.merge(first, rest)
    return ''
  }
  for (const number of chosen) await tickets.happen(number, { kind: 'close', by: 'organizer', byName })
  return ''
}
