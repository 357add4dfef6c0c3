import { Hono } from 'hono'
import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { renderSVG } from 'uqr'
import type { ConsoleEnv, Page } from '../feature.ts'
import type { JobRunner, Run } from '../jobs.ts'
import type { Alarms } from '../ports/alarms.ts'
import type { Clock } from '../ports/clock.ts'
import type { Directory } from '../ports/directory.ts'
import { emptyState, type Html, lineBadge, renderPage, stateBadge, timeOf } from './widgets.ts'

type LineStatus = { name: string; state: 'starting' | 'scan' | 'up' | 'down'; note: string; qrcode?: string }

type HomeParts = {
  lineStatus(): LineStatus
  alarms: Alarms
  jobs: JobRunner
  directory: Directory
  clock: Clock
  /** What the first organizer types; undefined once there is one. */
  claimCode(): Promise<string | undefined>
}

/** 「总览」: what is going on, what needs me, what can I do. */
export function homePage(parts: HomeParts): Page {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', async c =>
    renderPage(c, '总览', html`<div hx-get="/live" hx-trigger="every 5s">${await overview(parts)}</div>`),
  )
  routes.get('/live', async c => c.html(await overview(parts)))
  return { path: '', title: '总览', routes }
}

async function overview({ lineStatus, alarms, jobs, directory, clock, claimCode }: HomeParts): Promise<Html> {
  const now = clock.now()
  const [groups, upcoming, runs, code] = await Promise.all([
    directory.groups(),
    jobs.upcoming(8),
    jobs.runs(),
    claimCode(),
  ])
  return html`
    ${alarms.list().map(
      alarm => html`<article class="card alarm" role="alert">
      <h2>需要处理</h2><p>${alarm.text}</p><small>从${timeOf(alarm.since, now)}起</small></article>`,
    )}
    ${code || groups.length === 0 ? beginning(code) : ''}
    <div class="cards">
      ${lineCard(lineStatus())}
      <article class="card"><h2>接下来</h2>
        ${
          upcoming.length === 0
            ? emptyState('一周之内没有排定的事。')
            : html`<ul>${upcoming
                .slice(0, 6)
                .map(({ job, due }) => html`<li>${timeOf(due.at, now)} ${job.title}</li>`)}</ul>`
        }</article>
      <article class="card"><h2>绑定的群</h2>
        ${groups.length === 0 ? emptyState('还没有绑定群。绑定之后，机器人才在群里听话。') : html`<ul>${groups.map(group => html`<li>${group.name}</li>`)}</ul>`}</article>
      <article class="card"><h2>最近做过</h2>
        ${runs.length === 0 ? emptyState('还没有到点办过的事。') : html`<ul>${runs.slice(0, 6).map(run => runLine(run, jobs, now))}</ul>`}</article>
    </div>`
}

function beginning(code: string | undefined): Html {
  return html`<article class="card"><h2>怎么开始</h2><ol>
    ${code ? html`<li>组织者私聊机器人，发「认领 ${code}」，成为第一位组织者。</li>` : ''}
    <li>组织者在要服务的群里发「绑定本群」。</li>
    <li>创客在群里 @ 机器人提问；发「帮助」看看能做什么。</li></ol></article>`
}

function lineCard(line: LineStatus): Html {
  return html`<article class="card"><h2>聊天线路 ${lineBadge(line)}</h2><p>${line.name === 'sandbox' ? '模拟群：不用微信号，也不会发到真的群里。' : line.name}</p><p>${line.note}</p>
    ${line.qrcode ? html`<img class="qr" alt="登录二维码" src="data:image/svg+xml,${encodeURIComponent(renderSVG(line.qrcode))}">` : ''}</article>`
}

const outcomes = {
  claimed: ['进行中', 'quiet'],
  done: ['已完成', 'good'],
  failed: ['失败', 'bad'],
  expired: ['过时未做', 'warn'],
} as const

function runLine(run: Run, jobs: JobRunner, now: Temporal.Instant): Html {
  const [word, tone] = outcomes[run.outcome]
  return html`<li>${timeOf(Temporal.Instant.from(run.dueAt), now)} ${jobs.titleOf(run.job)} ${stateBadge(word, tone)}</li>`
}
