import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { ClientAddress } from '../../console/client-address.ts'
import { listenOn } from '../../console/listener.ts'
import { isFromBrowserOrProxy } from '../../console/local-scripts.ts'

/** The answering side of a host name: a console, another process, or none yet. */
export type Upstream = { url: string; isLocal: boolean }

type ProxyParts = {
  /** @returns undefined while no process serves this tenant */
  upstreamOf(host: string): Promise<Upstream | undefined>
  /** Role of this process for the tenant of this host name, by tenant. */
  rolesOf(host: string): Record<string, 'owner' | 'standby'>
  clientAddress: ClientAddress
}

/** Marks a request that another process has passed on, so that two never pass it to and fro. */
const passedOn = 'x-chuangke-passed-on'

/**
 * The web server of a process that serves several tenants, or is a stand-by: passes each request on to the console
 * of the tenant's owner, on this machine or another one. Answers /healthz itself, and /readyz where it is no owner.
 */
export function createReverseProxy(parts: ProxyParts) {
  const server = createServer((asked, answer) => {
    void pass(asked, answer, parts).catch(() => unavailable(answer))
  })
  return {
    listen: (address: { host: string; port: number }) => listenOn(server, address),
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function pass(asked: IncomingMessage, answer: ServerResponse, parts: ProxyParts): Promise<void> {
  const path = (asked.url ?? '/').split('?')[0]
  if (path === '/healthz') return void answer.writeHead(200, plain).end('ok')
  const host = asked.headers.host ?? ''
  const roles = parts.rolesOf(host)
  if (path === '/readyz' && Object.values(roles).includes('standby')) {
    return void answer.writeHead(503, json).end(JSON.stringify({ role: 'standby', tenants: roles }))
  }
  const upstream = await parts.upstreamOf(host)
  if (!upstream || (!upstream.isLocal && asked.headers[passedOn])) return unavailable(answer)
  forward(asked, answer, { ...parts, upstream })
}

function forward(asked: IncomingMessage, answer: ServerResponse, parts: ProxyParts & { upstream: Upstream }) {
  const { upstream, clientAddress } = parts
  const headers = { ...asked.headers }
  const client = clientAddress(asked.socket.remoteAddress, headers['x-forwarded-for']?.toString())
  // A script on this machine stays one for the console on this machine.
  const isScript = upstream.isLocal && !isFromBrowserOrProxy(Object.keys(headers), asked.httpVersion)
  if (isScript && isLoopback(client)) delete headers['x-forwarded-for']
  else headers['x-forwarded-for'] = client
  if (!upstream.isLocal) headers[passedOn] = '1'
  const url = new URL(asked.url ?? '/', 'http://console')
  const onward = request(upstream.url, { method: asked.method, path: url.pathname + url.search, headers })
  onward.on('response', response => {
    answer.writeHead(response.statusCode ?? 502, response.headers)
    response.pipe(answer)
    response.on('error', () => answer.destroy())
  })
  onward.on('error', () => unavailable(answer))
  answer.on('close', () => onward.destroy())
  asked.pipe(onward)
}

const isLoopback = (address: string) => address === '::1' || address.startsWith('127.')
const fresh = { 'Cache-Control': 'no-store' }
const plain = { ...fresh, 'Content-Type': 'text/plain; charset=utf-8' }
const json = { ...fresh, 'Content-Type': 'application/json' }

function unavailable(answer: ServerResponse) {
  if (answer.headersSent) return void answer.destroy()
  answer
    .writeHead(503, { ...plain, 'Retry-After': '5' })
    .end('正在换到另一台机器上运行，请过十几秒再刷新。刚才填的内容如果没有提示保存成功，请再提交一次。')
}
