import { Hono } from 'hono'
import { recordLinkDeeds } from '../../src/console/audit.ts'
import { createClientAddress } from '../../src/console/client-address.ts'
import type { LinkEnv } from '../../src/feature.ts'
import type { AuditTrail } from '../../src/ports/audit.ts'

/** Pages of links, watched as the console's server does, for a browser at 10.1.2.3. */
export function watchedLinks(open: Hono, audit: AuditTrail): Pick<Hono, 'request'> {
  const app = new Hono<LinkEnv>()
  app.use('/open/*', recordLinkDeeds(audit, createClientAddress('')))
  app.route('/', open)
  const incoming = { socket: { remoteAddress: '10.1.2.3' } }
  return { request: (path, init) => app.request(path as string, init, { incoming }) }
}
