import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import type { ConsoleEnv, Frame } from '../feature.ts'
import { sayFullTime, sayTime } from '../text/dates/time.ts'
import { type Asset, ownAsset, packageAsset } from './assets.ts'
import { navigation } from './navigation.ts'

/** Escaped markup, as `html` makes it. */
export type Html = ReturnType<typeof html>
type Tone = 'good' | 'warn' | 'bad' | 'quiet'

const icon = ownAsset('./assets/icon.svg', import.meta.url)
const style = ownAsset('./assets/style.css', import.meta.url)
const pico = packageAsset('@picocss/pico/css/pico.min.css')
const htmx = packageAsset('htmx.org/dist/htmx.min.js')
const copy = ownAsset('./assets/copy.js', import.meta.url)
const fileNames = ownAsset('./assets/file-input.js', import.meta.url)
/** Says a chosen day in Chinese beside its input. */
export const daysScript = ownAsset('./assets/days.js', import.meta.url)
export const frameAssets: readonly Asset[] = [icon, pico, style, htmx, copy, fileNames, daysScript]

/** A whole page in the console's frame: navigation, the state of the line, alarms. */
export async function renderPage(c: Context<ConsoleEnv>, title: string, body: Html): Promise<Response> {
  return c.html(
    wholePage(c, {
      title,
      body: html`${topBar(c)}<main class="page"><h1>${title}${helpLink(c)}</h1>${body}</main>`,
    }),
  )
}

/** A link to the chapter of the manual that explains this page. */
function helpLink(c: Context<ConsoleEnv>): Html | string {
  const path = c.req.path.split('/')[1] ?? ''
  const { chapters, pages } = c.get('frame') ?? { chapters: new Map(), pages: [] }
  const hasManual = pages.some(page => page.path === 'help')
  if (!hasManual || path === 'help') return ''
  return html` <a class="chapter" href="/help/${chapters.get(path) ?? ''}">怎么用</a>`
}

/** A page that fills the window below the navigation, and brings styles and scripts of its own. */
export async function renderAppPage(
  c: Context<ConsoleEnv>,
  page: { title: string; body: Html; assets: readonly Asset[] },
): Promise<Response> {
  return c.html(wholePage(c, { ...page, body: html`${topBar(c)}${page.body}` }))
}

/** A page for a person who is not logged in. */
export async function renderBarePage(
  c: Context<ConsoleEnv>,
  title: string,
  body: Html,
  status: 200 | 401 | 410 | 429 = 200,
): Promise<Response> {
  const boxed = html`<main class="bare"><h1>创客控制台</h1>${card('', body)}</main>`
  return c.html(wholePage(c, { title, body: boxed }), status)
}

/** Shows a problem in a sentence: as a page, as a part of one where htmx asked, else as JSON. */
export async function renderProblem(
  c: Context<ConsoleEnv>,
  text: string,
  status: 400 | 403 | 404 | 413 | 500,
): Promise<Response> {
  const problem = html`<p class="problem" role="alert">${text}</p>`
  c.status(status)
  if (c.req.header('HX-Request')) return c.html(problem)
  if (!c.req.header('Accept')?.includes('text/html')) return c.json({ error: text })
  return renderPage(
    c,
    '没有办成',
    html`${problem}<p>请用浏览器的「返回」回到上一页，或者<a href="/">回到总览</a></p>`,
  )
}

type WholePage = { title: string; body: Html; assets?: readonly Asset[] }

/**
 * htmx alone is not deferred: so it begins when the document is complete, after the deferred extensions have made
 * themselves known. Deferred itself, it would begin before them on a slow machine, and their pages would stay still.
 */
function wholePage(c: Context<ConsoleEnv>, { title, body, assets = [] }: WholePage): Html {
  const styles = [pico, style, ...assets.filter(({ type }) => type.startsWith('text/css'))]
  const scripts = assets.filter(({ type }) => type.startsWith('text/javascript'))
  const headers = JSON.stringify({ 'X-CSRF-Token': c.get('csrfToken') ?? '' })
  return html`<!doctype html>
<html lang="zh-CN" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="htmx-config" content='{"includeIndicatorCSS":false,"history":false}'>
<title>${title} · 创客</title>
<link rel="icon" href="${icon.path}">
${styles.map(({ path }) => html`<link rel="stylesheet" href="${path}">`)}
<script src="${htmx.path}"></script>
${[copy, fileNames, daysScript].map(({ path }) => html`<script src="${path}" defer></script>`)}
${scripts.map(({ path }) => html`<script src="${path}" defer></script>`)}
</head>
<body hx-headers:inherited="${headers}">${body}</body>
</html>`
}

function topBar(c: Context<ConsoleEnv>): Html {
  const frame = c.get('frame')
  if (!frame) return html``
  const { main, inside } = navigation(frame.pages, c.req.path)
  return html`<header class="top"><div>
    <a class="brand" href="/">创客</a>
    ${main}
    ${searchBox(c)}
    ${statusBar(c)}
    <a class="who" href="/account">${c.get('person').name}</a>
    ${actionForm(c, { action: '/logout', label: '退出', look: 'quiet' })}
    ${inside}
  </div></header>`
}

/** On pages of the console for those who may search it. */
function searchBox(c: Context<ConsoleEnv>): Html {
  const maySearch = c.get('person').roles.some(role => role === 'organizer' || role === 'reviewer')
  const isThere =
    c.get('frame')?.pages.some(({ path }) => path === 'search') && !c.req.path.startsWith('/search')
  if (!maySearch || !isThere) return html``
  return html`<a class="find" href="/search">搜索</a><form class="find" method="get" action="/search" role="search"><input type="search" name="q" maxlength="60" placeholder="搜索" aria-label="搜索全部"></form>`
}

/** How the line is and what waits, kept up to date while a page stays open. */
export function statusBar(c: Context<ConsoleEnv>): Html {
  const { line, alarms = [] } = c.get('frame') ?? {}
  return html`<span class="status" hx-get="/status" hx-trigger="every 10s" hx-swap="outerHTML">
    ${line ? lineBadge(line) : ''}
    ${alarms.length > 0 ? html`<a href="/">${stateBadge(`${alarms.length} 件要处理`, 'bad')}</a>` : ''}</span>`
}

const lineStates: Record<Frame['line']['state'], [string, Tone]> = {
  up: ['线路正常', 'good'],
  starting: ['正在连接', 'warn'],
  scan: ['等待扫码', 'warn'],
  down: ['线路断开', 'bad'],
}

/** Chinese names of the kinds of lines that are not a puppet's. */
export const lineKinds: Readonly<Record<string, string>> = {
  sandbox: '模拟群，不用微信号',
  qq: 'QQ 官方机器人',
  wecom: '企业微信智能机器人',
  robot: '企业微信群机器人，只推送',
  customers: '客户群群发，员工点发送',
}

/** The note of a line; empty where its badge says the same. */
export const lineNote = ({ name, state, note }: Frame['line'] & { name: string }): string =>
  state === 'up' && (name === 'sandbox' || note === '线路正常。') ? '' : note

/** The line's state as a word; its sentence on hover. */
export function lineBadge(line: Frame['line']): Html {
  const [word, tone] = line.isResting ? (['稍后自动重连', 'warn'] as const) : lineStates[line.state]
  return html`<span title="${line.note}">${stateBadge(word, tone)}</span>`
}

/** Shows one thing on a page, under a heading of its own where it has one. */
export function card(title: Html | string, body: Html): Html {
  return html`<section class="card">${title === '' ? '' : html`<h2>${title}</h2>`}${body}</section>`
}

/** A column of buttons has no heading: a cell that is empty must not be one. */
const headCell = (words: string): Html =>
  words === '' ? html`<td></td>` : html`<th scope="col">${words}</th>`

/**
 * A table on a desk, a card a row on a phone. The first column is what a row is about. A cell with 「—」 or nothing has
 * nothing to tell: it is drawn as a dash on a desk and left out on a phone.
 * @param options `isCompact` draws a row of when, what, how it stands and a button in two lines on a phone; `isFlowing`
 * draws there the first cell and, in the lines below, the others without their headings. Default: false
 */
export function stackTable(
  columns: readonly string[],
  rows: readonly (Html | string)[][],
  { isCompact = false, isFlowing = false } = {},
): Html {
  const cell = (value: Html | string, index: number) =>
    html`<td data-label="${columns[index] ?? ''}">${value === '—' ? '' : value}</td>`
  return html`<table class="stack${isCompact ? ' compact' : ''}${isFlowing ? ' flowing' : ''}">
    <thead><tr>${columns.map(headCell)}</tr></thead>
    <tbody>${rows.map(row => html`<tr>${row.map(cell)}</tr>`)}</tbody>
  </table>`
}

/** A button that does something; its label says what will happen to whom: 「发送到 3 个群，约 12 秒」. */
function actionForm(
  c: Context<ConsoleEnv>,
  { action, label, look }: { action: string; label: string; look: 'primary' | 'secondary' | 'quiet' },
): Html {
  return html`<form method="post" action="${action}">${csrfField(c)}<button class="${look}">${label}</button></form>`
}

/** Belongs in every form that changes something. */
export function csrfField(c: Context<ConsoleEnv>): Html {
  return html`<input type="hidden" name="csrf" value="${c.get('csrfToken')}">`
}

/** A state as a word with a colour, never a colour alone. */
export function stateBadge(word: string, tone: Tone): Html {
  return html`<span class="badge badge-${tone}">${word}</span>`
}

/** Placeholder of an empty list: its future content, and how to begin. */
export function emptyState(text: string): Html {
  return html`<p class="empty">${text}</p>`
}

/** 「今天 14:05」, 「12月4日 周五 16:30」 of what is to come; the full time on hover. */
export function timeOf(at: Temporal.Instant, now: Temporal.Instant): Html {
  return html`<time datetime="${at.toString()}" title="${sayFullTime(at)}">${sayTime(at, now)}</time>`
}

/** The choice of a file, in Chinese whatever the browser speaks. Its field is `file`. */
export function fileInput(label: string, accept = ''): Html {
  return html`<label class="file"><span>${label}</span>
    <input type="file" name="file" required accept="${accept}">
    <span class="choose" aria-hidden="true">选择文件</span> <output class="chosen" data-empty="还没有选"></output></label>`
}

/** Copies what stands in the text box of that id. */
export function copyButton(id: string): Html {
  return html`<button type="button" class="secondary" data-copies="${id}">复制</button>`
}
