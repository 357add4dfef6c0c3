import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { Log } from '../../log.ts'
import type { RawShard, RawStore } from '../../ports/raw-store.ts'
import { systemClock } from '../clock.ts'
import { StoreFault } from '../shards/fault.ts'
import { nodeDisk } from './disk.ts'
import { fromFileName, toFileName } from './file-name.ts'
import { lockFolder } from './lock.ts'
import { createShardFile } from './shard-file.ts'
import { rawShardIn } from './shard-text.ts'

/** A bot writes all the time; files that changed during a pass are read once more. */
const mostPasses = 20

/**
 * Reads the shards of a folder, also while a bot uses it: as they stood at one moment, where no file changed during the
 * last pass.
 * @throws {@link StoreFault} where a file and its backup are broken, or the folder never rests
 */
export async function readFolder(folder: string): Promise<RawShard[]> {
  const read = new Map<string, { stamp: string; shard: RawShard | undefined }>()
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const found = await stampsIn(folder)
    const changed = [...found].filter(([path, stamp]) => read.get(path)?.stamp !== stamp)
    const isSame = changed.length === 0 && read.size === found.size
    if (isSame) return [...read.values()].flatMap(({ shard }) => shard ?? [])
    for (const path of read.keys()) if (!found.has(path)) read.delete(path)
    for (const [path, stamp] of changed) read.set(path, { stamp, shard: await readShard(path) })
  }
  throw new StoreFault('数据一直在变，没有读完整，请过一会儿再试。')
}

async function stampsIn(folder: string): Promise<Map<string, string>> {
  const stamps = new Map<string, string>()
  for (const name of await readdir(folder, { recursive: true })) {
    if (!/^[^/\\]+[/\\][a-z0-9_%-]+\.json$/.test(name)) continue
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (found) stamps.set(join(folder, name), `${found.ino} ${found.mtimeMs} ${found.size}`)
  }
  return stamps
}

async function readShard(path: string): Promise<RawShard | undefined> {
  const shard = (await tryRead(path)) ?? (await tryRead(`${path}.bak`))
  if (shard || !(await stat(path).catch(() => undefined))) return shard
  throw new StoreFault(`「${path}」和它的备份都读不出来，请先修复。`)
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
 * A data folder as a raw store.
 * @throws {@link StoreFault} where a bot uses it
 */
export async function openRawFolder(folder: string, log: Log): Promise<RawStore> {
  const unlock = await lockFolder(folder)
  const alarms = { raise: () => {}, clear: () => {}, list: () => [] }
  return {
    async *shards() {
      yield* await readFolder(folder)
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
      })
      await file.write(records)
    },
    close: unlock,
  }
}

async function removeShard(path: string): Promise<void> {
  await rm(`${path}.bak`, { force: true })
  await rm(path, { force: true })
}

const asIs = (record: unknown) => record
