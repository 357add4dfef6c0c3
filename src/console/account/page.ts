import { Hono } from 'hono'
import { z } from 'zod'
import { isOffice } from '../../approval.ts'
import { type ConsoleContext, type ConsoleEnv, FieldRefusal, type Page, Refusal } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import { action, form, noFields, type RefusedForm } from '../forms.ts'
import type { Sessions } from '../login/sessions.ts'
import { renderPage } from '../widgets.ts'
import type { Accounts } from './accounts.ts'
import { viewAccount, viewOfficeAccount, viewRecoveryCodes } from './views.ts'

type Parts = { accounts: Accounts; sessions: Sessions; clock: Clock }

const Password = form(
  z.object({
    name: z.string().trim().min(2, '登录名至少两个字，例如自己的姓名。').max(30, '登录名最多 30 个字。'),
    password: z.string(),
    current: z.string().default(''),
  }),
)
const Code = form(z.object({ code: z.string().trim() }))
const Current = form(z.object({ current: z.string() }))
const Ended = form(z.object({ session: z.string() }))

/** 「我的账号」: password, second step, and where one is logged in. Each person has their own, auditors too. */
export function accountPage(parts: Parts): Page {
  const { accounts, sessions } = parts
  const routes = new Hono<ConsoleEnv>()
  const show = (c: ConsoleContext, refused?: RefusedForm) => showAccount(c, parts, refused)
  routes.get('/', c => show(c))
  routes.post(
    '/password',
    action({
      form: Password,
      async run(c, { name, password, current }) {
        await requirePassword(accounts, c, current)
        await accounts.setPassword(own(c), { loginName: name, password })
        await sessions.endOthers(own(c).id, c.get('session').id)
        return '/account?done=password'
      },
      show,
    }),
  )
  addSecondStep(routes, { accounts, show })
  addSessions(routes, { sessions, show })
  const everybody = ['organizer', 'reviewer', 'auditor'] as const
  return {
    path: 'account',
    title: '我的账号',
    chapter: 'roles',
    read: everybody,
    write: everybody,
    isUnlisted: true,
    routes,
  }
}

type Show = (c: ConsoleContext, refused?: RefusedForm) => Promise<Response>

function addSecondStep(
  routes: Hono<ConsoleEnv>,
  { accounts, show }: { accounts: Accounts; show: Show },
): void {
  routes.post(
    '/second-step/begin',
    action({
      form: Current,
      async run(c, { current }) {
        await requirePassword(accounts, c, current)
        await accounts.beginTotp(own(c).id)
        return '/account'
      },
      show,
    }),
  )
  routes.post(
    '/second-step/confirm',
    action({
      form: Code,
      run: async (c, { code }) =>
        renderPage(c, '恢复码', viewRecoveryCodes(await accounts.confirmTotp(own(c).id, code))),
      show,
    }),
  )
  routes.post(
    '/second-step/end',
    action({
      form: Current,
      async run(c, { current }) {
        await requirePassword(accounts, c, current)
        await accounts.endTotp(own(c).id)
        return '/account?done=one-step'
      },
      show,
    }),
  )
}

function addSessions(routes: Hono<ConsoleEnv>, { sessions, show }: { sessions: Sessions; show: Show }): void {
  routes.post(
    '/sessions/others',
    action({
      form: noFields,
      async run(c) {
        await sessions.endOthers(own(c).id, c.get('session').id)
        return '/account?done=others'
      },
      show,
    }),
  )
  routes.post(
    '/sessions/end',
    action({
      form: Ended,
      async run(c, { session }) {
        await sessions.endSome(own(c).id, [session])
        return '/account?done=one'
      },
      show,
    }),
  )
}

const own = (c: ConsoleContext): { id: string; name: string } => {
  const person = c.get('person')
  if (isOffice(person))
    throw new Refusal('公用登录没有自己的账号。请私聊机器人发「登录」，用那个链接进来再设。')
  return person
}

/** Asks for the current password, except in a session begun by a one-time link: its person may have forgotten it. */
async function requirePassword(accounts: Accounts, c: ConsoleContext, current: string): Promise<void> {
  const { id } = own(c)
  if (c.get('session').way === 'link' || !(await accounts.of(id))) return
  if (!(await accounts.isPasswordOf(id, current)))
    throw new FieldRefusal('current', '现在的密码不对。忘了的话，私聊机器人发「登录」，用链接进来再改。')
}

async function showAccount(c: ConsoleContext, { accounts, sessions, clock }: Parts, refused?: RefusedForm) {
  const person = c.get('person')
  if (isOffice(person)) return renderPage(c, '我的账号', viewOfficeAccount())
  const view = viewAccount(c, {
    name: person.name,
    account: await accounts.of(person.id),
    sessions: await sessions.listOf(person.id),
    here: c.get('session').id,
    asksPassword: c.get('session').way !== 'link',
    now: clock.now(),
    done: c.req.query('done') ?? '',
    ...(refused ? { refused } : {}),
  })
  return renderPage(c, '我的账号', view)
}
