import { readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Adapter } from 'lowdb'
import { makeFolder } from '../../lib/owned-files.ts'
import type { RunExclusive } from '../../lib/queue.ts'
import { type Log, reasonOf } from '../../log.ts'
import type { Alarms } from '../../ports/alarms.ts'
import type { Clock } from '../../ports/clock.ts'
import { StoreFault } from '../shards/fault.ts'
import type { Records } from '../shards/shard.ts'
import type { Disk } from './disk.ts'
import { type Format, fromShardText, InvalidRecords, isOlder, toShardText } from './shard-text.ts'

export type ShardFileParts = {
  path: string
  /** Name in messages: 「runs/digest-2026-11」. */
  title: string
  format: Format
  belongs: (key: string) => boolean
  /** Where starting empty would do harm (a send would go out twice), a broken shard is not used at all. */
  refusesWhenBroken: boolean
  alarms: Alarms
  clock: Clock
  log: Log
  disk: Disk
  permit: RunExclusive
  /** See `BeforeMigration`, for this collection. */
  beforeMigration(): Promise<void>
}

/** `unread`: the disk could not read it, which may pass; it is not known whether the file is broken. */
type Found = { records?: Records; broken?: unknown; unread?: unknown; isMissing?: true }

/**
 * One shard on the disk, as lowdb's adapter: the file, and beside it `.bak`, the same records in a file of its
 * own. Both are written whole under another name, synced and then renamed: so at any moment at least one is
 * complete and holds all that was acknowledged.
 */
export function createShardFile(parts: ShardFileParts): Adapter<Records> {
  const { path, title, format, alarms, clock, log, disk, permit } = parts
  const backup = `${path}.bak`
  const folder = dirname(path)
  let hasFile = false

  async function read(): Promise<Records> {
    const found = await look(path)
    hasFile = found.records !== undefined
    const spare = found.records ? undefined : await look(backup)
    const records = found.records ?? spare?.records
    if (records || !spare || (found.isMissing && spare.isMissing)) {
      alarms.clear(`store-unreadable:${title}`)
      return found.records ?? (spare?.records ? restore(found, spare.records) : new Map())
    }
    for (const { unread } of [found, spare]) if (unread !== undefined) throw unreadable(unread)
    const isWhole = [found, spare].some(({ broken }) => broken instanceof InvalidRecords)
    if (parts.refusesWhenBroken || isWhole) throw refuse([found, spare])
    return setAside([found, spare])
  }

  async function look(file: string): Promise<Found> {
    let bytes: Buffer | undefined
    try {
      bytes = await readFile(file).catch(absent)
    } catch (unread) {
      // A folder in its place stays one, however often it is read.
      if (codeOf(unread) === 'EISDIR') return { broken: unread }
      if (!ofOneFile.has(codeOf(unread))) throw unreadable(unread)
      return { unread }
    }
    if (bytes === undefined) return { isMissing: true }
    try {
      const text = textIn(bytes)
      if (isOlder(text, format)) {
        await parts.beforeMigration()
        alarms.clear(upgradeAlarm)
      }
      return { records: fromShardText(text, format, parts.belongs) }
    } catch (broken) {
      if (broken instanceof StoreFault) {
        // One alarm for all shards: they have one cause.
        alarms.raise(upgradeAlarm, broken.message)
        throw new StoreFault(`「${title}」的${broken.message}`)
      }
      return { broken }
    }
  }

  async function restore(found: Found, records: Records): Promise<Records> {
    const kept = found.isMissing ? '原文件不见了' : `坏文件另存为 ${await putAside(path)}`
    log.error({ shard: title, path, reason: reasonFor(found) }, 'a shard starts from its backup')
    alarms.raise(`store-restored:${title}`, `数据「${title}」损坏，已从备份恢复，请核对；${kept}。`)
    // The backup still has the former records: where the disk is full, the next update writes both.
    await write(records).catch(cause => log.warn({ shard: title, reason: reasonOf(cause) }, 'not healed yet'))
    return records
  }

  async function putAside(file: string): Promise<string> {
    const aside = `${file}.broken-${clock.now().toString().replaceAll(/[:.]/g, '-')}`
    await disk.rename(file, aside)
    return aside
  }

  /** Both copies are broken: they stay on the disk under other names, and this shard goes on without its records. */
  async function setAside(found: [Found, Found]): Promise<Records> {
    const files = [path, backup].filter((_, at) => found[at]?.isMissing !== true)
    const kept = await Promise.all(files.map(putAside))
    log.error(
      { shard: title, path, reasons: found.map(reasonFor) },
      'a shard and its backup are broken and set aside',
    )
    alarms.raise(
      `store-set-aside:${title}`,
      `数据「${title}」和它的备份都读不出来，先从空的开始；坏文件另存为 ${kept.join('、')}。请找懂技术的同事看能不能修复，修好后停机换回去。`,
    )
    return new Map()
  }

  /** Starting empty would send again what was sent, so nothing is touched until a person repairs it. */
  function refuse(found: Found[]): StoreFault {
    const reasons = found.map(reasonFor)
    const text = `数据「${title}」和它的备份都读不出来，已停用、未改动，请找懂技术的同事修复 ${path}。`
    log.error({ shard: title, path, reasons }, 'a shard and its backup are broken')
    alarms.raise(`store-unreadable:${title}`, text)
    return new StoreFault(text, { cause: new Error(reasons.join(' | ')) })
  }

  /** The disk may give it again: nothing is touched, and the next use tries anew. */
  function unreadable(cause: unknown): StoreFault {
    const text = `数据「${title}」现在读不出来（${codeOf(cause) || '原因见日志'}），什么都没有改动。请检查磁盘和文件 ${path} 的权限；能读了会自动恢复。`
    log.error({ shard: title, path, reason: reasonOf(cause) }, 'a shard cannot be read')
    alarms.raise(`store-unreadable:${title}`, text)
    return new StoreFault(text, { cause })
  }

  /** A shard without records has no file. */
  async function remove(): Promise<void> {
    if (!hasFile) return
    await rm(backup, { force: true })
    await rm(path, { force: true })
    await disk.syncFolder(folder)
    hasFile = false
  }

  async function write(records: Records): Promise<void> {
    if (records.size === 0) return remove()
    const bytes = Buffer.from(toShardText(records, format))
    // The backup goes first, so that a change which fails halfway is not found at the next start. A new shard's
    // goes last: a backup without its file always means that the file was removed by hand.
    const files = hasFile ? [backup, path] : [path, backup]
    try {
      const writeDrafts = () => settleAll(files.map(file => disk.write(draftOf(file), bytes)))
      if (!hasFile) await ensureFolder()
      await writeDrafts().catch(async cause => {
        // A person has moved the folder away.
        absent(cause)
        await ensureFolder()
        await writeDrafts()
      })
      for (const file of files) await disk.rename(draftOf(file), file)
      await disk.syncFolder(folder)
      hasFile = true
    } catch (cause) {
      // Half a file would take the disk space that the next try needs.
      await Promise.allSettled(files.map(file => rm(draftOf(file), { force: true })))
      throw cause
    }
  }

  async function ensureFolder(): Promise<void> {
    if (await makeFolder(folder)) await disk.syncFolder(dirname(folder))
  }

  return { read: () => permit(read), write: records => permit(() => write(records)) }
}

/** @throws where the bytes are no UTF-8: read on, they would overwrite the good backup with replacement characters */
function textIn(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Error('the file is no UTF-8')
  }
}

const reasonFor = (found: Found) => (found.isMissing ? 'missing' : reasonOf(found.broken ?? found.unread))
const upgradeAlarm = 'store-upgrade'
const draftOf = (file: string) => `${file}.tmp`

/** Unlike Promise.all it waits for the slower one too, which would else write on after the clearing up. */
async function settleAll(steps: Promise<void>[]): Promise<void> {
  for (const step of await Promise.allSettled(steps)) if (step.status === 'rejected') throw step.reason
}

/** Errors that concern one file alone, as a bad sector: its backup may well be read. */
const ofOneFile = new Set(['EIO', 'EACCES', 'EPERM', 'ELOOP'])
const codeOf = (cause: unknown) => (cause as NodeJS.ErrnoException).code ?? ''

/** @throws what is no missing file or folder */
function absent(cause: NodeJS.ErrnoException): undefined {
  if (cause.code !== 'ENOENT') throw cause
}
