import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { actorOf, form, numberInPath, valuesOf } from '../../../console/forms.ts'
import type { ConsoleEnv } from '../../../feature.ts'
import type { BroadcastActions } from '../actions.ts'
import { basePath } from './views.ts'

type C = Context<ConsoleEnv>

const incomplete = '这一页不完整，请刷新再试。'
const noGroup = '没有说是哪个群，请刷新再试。'
const Keys = form(
  z.object({ key: z.array(z.string().min(1, noGroup).max(300, noGroup)).min(1, noGroup).max(1000, noGroup) }),
  ['key'],
)
const Attempts = form(z.object({ attempts: z.coerce.number(incomplete).int(incomplete).min(0, incomplete) }))

/** Decisions about deliveries. */
export function addDeliveryRoutes(routes: Hono<ConsoleEnv>, actions: BroadcastActions): void {
  async function recordManual(c: C) {
    const { key } = await valuesOf(c, Keys)
    await actions.recordManualKeys(actorOf(c), key)
  }

  routes.post('/by-hand', async c => {
    await recordManual(c)
    return c.redirect(basePath, 303)
  })

  routes.post('/:number{[0-9]+}/by-hand', async c => {
    await recordManual(c)
    return c.redirect(`${basePath}/${numberInPath(c)}`, 303)
  })

  routes.post('/:number{[0-9]+}/resend', async c => {
    const { attempts } = await valuesOf(c, Attempts)
    await actions.resend(actorOf(c), numberInPath(c), attempts)
    return c.redirect(`${basePath}/${numberInPath(c)}`, 303)
  })

  routes.post('/:number{[0-9]+}/remind', async c => {
    const [key = ''] = (await valuesOf(c, Keys)).key
    await actions.remind(numberInPath(c), key)
    return c.redirect(`${basePath}/${numberInPath(c)}?done=reminded`, 303)
  })

  for (const [action, hasArrived] of [
    ['arrived', true],
    ['missing', false],
  ] as const) {
    routes.post(`/:number{[0-9]+}/${action}`, async c => {
      const [key = ''] = (await valuesOf(c, Keys)).key
      await actions.settle(numberInPath(c), key, { ...actorOf(c), hasArrived })
      return c.redirect(`${basePath}/${numberInPath(c)}`, 303)
    })
  }
}
