import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { ConsoleEnv, LinkEnv } from '../feature.ts'
import type { AuditKind, AuditTrail } from '../ports/audit.ts'
import type { ClientAddress } from './client-address.ts'

/** Which client sent this request. */
export function clientAddressOf(c: Context, clientAddress: ClientAddress): string {
  return clientAddress(getConnInfo(c).remote.address, c.req.header('X-Forwarded-For'))
}

/**
 * Records every request that changed a record, was carried out, was refused for want
 * of a right, or took a file out.
 */
export function recordDeeds(audit: AuditTrail, clientAddress: ClientAddress): MiddlewareHandler<ConsoleEnv> {
  return (c, next) => {
    const deed = {
      by: c.get('person'),
      road: 'console' as const,
      from: clientAddressOf(c, clientAddress),
      get what() {
        return `${c.req.method} ${routeOf(c)}`
      },
    }
    return audit.watch(deed, next, () => kindOf(c))
  }
}

/**
 * Records changes that people make on the page of a link, without a session; ballots
 * are in no record that is logged.
 */
export function recordLinkDeeds(audit: AuditTrail, clientAddress: ClientAddress): MiddlewareHandler<LinkEnv> {
  return (c, next) => {
    const deed = {
      get by() {
        return c.get('owner')
      },
      road: 'link' as const,
      from: clientAddressOf(c, clientAddress),
      get what() {
        return `${c.req.method} ${routeOf(c)}`
      },
    }
    return audit.watch(deed, next)
  }
}

/** The pattern of the route that answered: addresses hold ids. */
function routeOf(c: Context): string {
  // The index stays at the last handler that was called.
  return matchedRoutes(c)[c.req.routeIndex]?.path ?? '(no route)'
}

function kindOf(c: Context<ConsoleEnv>): AuditKind | undefined {
  if (c.res.headers.get('Content-Disposition')?.startsWith('attachment')) return 'export'
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return undefined
  if (c.res.status === 403) return 'refused'
  if (c.res.status >= 400) return undefined
  // Play in the simulated groups counts by the records that it changes alone.
  if (c.req.path.startsWith('/sandbox/')) return undefined
  return c.req.path === '/logout' ? 'logout' : 'deed'
}
