import { TimeoutError, withTimeout } from '../../lib/timeout.ts'
import { reasonOf } from '../../log.ts'
import { DeadlineError, LineDownError } from '../../ports/chat.ts'

type Request = {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  headers?: Record<string, string>
  /** Sent as JSON, unless it is a form. */
  body?: unknown
  timeoutMs: number
}

const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

/**
 * Asks a platform over HTTP.
 * @returns the JSON of the answer
 * @throws a {@link LineDownError} where nothing was sent, else a {@link DeadlineError}: it may have been done
 */
export async function requestJson({ method, url, headers = {}, body, timeoutMs }: Request): Promise<unknown> {
  try {
    return await withTimeout(
      async signal => {
        const response = await fetch(url, { method, signal, ...contentOf(body, headers) })
        return response.status === 204 ? {} : ((await response.json()) as unknown)
      },
      { timeoutMs, what: 'a request' },
    )
  } catch (cause) {
    throw transportFault(cause)
  }
}

function contentOf(body: unknown, headers: Record<string, string>) {
  if (body === undefined) return { headers }
  if (body instanceof FormData) return { headers, body }
  return { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}

/** Never with the address, which may hold a key. */
function transportFault(cause: unknown): Error {
  if (cause instanceof TimeoutError) return new DeadlineError(cause.message)
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : reasonOf(inner).slice(0, 40)
  return unreached.has(code)
    ? new LineDownError(`not connected: ${code}`)
    : new DeadlineError(`no answer: ${code}`)
}
