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

/** The refusal of the app behind this fault; undefined where it has another cause. */
export function appErrorOf(fault: unknown): QqAppError | undefined {
  if (fault instanceof QqAppError) return fault
  return fault instanceof Error && fault.cause instanceof QqAppError ? fault.cause : undefined
}

const tokenTimeoutMs = 10_000

type Call = { method: 'GET' | 'POST' | 'DELETE'; path: string; body?: unknown; timeoutMs: number }
export type QqApi = ReturnType<typeof createQqApi>

/** The HTTP interface of one app, with a token that renews itself. */
export function createQqApi({ apiUrl, appId, secret }: QqSettings) {
  async function request({ path, ...call }: Call, headers: Record<string, string>): Promise<ApiAnswer> {
    return requestJson({ ...call, headers, url: `${apiUrl}${path}`, schema: ApiAnswer })
  }

  const token = createAccessToken(async () => {
    const body = { appId, clientSecret: secret }
    const call = { method: 'POST' as const, path: '/app/getAppAccessToken', body, timeoutMs: tokenTimeoutMs }
    const answer = await request(call, {})
    const given = Token.safeParse(answer)
    if (!given.success) throw new QqAppError(answer.code ?? 0, answer.message ?? 'no token')
    return { value: given.data.access_token, seconds: given.data.expires_in }
  })

  async function tokenFor(): Promise<string> {
    try {
      return await token.fresh()
    } catch (cause) {
      throw new LineDownError(`no token: ${reasonOf(cause)}`, { cause })
    }
  }

  async function attempt(call: Call): Promise<{ answer: ApiAnswer; used: string }> {
    const used = await tokenFor()
    return { answer: await request(call, { Authorization: authorizationOf(used) }), used }
  }

  return {
    authorization: async () => authorizationOf(await token.fresh()),
    /** The gateway did not take what {@link authorization} gave. */
    refuse: (authorization: string) => token.forget(authorization.slice(scheme.length)),
    /**
     * Asks again with a new token where the platform refuses ours. Rejects with a DeadlineError where no answer
     * comes in time: it may have been done.
     */
    async call(call: Call): Promise<ApiAnswer> {
      const { answer, used } = await attempt(call)
      if (!isTokenOver(answer)) return answer
      token.forget(used)
      return (await attempt(call)).answer
    },
  }
}

const scheme = 'QQBot '
const authorizationOf = (token: string) => `${scheme}${token}`

const tokenOver = new Set([11_241, 11_242, 11_243, 11_244])
const isTokenOver = ({ code }: ApiAnswer): boolean => code !== undefined && tokenOver.has(code)
