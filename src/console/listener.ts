import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'

/** Why the console can not be opened, in one Chinese sentence that says what to do. */
export class ConsoleFault extends Error {
  override name = 'ConsoleFault'
}

type Served = { fetch: Parameters<typeof serve>[0]['fetch'] }

/** The socket under the console: opened once, and closed at once with whatever still hangs on it. */
export function createListener(app: Served, publicUrl: string) {
  let server: ServerType | undefined
  let url = publicUrl.replace(/\/+$/, '')
  return {
    /** As in the settings, else as it listens. */
    url: () => url,
    async listen({ host, port }: { host: string; port: number }): Promise<string> {
      server = await listening(app, host, port)
      const bound = server.address() as AddressInfo
      url ||= `http://${isAnyAddress(host) ? '127.0.0.1' : bracketed(host)}:${bound.port}`
      return url
    },
    async close(): Promise<void> {
      const closing = server
      if (!closing) return
      const closed = new Promise(resolve => closing.close(resolve))
      // Event streams never end by themselves.
      if ('closeAllConnections' in closing) closing.closeAllConnections()
      await closed
    },
  }
}

const isAnyAddress = (host: string) => ['0.0.0.0', '::'].includes(host)
const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host)

function listening(app: Served, hostname: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, () => resolve(server))
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new ConsoleFault(problemOf(cause, port), { cause })),
    )
  })
}

function problemOf({ code }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') return `端口 ${port} 已被占用：请停掉占用它的程序，或在 .env 里换一个 PORT。`
  if (code === 'EACCES') return `没有权限使用端口 ${port}：请在 .env 里换一个 1024 以上的 PORT。`
  return '控制台打不开：请核对 .env 里的 HOST 和 PORT。'
}
