import { Hono } from 'hono'
import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  type AlertSetting,
  type AlertSettings,
  isRobotAddress,
  type RobotKind,
  robotKinds,
} from '../../alerts/targets.ts'
import { type ConsoleContext, type ConsoleEnv, OutdatedFormRefusal, type Page } from '../../feature.ts'
import { AlertChannelFault } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import { action, firstProblem, form, type RefusedForm } from '../forms.ts'
import { card, csrfField, emptyState, type Html, renderPage, stateBadge, timeOf } from '../widgets.ts'

type AlertsPageParts = { settings: Omit<AlertSettings, 'start'>; clock: Clock }
type Attempts = ReturnType<NonNullable<ReturnType<AlertSettings['current']>>['attempts']>

const robotNames: Record<RobotKind, string> = { wecom: '企业微信', dingtalk: '钉钉', feishu: '飞书' }

const Target = form(
  z
    .object({
      kind: z.enum(robotKinds, { error: '请选是哪一种群机器人。' }),
      url: z.string().trim(),
      secret: z.string().trim().max(200).default(''),
      seen: z.string().default(''),
    })
    .superRefine(({ kind, url }, context) => {
      if (!isRobotAddress(kind, url))
        context.addIssue({ code: 'custom', path: ['url'], message: sayWrongAddress(url) })
    }),
)
const Button = form(z.object({ seen: z.string().default('') }))

function sayWrongAddress(url: string): string {
  const fits = robotKinds.find(kind => isRobotAddress(kind, url))
  return fits
    ? `这是${robotNames[fits]}群机器人的地址，请在「哪一种」里选${robotNames[fits]}，再存一次。`
    : '这不是这种群机器人的地址，请从群机器人的说明里整个复制过来，以 https:// 开头。'
}

/** 「提醒」: where it is told when something breaks, and a button to find out whether it arrives. */
export function alertsPage({ settings, clock }: AlertsPageParts): Page {
  const routes = new Hono<ConsoleEnv>()

  function show(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const alerts = settings.current()
    const canSet = c.get('person').roles.includes('organizer')
    return renderPage(
      c,
      '提醒',
      html`${alerts ? viewState(c, alerts.attempts(), clock.now()) : viewUnset()}
        ${canSet ? viewSetting(c, settings.setting(), refused) : ''}
        ${viewChanges(settings.setting().changes, clock.now())}`,
    )
  }

  routes.get('/', c => show(c))
  routes.post('/test-alert', async c => {
    try {
      await settings.current()?.test()
    } catch (cause) {
      // The page that comes now says so, with what to do.
      if (!(cause instanceof AlertChannelFault)) throw cause
    }
    return c.redirect('/health', 303)
  })
  routes.post(
    '/target',
    action({
      form: Target,
      async run(_, { seen, ...target }) {
        await settings.set(target, sameAs(seen))
        return '/health'
      },
      show,
    }),
  )
  routes.post(
    '/target/clear',
    action({
      form: Button,
      async run(_, { seen }) {
        await settings.clear(sameAs(seen))
        return '/health'
      },
      show,
    }),
  )
  return {
    path: 'health',
    title: '提醒',
    chapter: 'line',
    section: '运行',
    read: ['organizer', 'reviewer'],
    write: ['organizer', 'reviewer'],
    writeAt: { '/target': ['organizer'], '/target/clear': ['organizer'] },
    routes,
  }
}

/** A form that was shown before another organizer changed the target must not take that back unseen. */
const sameAs = (seen: string) => (now: AlertSetting) => {
  if (seen === '' || seen === now.version) return
  throw new OutdatedFormRefusal(
    `提醒发到哪里刚被别人改过。${sayStanding(now)}你这次的没有保存；还要改就核对一下再存，有加签密钥的要重填。`,
    now.version,
  )
}

function sayStanding({ kind, hasMachine }: AlertSetting): string {
  if (kind) return `现在发到${robotNames[kind]}的群机器人，地址是这里填的，不再显示出来。`
  return hasMachine
    ? '现在用的是 .env 里的地址；在这里填一个，就改用这里的。'
    : '在企业微信、钉钉或飞书的群里加一个机器人，关键词请设「创客」，把它的 webhook 地址抄到这里，马上生效。'
}

const viewUnset = (): Html =>
  card(
    '还没有设置提醒',
    html`<p>线路断了、磁盘满了，现在只有打开控制台才看得到。请组织者在下面填上群机器人的地址；管机器的人也可以填进 .env 的 ALERT_WEBHOOK_URL。</p>`,
  )

function viewState(c: ConsoleContext, attempts: Attempts, now: Temporal.Instant): Html {
  return html`${card(
    '提醒发到群机器人',
    html`<p>出了要人处理的事，会发到群里；好了也会说一声。自己很快就好的不打扰。</p>
    <form method="post" action="/health/test-alert">${csrfField(c)}<button>发一条测试提醒</button></form>`,
  )}${card(
    '发过的提醒',
    attempts.length === 0
      ? emptyState('启动以来还没有发过。平安无事，或者先发一条测试提醒看看。')
      : html`<ul class="plain">${attempts.map(one => viewAttempt(one, now))}</ul>`,
  )}`
}

function viewSetting(c: ConsoleContext, setting: AlertSetting, refused?: RefusedForm): Html {
  const { kind, hasMachine, version } = setting
  const typed = refused?.input ?? {}
  const seen = html`<input type="hidden" name="seen" value="${version}">`
  return card(
    '发到哪里',
    html`<p>${sayStanding(setting)}</p>${refused ? html`<p role="alert" class="problem">${firstProblem(refused)}</p>` : ''}
      <form method="post" action="/health/target">${csrfField(c)}${seen}
        <label>哪一种 <select name="kind">${robotKinds.map(
          one =>
            html`<option value="${one}" ${(typed.kind ?? kind) === one ? 'selected' : ''}>${robotNames[one]}</option>`,
        )}</select></label>
        <label>webhook 地址 <input name="url" type="url" required autocomplete="off" placeholder="https://…" value="${typed.url ?? ''}"></label>
        <label>加签密钥（没开就空着） <input name="secret" type="password" maxlength="200" autocomplete="new-password"></label>
        <button>存下，马上生效</button></form>
      ${kind ? html`<form method="post" action="/health/target/clear">${csrfField(c)}${seen}<button class="secondary">不用这里的了${hasMachine ? '，改回 .env 里的' : ''}</button></form>` : ''}`,
  )
}

function viewChanges(changes: AlertSetting['changes'], now: Temporal.Instant): Html {
  if (changes.length === 0) return html``
  const lines = changes.map(
    ({ at, to }) =>
      html`<li>${timeOf(Temporal.Instant.from(at), now)} ${to === 'off' ? '不用控制台上的地址了' : `改成${robotNames[to]}的群机器人`}</li>`,
  )
  return card(
    '改过几次',
    html`<ul class="plain">${lines}</ul><p class="hint">是谁改的，在「操作记录」里。</p>`,
  )
}

function viewAttempt({ at, text, fault }: Attempts[number], now: Temporal.Instant): Html {
  return html`<li><div>${timeOf(at, now)} ${fault ? stateBadge('没送到', 'bad') : stateBadge('已送到', 'good')}
    <p class="told">${text}</p>
    ${fault ? html`<p class="problem">${fault}</p>` : ''}</div></li>`
}
