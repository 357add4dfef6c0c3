import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

type Program = { entry: URL; insteadOf: Readonly<Record<string, URL>> }

/**
 * Bundles a module and its imports into one classic script for browsers; it also runs
 * from a folder without a server.
 */
export async function bundleForBrowser({ entry, insteadOf }: Program): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    alias: Object.fromEntries(Object.entries(insteadOf).map(([name, url]) => [name, fileURLToPath(url)])),
    ...{
      bundle: true,
      minify: true,
      write: false,
      format: 'iife',
      charset: 'utf8',
      target: 'es2022',
      logLevel: 'silent',
    },
  })
  return outputFiles[0]?.text ?? ''
}
