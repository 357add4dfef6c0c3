import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { compileCache } from '../compile-cache.ts'

/** Host names of the consoles of two districts, both on this machine. */
export const hosts = { gulou: '127.0.0.2', taijiang: '127.0.0.3' } as const
export type TenantName = keyof typeof hosts

/** A folder from which the bot runs with settings of its own for two districts. */
export function prepareFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-failover-'))
  for (const name of ['data', 'prompts', 'node_modules', 'package.json']) {
    symlinkSync(resolve(name), join(folder, name))
  }
  for (const [tenant, host] of Object.entries(hosts)) {
    writeFileSync(join(folder, `.env.${tenant}`), `CONSOLE_URL=http://${host}\n`)
  }
  return folder
}

export type Machine = ReturnType<typeof startMachine>

/** One process of the bot, as on a machine of its own. */
export function startMachine({
  folder,
  port,
  databaseUrl,
}: {
  folder: string
  port: number
  databaseUrl: string
}) {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', resolve('src/main.ts')],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        STORE: 'postgres',
        DATABASE_URL: databaseUrl,
        TENANTS: Object.keys(hosts).join(','),
        HOST: '0.0.0.0',
        PORT: String(port),
        MACHINE_URL: `http://127.0.0.1:${port}`,
        ONE_PERSON_REVIEW: 'true',
        QUIET_FROM: '00:00',
        QUIET_UNTIL: '00:00',
        ...compileCache,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', data => output.push(String(data)))
  return {
    port,
    output: () => output.join(''),
    signal: (name: NodeJS.Signals) => void child.kill(name),
    ask: (tenant: TenantName, path: string, body?: unknown) => ask({ port, tenant, path, body }),
    async roleOf(tenant: TenantName): Promise<string> {
      const answer = await ask({ port, tenant, path: '/readyz', timeoutMs: 700 }).catch(() => undefined)
      return answer === undefined ? 'none' : ((JSON.parse(answer.text) as { role?: string }).role ?? 'none')
    },
  }
}

type Question = { port: number; tenant: TenantName; path: string; body?: unknown; timeoutMs?: number }

function ask({
  port,
  tenant,
  path,
  body,
  timeoutMs = 5000,
}: Question): Promise<{ status: number; text: string }> {
  return new Promise((done, fail) => {
    const headers = { Host: `${hosts[tenant]}:${port}`, 'Content-Type': 'application/json' }
    const method = body === undefined ? 'GET' : 'POST'
    const asked = request({ host: '127.0.0.1', port, path, method, headers, timeout: timeoutMs }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => done({ status: answer.statusCode ?? 0, text }))
      answer.on('error', fail)
    })
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')))
    asked.on('error', fail)
    asked.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
