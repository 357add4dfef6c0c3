import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import type { ConsoleEnv, Frame } from '../feature.ts'
import { sayFullTime, sayTime } from '../text/time.ts'
import { type Asset, ownAsset, packageAsset } from './assets.ts'

/** Escaped markup, as `html` makes it. */
export type Html = ReturnType<typeof html>
type Tone = 'good' | 'warn' | 'bad' | 'quiet'

const style = ownAsset('./style.css', import.meta.url)
const pico = packageAsset('@picocss/pico/css/pico.min.css')
const htmx = packageAsset('htmx.org/dist/htmx.min.js')
export const frameAssets: readonly Asset[] = [pico, style, htmx]

/** A whole page in the console's frame: navigation, the state of the line, alarms. */
export async function renderPage(c: Context<ConsoleEnv>, title: string, body: Html): Promise<Response> {
  return c.html(document(title, html`${topBar(c)}<main class="page"><h1>${title}</h1>${body}</main>`, c))
}

/** A page that fills the window below the navigation and brings styles and scripts of its own. */
export async function renderAppPage(
  c: Context<ConsoleEnv>,
  title: string,
  page: { body: Html; assets: readonly Asset[] },
) {
  return c.html(document(title, html`${topBar(c)}${page.body}`, c, page.assets))
}

/** A page for somebody who is not logged in. */
export async function renderBarePage(
  c: Context<ConsoleEnv>,
  title: string,
  body: Html,
  status: 200 | 401 | 410 | 429 = 200,
) {
  return c.html(
    document(
      title,
      html`<main class="bare"><article class="card"><h1>创客控制台</h1>${body}</article></main>`,
      c,
    ),
    status,
  )
}

function document(title: string, body: Html, c: Context<ConsoleEnv>, assets: readonly Asset[] = []): Html {
  const styles = [pico, style, ...assets.filter(({ type }) => type.startsWith('text/css'))]
  const scripts = [htmx, ...assets.filter(({ type }) => type.startsWith('text/javascript'))]
  return html`<!doctype html>
<html lang="zh-CN" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="htmx-config" content='{"includeIndicatorCSS":false,"history":false}'>
<title>${title} · 创客</title>
<link rel="icon" href="data:,">
${styles.map(({ path }) => html`<link rel="stylesheet" href="${path}">`)}
${scripts.map(({ path }) => html`<script src="${path}" type="module"></script>`)}
</head>
<body hx-headers:inherited='{"X-CSRF-Token":"${c.get('csrfToken') ?? ''}"}'>${body}</body>
</html>`
}

const lineStates: Record<Frame['line']['state'], [string, Tone]> = {
  up: ['线路正常', 'good'],
  starting: ['正在连接', 'warn'],
  scan: ['等待扫码', 'warn'],
  down: ['线路断开', 'bad'],
}

function topBar(c: Context<ConsoleEnv>): Html {
  const frame = c.get('frame')
  if (!frame) return html``
  const here = `/${c.req.path.split('/')[1] ?? ''}`
  const link = ({ path, title }: Frame['pages'][number]) =>
    html`<a href="/${path}" ${here === `/${path}` ? html`aria-current="page"` : ''}>${title}</a>`
  return html`<header class="top"><div>
    <a class="brand" href="/">创客</a>
    <nav aria-label="主菜单">${frame.pages.map(link)}</nav>
    <span class="who">${lineBadge(frame.line)}
      ${frame.alarms.length > 0 ? html`<a href="/">${stateBadge(`${frame.alarms.length} 件要处理`, 'bad')}</a>` : ''}
      ${c.get('person').name}
      <form method="post" action="/logout"><button>退出</button></form></span>
  </div></header>`
}

/** The line's state as a word; its sentence on hover. */
export function lineBadge(line: Frame['line']): Html {
  const [word, tone] = lineStates[line.state]
  return html`<span title="${line.note}">${stateBadge(word, tone)}</span>`
}

/** Belongs in every form that changes something. */
export function csrfField(c: Context<ConsoleEnv>): Html {
  return html`<input type="hidden" name="csrf" value="${c.get('csrfToken')}">`
}

/** A state as a word with a colour, never a colour alone. */
export function stateBadge(word: string, tone: Tone): Html {
  return html`<span class="badge badge-${tone}">${word}</span>`
}

/** What would be here, and how to begin. */
export function emptyState(text: string): Html {
  return html`<p class="empty">${text}</p>`
}

/** 「今天 14:05」, the full time on hover. */
export function timeOf(at: Temporal.Instant, now: Temporal.Instant): Html {
  return html`<time datetime="${at.toString()}" title="${sayFullTime(at)}">${sayTime(at, now)}</time>`
}
