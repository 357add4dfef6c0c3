import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { ConsoleEnv, Page } from '../feature.ts'
import { renderProblem } from './widgets.ts'

/** A file of 5 MB, and what stands around it. */
const maxBodyBytes = 6 * 1024 * 1024
/** Enough for a film that was chosen by mistake; of more, the browser reports a lost connection. */
const maxDiscardedBytes = 300 * 1024 * 1024

/** Bodies of a page's own limit under its path, of the usual one elsewhere. */
export function limitBody(pages: readonly Page[]): MiddlewareHandler<ConsoleEnv> {
  const limited = (bytes: number) => {
    const text = tooLarge(Math.floor(bytes / 1024 / 1024) - 1)
    return bodyLimit({
      maxSize: bytes,
      async onError(c) {
        await discardBody(c.req.raw.body)
        return renderProblem(c, text, 413)
      },
    })
  }
  const usual = limited(maxBodyBytes)
  const own = new Map(
    pages.flatMap(({ path, maxUploadBytes }) =>
      maxUploadBytes ? [[path, limited(maxUploadBytes)] as const] : [],
    ),
  )
  return (c, next) => (own.get(c.req.path.split('/')[1] ?? '') ?? usual)(c, next)
}

/** Reads what a browser still sends: it shows an answer only once it has sent everything. */
async function discardBody(body: ReadableStream<Uint8Array> | null): Promise<void> {
  // Locked where no length was announced: a script, which reads the answer while it sends.
  if (!body || body.locked) return
  let bytes = 0
  for await (const part of body) {
    bytes += part.length
    if (bytes > maxDiscardedBytes) return
  }
}

const tooLarge = (megabytes: number) =>
  `内容太大了，没有读。请不要超过 ${megabytes} MB；是表格的话，只留要导入的那一页，另存一份再试。`
