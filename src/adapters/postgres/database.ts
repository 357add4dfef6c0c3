import pg from 'pg'
import { StoreFault } from '../shards/fault.ts'

export type Database = {
  /** Runs one statement in a transaction of its own. A failed connection is closed and not used again. */
  query<Row extends pg.QueryResultRow>(statement: Statement): Promise<Row[]>
  /** The rows of one query, some at a time, as they stood when the first were read. */
  stream<Row extends pg.QueryResultRow>(statement: Omit<Statement, 'name'>): AsyncIterable<Row[]>
  close(): Promise<void>
}

/** A named statement is parsed and planned once per connection. */
type Statement = { name?: string; text: string; values?: unknown[] }

export type DatabaseOptions = {
  /** `postgres://user:password@host:port/name`; a secret. */
  url: string
  /** Shown in the server's list of connections, at most 63 bytes. */
  applicationName: string
  /** Connections at a time. Default 8. */
  connections?: number
  /** How long a statement waits for a row that another one has locked. Default 5 s. */
  lockTimeoutMs?: number
}

/** The server ends a statement before the client gives up on it, so that a statement given up on does not run on. */
const statementTimeoutMs = 8000
const answerTimeoutMs = 10_000
const connectTimeoutMs = 5000
const rowsAtOnce = 1000

/** A connection whose machine is gone is closed by the server within this: locks of its statements go with it. */
const keepAlive = '-c tcp_keepalives_idle=3 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3'

/** Connects at the first statement. */
export function openDatabase({
  url,
  applicationName,
  connections = 8,
  lockTimeoutMs = 5000,
}: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max: connections,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: answerTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 3000,
    options: `${keepAlive} -c statement_timeout=${statementTimeoutMs} -c lock_timeout=${lockTimeoutMs}`,
  })
  // An idle connection that breaks is replaced at the next statement.
  pool.on('error', () => {})
  let closing: Promise<void> | undefined
  return {
    async query<Row extends pg.QueryResultRow>(statement: Statement) {
      return (await pool.query<Row>(statement)).rows
    },
    stream: statement => streamOf(pool, statement),
    close: () => (closing ??= pool.end()),
  }
}

async function* streamOf<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  { text, values = [] }: Statement,
): AsyncGenerator<Row[]> {
  const client = await pool.connect()
  try {
    await client.query('begin transaction isolation level repeatable read, read only')
    await client.query(`declare rows no scroll cursor for ${text}`, values)
    for (;;) {
      const { rows } = await client.query<Row>(`fetch ${rowsAtOnce} from rows`)
      if (rows.length === 0) break
      yield rows
    }
  } finally {
    // Also where the reader stopped early: the connection is not used again.
    client.release(true)
  }
}

/** Concurrent `create table if not exists` of two processes fail in one of them: they run one after the other. */
const createTables = `
  do $$ begin
    perform pg_advisory_xact_lock(hashtext('chuangke tables'));
    create table if not exists chuangke_records (
      tenant text not null, collection text not null, shard bytea not null, key bytea not null,
      value text not null, version integer not null, primary key (tenant, collection, key));
    create table if not exists chuangke_leases (
      tenant text primary key, holder text not null, address text not null,
      token bigint not null, until timestamptz not null);
    create table if not exists chuangke_pending_actions (
      tenant text not null, id text not null, action text not null, primary key (tenant, id));
  end $$`

/**
 * Makes the tables where they are missing.
 * @throws {@link StoreFault} when the server cannot be used; says what to check, without the address.
 */
export async function prepareDatabase(database: Database): Promise<void> {
  try {
    const [server] = await database.query<{ version: number }>({
      text: `select current_setting('server_version_num')::int / 10000 as version`,
    })
    if ((server?.version ?? 0) < 15) {
      throw new StoreFault(`数据库是 PostgreSQL ${server?.version}，要用 15 或更新的版本。`)
    }
    await database.query({ text: createTables })
  } catch (cause) {
    if (cause instanceof StoreFault) throw cause
    throw new StoreFault(`${describeFailure(cause)}。请检查 DATABASE_URL 和数据库。`, { cause })
  }
}

const reasons: Readonly<Record<string, string>> = {
  '28P01': '数据库的用户名或密码不对',
  '28000': '数据库不让这个用户连接',
  '3D000': '没有这个数据库',
  '42501': '数据库的用户没有建表或写入的权限',
  '53100': '数据库的磁盘满了，请腾出空间',
  '53300': '数据库的连接用完了',
  '57P03': '数据库正在启动',
  ENOTFOUND: '找不到数据库的主机',
  ECONNREFUSED: '数据库没有开，或者端口不对',
}

/** The meaning of a database error for people, half a sentence in Chinese. */
export function describeFailure(cause: unknown): string {
  const { code } = cause as { code?: string }
  return reasons[code ?? ''] ?? `数据库没有回应（${code ?? '原因见日志'}）`
}
