import type { Hono } from 'hono'
import { numberInPath, sendFile } from '../../../console/forms.ts'
import type { ConsoleEnv } from '../../../feature.ts'
import type { DocumentPageParts } from './parts.ts'

/** The original file, and pictures of its pages. */
export function addFileRoutes(
  routes: Hono<ConsoleEnv>,
  { actions, files, drawPage }: Pick<DocumentPageParts, 'actions' | 'files' | 'drawPage'>,
): void {
  routes.get('/:number{[0-9]+}/file', async c => {
    const { file } = actions.documentOf(numberInPath(c))
    const bytes = await files.read(file)
    return sendFile(c, { name: file.name, mimeType: 'application/octet-stream', bytes })
  })
  routes.get('/:number{[0-9]+}/pages/:page{[0-9]+}', async c => {
    const { file } = actions.documentOf(numberInPath(c))
    const page = Number(c.req.param('page'))
    const picture = await drawPage(file, page)
    if (!picture) return c.notFound()
    return c.body(new Uint8Array(picture).buffer, 200, {
      'Content-Type': 'image/png',
      'Cache-Control': 'private, max-age=3600',
    })
  })
}
