import { hash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { z } from 'zod'
import { type Log, reasonOf } from '../../log.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Store } from '../../ports/store.ts'

const windowMs = 10 * 60_000

/** Wrong tries within ten minutes that are free, and the gap between those let through beyond them. */
const limits = {
  /** One account from one network: what a person does who mistypes. */
  pair: { free: 5, gapMs: 30_000 },
  /** One account from anywhere, browsers that logged in to it before apart. */
  account: { free: 20, gapMs: 30_000 },
  /** One network over all accounts: an office behind one proxy. */
  network: { free: 30, gapMs: 6_000 },
  all: { free: 50, gapMs: 6_000 },
} as const
type Bucket = keyof typeof limits

export const tooManyAttempts =
  '试错太多次了。半分钟后能再试一次，不行就过十分钟再试。急的话，用一次性链接登录：链接不受影响。'

/** One attempt: the account and the address. */
export type Try = {
  /** The client's address; undefined where a browser is known, which logged in to this account before. */
  address?: string
  /** The known browser. */
  device?: string
  /** The name typed; empty: the shared password, or a link. */
  account?: string
}

export type Attempts = {
  /**
   * Counts an attempt as wrong before it is looked at, so that many at once gain nothing. Beyond the free ones one
   * is let through now and then. A known browser is counted by itself alone: strangers slow it neither by guessing
   * at its account nor from behind the same proxy.
   */
  begin(attempt: Try): boolean
  /** Marks the attempt as right: it counts no more. */
  succeed(attempt: Try): void
}

/** Wrong attempts of the last ten minutes, in hashes; the one record `login/attempts`. */
const AttemptList = z.object({
  attempts: z.array(
    z.object({
      source: z.string(),
      account: z.string().default(''),
      network: z.string().default(''),
      atMs: z.number(),
    }),
  ),
})
type Attempt = z.infer<typeof AttemptList>['attempts'][number]
const key = 'login/attempts'

/**
 * Counts login attempts. Decided in memory, so that one can log in while the disk is full; stored as well, so that a
 * restart gives no new tries.
 */
export async function openAttempts({
  store,
  clock,
  log,
}: {
  store: Store
  clock: Clock
  log: Log
}): Promise<Attempts> {
  const records = store.collection('login-attempts', AttemptList)
  let counted = (await records.get(key))?.attempts ?? []

  function keep() {
    records
      .update(key, () => (counted.length > 0 ? { attempts: counted } : undefined))
      .catch(cause => log.warn({ reason: reasonOf(cause) }, 'login attempts could not be stored'))
  }

  return {
    begin(tried) {
      const atMs = clock.now().epochMilliseconds
      // Those to come are from before the clock was put back, and would refuse every log-in until then.
      counted = counted.filter(one => one.atMs > atMs - windowMs && one.atMs <= atMs)
      const mine = { ...sourcesOf(tried), atMs }
      const mayTry = (bucket: Bucket, counts: (one: Attempt) => boolean) => {
        const before = counted.filter(counts)
        const { free, gapMs } = limits[bucket]
        return before.length < free || atMs - (before.at(-1)?.atMs ?? 0) >= gapMs
      }
      const isFree =
        mayTry('pair', one => one.source === mine.source) &&
        (tried.device !== undefined ||
          (mayTry('all', one => one.network !== '') &&
            mayTry('network', one => one.network === mine.network) &&
            (mine.account === '' ||
              mayTry('account', one => one.network !== '' && one.account === mine.account))))
      if (!isFree) return false
      counted = [...counted, mine]
      keep()
      return true
    },
    succeed(tried) {
      const { source } = sourcesOf(tried)
      const mine = counted.findLastIndex(attempt => attempt.source === source)
      counted = counted.filter((_, index) => index !== mine)
      keep()
    },
  }
}

/** Hashes of what an attempt is counted under; a known browser belongs to no network. */
function sourcesOf({ address = 'unknown', device, account = '' }: Try) {
  const network = device === undefined ? hashOf(networkOf(address)) : ''
  return {
    source: hashOf(device === undefined ? `${network} ${account}` : `device ${device}`),
    account: account === '' ? '' : hashOf(account),
    network,
  }
}

/** A household or an office has 2^64 addresses of IPv6, or one of IPv4. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: 8 - groups.length - rest.length }, () => '0')
  return [...groups, ...zeros, ...rest].slice(0, 4).join(':')
}

const hashOf = (source: string) => hash('sha256', source, 'base64url').slice(0, 22)
