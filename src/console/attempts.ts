import { hash } from 'node:crypto'
import { z } from 'zod'
import { type Log, reasonOf } from '../log.ts'
import type { Clock } from '../ports/clock.ts'
import type { Store } from '../ports/store.ts'

/** Wrong tries within ten minutes that are free, from one source and from all together; then one at a time. */
const limits = { windowMs: 10 * 60_000, perSource: 5, inAll: 50, sourceGapMs: 30_000, allGapMs: 6_000 }

export const tooManyAttempts =
  '试错太多次了，请过十分钟再试，或者半分钟后再试一次。急的话，用一次性链接登录：链接不受影响。'

export type Attempts = {
  /**
   * Counts an attempt as wrong before it is looked at, so that many at once gain nothing. Beyond the free ones one is let
   * through every half minute: a stranger behind the same proxy slows others down and never locks them out.
   * @param source a browser that logged in before, else the address
   */
  begin(source: string): boolean
  /** It was right after all, and counts no more. */
  succeed(source: string): void
}

/** Wrong attempts of the last ten minutes, their sources hashed; the one record `login/attempts`. */
const AttemptList = z.object({ attempts: z.array(z.object({ source: z.string(), atMs: z.number() })) })
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
    begin(from) {
      const source = hashOf(from)
      const nowMs = clock.now().epochMilliseconds
      counted = counted.filter(({ atMs }) => atMs > nowMs - limits.windowMs)
      const fromHere = counted.filter(attempt => attempt.source === source)
      const mayTry = (attempts: typeof counted, free: number, gapMs: number) =>
        attempts.length < free || nowMs - (attempts.at(-1)?.atMs ?? 0) >= gapMs
      if (!mayTry(counted, limits.inAll, limits.allGapMs)) return false
      if (!mayTry(fromHere, limits.perSource, limits.sourceGapMs)) return false
      counted = [...counted, { source, atMs: nowMs }]
      keep()
      return true
    },
    succeed(from) {
      const source = hashOf(from)
      const mine = counted.findLastIndex(attempt => attempt.source === source)
      counted = counted.filter((_, index) => index !== mine)
      keep()
    },
  }
}

const hashOf = (source: string) => hash('sha256', source, 'base64url').slice(0, 22)
