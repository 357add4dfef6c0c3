import { appendFile, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Erasures, fromErasureLines, toErasureLines } from '../../backup/erasures.ts'
import type { Config } from '../../config.ts'
import type { Erased } from '../../erased.ts'
import { makeFolder } from '../../lib/owned-files.ts'
import { type Log, reasonOf } from '../../log.ts'
import { backupFolderOf } from './backups.ts'

const fileName = 'erased.jsonl'

/** Keeps the list of erasures beside the backups: with a lost store its own list would be lost. */
export function erasureListOf(config: Config, log: Log) {
  const path = join(backupFolderOf(config), fileName)
  return async (key: string, erased: Erased): Promise<void> => {
    if (config.STORE === 'memory') return
    try {
      await makeFolder(dirname(path))
      await appendFile(path, toErasureLines(new Map([[key, erased]])), { mode: 0o600, flush: true })
    } catch (cause) {
      // The store has it too, and an erasure must not wait for a drive that is not there.
      log.error({ reason: reasonOf(cause) }, 'the list of erasures beside the backups was not written')
    }
  }
}

/** The list beside this backup; empty where there is none. */
export async function readErasureList(folder: string): Promise<Erasures> {
  return fromErasureLines(await readFile(join(folder, fileName), 'utf8').catch(() => ''))
}
