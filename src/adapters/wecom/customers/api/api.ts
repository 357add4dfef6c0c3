import { z } from 'zod'
import { reasonOf } from '../../../../log.ts'
import { type ChatFile, LineDownError, RefusedError, ThrottledError } from '../../../../ports/chat.ts'
import { createAccessToken } from '../../../line/access-token.ts'
import { requestJson } from '../../../line/http.ts'
import { isTokenOver, refusalOf } from './refusals.ts'

/** An app (自建应用) of a company that may use its customer contacts. */
export type AppSettings = { apiUrl: string; corpId: string; secret: string }

/** An answer of the interface; only `errcode` says how it went. */
const AppAnswer = z.looseObject({ errcode: z.number(), errmsg: z.string().default('') })
export type AppAnswer = z.infer<typeof AppAnswer>

const Token = z.object({ access_token: z.string(), expires_in: z.coerce.number() })
const Media = z.object({ media_id: z.string() })
const tokenTimeoutMs = 10_000

export type AppApi = ReturnType<typeof createAppApi>

/** The HTTP interface of a WeCom app, with a token that renews itself. */
export function createAppApi({ apiUrl, corpId, secret }: AppSettings) {
  const token = createAccessToken(async () => {
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret })
    const url = `${apiUrl}/cgi-bin/gettoken?${query}`
    const answer = await requestJson({ method: 'GET', url, timeoutMs: tokenTimeoutMs, schema: AppAnswer })
    if (answer.errcode !== 0) throw refusalOf(answer)
    const { access_token: value, expires_in: seconds } = Token.parse(answer)
    return { value, seconds }
  })

  async function attempt(
    path: string,
    body: unknown,
    timeoutMs: number,
  ): Promise<{ answer: AppAnswer; used: string }> {
    const used = await token.fresh().catch(cause => {
      // Nothing was asked for yet but the token.
      if (cause instanceof RefusedError || cause instanceof ThrottledError) throw cause
      throw new LineDownError(`no token: ${reasonOf(cause)}`, { cause })
    })
    const url = new URL(`${apiUrl}/cgi-bin/${path}`)
    url.searchParams.set('access_token', used)
    const request = { method: 'POST', url: url.href, body, timeoutMs, schema: AppAnswer } as const
    return { answer: await requestJson(request), used }
  }

  /** @throws the error of {@link refusalOf} where the answer says no; not answered in time: it may have been done */
  async function call(path: string, body: unknown, timeoutMs: number): Promise<AppAnswer> {
    const first = await attempt(path, body, timeoutMs)
    let { answer } = first
    if (isTokenOver(answer)) {
      token.forget(first.used)
      answer = (await attempt(path, body, timeoutMs)).answer
    }
    if (answer.errcode !== 0) throw refusalOf(answer)
    return answer
  }

  return {
    /** Whether the platform knows the app. @throws as {@link call} */
    check: async () => void (await token.fresh()),
    call,
    /** @returns the id of the uploaded file, as one attachment. */
    async upload(file: ChatFile, timeoutMs: number): Promise<object> {
      const type = /^image\/(?:png|jpeg)$/u.test(file.mimeType) ? 'image' : 'file'
      const form = new FormData()
      form.append('media', new File([new Blob([file.bytes.slice()])], file.name))
      const answer = await call(`media/upload?type=${type}`, form, timeoutMs)
      return { msgtype: type, [type]: { media_id: Media.parse(answer).media_id } }
    },
  }
}
