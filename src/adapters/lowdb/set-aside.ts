import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Temporal } from 'temporal-polyfill'

/** Files that were broken and were set aside under another name for repair. */
export type SetAsideFiles = {
  /** Takes out of each the lines in which one of these words stands. */
  withoutLinesOf(words: readonly string[]): Promise<void>
  /** Puts other ids in the place of these. */
  withIds(into: ReadonlyMap<string, string>): Promise<void>
  removeBefore(at: Temporal.Instant): Promise<void>
}

const setAside = /\.broken-(?<day>\d{4}-\d{2}-\d{2})T[\w-]+$/

/** @param folder the store's */
export function openSetAside(folder: string): SetAsideFiles {
  async function found(): Promise<{ path: string; day: string; isFile: boolean }[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries.flatMap(entry => {
      const day = setAside.exec(entry.name)?.groups?.day
      return day === undefined
        ? []
        : [{ path: join(entry.parentPath, entry.name), day, isFile: entry.isFile() }]
    })
  }

  /** Reads and writes bytes as Latin-1, since a broken file may be no UTF-8. */
  async function changeAll(change: (text: string) => string): Promise<void> {
    for (const { path, isFile } of await found()) {
      // A folder that stood in the place of a file.
      if (!isFile) continue
      const text = await readFile(path, 'latin1')
      const changed = change(text)
      if (changed !== text) await writeFile(path, changed, 'latin1')
    }
  }

  return {
    withoutLinesOf(words) {
      const sought = words.map(word => Buffer.from(word).toString('latin1'))
      const isOthers = (line: string) => !sought.some(word => line.includes(word))
      return changeAll(text => text.split('\n').filter(isOthers).join('\n'))
    },
    withIds: into =>
      changeAll(text => [...into].reduce((changed, [from, to]) => changed.replaceAll(from, to), text)),
    async removeBefore(at) {
      const firstKept = at.toString().slice(0, 10)
      for (const { path, day } of await found())
        if (day < firstKept) await rm(path, { force: true, recursive: true })
    },
  }
}
