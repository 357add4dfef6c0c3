import { Hono } from 'hono'
import { z } from 'zod'
import { action, actorOf, firstProblem, form, type RefusedForm, valuesOf } from '../../../../console/forms.ts'
import { csrfField, renderPage } from '../../../../console/widgets.ts'
import type { ConsoleContext, ConsoleEnv, Page } from '../../../../feature.ts'
import type { Clock } from '../../../../ports/clock.ts'
import { nameParts } from '../../../../text/names/names.ts'
import type { Eraser } from '../../eraser.ts'
import type { RosterActions } from '../../roster/actions.ts'
import { blankRow } from '../../roster/file/columns.ts'
import { rowsFoundIn } from '../../roster/views.ts'
import { aliasesOf } from '../ledger.ts'
import type { ConfirmOutcome, IdentityConfirmation } from './confirmation.ts'
import { viewIdentitiesPage, viewStranger } from './views.ts'

type Parts = {
  confirmation: IdentityConfirmation
  erasing: Eraser
  rosterActions: RosterActions
  clock: Clock
}

/** Page that matches chat identities with the roster, to be confirmed in bulk. */
export function identitiesPage(parts: Parts): Page {
  const routes = new Hono<ConsoleEnv>()
  addDecisions(routes, parts)
  addStrangers(routes, parts)
  return {
    path: 'identities',
    title: '身份核对',
    chapter: 'people',
    section: '社群',
    read: ['organizer'],
    write: ['organizer'],
    routes,
  }
}

const Decisions = form(
  z
    .looseObject({
      as: z.enum(['same', 'other', 'part'], '这一页不完整，请刷新再试。'),
      pick: z.array(z.string()).min(1, '请先勾选要处理的人。'),
    })
    .transform(({ as, pick, ...chosen }) => ({
      as,
      decisions: pick.map(handle => ({ handle, memberId: String(chosen[`as-${handle}`] ?? '') })),
    }))
    .refine(
      ({ decisions }) => decisions.every(({ memberId }) => memberId !== ''),
      '有几位勾选了，但还没有选是名单上的哪一位。请选好再确认，什么都没有改。',
    ),
  ['pick'],
)
const Handle = form(z.object({ handle: z.string() }))
const ErasureAnswer = form(z.object({ as: z.enum(['same', 'other'], '这一页不完整，请刷新再试。') }))

/** The list of who is to be looked at, and what an organizer decides about them. */
function addDecisions(
  routes: Hono<ConsoleEnv>,
  { confirmation, erasing, rosterActions, clock }: Parts,
): void {
  async function show(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const rows = await rosterActions.rows()
    const byId = new Map(rows.map(row => [row.id, row]))
    const proposals = await confirmation.proposals()
    const asked = new Set(proposals.map(({ identity }) => identity.senderId))
    const view = viewIdentitiesPage({
      proposals,
      requests: (await erasing.requests()).map(request => ({ request, row: byId.get(request.memberId) })),
      unproven: (await confirmation.unproven()).flatMap(identity => {
        const row = byId.get(identity.memberId)
        return row ? [{ identity, row }] : []
      }),
      strangers: (await confirmation.strangers()).filter(({ senderId }) => !asked.has(senderId)),
      rosterSize: rows.length,
      csrf: csrfField(c),
      now: clock.now(),
      done: sayDone((key: string) => c.req.query(key)),
      problem: refused ? firstProblem(refused) : '',
      chosen: refused && { picked: new Set(refused.lists?.pick), memberOf: refused.input },
    })
    return renderPage(c, '身份核对', view)
  }

  routes.get('/', c => show(c))
  routes.post(
    '/decide',
    action({
      form: Decisions,
      async run(c, { as, decisions }) {
        const by = actorOf(c)
        if (as === 'same') return `/identities?${doneOf(await confirmation.confirm(decisions, by))}`
        if (as === 'part')
          await confirmation.unlink(
            decisions.map(({ handle }) => handle),
            by,
          )
        else await confirmation.refuse(decisions, by.name)
        return `/identities?done=${as}&n=${decisions.length}`
      },
      show,
    }),
  )
  routes.post('/part', async c => {
    const { handle } = await valuesOf(c, Handle)
    const { memberId } = await confirmation.byHandle(handle)
    await confirmation.unlink([handle], actorOf(c))
    return c.redirect(
      (await rosterActions.row(memberId)) ? `/roster/members/${memberId}` : '/identities',
      303,
    )
  })
  routes.post('/erasures/:memberId', async c => {
    const memberId = c.req.param('memberId')
    const { as } = await valuesOf(c, ErasureAnswer)
    if (as === 'same') {
      await erasing.checkMayGo(memberId, actorOf(c))
      await erasing.eraseRequested(memberId)
    } else await erasing.decline(memberId)
    return c.redirect(`/identities?done=${as === 'same' ? 'erased' : 'declined'}&n=1`, 303)
  })
}

const NewMember = form(z.object({ name: z.string().trim().min(1, '请写姓名。') }))

/** One person who is not on the roster: whom on it they are, or that they are to be added. */
function addStrangers(routes: Hono<ConsoleEnv>, { confirmation, rosterActions }: Parts): void {
  async function show(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const identity = await confirmation.byHandle(c.req.param('handle') ?? '')
    const alias = aliasesOf(identity)[0] ?? ''
    const query = c.req.query('q')?.trim() ?? ''
    const rows = await rosterActions.rows()
    const search = (word: string) => rowsFoundIn(rows, { query: word, branch: '', space: '', page: 1 })
    const found = query === '' ? [...new Set(nameParts(alias).flatMap(search))] : search(query)
    const view = viewStranger(identity, found, {
      query,
      csrf: csrfField(c),
      name: refused?.input.name ?? alias,
      problem: refused ? firstProblem(refused) : '',
    })
    return renderPage(c, alias || '（没有名字）', view)
  }

  routes.get('/:handle', c => show(c))
  routes.post(
    '/:handle/add',
    action({
      form: NewMember,
      async run(c, { name }) {
        const handle = c.req.param('handle') ?? ''
        const by = { byName: c.get('person').name }
        const { memberId, outcome } = await confirmation.addRow(handle, actorOf(c), () =>
          rosterActions.put(undefined, { ...blankRow, name }, by),
        )
        return outcome.waiting > 0 ? `/identities?${doneOf(outcome)}` : `/roster/members/${memberId}`
      },
      show,
    }),
  )
}

const doneOf = ({ linked, waiting }: ConfirmOutcome) => `done=same&n=${linked}&waits=${waiting}`

function sayDone(query: (key: string) => string | undefined): string {
  const [n, waits] = ['n', 'waits'].map(key => Number(query(key)) || 0)
  const done = n === 0 && waits ? '' : doneWords.get(query('done') ?? '')?.(n ?? 0)
  const waiting = waits
    ? `有 ${waits} 个账号会分到组织者或审核人的身份，要两个人点头才对上，在「谁管什么」里等着：已经私聊问了本人和别的组织者、审核人。`
    : ''
  return `${done ?? ''}${waiting}`
}

const doneWords = new Map([
  ['same', (n: number) => `对上了 ${n} 位，他们之前的签到一分钟内并过来。`],
  ['other', (n: number) => `记下了，这 ${n} 位不是同一个人，以后不再提。`],
  ['part', (n: number) => `撤回了 ${n} 位，以后的签到不再记到名单上的那一位。`],
  ['erased', () => '删好了，历史签到改成不记名，总数不变。'],
  ['declined', () => '好的，没有删。'],
])
