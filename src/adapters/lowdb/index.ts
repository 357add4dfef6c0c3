import { chmod, mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { z } from 'zod'
import { createSemaphore } from '../../lib/queue.ts'
import type { Log } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Collection, CollectionHabits, Migration, Store } from '../../ports/store.ts'
import { systemClock } from '../clock.ts'
import { type CollectionFiles, openRoom } from './collection-files.ts'
import { type Disk, nodeDisk } from './disk.ts'
import { createDiskWatch } from './disk-watch.ts'
import { StoreFault, whyNot } from './fault.ts'
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
  /** How long what nobody touches of a history stays in memory. Default two minutes. */
  restAfterMs?: number
}

/**
 * A store in a folder: one JSON file a shard, `<folder>/<collection>/<shard>.json`, and its backup beside it.
 * What was acknowledged survives a kill and a power cut; trouble is repaired where that can be done safely, and
 * said in log and alarms either way.
 * @throws {@link StoreFault} when another process uses the folder.
 */
export async function openLowdbStore(options: LowdbOptions): Promise<Store> {
  const { alarms, log, clock = systemClock, disk = nodeDisk, restAfterMs = 120_000 } = options
  const folder = resolve(options.folder)
  const unlock = await takeFolder(folder, disk)
  const watch = createDiskWatch({ alarms, clock, log })
  const permit = createSemaphore(filesAtOnce)
  const rooms = new Map<string, CollectionFiles>()
  const histories = new Set<CollectionFiles>()
  let closing: Promise<void> | undefined
  const resting = setInterval(() => {
    for (const room of histories) room.rest(performance.now() - restAfterMs)
  }, restAfterMs / 2).unref()
  const checkOpen = () => {
    if (closing !== undefined) throw new StoreFault('数据已经关闭，程序正在退出，请稍后再试。')
  }

  function roomOf(name: string, format: Format, refusesWhenBroken: boolean): CollectionFiles {
    const parts = { folder, name, format, refusesWhenBroken, alarms, clock, log, disk, watch, permit }
    const room = rooms.get(name) ?? openRoom(parts)
    rooms.set(name, room)
    return room
  }

  async function close(): Promise<void> {
    clearInterval(resting)
    await watch.stop()
    await Promise.all([...rooms.values()].map(room => room.idle()))
    await unlock()
  }

  return {
    collection<T>(
      name: string,
      schema: z.ZodType<T>,
      migrations: readonly Migration[] = [],
      { isHistory = false, refusesWhenBroken = false }: CollectionHabits = {},
    ): Collection<T> {
      const room = roomOf(name, { schema, migrations }, refusesWhenBroken)
      if (isHistory) histories.add(room)
      return room.collection(schema, checkOpen)
    },
    close: () => (closing ??= close()),
  }
}

async function takeFolder(folder: string, disk: Disk): Promise<() => Promise<void>> {
  try {
    if (await mkdir(folder, { recursive: true, mode: 0o700 })) await disk.syncFolder(dirname(folder))
    await chmod(folder, 0o700)
    const unlock = await lockFolder(folder)
    await removeDrafts(folder)
    return unlock
  } catch (cause) {
    if (cause instanceof StoreFault) throw cause
    throw new StoreFault(`数据文件夹 ${folder} 打不开：${whyNot(cause)}。`, { cause })
  }
}

/** What a killed process was writing: nobody was told that it is there. */
async function removeDrafts(folder: string): Promise<void> {
  const names = await readdir(folder, { recursive: true })
  const drafts = names.filter(name => name.endsWith('.tmp'))
  await Promise.all(drafts.map(name => rm(join(folder, name), { force: true })))
}
