import { Hono } from 'hono'
import { html } from 'hono/html'
import { renderSVG } from 'uqr'
import type { SourcePages } from '../../adapters/line/wording.ts'
import { frameAssets } from '../../console/widgets.ts'
import type { Feature } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Pictures } from '../../ports/pictures.ts'
import type { Store } from '../../ports/store.ts'
import { refusedLinks, splitAtLinks } from '../../text/line-words.ts'
import { openSourcePageRecords } from './source-page-records.ts'

const mostWords = 300
const mostTextWords = 10_000
const qrCodeWidthPx = 400
const pagePath = '/s'
const daySeconds = 24 * 60 * 60

type Parts = {
  store: Store
  clock: Clock
  /** Where our pages are found, as the settings say; empty where nowhere. */
  publicUrl: string
  domains: readonly string[]
  /** QQ bots that a registered domain has to name, each in a file of its own. */
  appIds?: readonly string[]
  /** Whether addresses that cannot stand follow as QR codes. */
  drawsQrCodes: boolean
  pictures: Pick<Pictures, 'png'>
  /** Days that a page is kept after a message last named it. */
  keepDays: number
}

/** Pages about sources on our own domain, for platforms that refuse links to any other. */
export function createSourcePages(parts: Parts): SourcePages & { open: Hono; feature: Feature } {
  const { publicUrl, domains, appIds = [], drawsQrCodes, pictures } = parts
  const records = openSourcePageRecords(parts)
  const isRegistered = publicUrl !== '' && domains.includes(new URL(publicUrl).hostname)

  const open = new Hono()
  open.get(`${pagePath}/:id`, async c => {
    const page = await records.get(c.req.param('id'))
    return page ? c.html(sourceView(page)) : c.html(missingView(parts.keepDays), 404)
  })

  for (const appId of appIds.filter(id => /^\d+$/u.test(id)))
    open.get(`/${appId}.json`, c => c.json({ bot_appid: Number(appId) }))

  const named = (page: { url: string; words: string }) =>
    `${publicUrl.replace(/\/$/u, '')}${pagePath}/${records.name(page)}`
  const ofUrl = (url: string, words: string) => named({ url, words: words.slice(0, mostWords) })
  const ofText = (words: string) => named({ url: '', words: words.slice(0, mostTextWords) })

  /** The one address that leads to all sources of a text: our page where we have one, else the first of them. */
  function addressFor(text: string, isPrivate: boolean): string | undefined {
    const [first, ...others] = refusedLinks(text, domains).flatMap(url => webAddress(url) ?? [])
    if (first === undefined || publicUrl === '' || isPrivate) return first
    return others.length > 0 ? ofText(text) : ofUrl(first, text)
  }

  return {
    open,
    domains,
    pageOf(url, words) {
      const address = isRegistered ? webAddress(url) : undefined
      return address === undefined ? undefined : ofUrl(address, words)
    },
    pageOfText: text => (isRegistered ? ofText(text) : undefined),
    async qrCodeOf(text, isPrivate) {
      const address = drawsQrCodes && !isRegistered ? addressFor(text, isPrivate) : undefined
      if (address === undefined) return undefined
      const bytes = await pictures.png(renderSVG(address), qrCodeWidthPx)
      return { name: '扫码看来源.png', mimeType: 'image/png', bytes }
    },
    kept: records.kept,
    feature: {
      name: 'source-pages',
      sweeps: [
        { name: 'source-pages', everySeconds: daySeconds, deletes: true, run: () => records.forgetOld() },
      ],
    },
  }
}

/** The address with its scheme; undefined for what no browser opens. */
function webAddress(url: string): string | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//iu.test(url) ? url : `https://${url}`
  return /^https?:/iu.test(address) && URL.canParse(address) ? address : undefined
}

function sourceView({ url, words }: { url: string; words: string }) {
  if (url === '') return textView(words)
  const host = new URL(url).hostname
  const title = words === '' ? host : (/《[^》]+》[^\n，。；]*/u.exec(words)?.[0] ?? '政策来源')
  return frame(
    title,
    html`<h1>${title}</h1>${paragraphs(words.replaceAll(url, '').trim())}
    <p><a href="${url}" rel="noopener noreferrer">${words === '' ? '打开网站' : '打开原文'}（${host}）</a></p>
    <p><small>由群里的机器人整理，金额和条件以原文为准。</small></p>`,
  )
}

/** A whole text as it was approved, its links to be opened. */
function textView(words: string) {
  const [title = '', ...lines] = words.split('\n')
  return frame(
    title,
    html`<h1>${title}</h1>${paragraphs(lines.join('\n').trim())}
    <p><small>由群里的机器人整理，金额和条件以原文为准。</small></p>`,
  )
}

const paragraphs = (text: string) =>
  text.split(/\n{2,}/u).map(block => html`<p>${block.split('\n').map(linkedLine)}</p>`)

const linkedLine = (line: string) =>
  html`${splitAtLinks(line).map((part, i) =>
    i % 2 === 1 ? html`<a href="${part}" rel="noopener noreferrer">${part}</a>` : part,
  )}<br>`

const missingView = (keepDays: number) =>
  frame(
    '没有这个来源',
    html`<h1>没有这个来源</h1>
    <p>链接可能没有复制完整；来源页也只留 ${keepDays} 天。请回到群里再点一次，还打不开，就在群里 @我 再问一遍。</p>`,
  )

function frame(title: string, body: ReturnType<typeof html>) {
  const styles = frameAssets.filter(({ type }) => type.startsWith('text/css'))
  return html`<!doctype html><html lang="zh-CN" data-theme="light"><head><meta charset="utf-8"><title>${title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
    ${styles.map(({ path }) => html`<link rel="stylesheet" href="${path}">`)}</head>
    <body><main class="page">${body}</main></body></html>`
}
