import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { actorOf } from '../../../console/forms.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import type { BroadcastActions } from '../actions.ts'
import { basePath, numberOf } from './views.ts'

type C = Context<ConsoleEnv>

const Keys = z.array(z.string().min(1).max(300)).min(1).max(1000)
const Attempts = z.coerce.number().int().min(0)

/** Decisions about deliveries. */
export function addDeliveryRoutes(routes: Hono<ConsoleEnv>, actions: BroadcastActions): void {
  async function recordManual(c: C) {
    const keys = await keysIn(c)
    await actions.recordManualKeys(actorOf(c), keys)
  }

  routes.post('/by-hand', async c => {
    await recordManual(c)
    return c.redirect(basePath, 303)
  })

  routes.post('/:number{[0-9]+}/by-hand', async c => {
    await recordManual(c)
    return c.redirect(`${basePath}/${numberOf(c)}`, 303)
  })

  routes.post('/:number{[0-9]+}/resend', async c => {
    const { attempts } = await c.req.parseBody()
    const seen = Attempts.safeParse(attempts)
    if (!seen.success) throw new Refusal('这一页不完整，请刷新再试。')
    await actions.resend(actorOf(c), numberOf(c), seen.data)
    return c.redirect(`${basePath}/${numberOf(c)}`, 303)
  })

  for (const [action, hasArrived] of [
    ['arrived', true],
    ['missing', false],
  ] as const) {
    routes.post(`/:number{[0-9]+}/${action}`, async c => {
      const [key = ''] = await keysIn(c)
      await actions.settle(numberOf(c), key, { ...actorOf(c), hasArrived })
      return c.redirect(`${basePath}/${numberOf(c)}`, 303)
    })
  }
}

async function keysIn(c: C): Promise<string[]> {
  const body = await c.req.parseBody({ all: true })
  const found = Keys.safeParse([body.key].flat())
  if (!found.success) throw new Refusal('没有说是哪个群，请刷新再试。')
  return found.data
}
