import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import type { ConsoleEnv, Frame, Page } from '../feature.ts'
import { AlertChannelFault } from '../ports/alarms.ts'
import type { Clock } from '../ports/clock.ts'
import { isSame } from './guard.ts'
import { isLocalScript } from './local-scripts.ts'
import { csrfField, emptyState, type Html, renderPage, stateBadge, timeOf } from './widgets.ts'

type HealthParts = {
  line(): { state: Frame['line']['state']; since: Temporal.Instant; clockSkewSeconds?: number }
  /** Every line by its name in the settings. Default: the one that `line` describes. */
  lines?: () => readonly { title: string; state: Frame['line']['state'] }[]
  /** Whether due jobs are being looked at. */
  jobs(): 'ticking' | 'stopped'
  metrics(): Promise<{ text: string; contentType: string }>
  /** Empty: only scripts on this machine are let in. */
  token: string
}

/**
 * What monitors ask. Whether the process is alive is no secret; the rest is for scripts on this machine, and for
 * whoever knows the token. Others go on to the session's check.
 */
export function healthRoutes({ line, lines, jobs, metrics, token }: HealthParts): Hono {
  const routes = new Hono()
  const mayAsk = (c: Context) =>
    isLocalScript(c) || (token !== '' && isSame(c.req.header('Authorization') ?? '', `Bearer ${token}`))

  routes.get('/healthz', c => c.text('ok', 200, fresh))
  routes.get('/readyz', (c, next) => {
    if (!mayAsk(c)) return next()
    const { state, since, clockSkewSeconds } = line()
    const isReady = state === 'up' && jobs() === 'ticking'
    return c.json(
      {
        role: 'owner',
        line: state,
        ...linesIn(lines?.() ?? []),
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

/** By name, where there are several. */
const linesIn = (lines: readonly { title: string; state: string }[]) =>
  lines.length > 1 ? { lines: Object.fromEntries(lines.map(({ title, state }) => [title, state])) } : {}

const fresh = { 'Cache-Control': 'no-store' }

type Telling = { at: Temporal.Instant; text: string; fault: string | undefined }

type AlertsPageParts = {
  /** Undefined where no webhook is set. */
  alerts: { test(): Promise<void>; attempts(): readonly Telling[] } | undefined
  clock: Clock
}

/** 「提醒」: whether anybody hears of it when something breaks, and a button to find out. */
export function alertsPage({ alerts, clock }: AlertsPageParts): Page {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', c =>
    renderPage(c, '提醒', alerts ? howItGoes(c, alerts.attempts(), clock.now()) : howToBegin()),
  )
  routes.post('/test-alert', async c => {
    try {
      await alerts?.test()
    } catch (cause) {
      // The page that comes now says so, with what to do.
      if (!(cause instanceof AlertChannelFault)) throw cause
    }
    return c.redirect('/health', 303)
  })
  return {
    path: 'health',
    title: '提醒',
    chapter: 'line',
    section: '运行',
    read: ['organizer', 'reviewer'],
    write: ['organizer', 'reviewer'],
    routes,
  }
}

function howToBegin(): Html {
  return html`<article class="card"><h2>还没有设置提醒</h2>
    <p>线路断了、磁盘满了，现在只有打开控制台才看得到。</p><ol>
    <li>在企业微信、钉钉或飞书的群里加一个机器人，复制它的 webhook 地址。</li>
    <li>把地址填进 .env 的 ALERT_WEBHOOK_URL，是哪一种填进 ALERT_WEBHOOK_KIND。</li>
    <li>重启，再回到这一页发一条测试提醒。</li></ol></article>`
}

function howItGoes(c: Context<ConsoleEnv>, attempts: readonly Telling[], now: Temporal.Instant): Html {
  return html`<article class="card"><h2>提醒发到群机器人</h2>
    <p>出了要人处理的事，会发到群里；好了也会说一声。自己很快就好的不打扰。</p>
    <form method="post" action="/health/test-alert">${csrfField(c)}<button>发一条测试提醒</button></form></article>
    <article class="card"><h2>发过的提醒</h2>
    ${
      attempts.length === 0
        ? emptyState('启动以来还没有发过。平安无事，或者先发一条测试提醒看看。')
        : html`<ul class="plain">${attempts.map(telling => tellingLine(telling, now))}</ul>`
    }</article>`
}

function tellingLine({ at, text, fault }: Telling, now: Temporal.Instant): Html {
  return html`<li><div>${timeOf(at, now)} ${fault ? stateBadge('没送到', 'bad') : stateBadge('已送到', 'good')}
    <p class="told">${text}</p>
    ${fault ? html`<p class="problem">${fault}</p>` : ''}</div></li>`
}
