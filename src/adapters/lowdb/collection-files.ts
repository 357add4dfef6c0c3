import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type CollectionShards, createCollectionShards } from '../shards/collection-shards.ts'
import type { BeforeMigration } from '../shards/fault.ts'
import { createShard } from '../shards/shard.ts'
import type { WriteWatch } from '../shards/write-watch.ts'
import { fromFileName, toFileName } from './file-name.ts'
import { createShardFile, type ShardFileParts } from './shard-file.ts'

type CollectionParts = Pick<
  ShardFileParts,
  'format' | 'refusesWhenBroken' | 'alarms' | 'clock' | 'log' | 'disk' | 'permit'
> & {
  folder: string
  name: string
  beforeMigration: BeforeMigration
  watch: WriteWatch
}

/** The shards of a collection, each in a file that bears its name. */
export function openCollectionFiles({ folder, name, watch, ...others }: CollectionParts): CollectionShards {
  const path = join(folder, toFileName(name))
  const version = others.format.migrations.length + 1
  const parts = { ...others, beforeMigration: () => others.beforeMigration(name, version) }
  return createCollectionShards({
    idOf: toFileName,
    nameOf: fromFileName,
    find: () => filesIn(path),
    open(file) {
      const title = `${name}/${fromFileName(file) ?? file}`
      const belongs = (key: string) => toFileName(key.split('/', 1)[0] ?? '') === file
      const shardFile = createShardFile({ ...parts, path: join(path, `${file}.json`), title, belongs })
      return createShard(title, shardFile, watch)
    },
  })
}

/** Names without their endings; none where the folder does not exist. */
async function filesIn(path: string): Promise<string[]> {
  try {
    const found = await readdir(path)
    return found.flatMap(name => /^([a-z0-9_%-]+)\.json(\.bak)?$/.exec(name)?.[1] ?? [])
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
    return []
  }
}
