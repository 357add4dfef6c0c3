import { Hono } from 'hono'
import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  type ConsoleContext,
  type ConsoleEnv,
  OutdatedFormRefusal,
  type Page,
  Refusal,
} from '../../feature.ts'
import { versionOf } from '../../lib/hash.ts'
import type { Clock } from '../../ports/clock.ts'
import {
  definitions,
  type OrganizerSettings,
  type SettingName,
  settingNames,
  valueSchema,
} from '../../settings/definitions.ts'
import type { SettingChange, SettingsStore } from '../../settings/settings-store.ts'
import { action, fieldProblem, form, type RefusedForm, valuesOf } from '../forms.ts'
import { card, csrfField, emptyState, type Html, renderPage, stackTable, timeOf } from '../widgets.ts'

const Named = form(z.object({ name: z.enum(settingNames) }))
const Numbered = form(z.object({ number: z.coerce.number().int() }))

const groups: readonly { title: string; hint: string; names: readonly SettingName[] }[] = [
  {
    title: '什么时候不打扰',
    hint: '这段时间不推送，等到早上再发；签到回执和回答照常。晚上和早上写成一样，就是不要这一项。',
    names: ['quietFrom', 'quietUntil', 'quietUntilRestDays'],
  },
  {
    title: '发多快、发多少',
    hint: '只能比机器上的设置更慢、更少：太快太多，账号会被限制。新账号头一周，一天的条数还会自动减少。',
    names: ['sendsPerMinute', 'sendsPerDay'],
  },
  {
    title: '指导员的汇总',
    hint: '没答的问题每天汇总一条，加急的另外马上说。指导员私聊发「日报 9:00」，可以改自己的。',
    names: ['summaryTime'],
  },
  {
    title: '欢迎新人',
    hint: '新人进群，一天欢迎一次。怎么认领自己、记什么信息，机器人会接着写在后面。某个群不要，在群里发「本群设置 欢迎 关」。',
    names: ['welcome'],
  },
  {
    title: '隐私说明里的负责人',
    hint: '写在「隐私说明」里，大家有事找得到人。',
    names: ['privacyHandler', 'privacyContact'],
  },
]

/** 「设置」: the settings that organizers own, with their history and a button to take each change back. */
export function settingsPage({ settings, clock }: { settings: SettingsStore; clock: Clock }): Page {
  const routes = new Hono<ConsoleEnv>()
  const schemas = settingNames.map(
    name => [name, valueSchema(name, Number(settings.machine[name]) || 0)] as const,
  )
  const Values = form(z.object({ ...Object.fromEntries(schemas), seen: z.string().default('') }))

  function show(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const canSet = c.get('person').roles.includes('organizer')
    return renderPage(
      c,
      '设置',
      html`${refused ? html`<p role="alert" class="problem">没有保存。${refused.problem || '请看标红的地方。'}</p>` : ''}
        ${c.req.query('done') && !refused ? html`<p role="status" class="done">存好了，已经生效。</p>` : ''}
        ${viewForm(c, settings, refused, canSet)}
        <p class="hint">推送的时间在<a href="/digest/plans">栏目排期</a>，出事通知到哪里在<a href="/health">提醒</a>，每个群的设置在<a href="/groups">群</a>；属于机器的设置在 .env。</p>
        ${viewChanges(c, settings.changes(), clock.now(), canSet)}`,
    )
  }

  routes.get('/', c => show(c))
  routes.post(
    '/',
    action({
      form: Values,
      run: async (_, { seen, ...values }) => done(settings.set(values, checkSeen(seen, values))),
      show,
    }),
  )
  routes.post('/reset', async c => {
    const { name } = await valuesOf(c, Named)
    return c.redirect(await done(settings.reset(name)), 303)
  })
  routes.post('/undo', async c => {
    const { number } = await valuesOf(c, Numbered)
    if (!(await settings.undo(number))) throw new Refusal('这一次改动的记录已经不在了，请直接改成要的样子。')
    return c.redirect('/settings?done=1', 303)
  })
  return {
    path: 'settings',
    title: '设置',
    chapter: 'line',
    section: '运行',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

/** Tells whether a setting has changed since the form showed them. */
const settingsVersion = (now: OrganizerSettings): string => versionOf(settingNames.map(name => now[name]))

/** The form holds every setting: saved unseen, it would take back what another organizer has changed. */
const checkSeen = (seen: string, typed: Readonly<Record<string, string>>) => (now: OrganizerSettings) => {
  if (seen === '' || seen === settingsVersion(now)) return
  const others = settingNames
    .filter(name => typed[name] !== String(now[name]))
    .map(name => `「${definitions[name].title}」现在是${now[name] === '' ? '空的' : `「${now[name]}」`}`)
  const told = others.length > 0 ? `和你填的不一样的：${others.join('，')}。` : ''
  throw new OutdatedFormRefusal(
    `设置刚被别人改过。${told}下面是你填的，核对一下再存，就按你填的改。`,
    settingsVersion(now),
  )
}

async function done(change: Promise<unknown>): Promise<string> {
  await change
  return '/settings?done=1'
}

function viewForm(
  c: ConsoleContext,
  settings: SettingsStore,
  refused: RefusedForm | undefined,
  canSet: boolean,
): Html {
  const fields = groups.map(({ title, hint, names }) =>
    card(
      title,
      html`<p class="hint">${hint}</p><div class="grid">${names.map(name => viewField(settings, name, refused))}</div>`,
    ),
  )
  const resets = settingNames.filter(settings.isOwn)
  const seen = refused?.input.seen ?? settingsVersion(settings.current())
  return html`<form method="post" action="/settings">${csrfField(c)}<input type="hidden" name="seen" value="${seen}"><fieldset ${canSet ? '' : 'disabled'}>${fields}
      ${canSet ? html`<button>存下，马上生效</button>` : ''}</fieldset></form>
    ${
      canSet && resets.length > 0
        ? card(
            '改回机器上的设置',
            html`<div class="actions">${resets.map(
              name =>
                html`<form method="post" action="/settings/reset">${csrfField(c)}<input type="hidden" name="name" value="${name}"><button class="secondary">${definitions[name].title}</button></form>`,
            )}</div>`,
          )
        : ''
    }`
}

function viewField(settings: SettingsStore, name: SettingName, refused: RefusedForm | undefined): Html {
  const { title, kind, longest } = definitions[name]
  const value = refused?.input[name] ?? String(settings.current()[name])
  const wrong = fieldProblem(refused?.fieldProblems ?? {}, name)
  if (kind === 'lines')
    return html`<label>${title}<textarea name="${name}" rows="4" maxlength="${longest}" required>${value}</textarea>${wrong}</label>`
  const type = kind === 'line' ? 'text' : kind
  return html`<label>${title}<input type="${type}" name="${name}" value="${value}" ${kind === 'line' ? html`maxlength="${longest}"` : html`required`}>${wrong}</label>`
}

const sayValue = (value: string | null) => (value === null ? '机器上的设置' : value === '' ? '空着' : value)

function viewChanges(
  c: ConsoleContext,
  changes: readonly SettingChange[],
  now: Temporal.Instant,
  canSet: boolean,
): Html {
  const rows = changes.map(({ number, at, name, from, to }) => [
    html`${timeOf(Temporal.Instant.from(at), now)}`,
    definitions[name].title,
    sayValue(from),
    sayValue(to),
    canSet
      ? html`<form method="post" action="/settings/undo">${csrfField(c)}<input type="hidden" name="number" value="${number}"><button class="quiet">改回去</button></form>`
      : '',
  ])
  return card(
    '改过什么',
    rows.length === 0
      ? emptyState('还没有改过，都是机器上的设置。')
      : html`${stackTable(['时间', '设置', '原来', '改成', ''], rows)}<p class="hint">是谁改的，在「操作记录」里。</p>`,
  )
}
