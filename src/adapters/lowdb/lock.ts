import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { giveToFolderOwnerSync } from '../../lib/owned-files.ts'
import { StoreFault } from '../shards/fault.ts'
import { isProcessRunning, ownProcessId, type ProcessId } from './process-id.ts'

const beatMs = 4000
/** Five heartbeats: a holder in another container cannot be looked up, and counts as ended after this silence. */
const silentMs = 20_000

/** The process that holds the folder. */
const Holder = z.object({
  pid: z.int(),
  startTicks: z.string(),
  host: z.string(),
  bootId: z.string(),
  pidSpace: z.string(),
})

/**
 * Takes the folder for this process alone, also from a holder that was killed. Each holder makes the file
 * `lock.<n>` with the next number, which only one process can; the last one stays, as `lock.<n>.free` when it
 * was let go, so that numbers only grow. So of two that find the same ended holder, one wins.
 * @returns releases the lock.
 * @throws {@link StoreFault} when another process holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const mine = await ownProcessId()
  for (;;) {
    const last = Math.max(0, ...(await numbers(folder)))
    await refuseIfHeld(folder, last, mine)
    const path = fileOf(folder, last + 1)
    if (!(await create(path, mine))) continue
    const all = await numbers(folder)
    if (Math.max(...all) === last + 1) {
      await Promise.all(all.filter(n => n <= last).flatMap(n => remove(fileOf(folder, n))))
      return keep(path)
    }
    // Others came and went since we looked: ours fills a gap behind the real holder.
    await rm(path, { force: true })
  }
}

const fileOf = (folder: string, n: number) => join(folder, `lock.${n}`)
const remove = (path: string) => [rm(path, { force: true }), rm(`${path}.free`, { force: true })]

async function numbers(folder: string): Promise<number[]> {
  return (await readdir(folder)).flatMap(name => {
    const n = /^lock\.(\d+)(\.free)?$/.exec(name)?.[1]
    return n ? [Number(n)] : []
  })
}

async function create(path: string, mine: ProcessId): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(mine), { flag: 'wx', mode: 0o600 })
    giveToFolderOwnerSync(path)
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    await rm(path, { force: true })
    throw cause
  }
}

async function refuseIfHeld(folder: string, n: number, mine: ProcessId): Promise<void> {
  const path = fileOf(folder, n)
  const holder = await readHolder(path)
  if (!(await isHeld(path, holder, mine))) return
  const who = holder
    ? `（${holder.host === mine.host ? '' : `主机 ${holder.host}，`}进程 ${holder.pid}）`
    : ''
  throw new StoreFault(`数据文件夹 ${folder} 正由另一个程序使用${who}，请先停掉它，或把 STATE_DIR 改到别处。`)
}

/** Undefined for a file that its maker has not filled yet, or that is not there. */
async function readHolder(path: string): Promise<ProcessId | undefined> {
  try {
    return Holder.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** A process number says something only in the boot and the container where it was given. */
async function isHeld(path: string, holder: ProcessId | undefined, mine: ProcessId): Promise<boolean> {
  if (holder && holder.host === mine.host) {
    if (holder.bootId !== mine.bootId) return false
    if (holder.pidSpace === mine.pidSpace) {
      if (!(await isProcessRunning(holder))) return false
      if (holder.startTicks !== '') return true
    }
  }
  return isBeating(path)
}

/**
 * By the machine's clock, as file times are, whatever the bot's clock shows. A time of this moment may be a
 * fraction of a millisecond ahead of it. One that is further ahead says nothing (a container with another clock
 * wrote it), so the file is watched for two heartbeats.
 */
async function isBeating(path: string): Promise<boolean> {
  const beatenAtMs = await modifiedAtMs(path)
  if (beatenAtMs === undefined) return false
  const aheadMs = beatenAtMs - Date.now()
  if (aheadMs < beatMs) return -aheadMs < silentMs
  await wait(2 * beatMs + 500)
  const laterMs = await modifiedAtMs(path)
  return laterMs !== undefined && laterMs !== beatenAtMs
}

const modifiedAtMs = async (path: string) => (await stat(path).catch(() => undefined))?.mtimeMs

function keep(path: string): () => Promise<void> {
  const beat = () => void utimes(path, new Date(), new Date()).catch(() => {})
  const beating = setInterval(beat, beatMs).unref()
  return async () => {
    clearInterval(beating)
    // Renaming needs no disk space, so a full disk does not keep the folder locked.
    await rename(path, `${path}.free`).catch(gone)
  }
}

/** Where the whole folder was removed, the lock is gone too. */
function gone(cause: NodeJS.ErrnoException) {
  if (cause.code !== 'ENOENT') throw cause
}
