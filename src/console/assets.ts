import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname } from 'node:path'
import { Hono } from 'hono'
import { sha256 } from '../lib/hash.ts'

const require = createRequire(import.meta.url)
const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** A file that pages load, under an address that changes with its content, so that it may be kept for ever. */
export type Asset = { path: string; body: Uint8Array<ArrayBuffer>; type: string }

/** A file of ours. @param base the `import.meta.url` of who asks */
export function ownAsset(file: string, base: string): Asset {
  return assetOf(file, new URL(file, base))
}

/** A file out of a package: the users are in China, where no CDN is sure to answer. */
export function packageAsset(specifier: string): Asset {
  return assetOf(specifier, require.resolve(specifier))
}

function assetOf(name: string, file: string | URL): Asset {
  const body = new Uint8Array(readFileSync(file))
  const hash = sha256(body).slice(0, 12)
  const type = types[extname(name)]
  if (!type) throw new Error(`${name} is no kind of file that pages load`)
  return { path: `/assets/${hash}/${name.split('/').at(-1)}`, body, type }
}

export function serveAssets(assets: readonly Asset[]): Hono {
  const app = new Hono()
  for (const { path, body, type } of assets) {
    app.get(path, c =>
      c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' }),
    )
  }
  return app
}
