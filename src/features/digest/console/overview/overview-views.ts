import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { pager } from '../../../../console/paging.ts'
import { card, emptyState, type Html, stackTable, stateBadge, timeOf } from '../../../../console/widgets.ts'
import type { Progress } from '../../broadcast/progress.ts'
import { countByState, overallState, statesOf } from '../../broadcast/progress.ts'
import type { Broadcast } from '../../broadcast/records.ts'
import type { UpcomingRun } from '../../schedule/runs.ts'
import type { HistoryFilter, HistoryPage } from '../history.ts'
import { basePath, viewButton } from '../views.ts'

/** The broadcasts that wait for review. */
export function reviewInbox(waiting: readonly Broadcast[], now: Temporal.Instant): Html {
  if (waiting.length === 0)
    return emptyState('没有等审核的。写好送审的、到时间自动拟好的，会先停在这里，有人看过才发。')
  return html`<ul class="plain">${waiting.map(
    ({ number, title, author, sendAt, groups, changedAt }) => html`<li>
      <span><a href="${basePath}/${number}">推送 ${number}「${title}」</a><br>
        <small>${author ? `${author.name} 写的` : '机器人拟的'}，${timeOf(Temporal.Instant.from(changedAt), now)} 送审；${
          sendAt ? html`${timeOf(Temporal.Instant.from(sendAt), now)} 发` : '通过以后马上发'
        }，发到 ${groups.length} 个群</small></span>
      <a role="button" href="${basePath}/${number}">看原文，审核</a></li>`,
  )}</ul>`
}

/** Broadcasts that were restored from a backup and may have been sent after it: a person decides on each. */
export function heldAfterRestore(held: readonly Broadcast[], csrf: Html, now: Temporal.Instant): Html {
  const madeAt = held[0]?.heldFromBackupOf
  if (madeAt === undefined) return html``
  const rows = held.map(({ number, title, groups, state, sendAt }) => {
    const path = `/${number}`
    const send = viewButton(
      `${path}/resume`,
      state === 'review' ? '没发过，接着审核' : '没发过，发',
      csrf,
      'secondary',
    )
    return [
      html`<a href="${basePath}${path}">推送 ${number}「${title}」</a>`,
      `${groups.length} 个群`,
      sendAt ? timeOf(Temporal.Instant.from(sendAt), now) : '通过以后马上发',
      html`<div class="actions">${send}${viewButton(`${path}/was-sent`, '发过了，不发', csrf, 'secondary')}</div>`,
    ]
  })
  return card(
    `这 ${held.length} 条可能已经发过`,
    html`<p>恢复了${timeOf(Temporal.Instant.from(madeAt), now)}的备份，那以后发没发过，机器人不知道。请到群里看一眼，逐条定；都定好了，再在下面「发送」里恢复发送。</p>
    ${stackTable(['推送', '发到', '原定时间', '决定'], rows)}`,
  )
}

/** Future runs and timed broadcasts, soonest first. */
export function upcomingTable(
  {
    runs,
    own,
    csrf,
    goesAt,
  }: {
    runs: readonly UpcomingRun[]
    own: readonly Broadcast[]
    csrf: Html
    goesAt(one: Broadcast): Temporal.Instant
  },
  now: Temporal.Instant,
): Html {
  const ofPlans = runs.map(run => ({ at: run.at, row: runRow(run, csrf, now) }))
  const ofOwn = own
    .filter(({ number }) => !runs.some(run => run.number === number))
    .map(one => ({ at: goesAt(one), row: ownRow(one, goesAt(one), now) }))
  const rows = [...ofPlans, ...ofOwn]
    .sort((a, b) => Temporal.Instant.compare(a.at, b.at))
    .map(({ row }) => row)
  if (rows.length === 0)
    return emptyState('近期没有排好的推送。在「栏目排期」里写什么时候推，或者现在写一份。')
  return stackTable(['时间', '推送', '现在', ''], rows, { isCompact: true })
}

function runRow(
  { plan, at, slot, isSkipped, number }: UpcomingRun,
  csrf: Html,
  now: Temporal.Instant,
): (Html | string)[] {
  const link =
    number === undefined
      ? html`${plan.title}`
      : html`<a href="${basePath}/${number}">推送 ${number}「${plan.title}」</a>`
  if (isSkipped) return [timeOf(at, now), link, stateBadge('已取消', 'quiet'), '']
  if (number !== undefined) return [timeOf(at, now), link, '已经拟好，等审核或等发', '']
  const lead = at.subtract({ hours: plan.leadHours })
  return [
    timeOf(at, now),
    link,
    // Composing is due but there was no new item; it is retried until the run is due.
    lead.since(now).sign > 0 ? html`<span>${timeOf(lead, now)} 拟稿送审</span>` : '还没有新条目，有了就拟',
    viewButton(`/runs/${encodeURIComponent(slot)}/skip`, '取消这一次', csrf, 'quiet'),
  ]
}

function ownRow(broadcast: Broadcast, at: Temporal.Instant, now: Temporal.Instant): (Html | string)[] {
  const { word, tone } = overallState({ broadcast, deliveries: [], tasks: new Map(), isEchoMissing: false })
  return [
    timeOf(at, now),
    html`<a href="${basePath}/${broadcast.number}">推送 ${broadcast.number}「${broadcast.title}」</a>`,
    stateBadge(word, tone),
    '',
  ]
}

const states: [string, string][] = [
  ['', '全部状态'],
  ['open', '还没发的'],
  ['done', '发完的'],
  ['missing', '没送到或不确定'],
  ['stopped', '驳回、取消、过期'],
]

/** The history with its search form. */
export function historySection(
  { shown, ...place }: HistoryPage,
  search: HistoryFilter,
  now: Temporal.Instant,
): Html {
  const isSearched = search.words !== '' || search.state !== '' || search.month !== ''
  const nothing = isSearched
    ? '没有找到，换个词试试。'
    : '还没有推送过。第一次推送以后，这里能看到每个群送到了没有。'
  return html`<form method="get" action="${basePath}" class="search">
      <label>找<input type="search" name="q" value="${search.words}" placeholder="编号、标题、正文、群名"></label>
      <label>状态<select name="state">${states.map(
        ([value, label]) =>
          html`<option value="${value}"${value === search.state ? html` selected` : ''}>${label}</option>`,
      )}</select></label>
      <label>月份<input type="month" name="month" value="${search.month}"></label>
      <button class="secondary">找</button></form>
    <p><a href="${basePath}/sheet.xlsx${search.month ? `?month=${search.month}` : ''}">下载${search.month ? '这个月' : '本月'}的送达表（.xlsx）</a></p>
    ${
      shown.length === 0
        ? emptyState(nothing)
        : stackTable(
            ['编号', '写好', '状态', '各群'],
            shown.map(progress => historyRow(progress, now)),
          )
    }
    ${pager(place, page => linkTo(search, page), { before: '新一些的', after: '早一些的' })}`
}

function linkTo({ words, state, month }: HistoryFilter, page: number): string {
  return `${basePath}?${new URLSearchParams({ q: words, state, month, page: String(page) })}`
}

function historyRow(progress: Progress, now: Temporal.Instant): (Html | string)[] {
  const { broadcast, deliveries } = progress
  const { word, tone } = overallState(progress)
  return [
    html`<a class="badge-link" href="${basePath}/${broadcast.number}">推送 ${broadcast.number}</a> ${broadcast.title}`,
    timeOf(Temporal.Instant.from(broadcast.createdAt), now),
    stateBadge(word, tone),
    deliveries.length > 0 ? countByState(statesOf(progress)) : '还没有发',
  ]
}
