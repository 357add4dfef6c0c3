import { Hono } from 'hono'
import { z } from 'zod'
import { isOffice } from '../../../approval.ts'
import { action, actorOf, firstProblem, form, type RefusedForm } from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import type { ConsoleContext, ConsoleEnv, Page } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import { aliasesOf, type IdentityLedger } from '../identities/ledger.ts'
import type { IdentityConfirmation } from '../identities/proposals/confirmation.ts'
import { type Application, OfficerRole } from '../records/records.ts'
import { lastColleague } from '../role-consents.ts'
import { officeMayNot } from '../role-words.ts'
import type { RosterStore } from '../roster/book.ts'
import type { OfficerActions } from './officers.ts'
import { type ChatPerson, viewRoles } from './views.ts'

type Parts = {
  officers: OfficerActions
  confirmation: Pick<IdentityConfirmation, 'byHandle'>
  ledger: IdentityLedger
  book: Pick<RosterStore, 'byId'>
  clock: Clock
}

const mostFound = 20

const Grant = form(z.object({ handle: z.string(), role: OfficerRole }))
const Answer = form(z.object({ number: z.coerce.number().int(), as: z.enum(['agree', 'decline']) }))

/** Page of role holders and applicants, where roles are given and withdrawn. */
export function rolesPage({ officers, confirmation, ledger, book, clock }: Parts): Page {
  const routes = new Hono<ConsoleEnv>()

  /** A chat identity with what tells namesakes apart. */
  async function personOf(senderId: string, name: string): Promise<ChatPerson> {
    const identity = await ledger.get(senderId)
    const row = identity && (await book.byId()).get(identity.memberId)
    return { senderId, name: row?.name ?? name, identity, row }
  }

  /** People who were heard in chat and are called so there or on the roster. */
  async function search(query: string): Promise<ChatPerson[]> {
    if (query === '') return []
    const known = await Promise.all(
      (await ledger.all()).map(identity => personOf(identity.senderId, aliasesOf(identity)[0] ?? '')),
    )
    const named = known.filter(({ name, identity }) =>
      [name, ...(identity ? aliasesOf(identity) : [])].some(one => one.includes(query)),
    )
    return named.slice(0, mostFound)
  }

  async function show(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const now = await officers.officers()
    const { holders, applications } = now
    const query = c.req.query('q')?.trim() ?? ''
    const withPeople = <T extends { senderId: string; name: string }>(all: readonly T[]) =>
      Promise.all(all.map(async one => ({ ...one, person: await personOf(one.senderId, one.name) })))
    const view = viewRoles({
      holders: await withPeople(holders),
      applications: await withPeople(applications),
      query,
      found: await search(query),
      csrf: csrfField(c),
      now: clock.now(),
      last: lastColleague(now, await ledger.identitiesOf(c.get('person').id)),
      done: await sayDone(c, officers),
      problem: refused ? firstProblem(refused) : '',
      mayNot: isOffice(c.get('person')) ? officeMayNot : '',
    })
    return renderPage(c, '谁管什么', view)
  }

  routes.get('/', c => show(c))
  routes.post(
    '/grant',
    action({
      form: Grant,
      async run(c, { handle, role }) {
        const { senderId, names } = await confirmation.byHandle(handle)
        const person = await personOf(senderId, names.at(-1)?.name ?? '')
        await officers.grant(actorOf(c), person, role)
        return `/roles?${await doneOf(officers, one => !one.link && one.senderId === senderId && one.role === role, 'granted')}`
      },
      show,
    }),
  )
  routes.post(
    '/withdraw',
    action({
      form: Grant,
      async run(c, { handle, role }) {
        await officers.withdraw(actorOf(c), handle, role)
        return '/roles?done=withdrawn'
      },
      show,
    }),
  )
  routes.post(
    '/applications',
    action({
      form: Answer,
      async run(c, { number, as }) {
        await officers.answer(actorOf(c), number, as === 'agree')
        return `/roles?${await doneOf(officers, one => one.number === number, as)}`
      },
      show,
    }),
  )
  return {
    path: 'roles',
    title: '谁管什么',
    chapter: 'roles',
    section: '社群',
    read: ['organizer'],
    write: ['organizer'],
    routes,
  }
}

/** Tells whether it is done, or waits for a second person still. */
async function doneOf(
  { officers }: OfficerActions,
  isMeant: (one: Application) => boolean,
  done: string,
): Promise<string> {
  const waiting = (await officers()).applications.find(isMeant)
  return waiting ? `done=waits&n=${waiting.number}` : `done=${done}`
}

async function sayDone(c: ConsoleContext, { sayWaitsFor }: OfficerActions): Promise<string> {
  const done = c.req.query('done') ?? ''
  return done === 'waits'
    ? sayWaitsFor(c.get('person').id, Number(c.req.query('n')))
    : (doneWords.get(done) ?? '')
}

const doneWords = new Map([
  ['granted', '好了，已经私聊告诉对方。'],
  ['withdrawn', '收回了，已经私聊告诉对方。'],
  ['agree', '同意了，现在就生效。'],
  ['decline', '没有同意，已经私聊告诉等着的人。'],
])
