import type { Hono } from 'hono'
import { z } from 'zod'
import { action, actorOf, form, lineField, numberInPath, sendFile } from '../../../console/forms.ts'
import type { ConsoleEnv } from '../../../feature.ts'
import { dateRoles } from '../../../text/notices/dates/roles.ts'
import type { KeptItem } from '../catalogue/records.ts'
import { type ItemPageParts, itemPage, type ShowItem } from './parts.ts'

const DeadlineChoice = form(z.object({ day: lineField, seen: lineField }))
const RoleCorrection = form(
  z.object({ at: z.coerce.number().int().min(0), role: z.enum(dateRoles), seen: lineField }),
)

type Parts = Pick<ItemPageParts, 'actions' | 'catalogue'> & { showItem: ShowItem }

/**
 * An organizer chooses the deadline, corrects what a date is for, and takes the
 * corrections out as labelled examples.
 */
export function addDateRoutes(routes: Hono<ConsoleEnv>, { actions, catalogue, showItem }: Parts): void {
  routes.post(
    '/:number{[0-9]+}/deadline',
    action({
      form: DeadlineChoice,
      run: async (c, { day, seen }) => {
        await actions.chooseDeadline(numberInPath(c), day || undefined, actorOf(c), seen)
        return itemPage(c)
      },
      show: showItem,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/role',
    action({
      form: RoleCorrection,
      run: async (c, { seen, ...typed }) => {
        await actions.correctRole(numberInPath(c), typed, actorOf(c), seen)
        return itemPage(c)
      },
      show: showItem,
    }),
  )
  routes.get('/corrections.jsonl', async c => {
    const items = await Promise.all(catalogue.entries().map(({ number }) => catalogue.get(number)))
    const lines = items.flatMap(item => (item ? correctedExamples(item) : []))
    return sendFile(c, {
      name: '日期更正.jsonl',
      mimeType: 'application/jsonl',
      bytes: Buffer.from(lines.map(line => `${JSON.stringify(line)}\n`).join('')),
    })
  })
}

/** Corrected dates as labelled examples: the notice, the date as written, and its role. */
function correctedExamples({ title, text, publishedOn, dates }: KeptItem) {
  return dates
    .filter(({ correctedBy }) => correctedBy !== undefined)
    .map(({ said, sentence, value, role }) => ({ title, text, publishedOn, said, sentence, value, role }))
}
