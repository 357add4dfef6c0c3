import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Answer = {
  status?: number
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Writes as it likes, and never has to end. */
  stream?(response: ServerResponse): void
}
export type Pages = Record<string, Answer | ((request: IncomingMessage) => Answer)>

/** A site on loopback until it is closed; `asked` are the paths that were asked, in order. */
export async function listenSite(pages: Pages) {
  const asked: string[] = []
  let open = 0
  let mostOpen = 0
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    asked.push(path)
    mostOpen = Math.max(mostOpen, ++open)
    response.on('close', () => open--)
    const page = pages[path] ?? { status: 404 }
    const {
      status = 200,
      headers = {},
      body = '',
      stream,
    } = typeof page === 'function' ? page(request) : page
    response.writeHead(status, headers)
    if (stream) return stream(response)
    return response.end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, port, pages, asked, close, mostOpen: () => mostOpen }
}
export type Site = Awaited<ReturnType<typeof listenSite>>
