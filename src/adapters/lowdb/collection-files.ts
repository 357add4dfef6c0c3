import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Collection } from '../../ports/store.ts'
import { fromRecordText, toRecordText } from '../record.ts'
import type { DiskWatch } from './disk-watch.ts'
import { fromFileName, toFileName } from './file-name.ts'
import { createShard, type Shard } from './shard.ts'
import { createShardFile, type ShardFileParts } from './shard-file.ts'

type RoomParts = Pick<
  ShardFileParts,
  'format' | 'refusesWhenBroken' | 'alarms' | 'clock' | 'log' | 'disk' | 'permit'
> & {
  folder: string
  name: string
  watch: DiskWatch
}

/** One collection's shards, whoever asks for it; each is read at its first touch. */
export type CollectionFiles = {
  /** @param check is called at every use and throws when the store is closed */
  collection<T>(schema: z.ZodType<T>, check: () => void): Collection<T>
  /** Lets go of the shards that nobody has touched since then (`performance.now()`). */
  rest(sinceMs: number): void
  idle(): Promise<void>
}

export function openRoom({ folder, name, watch, ...parts }: RoomParts): CollectionFiles {
  const path = join(folder, toFileName(name))
  const shards = new Map<string, Shard>()
  let listing: Promise<void> | undefined

  function shardIn(file: string): Shard {
    const open = shards.get(file) ?? openShard(file)
    shards.set(file, open)
    return open
  }

  function openShard(file: string): Shard {
    const title = `${name}/${fromFileName(file) ?? file}`
    const belongs = (key: string) => toFileName(shardOf(key)) === file
    const shardFile = createShardFile({ ...parts, path: join(path, `${file}.json`), title, belongs })
    return createShard(title, shardFile, watch)
  }

  /** Once: from then on every new file is one of ours, since nobody else may write here. */
  async function findShards(): Promise<void> {
    listing ??= readdir(path).then(
      names => {
        for (const found of names) {
          const file = /^([a-z0-9_%-]+)\.json(\.bak)?$/.exec(found)?.[1]
          if (file) shardIn(file)
        }
      },
      cause => {
        listing = undefined
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
      },
    )
    await listing
  }

  async function shardsWith(prefix: string): Promise<Shard[]> {
    if (prefix.includes('/')) return [shardIn(toFileName(shardOf(prefix)))]
    await findShards()
    return [...shards].flatMap(([file, shard]) =>
      (fromFileName(file) ?? prefix).startsWith(prefix) ? [shard] : [],
    )
  }

  async function textsWith(prefix: string): Promise<[string, string][]> {
    const shardsRead = await Promise.all((await shardsWith(prefix)).map(shard => shard.records()))
    const found = shardsRead.flatMap(records => [...records].filter(([key]) => key.startsWith(prefix)))
    return found.sort(([a], [b]) => (a < b ? -1 : 1))
  }

  function collection<T>(schema: z.ZodType<T>, check: () => void): Collection<T> {
    return {
      async get(key) {
        check()
        const records = await shardIn(toFileName(shardOf(key))).records()
        return fromRecordText<T>(records.get(key))
      },
      async list(prefix) {
        check()
        return (await textsWith(prefix)).map(([key, text]) => ({ key, value: JSON.parse(text) as T }))
      },
      async update(key, change) {
        check()
        const text = await shardIn(toFileName(shardOf(key))).update(key, now => {
          const next = change(fromRecordText<T>(now))
          return next === undefined ? undefined : toRecordText(schema, next)
        })
        return fromRecordText<T>(text)
      },
    }
  }

  return {
    collection,
    rest(sinceMs) {
      for (const shard of shards.values()) shard.rest(sinceMs)
    },
    idle: async () => void (await Promise.all([...shards.values()].map(shard => shard.idle()))),
  }
}

const shardOf = (key: string) => key.split('/', 1)[0] ?? ''
