import { type Context, Hono } from 'hono'
import { csrfField, renderPage } from '../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../feature.ts'
import type { RosterDesk } from './roster-desk.ts'
import { makeRosterFile } from './roster-file.ts'
import { viewDryRun, viewRoster } from './roster-views.ts'

type Here = Context<ConsoleEnv>

/** The roster on the console: for organizers only, as it holds what nobody else needs to see. */
export function rosterPage(desk: RosterDesk): Page {
  const routes = new Hono<ConsoleEnv>()

  async function show(c: Here, said: { problem?: string; done?: string } = {}): Promise<Response> {
    if (said.problem) c.status(422)
    const view = viewRoster(await desk.rows(), {
      query: c.req.query('q')?.trim() ?? '',
      csrf: csrfField(c),
      ...said,
    })
    return renderPage(c, '成员', view)
  }

  async function orProblem(c: Here, deed: () => Promise<Response>): Promise<Response> {
    try {
      return await deed()
    } catch (cause) {
      if (cause instanceof Refusal) return show(c, { problem: cause.message })
      throw cause
    }
  }

  routes.use(async (c, next) => {
    if (!c.get('person').roles.includes('organizer')) return c.text('成员名单只有组织者能看。', 403)
    return next()
  })
  routes.get('/', c => show(c))
  routes.post('/preview', c =>
    orProblem(c, async () => {
      const file = (await c.req.formData()).get('file')
      if (!(file instanceof File) || file.name === '') throw new Refusal('请先选一个文件。')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const run = await desk.dryRun(c.get('person').id, { name: file.name, bytes })
      return renderPage(c, '导入名单', viewDryRun(run, csrfField(c)))
    }),
  )
  routes.post('/import', c =>
    orProblem(c, async () => {
      const { lines } = await desk.confirm(c.get('person'))
      const count = (kind: string) => lines.filter(line => line.kind === kind).length
      return show(c, { done: `导入好了：新增 ${count('added')} 人，修改 ${count('changed')} 人。` })
    }),
  )
  routes.get('/export.xlsx', async c => {
    const { name, mimeType, bytes } = await makeRosterFile(await desk.rows())
    return c.body(new Uint8Array(bytes).buffer, 200, {
      'content-type': mimeType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    })
  })
  return { path: 'roster', title: '成员', section: '社群', routes }
}
