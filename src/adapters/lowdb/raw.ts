import { open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { makeFolder } from '../../lib/owned-files.ts'
import type { Log } from '../../log.ts'
import type { RawShard, RawStore, UnreadShard } from '../../ports/raw-store.ts'
import { systemClock } from '../clock.ts'
import { StoreFault } from '../shards/fault.ts'
import { nodeDisk } from './disk.ts'
import { fromFileName, toFileName } from './file-name.ts'
import { lockFolder } from './lock.ts'
import { createShardFile } from './shard-file.ts'
import { rawShardIn } from './shard-text.ts'
import { isShardFile, takeSnapshot } from './snapshot.ts'

/**
 * Reads the shards of a folder as they stood at one moment, also while a bot uses them.
 * @param onUnread gets each shard of which no copy can be read, instead of a fault. Default: that ends the reading
 * @throws {@link StoreFault} where a file and its backup are broken, or the folder never rests
 */
export async function* readFolder(
  source: string,
  onUnread?: (one: UnreadShard) => void,
): AsyncGenerator<RawShard> {
  const { folder, files, dispose } = await takeSnapshot(source)
  try {
    for (const file of files) {
      const path = join(folder, file)
      const shard = (await tryRead(path)) ?? (await tryRead(`${path}.bak`))
      if (shard) yield shard
      else if (onUnread) onUnread(await unreadShard(folder, file))
      else throw new StoreFault(`「${file}」和它的备份都读不出来，请先修复。`)
    }
  } finally {
    await dispose()
  }
}

async function unreadShard(folder: string, file: string): Promise<UnreadShard> {
  const copies = new Map<string, Buffer>()
  for (const name of [file, `${file}.bak`]) {
    const bytes = await readFile(join(folder, name)).catch(() => undefined)
    if (bytes) copies.set(name, bytes)
  }
  const collection = fromFileName(dirname(file)) ?? ''
  const shard = basename(file, '.json')
  return { collection, file, title: `${collection}/${fromFileName(shard) ?? shard}`, copies }
}

async function tryRead(path: string): Promise<RawShard | undefined> {
  try {
    const { version, records } = rawShardIn(await readFile(path, 'utf8'))
    const [key = ''] = records.keys()
    const collection = fromFileName(basename(join(path, '..'))) ?? ''
    return { collection, shard: key.split('/', 1)[0] ?? '', version, records }
  } catch {
    return undefined
  }
}

/**
 * The newest version of the records of each collection; told by the beginnings of the files. One that cannot be read
 * tells nothing: its first use says so, and the others must not wait for its repair.
 */
export async function versionsIn(folder: string): Promise<Map<string, number>> {
  const newest = new Map<string, number>()
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  for (const file of names.filter(name => isShardFile(name))) {
    const version = Number(
      /^\{"version":(\d+)/.exec(await beginningOf(join(folder, file)).catch(() => ''))?.[1] ?? 1,
    )
    const collection = fromFileName(dirname(file)) ?? ''
    newest.set(collection, Math.max(version, newest.get(collection) ?? 1))
  }
  return newest
}

async function beginningOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(32), 0, 32, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * A data folder as a raw store.
 * @throws {@link StoreFault} where a bot uses it
 */
export async function openRawFolder(folder: string, log: Log): Promise<RawStore> {
  await makeFolder(folder)
  const unlock = await lockFolder(folder)
  const alarms = { raise: () => {}, clear: () => {}, list: () => [] }
  return {
    shards: onUnread => readFolder(folder, onUnread),
    async setAside({ file }) {
      const time = systemClock.now().toString().replaceAll(/[:.]/g, '-')
      for (const name of [file, `${file}.bak`])
        await rename(join(folder, name), join(folder, `${name}.broken-${time}`)).catch(unlessMissing)
    },
    async write({ collection, shard, version, records }) {
      const path = join(folder, toFileName(collection), `${toFileName(shard)}.json`)
      if (records.size === 0) return removeShard(path)
      const file = createShardFile({
        path,
        title: `${collection}/${shard}`,
        // Only their count is written.
        format: { schema: z.unknown(), migrations: Array.from({ length: version - 1 }, () => asIs) },
        belongs: () => true,
        refusesWhenBroken: true,
        alarms,
        clock: systemClock,
        log,
        disk: nodeDisk,
        permit: work => work(),
        beforeMigration: async () => {},
      })
      await file.write(records)
    },
    close: unlock,
  }
}

function unlessMissing(cause: NodeJS.ErrnoException): void {
  if (cause.code !== 'ENOENT') throw cause
}

async function removeShard(path: string): Promise<void> {
  await rm(`${path}.bak`, { force: true })
  await rm(path, { force: true })
}

const asIs = (record: unknown) => record
