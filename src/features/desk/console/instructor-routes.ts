import type { Hono } from 'hono'
import { z } from 'zod'
import { action, form, lineField, type RefusedForm } from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, Refusal } from '../../../feature.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { Roster } from '../../../ports/roster.ts'
import { sayNoAddress } from '../../../text/no-address.ts'
import type { Desk } from '../desks.ts'
import { removedMeanwhile, usualTitle } from '../instructors.ts'
import type { Instructor } from '../records.ts'
import type { Tickets } from '../tickets/tickets.ts'
import { viewInstructors } from './views-instructors.ts'

type Parts = {
  tickets: Pick<Tickets, 'instructors'>
  desks: readonly Desk[]
  directory: Directory
  roster: Roster
}

const Removal = form(z.object({ chatId: z.string().default('') }))

/** The instructors of each desk and space. */
export function addInstructorRoutes(routes: Hono<ConsoleEnv>, parts: Parts): void {
  const { tickets, desks, directory, roster } = parts

  async function showInstructors(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const groups = await directory.groups()
    const people = await Promise.all(
      groups.map(async group => ({ group, members: await roster.membersOf(group.id) })),
    )
    const instructors = await tickets.instructors.all()
    return renderPage(
      c,
      '指导员',
      viewInstructors({ instructors, desks, people, csrf: csrfField(c), refused, edit: c.req.query('edit') }),
    )
  }

  routes.get('/instructors', c => showInstructors(c))
  routes.post(
    '/instructors',
    action({
      form: instructorForm,
      async run(c, { seen, ...typed }) {
        await tickets.instructors.put(await instructorOf(typed, parts), c.get('person').name, seen)
        return '/desk/instructors'
      },
      show: showInstructors,
    }),
  )
  routes.post(
    '/instructors/remove',
    action({
      form: Removal,
      async run(c, { chatId }) {
        await tickets.instructors.remove(chatId, c.get('person').name)
        return '/desk/instructors'
      },
      show: showInstructors,
    }),
  )
}

const TypedInstructor = z.object({
  ...{ chatId: lineField, member: lineField, name: lineField, title: lineField, seen: lineField },
  desk: z.array(z.string()),
  space: z.array(z.string()),
})
/** The fields of an instructor; desks and spaces are ticked, several of each. */
const instructorForm = form(TypedInstructor, ['desk', 'space'])

/** An instructor on the list already, or a member who has spoken in a group and so can be written to. */
async function instructorOf(
  { desk: ticked, space: spaces, ...typed }: Omit<z.infer<typeof TypedInstructor>, 'seen'>,
  { tickets, desks, roster }: Parts,
): Promise<Instructor> {
  const known = (await tickets.instructors.all()).find(({ chatId }) => chatId === typed.chatId)
  if (typed.chatId !== '' && !known) throw removedMeanwhile(typed.name)
  const address = known ?? (await roster.addressOf(typed.member))
  if (address.chatId === undefined) throw new Refusal(`私聊不到这位成员：${sayNoAddress(address.whyNot)}`)
  const { chatId } = address
  const name = typed.name || known?.name || ((await roster.find([typed.member]))[0]?.name ?? '')
  return {
    chatId,
    name,
    title: typed.title || usualTitle(name),
    desks: ticked.filter(one => desks.some(desk => desk.name === one)),
    spaces,
  }
}
