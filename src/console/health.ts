import { type Context, Hono } from 'hono'
import type { Temporal } from 'temporal-polyfill'
import type { Frame } from '../feature.ts'
import { isSameSecret } from './guard.ts'
import { isLocalScript } from './local-scripts.ts'

/** A line; refused where a person has to mend its account or settings. */
type SeenLine = { title: string; state: Frame['line']['state']; isRefused?: boolean }

type HealthParts = {
  line(): { state: Frame['line']['state']; since: Temporal.Instant; clockSkewSeconds?: number }
  /** Every line by its name in the settings. Default: the one that `line` describes. */
  lines?: () => readonly SeenLine[]
  /** Whether due jobs are being looked at. */
  jobs(): 'ticking' | 'stopped'
  metrics(): Promise<{ text: string; contentType: string }>
  /** Empty: only scripts on this machine are let in. */
  token: string
  /** Lets scripts on this machine in without the token. */
  trustsLoopback: boolean
}

/**
 * Routes for monitors. Liveness is public; the rest is for callers with the token, and for
 * scripts on this machine where no proxy stands in front. Others go on to the session's check.
 */
export function healthRoutes({ line, lines, jobs, metrics, token, trustsLoopback }: HealthParts): Hono {
  const routes = new Hono()
  const mayAsk = (c: Context) =>
    (trustsLoopback && isLocalScript(c)) ||
    (token !== '' && isSameSecret(c.req.header('Authorization') ?? '', `Bearer ${token}`))

  routes.get('/healthz', c => c.text('ok', 200, fresh))
  routes.get('/readyz', (c, next) => {
    if (!mayAsk(c)) return next()
    const { state, since, clockSkewSeconds } = line()
    const all = lines?.() ?? []
    const isReady = (all.length > 1 ? areReady(all) : state === 'up') && jobs() === 'ticking'
    return c.json(
      {
        role: 'owner',
        line: state,
        ...linesIn(all),
        since: since.toString(),
        jobs: jobs(),
        clockSkewSeconds,
      },
      isReady ? 200 : 503,
      fresh,
    )
  })
  routes.get('/metrics', async (c, next) => {
    if (!mayAsk(c)) return next()
    const { text, contentType } = await metrics()
    return c.body(text, 200, { ...fresh, 'Content-Type': contentType })
  })
  return routes
}

/** The lines by their names, where there are several. */
const linesIn = (lines: readonly SeenLine[]) => {
  const states = lines.map(({ title, state, isRefused }) => [title, isRefused ? 'refused' : state])
  return lines.length > 1 ? { lines: Object.fromEntries(states) } : {}
}

/** Several lines are ready while one is good and none has to be mended by a person. */
const areReady = (lines: readonly SeenLine[]) =>
  lines.some(({ state }) => state === 'up') && !lines.some(({ isRefused }) => isRefused)

const fresh = { 'Cache-Control': 'no-store' }
