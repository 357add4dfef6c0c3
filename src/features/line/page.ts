import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { renderSVG } from 'uqr'
import { z } from 'zod'
import { action, form } from '../../console/forms.ts'
import {
  emptyState,
  type Html,
  lineBadge,
  lineKinds,
  lineNote,
  renderPage,
  timeOf,
} from '../../console/widgets.ts'
import type { ConsoleEnv, Frame, Page } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Outage, Outages } from '../../ports/outages.ts'
import { saySkew, wrongClock } from '../../text/dates/skew.ts'
import { causeWords } from './words.ts'

export type LineView = Frame['line'] & {
  name: string
  qrcode?: string
  /** True where it does not connect by itself any more. */
  isFinal?: boolean
  since: Temporal.Instant
  lastSignAt?: Temporal.Instant
  clockSkewSeconds?: number
}

/** How a line stands, with the name that qualifies its ids and what people call it. */
export type NamedView = { name: string; title: string; view: LineView; receivesNothing?: boolean }

type PageParts = {
  lines(): readonly NamedView[]
  outages: Outages
  clock: Clock
  /** Connects a line by its name now instead of after a pause. */
  reconnect(line: string): void
}

const shownDays = 7

/** 「线路」: the state of each line, what to do while it is down, and its earlier outages. */
export function linePage(parts: PageParts): Page {
  const routes = new Hono<ConsoleEnv>()
  const show = async (c: Context<ConsoleEnv>) =>
    renderPage(c, '线路', html`<div hx-get="/line/live" hx-trigger="every 5s">${await view(parts)}</div>`)
  routes.get('/', show)
  routes.post(
    '/reconnect',
    action({
      form: form(z.object({ line: z.string() })),
      async run(_, { line }) {
        parts.reconnect(line)
        return '/line'
      },
      show,
    }),
  )
  routes.get('/live', async c => c.html(await view(parts)))
  return {
    path: 'line',
    title: '线路',
    chapter: 'line',
    section: '运行',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

async function view({ lines, outages, clock }: PageParts): Promise<Html> {
  const now = clock.now()
  const sendsOnly = new Set(lines().flatMap(({ name, receivesNothing }) => (receivesNothing ? [name] : [])))
  const found = (await outages.between(now.subtract({ hours: 24 * shownDays }), now)).filter(
    ({ line = '' }) => !sendsOnly.has(line),
  )
  return html`${lines().map(each => stateCard(each, now))}
    <article class="card"><h2>断线记录（最近 ${shownDays} 天）</h2>
      <p>断线时群里说的话机器人听不到，所以是「不知道」，不是「没有」。碰上签到，或有人等着回答，机器人恢复后会在群里说一声。</p>
      ${found.length === 0 ? emptyState('没有断过线。') : outageTable(found.toReversed(), lines(), now)}</article>`
}

function stateCard({ name: line, title, view }: NamedView, now: Temporal.Instant): Html {
  const {
    name,
    note,
    since,
    lastSignAt,
    qrcode,
    state,
    clockSkewSeconds,
    isFinal = false,
    isResting = false,
  } = view
  const said = lineNote(view)
  return html`<article class="card"><h2>${title === '' ? '现在' : `线路「${title}」`} ${lineBadge({ state, note, isResting })}</h2>
    ${said ? html`<p>${said}</p>` : ''}
    <p>${lineKinds[name] ?? name}，从${timeOf(since, now)} 起${lastSignAt ? html`，最近一次听到动静：${timeOf(lastSignAt, now)}` : ''}。</p>
    ${clockSkewSeconds === undefined ? '' : html`<p>${saySkew(clockSkewSeconds, name)}，消息的时间已经校正过。请校准${wrongClock(name)}。</p>`}
    ${qrcode ? html`<img class="qr" alt="登录二维码" src="data:image/svg+xml,${encodeURIComponent(renderSVG(qrcode))}">` : ''}
    ${state === 'down' && !isResting ? reconnectForm(line, isFinal) : ''}</article>`
}

function reconnectForm(line: string, isFinal: boolean): Html {
  return html`<form method="post" action="/line/reconnect"><input type="hidden" name="line" value="${line}">
    ${isFinal ? '' : html`<p><small>平时我会自己隔一会儿试一次。那边已经修好、不想等的话，点一下马上连。</small></p>`}
    <button>立即重连</button></form>`
}

function outageTable(outages: readonly Outage[], lines: readonly NamedView[], now: Temporal.Instant): Html {
  const titleOf = (outage: Outage) =>
    lines.find(({ name }) => name === (outage.line ?? ''))?.title ?? outage.line ?? ''
  const isOne = lines.length < 2
  return html`<table class="stack"><thead><tr>${isOne ? '' : html`<th>线路</th>`}<th>从</th><th>到</th><th class="number">多久</th><th>怎么发现的</th></tr></thead>
    <tbody>${outages.map(outage => outageRow(outage, isOne ? undefined : titleOf(outage), now))}</tbody></table>`
}

function outageRow({ from, to, how }: Outage, title: string | undefined, now: Temporal.Instant): Html {
  return html`<tr>${title === undefined ? '' : html`<td data-label="线路">${title}</td>`}<td data-label="从">${timeOf(from, now)}</td>
    <td data-label="到">${to ? timeOf(to, now) : '还没恢复'}</td>
    <td data-label="多久" class="number">${sayLength(from.until(to ?? now))}</td>
    <td data-label="怎么发现的">${causeWords[how]}</td></tr>`
}

function sayLength(length: Temporal.Duration): string {
  const seconds = Math.max(1, Math.round(length.total('seconds')))
  if (seconds < 90) return `${seconds} 秒`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} 分钟` : `${Math.round(minutes / 6) / 10} 小时`
}
