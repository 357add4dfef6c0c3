import type { Person } from '../../src/feature.ts'
import type { Town } from '../sandbox/town.ts'

type Way = { address?: string; host?: string }

/** A person with a browser that keeps cookies, without a network in between. */
export function visitor(town: Town, { address = '127.0.0.1', host = '127.0.0.1:3000' }: Way = {}) {
  const cookies = new Map<string, string>()
  let csrfToken = ''

  async function send(method: string, path: string, init: RequestInit = {}) {
    const headers = new Headers({ Host: host, Accept: 'text/html' })
    const kept = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    if (kept) headers.set('Cookie', kept)
    new Headers(init.headers).forEach((value, name) => {
      headers.set(name, value)
    })
    const incoming = { socket: { remoteAddress: address, remotePort: 50_000, remoteFamily: 'IPv4' } }
    const response = await town.app.request(path, { ...init, method, headers }, { incoming })
    for (const cookie of response.headers.getSetCookie()) keep(cookie)
    return response
  }

  function keep(cookie: string) {
    const [pair = ''] = cookie.split(';')
    const cut = pair.indexOf('=')
    if (cookie.includes('Max-Age=0')) cookies.delete(pair.slice(0, cut))
    else cookies.set(pair.slice(0, cut), pair.slice(cut + 1))
  }

  const origin = `http://${host}`
  const get = (path: string, headers: Record<string, string> = {}) => send('GET', path, { headers })
  /** A form, as a browser sends one from our own page. */
  const submit = (
    path: string,
    fields: Record<string, string> | [string, string][] = {},
    headers: Record<string, string> = {},
  ) => send('POST', path, { body: new URLSearchParams(fields), headers: { Origin: origin, ...headers } })
  /** JSON, as the sandbox page's script sends it. */
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send('POST', path, {
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
    })

  async function learnCsrf(): Promise<void> {
    csrfToken = /name="csrf" value="([\w-]+)"/.exec(await (await get('/')).text())?.[1] ?? ''
  }

  return {
    cookies,
    send,
    get,
    submit,
    post,
    csrfToken: () => csrfToken,
    async login(person = { id: 'chenjing', name: '陈静', roles: ['maker', 'organizer'] } as Person) {
      const response = await submit(new URL(await town.createLoginLink(person), origin).pathname)
      await learnCsrf()
      return response
    },
    /** Reads the token of the session from the first page, after a log-in of another kind. */
    learnCsrf,
  }
}
