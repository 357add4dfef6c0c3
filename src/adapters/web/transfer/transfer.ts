import { type Dispatcher, fetch } from 'undici'
import { type Validators, WebFault } from '../../../ports/web.ts'
import { ForbiddenAddress } from './agent.ts'

export type TransferLimits = {
  /** For one answer, from the first byte asked to the last received. */
  timeoutMs: number
  /** Size limit of a page, unpacked. */
  maxBytes: number
}

export type Transferred = {
  status: number
  headers: { get(name: string): string | null }
  bytes: Uint8Array
}

/** Our user agent, by which a site can exclude us. */
export const userAgentName = 'ChuangkeBot'
const headersOf = (known: Validators) => ({
  'User-Agent': `${userAgentName}/1.0 (policy digests for a local maker community; keeps robots.txt)`,
  Accept:
    'text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9',
  'Accept-Language': 'zh-CN, zh;q=0.9',
  ...(known.etag ? { 'If-None-Match': known.etag } : {}),
  ...(known.lastModified ? { 'If-Modified-Since': known.lastModified } : {}),
})

/**
 * Sends one request and reads its answer; follows no redirect.
 * @throws {@link WebFault}
 */
export async function transfer(
  url: URL,
  { known = {}, dispatcher, limits }: { known?: Validators; dispatcher: Dispatcher; limits: TransferLimits },
): Promise<Transferred> {
  try {
    const response = await fetch(url, {
      headers: headersOf(known),
      redirect: 'manual',
      dispatcher,
      signal: AbortSignal.timeout(limits.timeoutMs),
    })
    const { status, headers } = response
    return { status, headers, bytes: await read(response, limits.maxBytes) }
  } catch (cause) {
    throw cause instanceof WebFault ? cause : new WebFault(sayWhyNot(cause, limits), { cause })
  }
}

type Response = Awaited<ReturnType<typeof fetch>>

/** Refuses bodies announced as too long and drops those that grow too long. */
async function read(response: Response, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = new WebFault(
    `网页太大，超过 ${Math.round(maxBytes / 1_000_000)} MB，没有读。请检查网址是不是下载文件。`,
  )
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel()
    throw tooLarge
  }
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    // Leaving the loop cancels the body.
    if (size > maxBytes) throw tooLarge
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function sayWhyNot(cause: unknown, { timeoutMs }: TransferLimits): string {
  const chain = causesOf(cause)
  if (chain.some(each => each instanceof ForbiddenAddress)) {
    return '这个网址指向内部网络，不能读。请换成能公开访问的网址。'
  }
  if (chain.some(each => each.name === 'TimeoutError' || codeOf(each) === 'UND_ERR_CONNECT_TIMEOUT')) {
    return `网站 ${Math.round(timeoutMs / 1000)} 秒内没有回应完，稍后会再试。`
  }
  const code = chain.map(codeOf).find(each => each !== undefined)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return '找不到这个网站，请检查网址和网络。'
  if (code?.includes('CERT') || code?.startsWith('ERR_TLS')) return `网站的 HTTPS 证书有问题（${code}）。`
  return `连不上网站${code ? `（${code}）` : ''}，请检查网址和网络。`
}

function causesOf(cause: unknown): Error[] {
  return cause instanceof Error ? [cause, ...causesOf(cause.cause)] : []
}

function codeOf(cause: Error): string | undefined {
  const { code } = cause as { code?: unknown }
  return typeof code === 'string' ? code : undefined
}
