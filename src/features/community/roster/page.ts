import { Hono } from 'hono'
import { z } from 'zod'
import { action, firstProblem, form, noFields, type RefusedForm, sendFile } from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import type { ConsoleContext, ConsoleEnv, Page } from '../../../feature.ts'
import type { ExportLog } from '../../../ports/export-log.ts'
import type { IdentityLinks } from '../identities/identity-links.ts'
import type { IdentityConfirmation } from '../identities/proposals/confirmation.ts'
import type { RosterActions } from './actions.ts'
import { viewRosterDryRun } from './dry-run-views.ts'
import { makeRosterFile } from './file/file.ts'
import { addMemberRoutes, type MemberPageParts } from './member-page.ts'
import { viewRoster } from './views.ts'

type RosterListParts = {
  rosterActions: RosterActions
  links: Pick<IdentityLinks, 'linkedIds'>
  confirmation: IdentityConfirmation
  exports: ExportLog
}

/** The roster on the console, for organizers only. */
export function rosterPage(parts: RosterListParts & MemberPageParts): Page {
  const routes = new Hono<ConsoleEnv>()
  addRosterList(routes, parts)
  addMemberRoutes(routes, parts)
  return {
    path: 'roster',
    title: '成员',
    chapter: 'people',
    section: '社群',
    read: ['organizer'],
    write: ['organizer'],
    routes,
  }
}

const Chosen = form(z.object({ file: z.instanceof(File, { error: '请先选一个文件。' }) }))

/** The list with its search, and its import and export. */
function addRosterList(
  routes: Hono<ConsoleEnv>,
  { rosterActions, links, confirmation, exports }: RosterListParts,
): void {
  async function show(c: ConsoleContext, { problem = '', done = '' } = {}): Promise<Response> {
    const asked = (name: string) => c.req.query(name)?.trim() ?? ''
    const view = viewRoster({
      rows: await rosterActions.rows(),
      linked: await links.linkedIds(),
      toConfirm: (await confirmation.proposals()).length,
      search: {
        query: asked('q'),
        branch: asked('branch'),
        space: asked('space'),
        page: Math.max(1, Math.trunc(Number(asked('page'))) || 1),
      },
      csrf: csrfField(c),
      keepsParty: rosterActions.keepsParty,
      problem,
      done,
      canTakeBackImport: await rosterActions.canTakeBackImport(),
    })
    return renderPage(c, '成员', view)
  }

  const showRefused = (c: ConsoleContext, refused: RefusedForm) => show(c, { problem: firstProblem(refused) })

  async function preview(c: ConsoleContext, { file }: { file: File }): Promise<Response> {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const run = await rosterActions.dryRun(c.get('person').id, { name: file.name, bytes })
    return renderPage(c, '导入名单', viewRosterDryRun(run, csrfField(c)))
  }

  async function confirm(c: ConsoleContext): Promise<Response> {
    const { lines, matched } = await rosterActions.confirm(c.get('person'))
    const count = (kind: string) => lines.filter(line => line.kind === kind).length
    const also = matched > 0 ? `群里有 ${matched} 人按群昵称对上了名单。` : ''
    return show(c, {
      done: `导入好了：新增 ${count('added')} 人，修改 ${count('changed')} 人。${also}`,
    })
  }

  async function undo(c: ConsoleContext): Promise<Response> {
    await rosterActions.takeBackImport(c.get('person').name)
    return show(c, { done: '撤销了，名单回到那次导入以前。' })
  }

  routes.get('/', c => show(c))
  routes.post('/undo', action({ form: noFields, run: undo, show: showRefused }))
  routes.post('/preview', action({ form: Chosen, run: preview, show: showRefused }))
  routes.post('/import', action({ form: noFields, run: confirm, show: showRefused }))
  routes.get('/export.xlsx', async c => {
    const rows = await rosterActions.rows()
    const file = await makeRosterFile(rows)
    const byName = c.get('person').name
    await exports.note({ byName, what: '成员名单', road: 'console', people: rows.length })
    return sendFile(c, file)
  })
}
