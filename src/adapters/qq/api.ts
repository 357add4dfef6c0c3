import { z } from 'zod'
import { reasonOf } from '../../log.ts'
import { LineDownError } from '../../ports/chat.ts'
import { createAccessToken } from '../line/access-token.ts'
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

const tokenTimeoutMs = 10_000

type Call = { method: 'GET' | 'POST' | 'DELETE'; path: string; body?: unknown; timeoutMs: number }
export type QqApi = ReturnType<typeof createQqApi>

/** The HTTP interface of one app, with a token that renews itself. */
export function createQqApi({ apiUrl, appId, secret }: QqSettings) {
  async function request({ path, ...call }: Call, headers: Record<string, string>): Promise<ApiAnswer> {
    return ApiAnswer.parse(await requestJson({ ...call, headers, url: `${apiUrl}${path}` }))
  }

  const token = createAccessToken(async () => {
    const body = { appId, clientSecret: secret }
    const call = { method: 'POST' as const, path: '/app/getAppAccessToken', body, timeoutMs: tokenTimeoutMs }
    const answer = await request(call, {})
    const given = Token.safeParse(answer)
    if (!given.success) throw new QqAppError(answer.code ?? 0, answer.message ?? 'no token')
    return { value: given.data.access_token, seconds: given.data.expires_in }
  })

  return {
    authorization: async () => `QQBot ${await token.fresh()}`,
    /** Not answered in time, it rejects with a DeadlineError: it may have been done. */
    async call(call: Call): Promise<ApiAnswer> {
      let authorization: string
      try {
        authorization = `QQBot ${await token.fresh()}`
      } catch (cause) {
        throw new LineDownError(`no token: ${reasonOf(cause)}`, { cause })
      }
      return request(call, { Authorization: authorization })
    },
    forgetToken: token.forget,
  }
}
