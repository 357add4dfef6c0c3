import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'

/** Why the console can not be opened, in one Chinese sentence that says what to do. */
export class ConsoleFault extends Error {
  override name = 'ConsoleFault'
}

type Served = {
  fetch: Parameters<typeof getRequestListener>[0]
  /** Answers a request itself, where it can. Default: none. */
  answers?(request: IncomingMessage, response: ServerResponse): boolean
}

/** The socket under the console: opened once, and closed at once with whatever still hangs on it. */
export function createListener(app: Served, publicUrl: string) {
  let server: Server | undefined
  let port = 0
  let url = publicUrl.replace(/\/+$/, '')
  return {
    /** As in the settings, else as it listens. */
    url: () => url,
    /** 0 until it listens. */
    port: () => port,
    async listen(address: Address): Promise<string> {
      const route = getRequestListener(app.fetch)
      server = createServer((request, response) => {
        if (!app.answers?.(request, response)) void route(request, response)
      })
      const bound = await listenOn(server, address)
      port = Number(new URL(bound).port)
      url ||= bound
      return url
    },
    async close(): Promise<void> {
      const closing = server
      if (!closing) return
      const closed = new Promise(resolve => closing.close(resolve))
      // Event streams never end by themselves.
      closing.closeAllConnections()
      await closed
    },
  }
}

const isAnyAddress = (host: string) => ['0.0.0.0', '::'].includes(host)
const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host)

type Address = { host: string; port: number }

/**
 * @returns where this machine reaches the server.
 * @throws {@link ConsoleFault} when the port cannot be had
 */
export function listenOn(server: Server, { host, port }: Address): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new ConsoleFault(problemOf(cause, port), { cause })),
    )
    server.listen(port, host, () => {
      const bound = server.address() as AddressInfo
      resolve(`http://${isAnyAddress(host) ? '127.0.0.1' : bracketed(host)}:${bound.port}`)
    })
  })
}

function problemOf({ code }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') return `端口 ${port} 已被占用：请停掉占用它的程序，或在 .env 里换一个 PORT。`
  if (code === 'EACCES') return `没有权限使用端口 ${port}：请在 .env 里换一个 1024 以上的 PORT。`
  return '控制台打不开：请核对 .env 里的 HOST 和 PORT。'
}
