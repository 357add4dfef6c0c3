import { chmod, readdir, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { z } from 'zod'
import { makeFolder } from '../../lib/owned-files.ts'
import { createSemaphore } from '../../lib/queue.ts'
import type { Log } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Collection, CollectionOptions, Migration, Store } from '../../ports/store.ts'
import { systemClock } from '../clock.ts'
import type { CollectionShards } from '../shards/collection-shards.ts'
import { type BeforeMigration, StoreFault } from '../shards/fault.ts'
import { createWriteWatch } from '../shards/write-watch.ts'
import { openCollectionFiles } from './collection-files.ts'
import { type Disk, nodeDisk } from './disk.ts'
import { whyNot } from './fault.ts'
import { lockFolder } from './lock.ts'
import type { Format } from './shard-text.ts'

export { type Disk, nodeDisk }

/** Shards read or written at a time; more meets the limit of open files and is no faster on four threads. */
const filesAtOnce = 32

export type LowdbOptions = {
  /** Made where it is missing. One process at a time. */
  folder: string
  alarms: Alarms
  log: Log
  clock?: Clock
  disk?: Disk
  /** After how long an unused shard of a history is evicted from memory. Default two minutes. */
  evictAfterMs?: number
  /** Default: nothing is done before. */
  beforeMigration?: BeforeMigration
}

/**
 * A store in a folder: one JSON file a shard, `<folder>/<collection>/<shard>.json`, and its backup beside it.
 * Acknowledged changes survive a kill and a power cut; trouble is repaired where that can be done safely, and
 * said in log and alarms either way.
 * @throws {@link StoreFault} when another process uses the folder.
 */
export async function openLowdbStore(options: LowdbOptions): Promise<Store> {
  const { alarms, log, clock = systemClock, disk = nodeDisk, evictAfterMs = 120_000 } = options
  const { beforeMigration = async () => {} } = options
  const folder = resolve(options.folder)
  const unlock = await takeFolder(folder, disk)
  const watch = createWriteWatch({ alarms, clock, log, describe: whyNot })
  const permit = createSemaphore(filesAtOnce)
  const collections = new Map<string, CollectionShards>()
  const histories = new Set<CollectionShards>()
  let closing: Promise<void> | undefined
  const evicting = setInterval(() => {
    for (const shards of histories) shards.evict(performance.now() - evictAfterMs)
  }, evictAfterMs / 2).unref()
  const checkOpen = () => {
    if (closing !== undefined) throw new StoreFault('数据已经关闭，程序正在退出，请稍后再试。')
  }

  function shardsOf(name: string, format: Format, refusesWhenBroken: boolean): CollectionShards {
    const parts = { folder, name, format, refusesWhenBroken, alarms, clock, log, disk, watch, permit }
    const shards = collections.get(name) ?? openCollectionFiles({ ...parts, beforeMigration })
    collections.set(name, shards)
    return shards
  }

  async function close(): Promise<void> {
    clearInterval(evicting)
    await watch.stop()
    await Promise.all([...collections.values()].map(shards => shards.idle()))
    await unlock()
  }

  return {
    collection<T>(
      name: string,
      schema: z.ZodType<T>,
      migrations: readonly Migration[] = [],
      { isHistory = false, refusesWhenBroken = false }: CollectionOptions = {},
    ): Collection<T> {
      const shards = shardsOf(name, { schema, migrations }, refusesWhenBroken)
      if (isHistory) histories.add(shards)
      return shards.collection(schema, checkOpen)
    },
    close: () => (closing ??= close()),
  }
}

async function takeFolder(folder: string, disk: Disk): Promise<() => Promise<void>> {
  try {
    if (await makeFolder(folder)) await disk.syncFolder(dirname(folder))
    await chmod(folder, 0o700)
    const unlock = await lockFolder(folder)
    await removeDrafts(folder)
    return unlock
  } catch (cause) {
    if (cause instanceof StoreFault) throw cause
    throw new StoreFault(`数据文件夹 ${folder} 打不开：${whyNot(cause)}。`, { cause })
  }
}

/** Drafts and snapshots of a killed process; their writes were never acknowledged. */
async function removeDrafts(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  const drafts = names.filter(name => name.endsWith('.tmp'))
  await Promise.all(drafts.map(name => rm(join(folder, name), { recursive: true, force: true })))
}
