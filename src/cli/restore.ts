import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { Temporal } from 'temporal-polyfill'
import { plannedLines } from '../app/lines/plan/plan.ts'
import { backupFolderOf, placeOf, writeWhole } from '../app/platform/backups.ts'
import { readErasureList } from '../app/platform/erasure-list.ts'
import type { Tenant } from '../app/tenants/plan.ts'
import { withAuditLog } from '../backup/audit-log.ts'
import { copyShards, otherRecords, shardsOf } from '../backup/copy.ts'
import { erasuresIn, withErasures } from '../backup/erasures.ts'
import { BackupFault } from '../backup/file.ts'
import { withSendingHeld } from '../backup/held.ts'
import { fromBackup } from '../backup/read.ts'
import { withoutUnread } from '../backup/unread.ts'
import { Refusal } from '../feature.ts'
import { createLog } from '../log.ts'
import type { RawShard, RawStore, UnreadShard } from '../ports/raw-store.ts'
import { noteAction } from './audit-notes.ts'
import { chosenTenant } from './chosen-tenant.ts'
import { folderOf, openRawStore } from './raw-stores.ts'

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  tenant: { type: 'string' },
  replace: { type: 'boolean', default: false },
} as const

/** Left out of a restore: a session of the backup may have been ended since, as by 「退出其它设备」. */
const logins = new Set(['sessions', 'login-links'])

/** Read from the data that the backup replaces, and from the lists beside it and beside the nightly ones. */
async function knownErasures({ config }: Tenant, { present, from }: { present: RawShard[]; from: string }) {
  const lists = [dirname(from), backupFolderOf(config)].map(readErasureList)
  const found = [erasuresIn(present), ...(await Promise.all(lists))]
  return new Map(found.flatMap(erasures => [...erasures]))
}

type Plan = {
  backup: { shards: RawShard[]; madeAt: string }
  from: string
  present: RawShard[]
  replaces: boolean
}

/** The shards that the store is to hold after the restore. */
async function planRestore(tenant: Tenant, { backup, from, present, replaces }: Plan) {
  const known = await knownErasures(tenant, { present, from })
  const { shards: erased, waiting } = withErasures(backup.shards, known)
  const { shards: logged, replacedLines } = withAuditLog(erased, replaces ? present : [])
  const lines = plannedLines(tenant.config).map(line => line.name)
  const { shards, held } = withSendingHeld(logged, { madeAt: backup.madeAt, lines })
  const wanted = shards.filter(({ collection }) => !logins.has(collection))
  return { wanted, waiting, held, replacedLines }
}

/** Puts a backup back, once all of it is read and checked; over other records only with `--replace`. */
export async function runRestore(args: string[]): Promise<void> {
  const { from, to, tenant: name, replace } = parseArgs({ args, options }).values
  if (!from) throw new Refusal('请写 npm run -s restore -- --from 备份文件；先停掉机器人。')
  const tenant = chosenTenant(name)
  const bytes = await readFile(from).catch(() => {
    throw new Refusal(`读不到 ${from}，请核对文件名。`)
  })
  const { madeAt, ...read } = await fromBackup(bytes, tenant.config.BACKUP_PASSPHRASE)
  const { shards: whole, copies } = withoutUnread(read.shards)
  const backup = { madeAt, shards: whole }
  const place = to ?? placeOf(tenant)
  const target = await openRawStore(place, createLog('warn'))
  try {
    const unread: UnreadShard[] = []
    const present = await shardsOf(target, one => unread.push(one))
    if (unread.length > 0 && !replace) throw new BackupFault(otherRecords)
    const plan = { backup, from, present, replaces: replace }
    const { wanted, waiting, held, replacedLines } = await planRestore(tenant, plan)
    const { count } = await copyShards(wanted, target, {
      replaces: replace,
      present,
      async beforeWriting() {
        await setAside(unread, target)
        await keepReplacedLines(tenant, replacedLines)
        await noteAction(place, { kind: 'deed', what: 'restore' })
      },
    })
    process.stdout.write(
      `恢复好了：${backup.madeAt} 的备份，${count} 条记录，核对一致。可以启动了，控制台要重新登录。\n${sayHeld(held)}`,
    )
    await keepUnread(place, copies)
    if (waiting > 0) process.stdout.write(`备份以后删除过 ${waiting} 次个人信息，启动时会再删一遍。\n`)
  } finally {
    await target.close()
  }
}

/** A restore is wanted most where records cannot be read: what is left of them stays for repair. */
async function setAside(unread: readonly UnreadShard[], target: RawStore): Promise<void> {
  for (const one of unread) await target.setAside(one)
  if (unread.length === 0) return
  const titles = unread.map(({ title }) => `「${title}」`).join('、')
  process.stdout.write(
    `现在的数据里有 ${unread.length} 份读不出来：${titles}。坏文件留在原处，名字后面加了 .broken-时间，恢复完请找懂技术的同事看看。\n`,
  )
}

/** Puts the bytes of shards that could not be read beside the others, named as what is set aside for repair. */
async function keepUnread(place: string, copies: ReadonlyMap<string, Buffer>): Promise<void> {
  if (copies.size === 0) return
  const folder = folderOf(place)
  const time = Temporal.Now.instant().toString({ smallestUnit: 'second' }).replaceAll(':', '-')
  if (folder !== undefined)
    for (const [path, bytes] of copies) await writeWhole(join(folder, `${path}.broken-${time}`), [bytes])
  process.stdout.write(
    folder === undefined
      ? `备份时有 ${copies.size} 个文件读不出来，没有恢复；它们的原样还在备份里，恢复到 lowdb 文件夹就能取出来。\n`
      : `备份时有 ${copies.size} 个文件读不出来，它们的原样放在 ${folder} 里，名字后面带 .broken-${time}，请找懂技术的同事看能不能修复。\n`,
  )
}

/** Lines of a log that the backup does not continue, without what may be erased, as `audit:verify` reads them. */
async function keepReplacedLines({ config }: Tenant, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const time = Temporal.Now.instant().toString({ smallestUnit: 'second' }).replaceAll(/[:-]/g, '')
  const file = join(backupFolderOf(config), `replaced-audit-log-${time}.jsonl`)
  await writeWhole(file, [Buffer.from(lines.map(line => `{"line":${line}}\n`).join(''))])
  process.stdout.write(
    `这里原来的操作记录和备份里的接不上，以备份为准；原来的 ${lines.length} 条另存为 ${file}，请保管半年以上。\n`,
  )
}

const sayHeld = (held: number): string =>
  `发送先停着：${held > 0 ? `有 ${held} 条推送和消息在备份以后可能已经发过，` : ''}启动后请到控制台「推送」逐条定发还是不发，再点「恢复发送」。\n`
