import { Hono } from 'hono'
import { auditPolicy } from '../../src/app/platform/audit-policy.ts'
import { openAudit } from '../../src/audit/trail.ts'
import { recordLinkDeeds } from '../../src/console/audit.ts'
import { createClientAddress } from '../../src/console/client-address.ts'
import type { LinkEnv } from '../../src/feature.ts'
import type { World } from '../conversation.ts'

/** An audit log over this world's store, and pages of links that it watches as the console's server does. */
export function watchLinks(world: Pick<World, 'store' | 'clock' | 'alarms'>) {
  const audit = openAudit({ ...world, policy: auditPolicy })
  return {
    audit,
    store: audit.watching(world.store),
    watched(open: Hono): Pick<Hono, 'request'> {
      const app = new Hono<LinkEnv>()
      app.use('/open/*', recordLinkDeeds(audit.trail, createClientAddress('')))
      app.route('/', open)
      const incoming = { socket: { remoteAddress: '10.1.2.3' } }
      return { request: (path, init) => app.request(path as string, init, { incoming }) }
    },
  }
}
