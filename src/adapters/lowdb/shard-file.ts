import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Adapter } from 'lowdb'
import { type Log, reasonOf } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Disk } from './disk.ts'
import { StoreFault } from './fault.ts'
import { type Format, fromShardText, type Records, toShardText } from './shard-text.ts'
import type { Turnstile } from './turnstile.ts'

export type ShardFileParts = {
  path: string
  /** What people call it: 「runs/digest-2026-11」. */
  title: string
  format: Format
  belongs: (key: string) => boolean
  alarms: Alarms
  clock: Clock
  log: Log
  disk: Disk
  turnstile: Turnstile
}

type Found = { records: Records } | { broken: unknown } | 'missing'

/**
 * One shard on the disk, as lowdb's adapter: the file, and beside it `.bak`, the same records in a file of its
 * own. Both are written whole under another name, synced and then renamed, the backup first: so at any moment
 * at least one is complete and holds all that was acknowledged, and the file itself is never ahead of its backup.
 */
export function createShardFile(parts: ShardFileParts): Adapter<Records> {
  const { path, title, format, alarms, clock, log, disk, turnstile } = parts
  const backup = `${path}.bak`
  const folder = dirname(path)

  async function read(): Promise<Records> {
    const found = await look(path)
    if (typeof found === 'object' && 'records' in found) return found.records
    const spare = await look(backup)
    if (typeof spare === 'object' && 'records' in spare) return restore(found, spare.records)
    if (found === 'missing' && spare === 'missing') return new Map()
    throw refuse([found, spare])
  }

  async function look(file: string): Promise<Found> {
    const text = await readFile(file, 'utf8').catch(absent)
    if (text === undefined) return 'missing'
    try {
      return { records: fromShardText(text, format, parts.belongs) }
    } catch (broken) {
      if (broken instanceof StoreFault) throw new StoreFault(`「${title}」的${broken.message}`)
      return { broken }
    }
  }

  async function restore(found: Found, records: Records): Promise<Records> {
    let kept = '原文件不见了'
    if (found !== 'missing') {
      const aside = `${path}.broken-${clock.now().toString().replaceAll(/[:.]/g, '-')}`
      await disk.rename(path, aside)
      kept = `坏文件另存为 ${aside}`
    }
    const reason = typeof found === 'object' && 'broken' in found ? reasonOf(found.broken) : 'missing'
    log.error({ shard: title, path, reason }, 'a shard was broken and starts from its backup')
    alarms.raise(`store-restored:${title}`, `数据「${title}」损坏，已从备份恢复，请核对；${kept}。`)
    // The backup holds until then: without room now, the next update writes both.
    await write(records).catch(cause => log.warn({ shard: title, reason: reasonOf(cause) }, 'not healed yet'))
    return records
  }

  /** Starting empty would forget what was sent and who came, so nothing is touched until somebody looks. */
  function refuse(found: Found[]): StoreFault {
    const reasons = found.map(one =>
      typeof one === 'object' && 'broken' in one ? reasonOf(one.broken) : one,
    )
    const text = `数据「${title}」和它的备份都读不出来，已停用、未改动，请找懂技术的同事修复 ${path}。`
    log.error({ shard: title, path, reasons }, 'a shard and its backup are broken')
    alarms.raise(`store-unreadable:${title}`, text)
    return new StoreFault(text, { cause: new Error(reasons.join(' | ')) })
  }

  async function write(records: Records): Promise<void> {
    const bytes = Buffer.from(toShardText(records, format))
    const drafts = [`${backup}.tmp`, `${path}.tmp`] as const
    try {
      if (await mkdir(folder, { recursive: true })) await disk.syncFolder(dirname(folder))
      await settleAll(drafts.map(draft => disk.write(draft, bytes)))
      await disk.rename(drafts[0], backup)
      await disk.rename(drafts[1], path)
      await disk.syncFolder(folder)
    } catch (cause) {
      // Half a file would keep the room that the next try needs.
      await Promise.allSettled(drafts.map(draft => rm(draft, { force: true })))
      throw cause
    }
  }

  return { read: () => turnstile(read), write: records => turnstile(() => write(records)) }
}

/** Unlike Promise.all it waits for the slower one too, which would else write on after the clearing up. */
async function settleAll(steps: Promise<void>[]): Promise<void> {
  for (const step of await Promise.allSettled(steps)) if (step.status === 'rejected') throw step.reason
}

function absent(cause: NodeJS.ErrnoException): undefined {
  if (cause.code !== 'ENOENT') throw cause
}
