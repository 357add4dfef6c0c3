import type { Hono } from 'hono'
import { LRUCache } from 'lru-cache'
import { sendFile } from '../../../console/forms.ts'
import type { ConsoleEnv } from '../../../feature.ts'
import { pagePicture } from '../../../parsing/index.ts'
import { type DocumentPageParts, numberOf } from './parts.ts'

/** Pictures of pages in memory, in bytes. */
const mostCached = 30 * 1024 * 1024

/** The original file, and pictures of its pages. */
export function addFileRoutes(
  routes: Hono<ConsoleEnv>,
  { actions, files }: Pick<DocumentPageParts, 'actions' | 'files'>,
): void {
  const pictures = new LRUCache<string, Uint8Array>({
    maxSize: mostCached,
    sizeCalculation: ({ length }) => Math.max(1, length),
  })

  routes.get('/:number{[0-9]+}/file', async c => {
    const { file } = actions.documentOf(numberOf(c))
    const bytes = await files.read(file)
    return sendFile(c, { name: file.name, mimeType: 'application/octet-stream', bytes })
  })
  routes.get('/:number{[0-9]+}/pages/:page{[0-9]+}', async c => {
    const { file } = actions.documentOf(numberOf(c))
    const page = Number(c.req.param('page'))
    const key = `${file.sha256}/${page}`
    const picture =
      pictures.get(key) ?? (file.kind === 'pdf' ? await pagePicture(await files.read(file), page) : undefined)
    if (!picture) return c.notFound()
    pictures.set(key, picture)
    return c.body(new Uint8Array(picture).buffer, 200, {
      'Content-Type': 'image/png',
      'Cache-Control': 'private, max-age=3600',
    })
  })
}
