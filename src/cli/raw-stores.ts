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
  const folder = folderOf(place)
  if (folder !== undefined) return openRawFolder(folder, log)
  const { url, tenant } = parsePostgresPlace(place)
  return openRawTenant(url, tenant, log)
}

/** @returns undefined where the place is in a database */
export function folderOf(place: string): string | undefined {
  return place.startsWith('lowdb:') ? place.slice('lowdb:'.length) : undefined
}

/** @throws {@link Refusal} where it is no place in a database */
export function parsePostgresPlace(place: string): { url: string; tenant: string } {
  if (!/^postgres(ql)?:\/\//.test(place)) throw new Refusal(usage)
  const [url = '', tenant = 'main'] = place.split('#')
  return { url, tenant }
}

/** Refuses a folder that does not exist: opening would create it, empty. */
export function checkSource(place: string) {
  const folder = folderOf(place)
  if (folder !== undefined && !existsSync(folder)) throw new Refusal(`没有 ${folder} 这个文件夹。`)
}
