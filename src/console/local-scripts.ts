import type { IncomingMessage } from 'node:http'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { alternation } from '../text/alternation.ts'

/**
 * Headers that a browser or a proxy adds to a request; a script sends none of them
 * (Node's fetch does send its mode).
 */
const notFromScripts = alternation([
  /^(?:x-(?:forwarded|original|real|client|cluster|envoy|azure|amzn|request)-.*|x-forwarded|forwarded|via)$/u,
  /^(?:(?:true|fly|fastly|ali|cf)-.*|cdn-.*)$/u,
  /^(?:cookie|origin|referer|upgrade-insecure-requests|sec-fetch-site)$/u,
])

/**
 * Whether requests without a session come from scripts on this machine alone: under a loopback name they do, also
 * through the program's own front of several districts. Under another name, or under none with a proxy in front, they
 * may come from anywhere: a proxy need not add a header, and tells no client from a script then.
 */
export const mayTrustLoopback = ({
  CONSOLE_URL,
  TRUSTED_PROXIES,
}: {
  CONSOLE_URL: string
  TRUSTED_PROXIES: string
}): boolean =>
  CONSOLE_URL === '' ? TRUSTED_PROXIES === '' : isLoopbackName(URL.parse(CONSOLE_URL)?.host ?? '')

/**
 * Lets scripts on this machine use an interface without a session. It is the one thing that answers without one,
 * so it must reach nothing but the simulated people. Other requests go on to the session's check.
 */
export function openToLocalScripts(path: string, api: Hono): Hono {
  const mounted = new Hono().route(path, api)
  const open = new Hono()
  open.use(`${path}/*`, async (c, next) => {
    if (isLocalScript(c)) return mounted.fetch(c.req.raw, c.env)
    return next()
  })
  return open
}

/** A loopback host name too: else any web page could reach us under a name that it makes resolve to loopback. */
export function isLocalScript(c: Context): boolean {
  if (isFromBrowserOrProxy(Object.keys(c.req.header()), versionOf(c))) return false
  return isLoopback(addressOf(c)) && isLoopbackName(c.req.header('Host') ?? '')
}

/**
 * @param names of the headers, in lower case
 * @param httpVersion nginx passes requests on as 1.0 unless told otherwise, with our own name and no header of its own
 */
export function isFromBrowserOrProxy(names: readonly string[], httpVersion: string): boolean {
  return httpVersion === '1.0' || names.some(name => notFromScripts.test(name))
}

/** 「1.1」; that too where there is no connection, as in a request of a test. */
function versionOf(c: Context): string {
  const env: { incoming?: IncomingMessage } | undefined = c.env
  return env?.incoming?.httpVersion ?? '1.1'
}

function addressOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    return ''
  }
}

const isLoopback = (address: string) => /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/.test(address)
const isLoopbackName = (host: string) => /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(host)
