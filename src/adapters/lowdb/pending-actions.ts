import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../../lib/owned-files.ts'
import { PendingAction, type PendingActions } from '../../ports/pending-actions.ts'
import { nodeDisk } from './disk.ts'

const suffix = '.action'

/** Keeps pending actions, a file each, beside the records of this data folder; needs no lock on it. */
export function openPendingFiles(dataFolder: string): PendingActions {
  const folder = join(dataFolder, 'pending-actions')
  const pathOf = (id: string) => join(folder, id + suffix)
  return {
    async add(id, action) {
      await makeFolder(folder)
      await nodeDisk.write(`${pathOf(id)}.tmp`, Buffer.from(JSON.stringify(action)))
      await nodeDisk.rename(`${pathOf(id)}.tmp`, pathOf(id))
      await nodeDisk.syncFolder(folder)
    },
    async list() {
      const names = await readdir(folder).catch(() => [])
      const ids = names.filter(name => name.endsWith(suffix)).map(name => name.slice(0, -suffix.length))
      return Promise.all(
        ids
          .sort()
          .map(
            async id => [id, PendingAction.parse(JSON.parse(await readFile(pathOf(id), 'utf8')))] as const,
          ),
      )
    },
    remove: id => rm(pathOf(id), { force: true }),
  }
}
