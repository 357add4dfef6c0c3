import { setTimeout as wait } from 'node:timers/promises'
import { createMutex, type RunExclusive } from '../../lib/queue.ts'
import { type Log, reasonOf } from '../../log.ts'
import { StoreFault } from '../shards/fault.ts'
import type { Database } from './database.ts'

/** The right to write the records of one tenant; one process has it at any time. */
export type Lease = Fence & {
  /** False from the end of the lease by this process's monotonic clock, whatever the database says. */
  isHeld(): boolean
  /** Aborts when the lease ends without {@link Lease.release}. */
  lost: AbortSignal
  /** Ends the lease at once, so that a stand-by takes over without waiting. */
  release(): Promise<void>
}

/** Every write carries this. The database refuses a write with an older token. */
export type Fence = {
  token(): string
  /**
   * Makes writes sent with this token, and not answered, ineffective from now on.
   * @returns the token that is valid afterwards
   * @throws {@link StoreFault} when another process has taken over
   */
  replaceToken(used: string): Promise<string>
}

export type LeaseOptions = {
  database: Database
  tenant: string
  /** Unique to this process and start; also the application name of the connections that write. */
  holder: string
  /** Where other processes reach the console of the owner; empty: nowhere. */
  address: string
  log: Log
  /** How long the lease is valid after a renewal. Default 7 s. */
  ttlMs?: number
  /**
   * The tenants that this process holds, kept up to date here: the process that holds less goes first, so that tenants
   * spread over machines.
   */
  held?: HeldLeases
}

/** The leases of one process; it tries one at a time, so that each try knows the outcome of the one before. */
export type HeldLeases = { count: number; tryOneByOne: RunExclusive }

export const createHeldLeases = (): HeldLeases => ({ count: 0, tryOneByOne: createMutex() })

/** The interval of tries, as a share of the lease; one that ended is taken within three, whatever the process holds. */
const retryShare = 1 / 9
const mostDelay = 2

/** The holder stops this long before the lease ends in the database: clocks do not run at exactly one speed. */
const marginShare = 1 / 9
const defaultTtlMs = 7000

/**
 * Waits until no other process holds the lease, and takes it.
 * @throws the signal's reason when it aborts
 */
export async function waitForLease(options: LeaseOptions, signal?: AbortSignal): Promise<Lease> {
  const { ttlMs = defaultTtlMs, log, tenant, held = createHeldLeases() } = options
  const retryMs = ttlMs * retryShare
  const pause = (retries: number) => wait(retries * retryMs, undefined, signal ? { signal } : {})
  for (;;) {
    const heldBefore = held.count
    if (heldBefore > 0) await pause(Math.min(mostDelay, heldBefore))
    signal?.throwIfAborted()
    const attempt = async () => {
      const lease = held.count > heldBefore ? undefined : await takeFreeLease(options)
      return lease && counted(lease, held)
    }
    const lease = await held.tryOneByOne(attempt).catch(cause => {
      log.warn({ tenant, reason: reasonOf(cause) }, 'the lease cannot be taken')
      return undefined
    })
    if (lease) return lease
    await pause(1)
  }
}

function counted(lease: Lease, held: HeldLeases): Lease {
  let isCounted = true
  held.count += 1
  const uncount = () => {
    if (isCounted) held.count -= 1
    isCounted = false
  }
  lease.lost.addEventListener('abort', uncount)
  return {
    ...lease,
    release() {
      uncount()
      return lease.release()
    },
  }
}

/**
 * Takes the lease at once.
 * @returns undefined where another process holds it
 */
export async function takeFreeLease(options: LeaseOptions): Promise<Lease | undefined> {
  const { ttlMs = defaultTtlMs } = options
  const sentAtMs = performance.now()
  const token = await tryTake(options, ttlMs)
  return token === undefined ? undefined : hold(options, { token, sentAtMs, ttlMs })
}

/**
 * Gives the address at which the owner's console is reached; undefined while there is
 * no owner, or it has no console.
 */
export async function addressOfOwner(database: Database, tenant: string): Promise<string | undefined> {
  const [found] = await database.query<{ address: string }>({
    text: 'select address from chuangke_leases where tenant = $1 and until > clock_timestamp()',
    values: [tenant],
  })
  return found?.address || undefined
}

/** Reads first: even an insert that changes nothing would lock the row of the owner. */
async function tryTake(options: LeaseOptions, ttlMs: number): Promise<string | undefined> {
  const { database, tenant, holder, address } = options
  const [current] = await database.query<{ holder: string; isOver: boolean }>({
    text: `select holder, until < clock_timestamp() as "isOver" from chuangke_leases where tenant = $1`,
    values: [tenant],
  })
  if (current && !current.isOver) return undefined
  const take = {
    text: `
      insert into chuangke_leases as lease (tenant, holder, address, token, until)
      values ($1, $2, $3, 1, clock_timestamp() + $4 * interval '1 millisecond')
      on conflict (tenant) do update
        set holder = excluded.holder, address = excluded.address, token = lease.token + 1, until = excluded.until
        where lease.until < clock_timestamp()
      returning token`,
    values: [tenant, holder, address, ttlMs],
  }
  try {
    return (await database.query<{ token: string }>(take))[0]?.token
  } catch (cause) {
    if (current && isLockTimeout(cause)) await endConnectionsOf(database, current.holder)
    throw cause
  }
}

const isLockTimeout = (cause: unknown) => (cause as { code?: string }).code === '55P03'

/** A statement of the former owner, whose machine stopped in the middle, may keep its row locked. */
async function endConnectionsOf(database: Database, holder: string): Promise<void> {
  await database.query({
    text: 'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
    values: [holder],
  })
}

type Taken = { token: string; sentAtMs: number; ttlMs: number }

function hold({ database, tenant, holder, log }: LeaseOptions, taken: Taken): Lease {
  const { ttlMs } = taken
  const lost = new AbortController()
  const lifeMs = ttlMs * (1 - marginShare)
  let { token } = taken
  let heldUntilMs = taken.sentAtMs + lifeMs
  let replacing: Promise<string> | undefined
  let isReleased = false
  const mine = [tenant, holder]

  const isHeld = () => !isReleased && !lost.signal.aborted && performance.now() < heldUntilMs

  function lose(why: string) {
    if (isReleased || lost.signal.aborted) return
    log.error({ tenant, why }, 'the lease is lost')
    clearInterval(renewing)
    lost.abort(new StoreFault('这台机器已经不负责这些数据，另一台会接着运行。'))
  }

  async function renew(): Promise<void> {
    const sentAtMs = performance.now()
    const [found] = await database.query<{ token: string }>({
      name: 'renew',
      text: `
        update chuangke_leases set until = clock_timestamp() + $3 * interval '1 millisecond'
        where tenant = $1 and holder = $2 returning token`,
      values: [...mine, ttlMs],
    })
    if (!found) return lose('another process took over')
    if (isHeld()) heldUntilMs = sentAtMs + lifeMs
  }

  async function advance(): Promise<string> {
    const [found] = await database.query<{ token: string }>({
      text: 'update chuangke_leases set token = token + 1 where tenant = $1 and holder = $2 returning token',
      values: mine,
    })
    if (!found) lose('another process took over')
    lost.signal.throwIfAborted()
    token = found?.token ?? token
    return token
  }

  const renewing = setInterval(() => {
    if (isHeld()) void renew().catch(cause => log.warn({ tenant, reason: reasonOf(cause) }, 'not renewed'))
  }, ttlMs / 3)
  // More often than the renewal: the end must be noticed within the margin.
  const watching = setInterval(() => {
    if (performance.now() >= heldUntilMs) lose('it was not renewed in time')
    if (lost.signal.aborted) clearInterval(watching)
  }, ttlMs / 36)

  return {
    isHeld,
    lost: lost.signal,
    token: () => token,
    async replaceToken(used) {
      if (used !== token) return token
      replacing ??= advance().finally(() => {
        replacing = undefined
      })
      return replacing
    },
    async release() {
      if (isReleased) return
      isReleased = true
      clearInterval(renewing)
      clearInterval(watching)
      const text = `update chuangke_leases set until = clock_timestamp() - interval '1 second' where tenant = $1 and holder = $2`
      await database.query({ text, values: mine })
    },
  }
}
