import type { lookup } from 'node:dns'
import { setTimeout as wait } from 'node:timers/promises'
import { textOfPage } from '../../lib/character-sets.ts'
import { createKeyedQueue } from '../../lib/queue.ts'
import { recentlyUsed } from '../../lib/recently-used.ts'
import { type Validators, type Web, WebFault } from '../../ports/web.ts'
import { createRobots } from './robots.ts'
import { publicNetworkRule } from './transfer/addresses.ts'
import { guardedAgent } from './transfer/agent.ts'
import { type TransferLimits, type Transferred, transfer } from './transfer/transfer.ts'

export { isNetwork } from './transfer/addresses.ts'

const mostHosts = 1000

export type WebSettings = TransferLimits & {
  maxRedirects: number
  /** Between two requests to one host. */
  gapMs: number
  /** Networks that may be asked although they are not public: for tests, and mirrors in one's own network. */
  alsoAllowed: readonly string[]
  /** How names are looked up; for tests. */
  resolve?: typeof lookup
}

/** The web for links of untrusted origin: it answers from public addresses only, within limits of size and time. */
export function createWeb(settings: WebSettings): Web & { close(): Promise<void> } {
  const { timeoutMs, maxBytes, maxRedirects, gapMs } = settings
  const dispatcher = guardedAgent(publicNetworkRule(settings.alsoAllowed), settings.resolve)
  const hosts = createKeyedQueue()
  const endedAtMs = recentlyUsed<number>(mostHosts)
  const way = { dispatcher, limits: { timeoutMs, maxBytes } }
  const robotsOf = createRobots(async url => (await follow(url, at => ask(at, {}, gapMs))).answer)

  /** Each step of a redirect is a request of its own, checked like the first. */
  async function follow(start: URL, step: (url: URL) => Promise<Transferred>): Promise<Arrived> {
    let url = start
    for (let count = 0; count <= maxRedirects; count++) {
      const answer = await step(url)
      const location = answer.headers.get('location')
      const isRedirect = answer.status >= 300 && answer.status < 400 && answer.status !== 304
      if (!isRedirect || location === null) return { url, answer }
      url = webAddress(location, url.href)
    }
    throw new WebFault(`网址一直在跳转，跳了 ${maxRedirects} 次还没到，请换成最后那一页的网址。`)
  }

  /** One request at a time for each host, with a pause between two. */
  const ask = (url: URL, known: Validators, pauseMs: number) =>
    hosts.run(url.host, async () => {
      const leftMs = (endedAtMs.get(url.host) ?? Number.NEGATIVE_INFINITY) + pauseMs - performance.now()
      if (leftMs > 0) await wait(leftMs)
      try {
        return await transfer(url, { ...way, known })
      } finally {
        endedAtMs.set(url.host, performance.now())
      }
    })

  async function askIfAllowed(url: URL, known: Validators): Promise<Transferred> {
    const { isAllowed, delayMs } = await robotsOf(url)
    if (!isAllowed(url)) throw new WebFault('网站的 robots.txt 不允许程序读这一页，请手工打开看。')
    return ask(url, known, Math.max(gapMs, delayMs))
  }

  return {
    async get(address, known = {}) {
      const start = webAddress(address)
      const { url, answer } = await follow(start, at => askIfAllowed(at, at === start ? known : {}))
      if (answer.status === 304) return { kind: 'unchanged' }
      if (answer.status !== 200) throw new WebFault(sayStatus(answer.status))
      const type = answer.headers.get('content-type') ?? ''
      return {
        kind: 'page',
        url: url.href,
        mediaType: type.split(';')[0]?.trim().toLowerCase() ?? '',
        text: textOfPage(answer.bytes, type),
        bytes: answer.bytes,
        validators: {
          etag: answer.headers.get('etag') ?? undefined,
          lastModified: answer.headers.get('last-modified') ?? undefined,
        },
      }
    },
    close: () => dispatcher.destroy(),
  }
}

type Arrived = { url: URL; answer: Transferred }

function webAddress(text: string, base?: string): URL {
  const url = URL.parse(text, base)
  if (!url || !/^https?:$/.test(url.protocol))
    throw new WebFault('这不是网址，要以 http:// 或 https:// 开头。')
  if (url.username || url.password) throw new WebFault('网址里不要带用户名和密码。')
  url.hash = ''
  return url
}

function sayStatus(status: number): string {
  if ([202, 405, 406, 412, 418, 468, 493, 521].includes(status))
    return `网站挡住了程序（${status}），请手工打开看，或换一个来源。`
  if (status === 401) return '网站不让看这一页（401），可能要登录。'
  if (status === 403)
    return '网站不让看这一页（403）：可能要登录，也可能是网站挡住了程序，请手工打开看，或换一个来源。'
  if (status === 404 || status === 410) return `网站上没有这一页（${status}），可能换了地址。`
  if (status === 429) return '网站说我们问得太勤（429），过一阵再试。'
  return status >= 500 ? `网站自己出了问题（${status}），稍后会再试。` : `网站的回答看不懂（${status}）。`
}
