import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const installations = '/usr/lib/postgresql'
const isRoot = process.getuid?.() === 0

/** The folder of the newest server on this machine; undefined where there is none. */
function findBinaries(): string | undefined {
  if (!existsSync(installations)) return undefined
  const [version] = readdirSync(installations).sort((a, b) => Number(b) - Number(a))
  const folder = join(installations, version ?? '', 'bin')
  return existsSync(join(folder, 'initdb')) ? folder : undefined
}

/** Tests on a real server are left out where there is none, but never in continuous integration. */
export function hasPostgres(): boolean {
  if (findBinaries()) return true
  if (process.env.CI === 'true') throw new Error('PostgreSQL is not installed: apt-get install postgresql')
  process.stderr.write('没有安装 PostgreSQL，跳过数据库的测试（apt-get install postgresql 以后会跑）。\n')
  return false
}

/** PostgreSQL refuses to run as root. */
function run(program: string, args: string[]) {
  const binary = join(findBinaries() ?? '', program)
  const options = { cwd: tmpdir(), stdio: 'pipe' } as const
  if (isRoot) return execFileSync('runuser', ['-u', 'postgres', '--', binary, ...args], options)
  return execFileSync(binary, args, options)
}

export type PostgresServer = {
  port: number
  url: string
  start(): void
  /** @param mode `fast` ends the connections; `immediate` also does without a checkpoint, as a crash would. */
  stop(mode?: 'fast' | 'immediate'): void
  dispose(): void
}

/** A server of its own in a temporary folder, on a free port of the loopback interface. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-postgres-'))
  if (isRoot) execFileSync('chown', ['postgres', folder])
  const data = join(folder, 'data')
  run('initdb', ['-D', data, '-A', 'trust', '-U', 'chuangke', '-E', 'UTF8', '--no-locale', '--no-sync'])
  const port = await freePort()
  // No test takes the machine's power away: what the kernel was given is kept through every kill.
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`
  const start = () =>
    void run('pg_ctl', ['-D', data, '-o', settings, '-l', join(folder, 'log'), '-w', 'start'])
  const stop = (mode = 'fast') => void run('pg_ctl', ['-D', data, '-m', mode, '-w', 'stop'])
  start()
  return {
    port,
    url: `postgres://chuangke@127.0.0.1:${port}/postgres`,
    start,
    stop,
    dispose() {
      if (existsSync(join(data, 'postmaster.pid'))) stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
