import { z } from 'zod'
import { createMutex } from '../../lib/queue.ts'
import { reasonOf } from '../../log.ts'
import { LineDownError } from '../../ports/chat.ts'
import { requestJson } from '../line/http.ts'

export type QqSettings = { apiUrl: string; appId: string; secret: string }

/** An answer of the interface; failures come with HTTP 200 too. */
const ApiAnswer = z.looseObject({ code: z.number().optional(), message: z.string().optional() })
export type ApiAnswer = z.infer<typeof ApiAnswer>

const Token = z.object({ access_token: z.string(), expires_in: z.coerce.number() })

/** The platform refused the app itself: its id, its secret or its permission. */
export class QqAppError extends Error {
  override name = 'QqAppError'
  readonly code: number
  constructor(code: number, message: string) {
    super(`qq ${code} ${message}`)
    this.code = code
  }
}

/** In its last minute a token may be renewed, and the old one still holds. */
const renewBeforeMs = 45_000
const tokenTimeoutMs = 10_000

type Call = { method: 'GET' | 'POST'; path: string; body?: unknown; timeoutMs: number }
export type QqApi = ReturnType<typeof createQqApi>

/** The HTTP interface of one app, with a token that renews itself. */
export function createQqApi({ apiUrl, appId, secret }: QqSettings) {
  const inTurn = createMutex()
  let token: { value: string; untilMs: number } | undefined

  async function request({ path, ...call }: Call, headers: Record<string, string>): Promise<ApiAnswer> {
    return ApiAnswer.parse(await requestJson({ ...call, headers, url: `${apiUrl}${path}` }))
  }

  /** The token that holds now; asked for once however many wait for it. */
  const freshToken = () =>
    inTurn(async () => {
      if (token && performance.now() < token.untilMs) return token.value
      const body = { appId, clientSecret: secret }
      const call = {
        method: 'POST' as const,
        path: '/app/getAppAccessToken',
        body,
        timeoutMs: tokenTimeoutMs,
      }
      const answer = await request(call, {})
      const given = Token.safeParse(answer)
      if (!given.success) throw new QqAppError(answer.code ?? 0, answer.message ?? 'no token')
      const { access_token: value, expires_in: seconds } = given.data
      token = { value, untilMs: performance.now() + Math.max(seconds * 1000 - renewBeforeMs, 1000) }
      return value
    })

  return {
    authorization: async () => `QQBot ${await freshToken()}`,
    /** Not answered in time, it rejects with a DeadlineError: it may have been done. */
    async call(call: Call): Promise<ApiAnswer> {
      let authorization: string
      try {
        authorization = `QQBot ${await freshToken()}`
      } catch (cause) {
        throw new LineDownError(`no token: ${reasonOf(cause)}`, { cause })
      }
      return request(call, { Authorization: authorization })
    },
    forgetToken() {
      token = undefined
    },
  }
}
