import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { Temporal as Times } from 'temporal-polyfill'
import { pageOf, pager } from '../../../../../console/paging.ts'
import { emptyState, type Html, stateBadge, timeOf } from '../../../../../console/widgets.ts'
import type { Item } from '../../../../../ports/items.ts'
import { sayKeptDay } from '../../../../../text/dates/kept-day.ts'
import { fold } from '../../../../../text/fold.ts'
import type { ClauseAlarm } from '../../../cited-clauses.ts'
import type { Entry, Programme } from '../../../records.ts'
import { ageOf, entryStateOf, stateWords } from '../../age.ts'
import type { EntryDraft } from '../../changes/records.ts'
import { basePath } from '../parts.ts'

/** Entries on one page. */
const perPage = 30

type Listed = {
  entry: Entry
  isOld: boolean
  isWaiting: boolean
  isDisputed: boolean
  notice: Item | undefined
  alarm: ClauseAlarm | undefined
  state: ReturnType<typeof entryStateOf>
}
const filters: { show: string; title: string; has(one: Listed): boolean }[] = [
  { show: '', title: '全部', has: () => true },
  {
    show: 'due',
    title: '到期要看',
    has: ({ state }) => state === 'ended' || state === 'ending',
  },
  { show: 'check', title: '要核', has: ({ notice, alarm }) => notice !== undefined || alarm !== undefined },
  { show: 'old', title: '180 天没核实', has: ({ isOld, entry }) => isOld && entry.status === 'live' },
  { show: 'waiting', title: '有改动', has: ({ isWaiting, isDisputed }) => isWaiting || isDisputed },
  { show: 'off', title: '没上线', has: ({ entry }) => entry.status !== 'live' },
]

export type ListView = {
  entries: readonly Entry[]
  programmes: readonly Programme[]
  drafts: readonly EntryDraft[]
  waiting: ReadonlySet<string>
  disputed: ReadonlySet<string>
  /** The notice since the last check, by entry. */
  noticed: ReadonlyMap<string, Item>
  /** The clauses that say something else now, by entry. */
  changedClauses: ReadonlyMap<string, ClauseAlarm>
  now: Temporal.Instant
  show: string
  programme: string
  query: string
  /** As the address names it. Default: 1. */
  page: string | undefined
}

/** Every entry with its state and age, and the drafts. */
export function viewList(view: ListView): Html {
  const { entries, now, waiting, disputed, noticed, changedClauses, show, programme, query } = view
  const listed = entries.map(entry => ({
    entry,
    state: entryStateOf(entry, now),
    isOld: ageOf(entry, now).isOld,
    isWaiting: waiting.has(entry.id),
    isDisputed: disputed.has(entry.id),
    notice: noticed.get(entry.id),
    alarm: changedClauses.get(entry.id),
  }))
  const filter = filters.find(one => one.show === show) ?? filters[0]
  const words = fold(query)
  const found = listed.filter(
    one =>
      filter?.has(one) &&
      (programme === '' || one.entry.programme === programme) &&
      (words === '' ||
        [one.entry.id, one.entry.question, ...one.entry.otherQuestions].some(text =>
          fold(text).includes(words),
        )),
  )
  const { shown, ...place } = pageOf(found, { perPage, page: view.page })
  return html`<div class="actions"><a role="button" href="${basePath}/new">写一条新的</a></div>
    ${viewDrafts(view.drafts, now)}
    <section class="card"><h2>知识条目（${entries.length} 条）</h2>
      <nav class="tabs small" aria-label="按状态看">${filters.map(
        ({ show: to, title, has }) =>
          html`<a href="${link(view, to)}" ${to === filter?.show ? html`aria-current="page"` : ''}>${title} ${listed.filter(has).length}</a>`,
      )}</nav>
      ${viewSearch(view)}
      ${found.length === 0 ? emptyState(entries.length === 0 ? '还没有条目。写一条，或者用表格导入。' : '没有这样的条目，换个词或换个分类看看。') : viewRows(shown, view)}
      ${pager(place, page => link(view, show, page), { before: '上一页', after: '下一页' })}
    </section>`
}

function link({ programme, query }: ListView, show: string, page = 1): string {
  const words = new URLSearchParams(
    Object.entries({ show, programme, q: query, page: page > 1 ? String(page) : '' }).filter(
      ([, value]) => value !== '',
    ),
  )
  return words.size > 0 ? `${basePath}?${words}` : basePath
}

function viewSearch({ programmes, programme, query, show }: ListView): Html {
  return html`<form method="get" action="${basePath}" class="row">
    <input type="hidden" name="show" value="${show}">
    <label>项目<select name="programme"><option value="">全部项目</option>${programmes.map(({ id, name }) => html`<option value="${id}" ${id === programme ? 'selected' : ''}>${name}</option>`)}</select></label>
    <label>问法里有<input type="search" name="q" value="${query}" placeholder="例如 高企 材料"></label>
    <button type="submit" class="secondary">查找</button></form>`
}

function viewRows(found: readonly Listed[], { programmes, now }: ListView): Html {
  const names = new Map(programmes.map(({ id, name }) => [id, name]))
  return html`<table class="stack flowing">
    <thead><tr><th>标准问法</th><th>项目</th><th>状态</th><th>核实</th><th class="number">问法</th></tr></thead>
    <tbody>${found.map(({ entry, state, isWaiting, isDisputed, notice, alarm }) => {
      const age = ageOf(entry, now)
      return html`<tr>
        <td data-label="问法"><a href="${basePath}/entries/${entry.id}">${entry.question}</a></td>
        <td data-label="项目">${names.get(entry.programme) ?? entry.programme}</td>
        <td data-label="状态">${stateBadge(...stateWords[state])}${entry.effectiveUntil ? html` <small>到 ${sayKeptDay(entry.effectiveUntil)}</small>` : ''}
          ${isWaiting ? stateBadge('有改动待审', 'warn') : ''}${isDisputed ? stateBadge('和文件不一致', 'bad') : ''}</td>
        <td data-label="核实">${age.isOld ? stateBadge(age.words, 'warn') : html`<small>${age.words}</small>`}${notice ? html` ${stateBadge('有新通知', 'warn')} <small>${viewNotice(notice)}</small>` : ''}${alarm ? html` ${stateBadge(alarm.isHeld ? '条款变了，先不说' : '条款变了', 'bad')}` : ''}</td>
        <td data-label="问法数" class="number">${entry.otherQuestions.length + 1}</td></tr>`
    })}</tbody></table>`
}

/** A notice by its title, as a link to the item. */
export const viewNotice = ({ id, title }: Item): Html => html`<a href="/items/${id}">${title}</a>`

function viewDrafts(drafts: readonly EntryDraft[], now: Temporal.Instant): Html {
  if (drafts.length === 0) return html``
  return html`<section class="card"><h2>没写完的（${drafts.length} 份）</h2><ul class="plain">${drafts.map(
    ({ id, fields, by, at }) =>
      html`<li><a href="${basePath}/drafts/${id}">${fields.question?.trim() || '（还没有标准问法）'}</a><small>${by.name}，${timeOf(Times.Instant.from(at), now)}</small></li>`,
  )}</ul></section>`
}
