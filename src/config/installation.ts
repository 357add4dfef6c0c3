import { z } from 'zod'
import { count, port, webAddress } from './values.ts'

const isAddressList = (value: string) =>
  value.split(',').every(part => /^\s*([\da-f.:]+(\/\d{1,3})?)?\s*$/i.test(part))

/** Where the bot runs, and where it keeps its records. */
export const installationSettings = {
  /** The console's port; 0 takes a free one. */
  PORT: port.default(3000),
  /** Loopback by default: opening the console to a network is a decision. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** How people reach the console, for login links; empty means http://HOST:PORT. */
  CONSOLE_URL: webAddress,
  /** How the public finds our open pages (sources, calendars), https; empty: CONSOLE_URL. */
  PUBLIC_URL: webAddress,
  /** The port of the public pages (E空间), which shows nothing of the console; empty: no public pages. */
  PUBLIC_PORT: port.or(z.literal('')).default(''),
  /** `yes` lets search engines in: canonical addresses, a sitemap and a feed, under PUBLIC_URL. */
  PUBLIC_INDEX: z.enum(['yes', 'no']).default('no'),
  /** A second way to log in besides one-time links; empty means none. At least 12 characters. */
  CONSOLE_PASSWORD: z.string().min(12, '至少 12 个字，可以写成一句话').or(z.literal('')).default(''),
  /** Proxies that are believed about the client's address, as addresses and networks by comma; no one else is. */
  TRUSTED_PROXIES: z.string().refine(isAddressList, '要写成 10.1.2.3 或 10.1.2.0/24，用逗号隔开').default(''),
  /** `lowdb` keeps on this machine, `postgres` in a database, `memory` forgets. */
  STORE: z.enum(['lowdb', 'postgres', 'memory']).default('lowdb'),
  /** `postgres://user:password@host/name`; a secret. */
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/.+)?$/, '要以 postgres:// 开头')
    .default(''),
  /** How other machines reach the console of this process, for stand-bys; empty: by HOST, or the machine's name. */
  MACHINE_URL: webAddress,
  /** Districts that this process serves, names by comma, each with a file `.env.NAME`; empty: one, without a name. */
  TENANTS: z
    .string()
    .regex(/^(\s*[a-z][a-z0-9-]{0,30}\s*(,|$))*$/, '要写成小写字母的名字，用逗号隔开')
    .default(''),
  /** The district's own knowledge and lists: a file here takes the place of that in `data`. Empty: `data` alone. */
  DATA_DIR: z.string().default(''),
  STATE_DIR: z.string().min(1).default('data/state'),
  /** Where a backup is written every night; empty: nowhere. */
  BACKUP_DIR: z.string().default(''),
  /** How long each is kept: what was erased is gone from backups too by then. */
  BACKUP_DAYS: count.max(180).default(14),
  /** Encrypts backups; empty: they are not encrypted. A secret. */
  BACKUP_PASSPHRASE: z.string().min(12, '至少 12 个字，可以写成一句话').or(z.literal('')).default(''),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('warn'),
}
