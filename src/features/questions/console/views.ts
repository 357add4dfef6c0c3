import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { pageOf, pager } from '../../../console/paging.ts'
import { emptyState, type Html, stackTable, stateBadge, timeOf } from '../../../console/widgets.ts'
import type { Kept, QuestionRecord } from '../log/records.ts'
import {
  byProgramme,
  byWeek,
  countOutcomes,
  groupNearSame,
  isAnswered,
  type QuestionGroup,
  sayShare,
} from '../log/rules.ts'

/** Weeks that are drawn. */
export const weeksShown = 8
const mostListed = 10
const loggedPerPage = 20
const groupsPerPage = 20

type View = {
  kept: readonly Kept[]
  now: Temporal.Instant
  inNeed: number
  keepDays: number
  /** The page of the log, as the address names it. Default: 1. */
  page: string | undefined
  nameOfProgramme(id: string): string
}

/** The numbers: by week and programme, asked most, not answered, and the log itself. */
export function viewNumbers(view: View): Html {
  const { kept, now, inNeed } = view
  const records = kept.map(({ value }) => value)
  const inbox = html`<p><a href="/questions/inbox">收件箱：${inNeed} 个问题没答好，等人处理 →</a></p>`
  if (records.length === 0)
    return html`${inbox}<section class="card">${emptyState('这里会列出大家问了什么、答上了多少。创客在群里 @ 机器人提问之后就有了。')}</section>`
  const all = countOutcomes(records)
  return html`${inbox}
    <section class="card"><h2>近 ${weeksShown} 周：问了 ${all.asked} 次，答上 ${sayShare(all.answered, all.asked)}</h2>
      <p>反问后没有选 ${all.choices} 次，没有可靠答案 ${all.none} 次；说「有用」${all.useful} 次，说「没用」${all.useless} 次。</p>
      ${picture('weeks', sayWeeks(records, now))}
      <details><summary>每周的数字</summary>${weekTable(records, now)}</details></section>
    <section class="card"><h2>按项目</h2>${picture('programmes', '各项目的问题答上多少，和下面的表一样')}${programmeTable(records, view)}</section>
    <div class="cards">
      <section class="card"><h2>问得最多</h2>${groupList(groupNearSame(kept))}</section>
      <section class="card"><h2>没有答上</h2>${groupList(groupNearSame(kept.filter(({ value }) => !isAnswered(value))))}</section>
    </div>
    ${viewLog(view)}`
}

function viewLog({ kept, now, keepDays, page: wanted }: View): Html {
  const { shown, ...place } = pageOf(kept.toReversed(), { perPage: loggedPerPage, page: wanted })
  return html`<section class="card" id="log"><h2>最近的问答</h2>${logTable(shown, now)}
      ${pager(place, page => `/questions?page=${page}#log`, { before: '晚一些的', after: '早一些的' })}
      <p class="hint">名字已换成成员编号；只保留 ${keepDays} 天。</p></section>`
}

/** One drawing for a desk and one for a phone; what it shows is told in words to who cannot see it. */
function picture(name: string, alt: string): Html {
  const at = (width: string) => `/questions/pictures/${name}.svg?width=${width}`
  return html`<div class="picture"><picture><source media="(max-width: 640px)" srcset="${at('narrow')}"><img src="${at('wide')}" alt="${alt}" loading="lazy"></picture></div>`
}

function sayWeeks(records: readonly QuestionRecord[], now: Temporal.Instant): string {
  const words = byWeek(records, now, weeksShown).map(
    ({ monday, tally: { asked, answered } }) =>
      `${monday.month}月${monday.day}日那周问了${asked}次，答上${sayShare(answered, asked)}`,
  )
  return `每周的问题（从周一算起）：${words.join('；')}`
}

const weekTable = (records: readonly QuestionRecord[], now: Temporal.Instant): Html =>
  stackTable(
    ['从周一', '问了', '答上'],
    byWeek(records, now, weeksShown).map(({ monday, tally: { asked, answered } }) => [
      ...[`${monday.month}月${monday.day}日`, String(asked), sayShare(answered, asked)],
    ]),
  )

/** Label of questions about no known programme. */
export const noProgramme = '（看不出项目）'

function programmeTable(records: readonly QuestionRecord[], { nameOfProgramme }: View): Html {
  return html`<table class="stack">
    <thead><tr><th>项目</th><th class="number">问了</th><th class="number">答上</th><th class="number">没有答案</th><th class="number">有用 / 没用</th></tr></thead>
    <tbody>${byProgramme(records).map(
      ({ programme, tally: row }) => html`<tr>
        <td data-label="项目">${programme === undefined ? noProgramme : nameOfProgramme(programme)}</td>
        <td data-label="问了" class="number">${row.asked}</td>
        <td data-label="答上" class="number">${sayShare(row.answered, row.asked)}</td>
        <td data-label="没有答案" class="number">${row.none}</td>
        <td data-label="有用 / 没用" class="number">${row.useful} / ${row.useless}</td>
      </tr>`,
    )}</tbody></table>`
}

function groupList(groups: readonly QuestionGroup[]): Html {
  if (groups.length === 0) return emptyState('没有。')
  return html`<ol>${groups.slice(0, mostListed).map(({ question, asked }) => html`<li>${question} <small>${asked.length} 次</small></li>`)}</ol>`
}

type Tone = Parameters<typeof stateBadge>[1]
const outcomes: Record<QuestionRecord['outcome'], [string, Tone]> = {
  answer: ['答了', 'good'],
  chosen: ['选后答了', 'good'],
  choices: ['反问', 'warn'],
  none: ['没有答案', 'bad'],
}

const logTable = (kept: readonly Kept[], now: Temporal.Instant): Html =>
  stackTable(
    ['问题', '时间', '成员', '结果', '评价'],
    kept.map(({ value }) => [
      value.question,
      timeOf(Temporal.Instant.from(value.at), now),
      value.memberId,
      html`${stateBadge(...outcomes[value.outcome])}${value.entry && value.outcome !== 'none' ? html` <a href="/knowledge/entries/${value.entry}">条目</a>` : ''}${value.ticket ? html` <a href="/desk/${value.ticket}">${value.ticket} 号</a>` : ''}`,
      value.useful === undefined ? '—' : value.useful ? '有用' : '没用',
    ]),
    { isFlowing: true },
  )

type Entries = readonly { id: string; question: string; programme: string }[]
type InboxView = {
  groups: readonly QuestionGroup[]
  /** As the address names it. Default: 1. */
  page?: string | undefined
  entries: Entries
  now: Temporal.Instant
  csrf: Html
  problem: string
  done: string
}

/** Unanswered and badly answered questions, near-same ones together, with what can be done about each. */
export function viewInbox(view: InboxView): Html {
  const { groups, problem, done } = view
  const { shown, ...place } = pageOf(groups, { perPage: groupsPerPage, page: view.page })
  return html`<p><a href="/questions">← 问答记录</a></p>
    ${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    ${done ? html`<p role="status" class="done">${done}</p>` : ''}
    <p class="hint">没有可靠答案、反问后没有选、或被说「没用」的问题，问法相近的放在一起。这里做的都只是草稿和建议，审核人同意才上线。</p>
    ${
      groups.length === 0
        ? html`<section class="card">${emptyState('都处理完了。没有答上的问题会自动到这里来。')}</section>`
        : shown.map(group => viewGroup(group, view))
    }
    ${pager(place, page => `/questions/inbox?page=${page}`, { before: '问得多的', after: '问得少的' })}`
}

function viewGroup(group: QuestionGroup, { entries, now, csrf }: InboxView): Html {
  const { question, asked } = group
  const wordings = [...new Set(asked.map(({ value }) => value.question))]
  const last = asked.at(-1)
  const hidden = html`${csrf}<input type="hidden" name="keys" value="${asked.map(({ key }) => key).join(',')}"><input type="hidden" name="question" value="${question}">`
  return html`<section class="card"><h2>${question}</h2>
    <p>${asked.length} 次${last ? html`，最近${timeOf(Temporal.Instant.from(last.value.at), now)}` : ''}：${sayWhy(asked)}</p>
    ${wordings.length > 1 ? html`<details><summary>别的问法 ${wordings.length - 1} 种</summary><ul>${wordings.slice(1).map(wording => html`<li>${wording}</li>`)}</ul></details>` : ''}
    <div class="actions">
      <form method="post" action="/questions/inbox/draft">${hidden}<button type="submit" class="secondary">写成新条目的草稿</button></form>
      <form method="post" action="/questions/inbox/dismiss">${hidden}<button type="submit" class="secondary">不用处理</button></form>
    </div>
    <details><summary>或者，它问的就是已有的条目</summary>
      <form method="post" action="/questions/inbox/wording">${hidden}
        <label>哪个条目<select name="entry" required>${options(entries, nearestOf(asked))}</select></label>
        <button type="submit" class="secondary">给它加上这个问法</button></form></details>
  </section>`
}

function sayWhy(asked: readonly Kept[]): string {
  const count = (has: (record: QuestionRecord) => boolean) => asked.filter(({ value }) => has(value)).length
  const parts = [
    [count(({ outcome }) => outcome === 'none'), '没有可靠答案'],
    [count(({ outcome }) => outcome === 'choices'), '反问后没有选'],
    [count(({ useful }) => useful === false), '说没用'],
  ] as const
  return parts
    .filter(([times]) => times > 0)
    .map(([times, why]) => `${why} ${times} 次`)
    .join('，')
}

/** The entries that these questions came near, most often first. */
function nearestOf(asked: readonly Kept[]): string[] {
  const found = Map.groupBy(
    asked.flatMap(({ value }) => value.entry ?? []),
    id => id,
  )
  return [...found].sort((a, b) => b[1].length - a[1].length).map(([id]) => id)
}

function options(entries: Entries, nearest: readonly string[]): Html {
  const near = nearest.flatMap(id => entries.find(entry => entry.id === id) ?? [])
  const option = ({ id, question }: Entries[number]) => html`<option value="${id}">${question}</option>`
  return html`<option value="">请选择</option>
    ${near.length > 0 ? html`<optgroup label="最接近的">${near.map(option)}</optgroup>` : ''}
    ${[...Map.groupBy(entries, ({ programme }) => programme)].map(([programme, group]) => html`<optgroup label="${programme}">${group.map(option)}</optgroup>`)}`
}
