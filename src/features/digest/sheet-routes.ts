import type { Hono } from 'hono'
import { sendFile } from '../../console/forms.ts'
import type { ConsoleEnv } from '../../feature.ts'
import type { Broadcasts } from './broadcasts.ts'
import { monthOf } from './calendar-views.ts'
import type { DigestParts } from './context.ts'
import { isOfMonth } from './searching.ts'
import { makeMonthSheet } from './sheet.ts'

/** A month's broadcasts as a spreadsheet, for whoever has to prove that they arrived. */
export function addSheetRoutes(
  routes: Hono<ConsoleEnv>,
  { clock }: DigestParts,
  broadcasts: Broadcasts,
): void {
  routes.get('/sheet.xlsx', async c => {
    const month = monthOf(c.req.query('month'), clock.now())
    const own = (await broadcasts.all()).filter(one => isOfMonth(one, month.toString())).reverse()
    const progress = await Promise.all(own.map(broadcasts.progressOf))
    return sendFile(c, await makeMonthSheet(month, progress))
  })
}
