import { execFile } from 'node:child_process'
import { access, constants, readdir, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import type { Config } from '../../config.ts'
import { makeFolder } from '../../lib/owned-files.ts'
import { timeZone } from '../../text/dates/time.ts'
import { bad, type Diagnosis, good, warning } from './diagnosis.ts'

const neededFreeGb = { bad: 0.2, warning: 2 }
const dayMs = 24 * 3_600_000

/** Whether the state folder can be read and written and its disk has room. */
export async function checkFolder(folder: string): Promise<Diagnosis> {
  try {
    await makeFolder(folder)
    await access(folder, constants.R_OK | constants.W_OK)
  } catch {
    return bad(`${folder} 不能读写，请检查权限，或把 STATE_DIR 改到别处。`)
  }
  const { bavail, bsize } = await statfs(folder)
  const freeGb = (bavail * bsize) / 1024 ** 3
  const text = `${folder}，还剩 ${freeGb.toFixed(1)} GB`
  if (freeGb < neededFreeGb.bad) return bad(`${text}，太少了，请先腾出空间。`)
  return freeGb < neededFreeGb.warning ? warning(`${text}，快满了，请腾出空间。`) : good(text)
}

/** Whether other users of the machine can read passwords or people's data. Windows has no such modes. */
export async function checkPermissions({ STATE_DIR }: Config): Promise<Diagnosis> {
  if (process.platform === 'win32') return good('由 Windows 管')
  const own = (await readdir('.')).filter(
    name => /^\.env(\.[a-z][a-z0-9-]*)?$/.test(name) && name !== '.env.example',
  )
  if (await hasForeignFiles(STATE_DIR))
    return bad(
      `${STATE_DIR} 里有别的用户的文件，机器人可能读不了。请运行 chown -R --reference=${STATE_DIR} ${STATE_DIR}。`,
    )
  const open: string[] = []
  for (const path of [...own, STATE_DIR]) {
    const found = await stat(path).catch(() => undefined)
    if (found && (found.mode & 0o077) !== 0) open.push(path)
  }
  if (open.length === 0) return good('设置和数据只有这个用户能读')
  return warning(
    `别的用户能读 ${open.join('、')}，里面有密码或个人信息。请运行 chmod go= ${open.join(' ')}。`,
  )
}

/** Whether files of another user lie in the folder, as a command that root ran leaves them. */
async function hasForeignFiles(folder: string): Promise<boolean> {
  const owner = await stat(folder).catch(() => undefined)
  if (!owner) return false
  for (const name of await readdir(folder, { recursive: true })) {
    const found = await stat(join(folder, name)).catch(() => undefined)
    if (found && found.uid !== owner.uid) return true
  }
  return false
}

/** Whether the machine's clock can be right: it decides when a push goes out and who is late. */
export async function checkClock({ STATE_DIR }: Config): Promise<Diagnosis> {
  const newest = await stat(STATE_DIR).catch(() => undefined)
  if (newest && newest.mtimeMs > Date.now() + 5 * 60_000)
    return bad('时钟比数据里的时间还早，被往回拨过。请打开自动对时（NTP），对准了再启动。')
  const now = Temporal.Now.plainDateTimeISO(timeZone).toString({ smallestUnit: 'minute' }).replace('T', ' ')
  const text = `北京时间 ${now}`
  const isSynchronized = await isClockSynchronized()
  if (isSynchronized === undefined) return good(`${text}，请核对一下`)
  return isSynchronized ? good(`${text}，自动对时开着`) : warning(`${text}，没有自动对时。请打开 NTP。`)
}

/** @returns undefined where systemd does not tell, as in a container */
function isClockSynchronized(): Promise<boolean | undefined> {
  const args = ['show', '-p', 'NTPSynchronized', '--value']
  return new Promise(resolve => {
    execFile('timedatectl', args, { timeout: 2000 }, (fault, stdout) =>
      resolve(fault ? undefined : stdout.trim() === 'yes'),
    )
  })
}

/** Whether nightly backups are set up, and the newest is at most two days old. */
export async function checkBackups({ STORE, BACKUP_DIR, BACKUP_PASSPHRASE }: Config): Promise<Diagnosis> {
  if (STORE === 'memory') return warning('数据只在内存里，关掉就没有了。')
  if (!BACKUP_DIR) return warning('没有每夜备份。请填 BACKUP_DIR，最好是另一块盘。')
  if (!(await canBeWritten(BACKUP_DIR))) return bad(`${BACKUP_DIR} 不能写，每夜备份做不成。请检查权限。`)
  const text = `每夜备份到 ${BACKUP_DIR}，${BACKUP_PASSPHRASE ? '加密' : '没有加密'}`
  const newestMs = await newestBackupMs(BACKUP_DIR)
  if (newestMs !== undefined && Date.now() - newestMs > 2 * dayMs)
    return warning(
      `${text}，最近一份是 ${Math.floor((Date.now() - newestMs) / dayMs)} 天前的。请看控制台的提醒。`,
    )
  return good(text)
}

/** Whether backups can be written: a missing folder is made by the first backup, so its parent must be writable. */
async function canBeWritten(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined)
  if (!found && dirname(folder) !== folder) return canBeWritten(dirname(folder))
  return access(folder, constants.W_OK).then(
    () => found?.isDirectory() === true,
    () => false,
  )
}

async function newestBackupMs(folder: string): Promise<number | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter(name => /^chuangke-.*\.backup$/.test(name))
  const times = await Promise.all(names.map(async name => (await stat(join(folder, name))).mtimeMs))
  return times.length === 0 ? undefined : Math.max(...times)
}
