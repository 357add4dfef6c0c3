import type { Context, Hono } from 'hono'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { Roster } from '../../../ports/roster.ts'
import type { Desk } from '../desks.ts'
import { usualTitle } from '../instructors.ts'
import type { Instructor } from '../records.ts'
import type { Tickets } from '../tickets.ts'
import { viewInstructors } from './views-instructors.ts'

type Here = Context<ConsoleEnv>
type Parts = {
  tickets: Pick<Tickets, 'instructors'>
  desks: readonly Desk[]
  directory: Directory
  roster: Roster
}

/** Who answers for which desk and space. */
export function addInstructorRoutes(routes: Hono<ConsoleEnv>, parts: Parts): void {
  const { tickets, desks, directory, roster } = parts

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
    orProblem(c, async () => tickets.instructors.put(await readInstructor(c, parts), c.get('person').name)),
  )
  routes.post('/instructors/remove', c =>
    orProblem(c, async () => {
      const chatId = String((await c.req.formData()).get('chatId') ?? '')
      await tickets.instructors.remove(chatId, c.get('person').name)
    }),
  )
}

/** Somebody on the list already, or a member whom we have heard and so can write to. */
async function readInstructor(c: Here, { tickets, desks, roster }: Parts): Promise<Instructor> {
  const form = await c.req.formData()
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const known = (await tickets.instructors.all()).find(({ chatId }) => chatId === text('chatId'))
  const chatId = known?.chatId ?? (await roster.chatIdOf(text('member')))
  if (!chatId) throw new Refusal('请选一位在群里跟我说过话的成员，我才能私聊到他。')
  const name = text('name') || known?.name || ((await roster.find([text('member')]))[0]?.name ?? '')
  return {
    chatId,
    name,
    title: text('title') || usualTitle(name),
    desks: form
      .getAll('desk')
      .map(String)
      .filter(one => desks.some(desk => desk.name === one)),
    spaces: form.getAll('space').map(String),
  }
}
