import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a model behaves in a test; it gets the request's body. */
export type Behaviour = (
  response: ServerResponse,
  request: { body: string; headers: IncomingMessage['headers'] },
) => void

/** Answers as Chat Completions does, with this as the model's words. */
export function saying(content: string, tokens = 100): Behaviour {
  return response =>
    json(response, 200, {
      id: 'c-1',
      object: 'chat.completion',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
      usage: { prompt_tokens: tokens - 10, completion_tokens: 10, total_tokens: tokens },
    })
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** A model on loopback, on a free port, that behaves as told; `heard` resolves when a request has arrived. */
export async function openModelServer() {
  let behave: Behaviour = saying('{}')
  const requests: { body: string; headers: IncomingMessage['headers']; path: string }[] = []
  let tellHeard: () => void = () => {}
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', part => {
      body += part
    })
    request.on('end', () => {
      requests.push({ body, headers: request.headers, path: request.url ?? '' })
      tellHeard()
      behave(response, { body, headers: request.headers })
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    will(next: Behaviour) {
      behave = next
    },
    /** Resolves at the next request. */
    heard: () =>
      new Promise<void>(resolve => {
        tellHeard = resolve
      }),
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
export type ModelServer = Awaited<ReturnType<typeof openModelServer>>
