import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { type Config, ConfigFault, readConfig, readEnvironment } from '../../config.ts'

/** One district with its own settings, lines, knowledge and data. */
export type Tenant = { name: string; config: Config }

/**
 * The tenants that this process serves. Each of `TENANTS=a,b` has a file `.env.a` or `.env.b`, which takes
 * precedence over the settings that they share.
 * @throws {@link ConfigFault} where a file is missing, or two tenants would share data, a line or a host name
 */
export function readTenants(environment = readEnvironment()): { shared: Config; tenants: Tenant[] } {
  const shared = readConfig(environment)
  const names = shared.TENANTS.split(',').flatMap(name => name.trim() || [])
  if (names.length === 0) return { shared, tenants: [{ name: 'main', config: shared }] }
  const tenants = names.map(name => ({ name, config: readOwnSettings(name, environment, shared) }))
  checkApart(tenants)
  return { shared, tenants }
}

function readOwnSettings(name: string, environment: NodeJS.ProcessEnv, shared: Config): Config {
  const file = `.env.${name}`
  if (!existsSync(file))
    throw new ConfigFault(`设置有误：TENANTS 里有「${name}」，但是没有 ${file} 这个文件。`)
  const own = parseEnv(readFileSync(file, 'utf8'))
  const folder = join(shared.STATE_DIR, name)
  const backups = shared.BACKUP_DIR && join(shared.BACKUP_DIR, name)
  try {
    // An address or a folder that all share would be one's of them only.
    const shares = { CONSOLE_URL: '', PUBLIC_URL: '', STATE_DIR: folder, BACKUP_DIR: backups }
    return readConfig({ ...environment, ...shares, ...own })
  } catch (cause) {
    if (!(cause instanceof ConfigFault)) throw cause
    throw new ConfigFault(`${file}：${cause.message}`)
  }
}

/** Settings that two tenants must not share, each with its name in Chinese. */
const apart: [keyof Config, string][] = [
  ['CONSOLE_URL', '控制台网址'],
  ['STATE_DIR', '数据文件夹'],
  ['BACKUP_DIR', '备份文件夹'],
  ['WECHATY_PUPPET_SERVICE_TOKEN', '网关令牌'],
  ['QQ_APP_ID', 'QQ 机器人'],
  ['WECOM_BOT_ID', '企业微信机器人'],
  ['PUBLIC_PORT', '公开网页的端口'],
]

function checkApart(tenants: readonly Tenant[]) {
  for (const { name, config } of tenants) {
    if (config.CONSOLE_URL === '') throw new ConfigFault(`设置有误：.env.${name} 里要写 CONSOLE_URL。`)
  }
  for (const [setting, title] of apart) {
    const values = tenants.map(({ config }) => config[setting]).filter(value => value !== '' && value !== 0)
    if (new Set(values).size === values.length) continue
    throw new ConfigFault(`设置有误：TENANTS 里有两个用了同一个${title}（${setting}），请分开写。`)
  }
}
