import { type Context, Hono } from 'hono'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { Roster } from '../../../ports/roster.ts'
import type { Desk } from '../desks.ts'
import { usualTitle } from '../instructors.ts'
import type { Instructor } from '../records.ts'
import type { TicketEvent } from '../rules.ts'
import type { Tickets } from '../tickets.ts'
import { viewBoard, viewTicket } from './views.ts'
import { viewInstructors } from './views-instructors.ts'

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

  routes.get('/', async c =>
    renderPage(
      c,
      '咨询',
      viewBoard(await tickets.all(), { now: clock.now(), show: c.req.query('show') ?? '' }),
    ),
  )
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

  async function showInstructors(c: Here, problem = ''): Promise<Response> {
    const groups = await directory.groups()
    const people = await Promise.all(
      groups.map(async group => ({ group, members: await roster.membersOf(group.id) })),
    )
    if (problem) c.status(422)
    const instructors = await tickets.instructors.all()
    return renderPage(
      c,
      '指导员',
      viewInstructors({ instructors, desks, people, csrf: csrfField(c), problem, edit: c.req.query('edit') }),
    )
  }

  async function orProblem(c: Here, deed: () => Promise<void>): Promise<Response> {
    try {
      await deed()
      return c.redirect('/desk/instructors', 303)
    } catch (cause) {
      if (cause instanceof Refusal) return showInstructors(c, cause.message)
      throw cause
    }
  }

  routes.get('/instructors', c => showInstructors(c))
  routes.post('/instructors', c =>
    orProblem(c, async () => tickets.instructors.put(await readInstructor(c), c.get('person').name)),
  )
  routes.post('/instructors/remove', c =>
    orProblem(c, async () => {
      const chatId = String((await c.req.formData()).get('chatId') ?? '')
      await tickets.instructors.remove(chatId, c.get('person').name)
    }),
  )

  /** Somebody on the list already, or a member whom we have heard and so can write to. */
  async function readInstructor(c: Here): Promise<Instructor> {
    const form = await c.req.formData()
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const known = (await tickets.instructors.all()).find(({ chatId }) => chatId === text('chatId'))
    const chatId = known?.chatId ?? (await roster.chatIdOf(text('member')))
    if (!chatId) throw new Refusal('请选一位在群里跟我说过话的成员，我才能私聊到他。')
    const name = text('name') || known?.name || (await nameOfMember(text('member')))
    return {
      chatId,
      name,
      title: text('title') || usualTitle(name),
      desks: form.getAll('desk').map(String).filter(isDesk),
      spaces: form.getAll('space').map(String),
    }
  }

  const isDesk = (name: string) => desks.some(desk => desk.name === name)

  const nameOfMember = async (memberId: string) => (await roster.find([memberId]))[0]?.name ?? ''

  return { path: 'desk', title: '咨询', section: '问答', read: ['organizer'], write: ['organizer'], routes }
}
