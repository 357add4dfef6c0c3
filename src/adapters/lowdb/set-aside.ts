import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Temporal } from 'temporal-polyfill'

/** Files that were broken and were set aside under another name for repair. */
export type SetAsideFiles = {
  /** Takes out of each the lines in which one of these words stands. */
  withoutLinesOf(words: readonly string[]): Promise<void>
  removeBefore(at: Temporal.Instant): Promise<void>
}

const setAside = /\.broken-(?<day>\d{4}-\d{2}-\d{2})T[\w-]+$/

/** @param folder the store's */
export function openSetAside(folder: string): SetAsideFiles {
  async function found(): Promise<{ path: string; day: string }[]> {
    const names = await readdir(folder, { recursive: true })
    return names.flatMap(name => {
      const day = setAside.exec(name)?.groups?.day
      return day === undefined ? [] : [{ path: join(folder, name), day }]
    })
  }

  return {
    async withoutLinesOf(words) {
      for (const { path } of await found()) {
        // As bytes in Latin-1, since a broken file may be no UTF-8.
        const text = await readFile(path, 'latin1')
        const sought = words.map(word => Buffer.from(word).toString('latin1'))
        const lines = text.split('\n')
        const kept = lines.filter(line => !sought.some(word => line.includes(word)))
        if (kept.length < lines.length) await writeFile(path, kept.join('\n'), 'latin1')
      }
    },
    async removeBefore(at) {
      const firstKept = at.toString().slice(0, 10)
      for (const { path, day } of await found()) if (day < firstKept) await rm(path, { force: true })
    },
  }
}
