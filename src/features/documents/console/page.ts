import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, actorOf, form, type RefusedForm } from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import type { ConsoleEnv, Page } from '../../../feature.ts'
import { successors } from '../library/rules.ts'
import { basePath } from '../words.ts'
import { addChangeRoutes } from './change-routes.ts'
import { addFileRoutes } from './file-routes.ts'
import { addressField, type DocumentContext, type DocumentPageParts, numberField } from './parts.ts'
import { addReviewRoutes } from './review-routes.ts'
import { libraryList, uploadForm } from './views-list.ts'

/** 50 MB, and what stands around a file in a form. */
const maxUploadBytes = 51 * 1024 * 1024

const UploadForm = form(
  z.object({
    file: z.instanceof(File, { error: '请选一个文件。' }),
    source: addressField,
    supersedes: numberField,
    item: numberField,
  }),
)

/** 「文件库」 on the console. */
export function documentsPage(parts: DocumentPageParts): Page {
  const routes = new Hono<ConsoleEnv>()
  addLibrary(routes, parts)
  addChangeRoutes(routes, parts)
  addFileRoutes(routes, parts)
  addReviewRoutes(routes, parts)
  return {
    path: basePath.slice(1),
    title: '文件库',
    chapter: 'knowledge',
    section: '问答',
    read: ['organizer', 'reviewer'],
    write: ['organizer', 'reviewer'],
    writeAt: {
      '/changes/page': ['reviewer'],
      '/changes/agree': ['reviewer'],
      '/:number{[0-9]+}/approve': ['reviewer'],
      '/:number{[0-9]+}/restore': ['reviewer'],
      '/:number{[0-9]+}/withdraw': ['reviewer'],
    },
    maxUploadBytes,
    routes,
  }
}

/** The list of documents and the upload. */
function addLibrary(
  routes: Hono<ConsoleEnv>,
  { actions, library, clock, rechecks }: DocumentPageParts,
): void {
  async function showList(c: DocumentContext, refused?: RefusedForm): Promise<Response> {
    const documents = library.all()
    const changed = (await rechecks()).length
    return renderPage(
      c,
      '文件库',
      html`${changed > 0 ? html`<p><a href="${basePath}/changes">${changed} 处依据的条款变了，要核 →</a></p>` : ''}
        ${uploadForm({ csrf: csrfField(c), documents, input: refused?.input ?? c.req.query(), refused })}
        ${libraryList(documents, { replaced: successors(documents), now: clock.now() })}`,
    )
  }

  routes.get('/', c => showList(c))
  routes.post(
    '/',
    action({
      form: UploadForm,
      async run(c, { file, ...facts }) {
        const bytes = new Uint8Array(await file.arrayBuffer())
        const { document } = await actions.upload({ ...facts, name: file.name, bytes }, actorOf(c))
        return `${basePath}/${document.number}`
      },
      show: showList,
    }),
  )
}
