import { randomUUID } from 'node:crypto'
import { copyFile, link, lstat, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StoreFault } from '../shards/fault.ts'

/** A bot writes all the time: files that changed during a pass are linked once more, until none did. */
const timeoutMs = 60_000

export type Snapshot = {
  folder: string
  /** Paths of the shards, relative to the folder; each may have a `.bak` beside it. */
  files: string[]
  dispose(): Promise<void>
}

/**
 * The files of a data folder as they stood at one moment, also while a bot writes them: a file is replaced and never
 * changed, so a second name for it keeps what it holds.
 * @throws {@link StoreFault} where the folder never rests
 */
export async function takeSnapshot(source: string): Promise<Snapshot> {
  // Left behind by a kill, it is removed with the other drafts at the next start.
  const folder = join(source, `snapshot-${randomUUID()}.tmp`)
  const dispose = () => rm(folder, { recursive: true, force: true })
  try {
    await mkdir(folder, { mode: 0o700 })
    const linked = new Map<string, string>()
    const startedAtMs = performance.now()
    while (performance.now() - startedAtMs < timeoutMs) {
      const found = await stampsIn(source)
      const gone = [...linked.keys()].filter(file => !found.has(file))
      const changed = [...found].filter(([file, stamp]) => linked.get(file) !== stamp)
      if (gone.length + changed.length === 0) return { folder, files: [...linked.keys()], dispose }
      for (const file of gone) linked.delete(file)
      for (const [file, stamp] of changed) {
        for (const name of [file, `${file}.bak`]) await linkAnew(join(source, name), join(folder, name))
        linked.set(file, stamp)
      }
    }
  } catch (cause) {
    await dispose()
    throw cause
  }
  await dispose()
  throw new StoreFault('数据一直在变，没有读完整，请过一会儿再试。')
}

/** @param name relative to the data folder */
export const isShardFile = (name: string) => /^[^/\\]+[/\\][a-z0-9_%-]+\.json$/.test(name)

async function stampsIn(folder: string): Promise<Map<string, string>> {
  const stamps = new Map<string, string>()
  for (const name of await readdir(folder, { recursive: true })) {
    if (!isShardFile(name)) continue
    const path = join(folder, name)
    // A link that leads nowhere stands for a shard as well: it is told that its records are missing.
    const found = await stat(path).catch(() => lstat(path).catch(() => undefined))
    if (found) stamps.set(name, `${found.ino} ${found.mtimeMs} ${found.size}`)
  }
  return stamps
}

/** A file that is gone by now is seen at the next pass. */
async function linkAnew(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await rm(to, { force: true })
  await link(from, to).catch(async (cause: NodeJS.ErrnoException) => {
    // Some network drives have no second names.
    if (cause.code !== 'ENOENT') await copyFile(from, to).catch(skipUnreadable)
  })
}

/** The reader of the snapshot finds it missing. @throws for other reasons, such as a full disk */
function skipUnreadable(cause: NodeJS.ErrnoException): void {
  if (!['EIO', 'EACCES', 'EPERM', 'ELOOP', 'EISDIR'].includes(cause.code ?? '')) throw cause
}
