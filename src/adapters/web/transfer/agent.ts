import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'
import type { AddressRule } from './addresses.ts'

/** The address that a name leads to is none that we may ask. */
export class ForbiddenAddress extends Error {
  override name = 'ForbiddenAddress'
}

const connectTimeoutMs = 8000

/**
 * Connects to allowed addresses only. A name is looked up once, and the connection goes to an address that was checked,
 * so that a name cannot mean another one a moment later; the address at the other end is looked at once more before
 * anything is sent.
 */
export function guardedAgent(isAllowed: AddressRule, resolve: typeof lookup = lookup): Agent {
  const checkedLookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (fault, found) => {
      if (fault) return callback(fault, '', 0)
      const allowed = found.filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (!first) return callback(new ForbiddenAddress(hostname), '', 0)
      return options.all ? callback(null, allowed) : callback(null, first.address, first.family)
    })
  }
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: checkedLookup })
  return new Agent({
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: 4000,
    connect(options, callback) {
      const host = options.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) && !isAllowed(host)) return callback(new ForbiddenAddress(host), null)
      return connect(options, (...[fault, socket]) => {
        if (fault) return callback(fault, null)
        if (isAllowed(socket.remoteAddress ?? '')) return callback(null, socket)
        socket.destroy()
        return callback(new ForbiddenAddress(host), null)
      })
    },
  })
}
