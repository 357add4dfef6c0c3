import { z } from 'zod'
import { TimeoutError, withTimeout } from '../../lib/timeout.ts'
import { reasonOf } from '../../log.ts'
import { DeadlineError, LineDownError } from '../../ports/chat.ts'
import { readJson } from './json.ts'

type Request<Answer> = {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  headers?: Record<string, string>
  /** The body, sent as JSON unless it is a form. */
  body?: unknown
  timeoutMs: number
  /** The form of an answer. */
  schema: z.ZodType<Answer>
}

const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/**
 * Asks a platform over HTTP.
 * @returns its answer, a yes or a no
 * @throws a {@link LineDownError} where nothing was sent, else a {@link DeadlineError}: it may have been done
 */
export async function requestJson<Answer>(request: Request<Answer>): Promise<Answer> {
  const { method, url, headers = {}, body, timeoutMs, schema } = request
  try {
    return await withTimeout(
      async signal => {
        const response = await fetch(url, { method, signal, ...contentOf(body, headers) })
        const json: unknown = response.status === 204 ? {} : readJson(await response.text())
        if (!response.ok && !hasErrorCode(json)) throw new UnreadAnswer(`HTTP ${response.status}`)
        const answer = schema.safeParse(json)
        if (!answer.success) throw new UnreadAnswer('of another form')
        return answer.data
      },
      { timeoutMs, what: 'a request' },
    )
  } catch (cause) {
    throw transportFault(cause)
  }
}

/** The answer is not the platform's, or none of its forms: what was asked may have been done. */
class UnreadAnswer extends Error {
  override name = 'UnreadAnswer'
}

const ErrorCode = z.union([z.object({ code: z.number() }), z.object({ errcode: z.number() })])
const hasErrorCode = (json: unknown): boolean => ErrorCode.safeParse(json).success

function contentOf(body: unknown, headers: Record<string, string>) {
  if (body === undefined) return { headers }
  if (body instanceof FormData) return { headers, body }
  return { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}

/** The message of the fault leaves the address out, which may hold a key. */
function transportFault(cause: unknown): Error {
  if (cause instanceof TimeoutError) return new DeadlineError(cause.message)
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : reasonOf(inner).slice(0, 40)
  return unreached.has(code) || hasNotConnected(inner)
    ? new LineDownError(`not connected: ${code}`)
    : new DeadlineError(`no answer: ${code}`)
}

/** Whether every address failed before the connection stood, as where the network is gone. */
function hasNotConnected(fault: unknown): boolean {
  if (fault instanceof AggregateError) return fault.errors.length > 0 && fault.errors.every(hasNotConnected)
  return fault instanceof Error && 'syscall' in fault && fault.syscall === 'connect'
}
