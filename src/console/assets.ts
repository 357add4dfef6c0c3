import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Hono } from 'hono'

const require = createRequire(import.meta.url)
const types: Record<string, string> = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' }

/** A file that pages load, under an address that changes with its content, so that it may be kept for ever. */
export type Asset = { path: string; body: Uint8Array<ArrayBuffer>; type: string }

/** Reads a file of ours, relative to `base`. */
export function ownAsset(name: string, base: string): Asset {
  return assetOf(name, new URL(name, base))
}

/** Reads a file out of a package: the users are in China, where no CDN is sure to answer. */
export function packageAsset(specifier: string): Asset {
  return assetOf(specifier.split('/').at(-1) ?? specifier, require.resolve(specifier))
}

function assetOf(name: string, file: string | URL): Asset {
  const body = new Uint8Array(readFileSync(file))
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  const base = name.split('/').at(-1) ?? name
  return {
    path: `/assets/${hash}/${base}`,
    body,
    type: types[base.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
  }
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
