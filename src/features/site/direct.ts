import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { ownHosts } from '../../console/guard.ts'
import type { RenderedSite, SiteFile } from '../../site/render.ts'
import { decodedPath } from '../../text/pages/links.ts'
import { openHeaders } from './headers.ts'

/** Smaller files are sent as they are. */
const leastCompressedBytes = 1000

type Sent = { body: Uint8Array; headers: Record<string, string | number> }
/** The answers to a page, plain and compressed, made with the first request for it. */
type Ready = { plain: Sent; compressed: Sent }

/**
 * Answers requests for rendered pages from memory, without a router.
 * @param ownUrls addresses of these pages; requests under other names are for the router, which refuses them
 * @returns whether it answered; everything else is for the router
 */
export function createDirectAnswers(
  site: () => RenderedSite | Promise<RenderedSite>,
  ownUrls: readonly string[] = [],
) {
  const isOwn = ownHosts(ownUrls)
  const ready = new WeakMap<SiteFile, Ready>()

  function readyFor(file: SiteFile): Ready {
    const known = ready.get(file)
    if (known) return known
    const made = madeReady(file)
    ready.set(file, made)
    return made
  }

  return ({ method, url = '/', headers }: IncomingMessage, response: ServerResponse): boolean => {
    if ((method !== 'GET' && method !== 'HEAD') || !isOwn(headers.host ?? '')) return false
    const files = site()
    if (files instanceof Promise) return false
    const file = fileAt(files, url)
    if (!file) return false
    const isCompressed = /\bgzip\b/u.test(String(headers['accept-encoding'] ?? ''))
    const { body, headers: sent } = readyFor(file)[isCompressed ? 'compressed' : 'plain']
    const known = headers['if-none-match']
    const isKnown = known !== undefined && known === sent.ETag
    response.writeHead(isKnown ? 304 : 200, sent)
    response.end(isKnown || method === 'HEAD' ? undefined : body)
    return true
  }
}

/** The page at an address. */
export function fileAt(files: RenderedSite, url: string): SiteFile | undefined {
  const path = (url.split('?')[0] ?? '').slice(1)
  return files.get(path === '' || path.endsWith('/') ? `${path}index.html` : decodedPath(path))
}

function madeReady({ body, type, etag }: SiteFile): Ready {
  const sent = (bytes: Uint8Array, more: Record<string, string>): Sent => ({
    body: bytes,
    headers: {
      ...openHeaders,
      'Cache-Control': 'public, max-age=60',
      'Content-Type': type,
      'Content-Length': bytes.length,
      Vary: 'Accept-Encoding',
      ...more,
    },
  })
  const plain = sent(body, { ETag: etag })
  if (body.length < leastCompressedBytes) return { plain, compressed: plain }
  const compressed = sent(gzipSync(body), {
    ETag: etag.replace(/"$/u, '-gz"'),
    'Content-Encoding': 'gzip',
  })
  return { plain, compressed }
}
