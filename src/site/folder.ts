import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { sha256 } from '../lib/hash.ts'
import type { RenderedSite } from './render.ts'

/** Marks a folder as ours; lists each file with its hash. */
const manifestName = 'site-manifest.json'

/** Why a folder is not written, in one Chinese sentence. */
export class SiteFolderFault extends Error {
  override name = 'SiteFolderFault'
}

/**
 * Writes the site as files. A new folder is written whole beside the old one and takes its place by renaming, so that
 * readers see the old pages or the new ones. Nothing is written where nothing changed.
 * @returns whether anything changed
 * @throws {@link SiteFolderFault} where the folder holds something else
 */
export function writeSite(files: RenderedSite, out: string): boolean {
  const folder = resolve(out)
  const manifest = manifestOf(files)
  finishInterrupted(folder)
  if (existsSync(folder)) {
    const isOurs = existsSync(join(folder, manifestName))
    if (!isOurs && readdirSync(folder).length > 0)
      throw new SiteFolderFault(`「${out}」里有别的文件，没有写。请换一个空文件夹。`)
    if (isOurs && isUnchanged(folder, files, manifest)) return false
  }
  const fresh = `${folder}.new`
  rmSync(fresh, { recursive: true, force: true })
  for (const [path, { body }] of files) {
    mkdirSync(dirname(join(fresh, path)), { recursive: true })
    writeFileSync(join(fresh, path), body, { flush: true })
  }
  writeFileSync(join(fresh, manifestName), manifest, { flush: true })
  if (existsSync(folder)) renameSync(folder, `${folder}.old`)
  renameSync(fresh, folder)
  rmSync(`${folder}.old`, { recursive: true, force: true })
  return true
}

/** A crash between the two renames left the old pages aside. */
function finishInterrupted(folder: string): void {
  const old = `${folder}.old`
  if (!existsSync(join(old, manifestName))) return
  if (existsSync(folder)) rmSync(old, { recursive: true, force: true })
  else renameSync(old, folder)
}

function manifestOf(files: RenderedSite): string {
  const hashes = [...files].map(([path, { body }]) => [path, sha256(body)])
  return `${JSON.stringify(Object.fromEntries(hashes.sort()), undefined, 1)}\n`
}

function isUnchanged(folder: string, files: RenderedSite, manifest: string): boolean {
  if (readFileSync(join(folder, manifestName), 'utf8') !== manifest) return false
  return [...files].every(([path, { body }]) => {
    const file = join(folder, path)
    return existsSync(file) && readFileSync(file).equals(body)
  })
}
