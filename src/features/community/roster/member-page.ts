import type { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, actorOf, form, noFields, type RefusedForm } from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { MemberFacts } from '../../../ports/overviews.ts'
import type { Roster } from '../../../ports/roster.ts'
import { sayNoAddress } from '../../../text/no-address.ts'
import type { Eraser } from '../eraser.ts'
import type { IdentityLedger } from '../identities/ledger.ts'
import type { RosterRow } from '../records/records.ts'
import { type RosterActions, rowVersion } from './actions.ts'
import { blankRow, fields } from './file/columns.ts'
import { viewEnd, viewFacts, viewIdentities, viewMemberForm } from './member-views.ts'

export type MemberPageParts = {
  rosterActions: RosterActions
  ledger: IdentityLedger
  erasing: Eraser
  roster: Pick<Roster, 'branches' | 'spaces' | 'addressOf'>
  clock: Clock
  /** Facts of the features about one member, in their order. */
  aboutMember(memberId: string): Promise<MemberFacts[]>
}

const Written = form(
  z.object(Object.fromEntries([...fields, 'seen'].map(field => [field, z.string().trim().default('')]))),
)
const Erasure = form(
  z
    .object({ sure: z.string().optional() })
    .refine(({ sure }) => sure === 'yes', '请先勾选「我确认是本人的要求」。'),
)

/** One member: the roster row, what the features know, the chat identities, the way off the roster. */
export function addMemberRoutes(routes: Hono<ConsoleEnv>, parts: MemberPageParts): void {
  const { rosterActions, erasing } = parts
  const show = (c: ConsoleContext, refused?: RefusedForm) => showMember(c, parts, refused)
  const idOf = (c: ConsoleContext) => c.req.param('id') ?? ''

  async function save(c: ConsoleContext, { seen = '', ...written }: Record<string, string>): Promise<string> {
    const by = { byName: c.get('person').name, seen }
    const memberId = await rosterActions.put(c.req.param('id'), { ...blankRow, ...written }, by)
    return `/roster/members/${memberId}?saved=1`
  }

  async function remove(c: ConsoleContext): Promise<string> {
    await rosterActions.remove(idOf(c), c.get('person').name)
    return '/roster'
  }

  async function erase(c: ConsoleContext): Promise<string> {
    await erasing.checkMayGo(idOf(c), actorOf(c))
    await erasing.erase(idOf(c))
    return '/roster'
  }

  routes.get('/new', c => show(c))
  routes.post('/new', action({ form: Written, run: save, show }))
  routes.get('/members/:id', c => show(c))
  routes.post('/members/:id', action({ form: Written, run: save, show }))
  routes.post('/members/:id/remove', action({ form: noFields, run: remove, show }))
  routes.post('/members/:id/erase', action({ form: Erasure, run: erase, show }))
}

async function showMember(
  c: ConsoleContext,
  parts: MemberPageParts,
  refused?: RefusedForm,
): Promise<Response> {
  const { rosterActions, roster } = parts
  const id = c.req.param('id')
  const row = id === undefined ? undefined : await rosterActions.row(id)
  if (id !== undefined && !row) throw new Refusal('名单上没有这一位，可能刚被移出。')
  const memberForm = viewMemberForm({
    row: { ...row, ...refused?.input, ...(row ? { id: row.id } : {}) },
    seen: row ? (refused?.input.seen ?? rowVersion(row)) : '',
    keepsParty: rosterActions.keepsParty,
    csrf: csrfField(c),
    known: { branch: await roster.branches(), space: await roster.spaces() },
    problem: refused?.problem ?? '',
    fieldProblems: refused?.fieldProblems ?? {},
    done: c.req.query('saved') ? '保存好了。' : '',
  })
  const rest = row ? await viewRest(c, parts, row) : ''
  return renderPage(
    c,
    row?.name ?? '加一位成员',
    html`<p><a href="/roster">← 成员名单</a></p>${memberForm}${rest}`,
  )
}

async function viewRest(c: ConsoleContext, parts: MemberPageParts, row: RosterRow) {
  const { ledger, clock, roster, aboutMember } = parts
  const csrf = csrfField(c)
  const address = await roster.addressOf(row.id)
  const whyNot = address.chatId === undefined ? sayNoAddress(address.whyNot) : undefined
  return html`${(await aboutMember(row.id)).map(viewFacts)}
    ${viewIdentities(await ledger.of(row.id), { csrf, now: clock.now(), whyNot })}${viewEnd(row, csrf)}`
}
