import { basename } from 'node:path'
import { zipSync } from 'fflate'
import { Hono } from 'hono'
import { action, actorOf, noFields, sendFile, valuesOf } from '../../../../console/forms.ts'
import { csrfField } from '../../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, Refusal } from '../../../../feature.ts'
import { EditFault } from '../changes/checks.ts'
import { exportFiles } from '../sheets/export.ts'
import { sheetNameOf } from '../sheets/import-plan.ts'
import { makeEntrySheet } from '../sheets/sheet-file.ts'
import { viewFiles } from './files.ts'
import { basePath, type EditorPageParts, fileForm, knowledgePage, uploadOf } from './parts.ts'
import { viewDraftDryRun, viewEntryDryRun, viewSheet } from './sheet.ts'

const folder = 'data/faq'

/** The knowledge as a spreadsheet, out and in, and as the files that it began with. */
export function sheetRoutes({ editor, sheetImport }: EditorPageParts): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()
  const showSheet = (c: ConsoleContext, refused?: { problem: string }) =>
    knowledgePage(c, { title: '知识表', tab: '/sheet', body: viewSheet(csrfField(c)), ...refused })

  routes.get('/sheet', c => showSheet(c))
  const nameOf = (programme: string) => sheetNameOf(programme, editor.programmes)
  routes.get('/sheet/export.xlsx', async c =>
    sendFile(c, await makeEntrySheet(editor.state().base, '知识表.xlsx', nameOf)),
  )
  routes.post('/sheet', async c => {
    try {
      const { file } = await valuesOf(c, fileForm)
      const run = await sheetImport.dryRun(actorOf(c), await uploadOf(file))
      const body = 'steps' in run ? viewEntryDryRun(run, csrfField(c)) : viewDraftDryRun(run, csrfField(c))
      return knowledgePage(c, { title: '导入知识表', tab: '/sheet', body })
    } catch (fault) {
      if (fault instanceof Refusal) return showSheet(c, { problem: fault.message })
      throw fault
    }
  })
  routes.post(
    '/sheet/confirm',
    action({
      form: noFields,
      async run(c) {
        try {
          const done = await sheetImport.confirm(actorOf(c))
          return typeof done === 'number' ? `${basePath}?done=imported` : `${basePath}/changes/${done.number}`
        } catch (fault) {
          if (fault instanceof EditFault) throw new Refusal('知识刚刚被别人改过，请重新选一次文件。')
          throw fault
        }
      },
      show: showSheet,
    }),
  )
  addFiles(routes, () => exportFiles(editor.sources, editor.state().base, folder))
  return routes
}

function addFiles(routes: Hono<ConsoleEnv>, files: () => ReturnType<typeof exportFiles>): void {
  const bytesOf = (text: string) => new TextEncoder().encode(text)
  routes.get('/files', c => knowledgePage(c, { title: '知识文件', tab: '/files', body: viewFiles(files()) }))
  routes.get('/files/changed.zip', c => {
    const changed = files().filter(({ isChanged }) => isChanged)
    const packed = zipSync(
      Object.fromEntries(changed.map(({ file, text }) => [`faq/${basename(file)}`, bytesOf(text)])),
    )
    return sendFile(c, { name: '改过的知识文件.zip', mimeType: 'application/zip', bytes: packed })
  })
  routes.get('/files/:name{[\\w-]+\\.yaml}', c => {
    const name = c.req.param('name')
    const found = files().find(({ file }) => basename(file) === name)
    if (!found) throw new Refusal(`没有 ${name} 这个文件。`)
    return sendFile(c, { name, mimeType: 'application/yaml', bytes: bytesOf(found.text) })
  })
}
