import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { sendFile } from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { ExportLog } from '../../../ports/export-log.ts'
import type { Roster } from '../../../ports/roster.ts'
import type { Confirming } from '../identities/confirming.ts'
import type { IdentityLedger } from '../identities/ledger.ts'
import type { Erasing } from '../privacy/erasing.ts'
import { fields, type RosterField } from './columns.ts'
import type { RosterDesk } from './desk.ts'
import { viewDryRun } from './dry-run-views.ts'
import { makeRosterFile } from './file.ts'
import { viewEnd, viewIdentities, viewMemberForm } from './member-views.ts'
import { viewRoster } from './views.ts'

type Here = Context<ConsoleEnv>
type Said = { problem?: string; done?: string }

export type RosterPageParts = {
  desk: RosterDesk
  ledger: IdentityLedger
  confirming: Confirming
  erasing: Erasing
  roster: Pick<Roster, 'branches' | 'spaces'>
  exports: ExportLog
  clock: Clock
}

/** The roster on the console: for organizers only, as it holds what nobody else needs to see. */
export function rosterPage(parts: RosterPageParts): Page {
  const { desk, exports } = parts
  const routes = new Hono<ConsoleEnv>()
  const showMember = memberRoutes(parts, routes)

  async function show(c: Here, said: Said = {}): Promise<Response> {
    if (said.problem) c.status(422)
    const asked = (name: string) => c.req.query(name)?.trim() ?? ''
    const view = viewRoster({
      rows: await desk.rows(),
      linked: await parts.ledger.memberIds(),
      toConfirm: (await parts.confirming.proposals()).length,
      search: {
        query: asked('q'),
        branch: asked('branch'),
        space: asked('space'),
        page: Math.max(1, Math.trunc(Number(asked('page'))) || 1),
      },
      csrf: csrfField(c),
      keepsParty: desk.keepsParty,
      ...said,
    })
    return renderPage(c, '成员', view)
  }

  routes.get('/', c => show(c))
  routes.post('/preview', c =>
    orProblem(
      async () => {
        const file = (await c.req.formData()).get('file')
        if (!(file instanceof File) || file.name === '') throw new Refusal('请先选一个文件。')
        const bytes = new Uint8Array(await file.arrayBuffer())
        const run = await desk.dryRun(c.get('person').id, { name: file.name, bytes })
        return renderPage(c, '导入名单', viewDryRun(run, csrfField(c)))
      },
      problem => show(c, { problem }),
    ),
  )
  routes.post('/import', c =>
    orProblem(
      async () => {
        const { lines, matched } = await desk.confirm(c.get('person'))
        const count = (kind: string) => lines.filter(line => line.kind === kind).length
        const also = matched > 0 ? `群里有 ${matched} 人按群昵称对上了名单。` : ''
        return show(c, {
          done: `导入好了：新增 ${count('added')} 人，修改 ${count('changed')} 人。${also}`,
        })
      },
      problem => show(c, { problem }),
    ),
  )
  routes.get('/export.xlsx', async c => {
    const rows = await desk.rows()
    const file = await makeRosterFile(rows)
    const byName = c.get('person').name
    await exports.note({ byName, what: '成员名单', road: 'console', people: rows.length })
    return sendFile(c, file)
  })
  routes.get('/new', c => showMember(c, undefined))
  return { path: 'roster', title: '成员', section: '社群', read: ['organizer'], write: ['organizer'], routes }
}

/** One member: the form, the chat identities, the way off the roster. */
function memberRoutes({ desk, ledger, erasing, roster, clock }: RosterPageParts, routes: Hono<ConsoleEnv>) {
  async function showMember(c: Here, id: string | undefined, said: Said = {}): Promise<Response> {
    const row = id === undefined ? undefined : await desk.row(id)
    if (id !== undefined && !row) throw new Refusal('名单上没有这一位，可能刚被移出。')
    if (said.problem) c.status(422)
    const csrf = csrfField(c)
    const known = { branch: await roster.branches(), space: await roster.spaces() }
    const form = viewMemberForm({ row: row ?? {}, keepsParty: desk.keepsParty, csrf, known, ...said })
    const rest = row
      ? html`${viewIdentities(await ledger.of(row.id), { csrf, now: clock.now() })}${viewEnd(row, csrf)}`
      : ''
    return renderPage(
      c,
      row?.name ?? '加一位成员',
      html`<p><a href="/roster">← 成员名单</a></p>${form}${rest}`,
    )
  }

  async function save(c: Here, id: string | undefined): Promise<Response> {
    const form = await c.req.formData()
    const written = Object.fromEntries(
      fields.map(field => [field, String(form.get(field) ?? '').trim()]),
    ) as Record<RosterField, string>
    return orProblem(
      async () => {
        const memberId = await desk.put(id, written, c.get('person').name)
        return c.redirect(`/roster/members/${memberId}?saved=1`, 303)
      },
      problem => showMember(c, id, { problem }),
    )
  }

  routes.post('/new', c => save(c, undefined))
  routes.get('/members/:id', c =>
    showMember(c, c.req.param('id'), c.req.query('saved') ? { done: '保存好了。' } : {}),
  )
  routes.post('/members/:id', c => save(c, c.req.param('id')))
  routes.post('/members/:id/remove', async c => {
    await desk.remove(c.req.param('id'), c.get('person').name)
    return c.redirect('/roster', 303)
  })
  routes.post('/members/:id/erase', async c => {
    if ((await c.req.formData()).get('sure') !== 'yes') throw new Refusal('请先勾选「我确认是本人的要求」。')
    await erasing.checkMayGo(c.req.param('id'))
    await erasing.erase(c.req.param('id'))
    return c.redirect('/roster', 303)
  })
  return showMember
}

/** Says on the same page what could not be done. */
async function orProblem(
  deed: () => Promise<Response>,
  show: (problem: string) => Promise<Response>,
): Promise<Response> {
  try {
    return await deed()
  } catch (cause) {
    if (cause instanceof Refusal) return show(cause.message)
    throw cause
  }
}
