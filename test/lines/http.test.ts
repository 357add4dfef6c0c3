import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { requestJson } from '../../src/adapters/line/http.ts'
import { DeadlineError, LineDownError } from '../../src/ports/chat.ts'

afterEach(() => vi.unstubAllGlobals())

const ask = () =>
  requestJson({ method: 'POST', url: 'http://a.test/', body: {}, timeoutMs: 1000, schema: z.looseObject({}) })

const fault = (code: string, syscall?: string) =>
  Object.assign(new Error(code), { code, ...(syscall ? { syscall } : {}) })

test.each([
  ['refused', fault('ECONNREFUSED', 'connect')],
  ['no network', fault('ENETUNREACH', 'connect')],
  ['no answer to the connection', fault('ETIMEDOUT', 'connect')],
  ['too slow to connect', fault('UND_ERR_CONNECT_TIMEOUT')],
  ['no name', fault('ENOTFOUND', 'getaddrinfo')],
  [
    'none of two addresses',
    new AggregateError([fault('ENETUNREACH', 'connect'), fault('EHOSTUNREACH', 'connect')]),
  ],
])('where no connection stood, nothing was sent: %s', async (_name, cause) => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause })))
  await expect(ask()).rejects.toThrow(LineDownError)
})

test.each([
  ['reset', fault('ECONNRESET', 'read')],
  ['closed by the other side', fault('UND_ERR_SOCKET')],
  ['the network went while waiting', fault('EHOSTUNREACH', 'read')],
  ['an error of errors without one', new AggregateError([])],
])('where a connection stood, it may have been done: %s', async (_name, cause) => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed', { cause })))
  await expect(ask()).rejects.toThrow(DeadlineError)
})

test('a field that is null is a field that is missing, in lists too', async () => {
  const schema = z.object({
    msgid: z.string(),
    fail_list: z.array(z.string()).default([]),
    rest: z.unknown(),
  })
  vi.stubGlobal('fetch', async () => new Response('{"msgid":"M","fail_list":null,"rest":{"a":null}}'))
  const answer = requestJson({ method: 'GET', url: 'http://a.test/', timeoutMs: 1000, schema })
  await expect(answer).resolves.toEqual({ msgid: 'M', fail_list: [], rest: {} })
})
