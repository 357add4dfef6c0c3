import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { renderSVG } from 'uqr'
import type { ConsoleContext, ConsoleEnv, Frame, Page } from '../feature.ts'
import type { RunNow } from '../job-records.ts'
import type { JobRunner, Upcoming } from '../jobs.ts'
import type { Alarm, Alarms } from '../ports/alarms.ts'
import type { Clock } from '../ports/clock.ts'
import type { Directory, Group } from '../ports/directory.ts'
import { withDistinctNames } from '../ports/line-ids.ts'
import type { Chore } from '../ports/overviews.ts'
import {
  card,
  emptyState,
  type Html,
  lineBadge,
  lineKinds,
  lineNote,
  renderPage,
  stackTable,
  stateBadge,
  timeOf,
} from './widgets.ts'

type LineStatus = Frame['line'] & { name: string; qrcode?: string }

type HomeParts = {
  lineStatus(): LineStatus
  /** Every line with what people call it. Default: the one of `lineStatus`. */
  lines?: () => readonly (LineStatus & { title: string })[]
  alarms: Pick<Alarms, 'list'>
  jobs: Pick<JobRunner, 'upcoming' | 'runs' | 'titleOf'>
  directory: Pick<Directory, 'groups'>
  /** Chores of every feature. */
  chores(): Promise<Chore[]>
  /** The bot's, which the sandbox moves. */
  clock: Clock
  /** The code by which the first organizer claims the bot; undefined once there is one. */
  claimCode(): Promise<string | undefined>
}

const daysAhead = 8
const listed = 6

/** 「总览」: what is going on, what needs me, what can I do. */
export function homePage(parts: HomeParts): Page {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', async c =>
    renderPage(
      c,
      '总览',
      html`<div hx-get="/live" hx-trigger="every 5s" hx-swap="innerMorph">${await overview(c, parts)}</div>`,
    ),
  )
  routes.get('/live', async c => c.html(await overview(c, parts)))
  return {
    path: '',
    title: '总览',
    chapter: 'start',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

async function overview(c: ConsoleContext, parts: HomeParts): Promise<Html> {
  const { lineStatus, lines = () => [{ title: '', ...lineStatus() }], alarms, jobs, clock } = parts
  const now = clock.now()
  const line = lineStatus()
  const [groups, upcoming, runs, code, waiting] = await Promise.all([
    // The page on which alarms stand must show them, whatever cannot be read.
    parts.directory.groups().catch(() => undefined),
    jobs.upcoming(daysAhead),
    jobs.runs().catch(() => undefined),
    parts.claimCode(),
    parts.chores(),
  ])
  const mayOpen = c.get('may')
  const own = waiting.filter(({ path }) => mayOpen?.('GET', path) ?? true)
  return html`
    ${alarms.list().map(alarm => alarmCard(alarm, now))}
    ${line.qrcode ? scanCard(line.qrcode) : ''}
    ${code || groups?.length === 0 ? firstSteps(code, line.name === 'sandbox') : ''}
    ${own.length > 0 ? card('等你处理', choreList(own)) : ''}
    <div class="cards">
      ${lineCard(lines())}
      ${card('接下来', upcomingList(nextOfEach(upcoming).slice(0, listed), now))}
      ${card('绑定的群', groups ? groupList(groups) : unreadable)}
    </div>
    ${card('最近办过的事', runs ? runTable(runs.slice(0, listed), jobs, now) : unreadable)}`
}

const unreadable = emptyState('现在读不出来，原因和办法见上面的提醒。')

function alarmCard({ text, since }: Alarm, now: Temporal.Instant): Html {
  return html`<section class="card alarm" role="alert">
    <h2>${stateBadge('要处理', 'bad')} ${text}</h2><p class="hint">从${timeOf(since, now)}开始</p></section>`
}

function scanCard(qrcode: string): Html {
  return html`<section class="card scan"><h2>请用手机微信扫码登录</h2>
    <div class="qr" role="img" aria-label="登录二维码">${raw(renderSVG(qrcode, { border: 2 }))}</div>
    <p>打开要当机器人的那个微信，扫一扫，再在手机上点确认。二维码会自动更新。</p></section>`
}

function firstSteps(code: string | undefined, isSandbox: boolean): Html {
  return html`<section class="card"><h2>怎么开始</h2><ol class="steps">
    ${code ? html`<li>组织者私聊机器人，发「<code>认领 ${code}</code>」，成为第一位组织者。</li>` : ''}
    <li>组织者到要服务的群里，发「<code>绑定本群</code>」。没绑定的群，机器人不听也不说。</li>
    <li>创客在群里 @ 机器人提问；谁想知道能做什么，发「<code>帮助</code>」。</li>
    <li>在控制台<a href="/roster">导入名单</a>，<a href="/roles">请一位审核人</a>，再<a href="/digest/new?kind=notice">写第一条通知</a>、<a href="/lessons/new">开第一节课</a>。一步步怎么做，看<a href="/help/start">第一天</a>。</li></ol>
    ${
      isSandbox
        ? html`<p><a role="button" href="/sandbox">到模拟群里试一试</a></p>
        <p class="hint">模拟群里的人都是虚构的，不用微信号，什么也不会发到真的群里。</p>`
        : ''
    }</section>`
}

function choreList(chores: readonly Chore[]): Html {
  return html`<ul class="plain">${chores.map(
    ({ text, path }) => html`<li><a href="${path}">${text}</a></li>`,
  )}</ul>`
}

function lineCard(lines: readonly (LineStatus & { title: string })[]): Html {
  const [first, ...others] = lines
  if (first && others.length === 0) {
    const title = first.title === '' ? '' : ` ${first.title}`
    return card(html`聊天线路${title} ${lineBadge(first)}`, lineWords(first))
  }
  return card(
    '聊天线路',
    html`<ul class="plain">${lines.map(
      line => html`<li><div>${line.title} ${lineBadge(line)}${lineWords(line)}</div></li>`,
    )}</ul>`,
  )
}

function lineWords(line: LineStatus): Html {
  const note = lineNote(line)
  return html`${note ? html`<p>${note}</p>` : ''}<p class="hint">${lineKinds[line.name] ?? line.name}</p>`
}

/** The next of each kind: what comes every day stands once. */
function nextOfEach(upcoming: readonly Upcoming[]): Upcoming[] {
  const kindOf = ({ job, due }: Upcoming) => `${job.name} ${due.title ?? ''}`
  const kinds = upcoming.map(kindOf)
  return upcoming.filter((one, at) => kinds.indexOf(kindOf(one)) === at)
}

function upcomingList(upcoming: readonly Upcoming[], now: Temporal.Instant): Html {
  if (upcoming.length === 0) return emptyState(`${daysAhead} 天之内没有排定的事。`)
  return html`<ul class="plain">${upcoming.map(
    ({ job, due }) => html`<li><span>${due.title ?? job.title}</span> ${timeOf(due.at, now)}</li>`,
  )}</ul>`
}

function groupList(groups: readonly Group[]): Html {
  if (groups.length === 0) return emptyState('还没有。组织者在群里发「绑定本群」，群名就会出现在这里。')
  return html`<ul class="plain">${withDistinctNames(groups).map(({ name }) => html`<li><span>${name}</span></li>`)}</ul>`
}

const outcomes = {
  claimed: ['进行中', 'quiet'],
  done: ['已完成', 'good'],
  undone: ['没有做', 'warn'],
  failed: ['失败', 'bad'],
  expired: ['过时未做', 'warn'],
  interrupted: ['中断，未确认', 'warn'],
} as const

function runTable(runs: readonly RunNow[], jobs: HomeParts['jobs'], now: Temporal.Instant): Html {
  if (runs.length === 0)
    return emptyState('还没有。到点自动办的事，比如定时推送、到时收课，会一件件记在这里。')
  return stackTable(
    ['什么事', '什么时候', '结果'],
    runs.map(run => {
      const [word, tone] = outcomes[run.outcome]
      const dueAt = Temporal.Instant.from(run.dueAt)
      // Reasons of failures are in the log: they are technical.
      const isTold = run.outcome === 'expired' || run.outcome === 'undone'
      const why = isTold && run.reason ? html`<p class="hint">${run.reason}</p>` : ''
      return [run.title ?? jobs.titleOf(run.job), timeOf(dueAt, now), html`${stateBadge(word, tone)}${why}`]
    }),
  )
}
