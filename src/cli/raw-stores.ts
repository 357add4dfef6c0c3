import { existsSync } from 'node:fs'
import { openRawFolder } from '../adapters/lowdb/raw.ts'
import { openRawTenant } from '../adapters/postgres/raw.ts'
import { Refusal } from '../feature.ts'
import type { Log } from '../log.ts'
import type { RawStore } from '../ports/raw-store.ts'

const usage = '请写成 lowdb:data/state 或 postgres://用户:密码@主机/库；库里有几个区时，后面加 #名字。'

/**
 * @param place `lowdb:FOLDER`, or `postgres://…`, with `#tenant` behind it where it is not `main`
 * @throws {@link Refusal} where it is neither, or a fault where it cannot be had
 */
export async function openRawStore(place: string, log: Log): Promise<RawStore> {
  if (place.startsWith('lowdb:')) return openRawFolder(place.slice('lowdb:'.length), log)
  if (!/^postgres(ql)?:\/\//.test(place)) throw new Refusal(usage)
  const [url = '', tenant = 'main'] = place.split('#')
  return openRawTenant(url, tenant, log)
}

/** Before a folder is read that does not exist: opening would create it, empty. */
export function checkSource(place: string) {
  const folder = place.startsWith('lowdb:') ? place.slice('lowdb:'.length) : undefined
  if (folder !== undefined && !existsSync(folder)) throw new Refusal(`没有 ${folder} 这个文件夹。`)
}
