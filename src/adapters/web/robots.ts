import { createRequire } from 'node:module'
import { textOfPage } from '../../lib/character-sets.ts'
import { type Transferred, userAgentName } from './transfer/transfer.ts'

/** Its types promise a default export; what it exports is the function. */
const robotsParser: typeof import('robots-parser').default = createRequire(import.meta.url)('robots-parser')

/** The rules of a site's robots.txt for us. */
export type Robots = { isAllowed(url: URL): boolean; delayMs: number }

const keptMs = 24 * 3600_000
/** After a failure sooner again: a site that is down for an hour is not shut out for a day. */
const retryMs = 15 * 60_000
/** As much of a file as counts (RFC 9309, 2.5). */
const maxBytes = 500 * 1024
const longestDelayMs = 30_000

/**
 * The rules of each site, asked once a day. As RFC 9309 has it: no such file allows all, a site that fails allows
 * nothing for now.
 * @param ask gives the file, redirects followed; it may throw
 */
export function createRobots(ask: (url: URL) => Promise<Transferred>) {
  const known = new Map<string, { robots: Promise<Robots>; until: number }>()

  async function load(origin: string): Promise<Robots> {
    const url = new URL('/robots.txt', origin)
    const { status, bytes, headers } = await ask(url)
    if (status >= 400 && status < 500) return { isAllowed: () => true, delayMs: 0 }
    if (status !== 200) return closed(origin)
    const rules = robotsParser(
      url.href,
      textOfPage(bytes.subarray(0, maxBytes), headers.get('content-type') ?? ''),
    )
    return {
      isAllowed: page => rules.isAllowed(page.href, userAgentName) !== false,
      delayMs: Math.min((rules.getCrawlDelay(userAgentName) ?? 0) * 1000, longestDelayMs),
    }
  }

  function closed(origin: string): Robots {
    const entry = known.get(origin)
    if (entry) entry.until = Date.now() + retryMs
    return { isAllowed: () => false, delayMs: 0 }
  }

  return function robotsOf(url: URL): Promise<Robots> {
    const entry = known.get(url.origin)
    if (entry && entry.until > Date.now()) return entry.robots
    const robots = load(url.origin).catch(cause => {
      known.delete(url.origin)
      throw cause
    })
    known.set(url.origin, { robots, until: Date.now() + keptMs })
    return robots
  }
}
