import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { createNodeCron } from '../../adapters/node-cron.ts'
import { type Database, openDatabase, prepareDatabase } from '../../adapters/postgres/database.ts'
import {
  addressOfOwner,
  createHeldLeases,
  type HeldLeases,
  type LeaseOptions,
} from '../../adapters/postgres/lease.ts'
import { type App, startApp } from '../../app.ts'
import type { Config } from '../../config.ts'
import { createClientAddress } from '../../console/client-address.ts'
import { type Log, reasonOf } from '../../log.ts'
import { type DataFiles, prepareDataFiles } from '../files/files.ts'
import { openConsoleWarning } from '../files/settings.ts'
import { type Ownership, waitForOwnership } from './ownership.ts'
import type { Tenant } from './plan.ts'
import { createReverseProxy, type Upstream } from './reverse-proxy.ts'

type Host = Pick<LeaseOptions, 'ttlMs'> & {
  log: Log
  print(text: string): void
  /** A tenant runs in this process now. */
  started(tenant: string, app: App): void
}

type RunningTenant = Tenant & { app: App | undefined }

/** Before a tenant that failed to start is tried again: its data or its line may have been repaired. */
const restartAfterMs = 10_000

/**
 * Runs tenants behind one web server: each while this process owns it, else as a stand-by for the process that does.
 * @throws an error named …Fault when the database or the port cannot be used
 */
export async function startTenants(shared: Config, tenants: readonly Tenant[], host: Host) {
  const running: RunningTenant[] = tenants.map(tenant => ({ ...tenant, app: undefined }))
  const leases = shared.STORE === 'postgres' ? await openLeases(shared) : undefined
  const proxy = createReverseProxy({
    upstreamOf: name => upstreamOf(tenantAt(running, name), leases),
    rolesOf(name) {
      const asked = tenantAt(running, name)
      return Object.fromEntries((asked ? [asked] : running).map(one => [one.name, roleOf(one)]))
    },
    clientAddress: createClientAddress(shared.TRUSTED_PROXIES),
  })
  const url = await proxy.listen({ host: shared.HOST, port: shared.PORT })
  const warning = openConsoleWarning(shared)
  if (warning) host.print(warning)
  const stopping = new AbortController()
  const address = shared.MACHINE_URL || addressOf(shared, url)
  const held = createHeldLeases()
  const runs = running.map(tenant => {
    const config = { ...behindProxy(tenant.config), CONSOLE_URL: tenant.config.CONSOLE_URL || url }
    return keepRunning({ ...host, tenant, config, leases, address, held, stopping: stopping.signal })
  })
  return {
    url,
    async stop() {
      stopping.abort()
      await Promise.all([...runs, proxy.close()])
      await leases?.close()
    },
  }
}

async function openLeases(shared: Config): Promise<Database> {
  const database = openDatabase({
    url: shared.DATABASE_URL,
    applicationName: 'chuangke leases',
    connections: 4,
    lockTimeoutMs: 2000,
  })
  await prepareDatabase(database)
  return database
}

type Run = Host & {
  tenant: RunningTenant
  config: Config
  leases: Database | undefined
  address: string
  held: HeldLeases
  stopping: AbortSignal
}

/** As owner until the lease is lost, then as stand-by, and again; until it is stopped. */
async function keepRunning(run: Run): Promise<void> {
  const { tenant, leases, config, log, stopping } = run
  while (!stopping.aborted) {
    const wanted = { ...run, databaseUrl: config.DATABASE_URL, tenant: tenant.name }
    try {
      // Before the wait: the process that takes over has only records to read.
      const files = await prepareDataFiles(config, createNodeCron(log))
      const owned = leases ? await waitForOwnership({ ...wanted, leases }, stopping) : undefined
      await runOnce({ ...run, files }, owned)
    } catch (cause) {
      if (stopping.aborted) return
      log.error({ tenant: tenant.name, reason: reasonOf(cause) }, 'a tenant stopped')
      run.print(`「${tenant.name}」没有启动：${sentenceOf(cause)}`)
      await wait(restartAfterMs, undefined, { signal: stopping }).catch(() => {})
    }
  }
}

async function runOnce(run: Run & { files: DataFiles }, owned: Ownership | undefined) {
  const { tenant, config, stopping, ...host } = run
  try {
    const app = await startApp(config, owned ? { ...host, shared: owned } : host)
    tenant.app = app
    host.started(tenant.name, app)
    await aborted(owned ? AbortSignal.any([stopping, owned.lost]) : stopping)
    tenant.app = undefined
    await app.stop()
  } finally {
    tenant.app = undefined
    await owned?.release()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** The console listens for the web server of this process alone. */
function behindProxy(config: Config): Config {
  const TRUSTED_PROXIES = ['127.0.0.1', config.TRUSTED_PROXIES].filter(Boolean).join(',')
  return { ...config, HOST: '127.0.0.1', PORT: 0, TRUSTED_PROXIES }
}

const roleOf = ({ app }: RunningTenant) => (app ? 'owner' : 'standby')

/** Finds a tenant by the host name of its console; the only tenant has every name. */
function tenantAt(tenants: readonly RunningTenant[], host: string): RunningTenant | undefined {
  if (tenants.length === 1) return tenants[0]
  const asked = URL.parse(`http://${host}`)
  const isAt = (part: 'host' | 'hostname') => (tenant: RunningTenant) =>
    URL.parse(tenant.config.CONSOLE_URL)?.[part] === asked?.[part]
  // A proxy in front may listen on another port.
  return tenants.find(isAt('host')) ?? tenants.find(isAt('hostname'))
}

async function upstreamOf(
  tenant: RunningTenant | undefined,
  leases: Database | undefined,
): Promise<Upstream | undefined> {
  if (tenant?.app) return { url: `http://127.0.0.1:${tenant.app.port}`, isLocal: true }
  const address = tenant && leases && (await addressOfOwner(leases, tenant.name))
  return address ? { url: address, isLocal: false } : undefined
}

/** Where other machines reach us, as far as we can tell. */
function addressOf({ HOST }: Config, url: string): string {
  const isAnyAddress = HOST === '0.0.0.0' || HOST === '::'
  return isAnyAddress ? `http://${hostname()}:${new URL(url).port}` : url
}

function sentenceOf(cause: unknown): string {
  const isKnown = cause instanceof Error && cause.name.endsWith('Fault')
  return isKnown ? cause.message : '出了没料到的错，原因见日志。'
}
