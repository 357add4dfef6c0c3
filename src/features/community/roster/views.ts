import { html } from 'hono/html'
import { pageOf, pager } from '../../../console/paging.ts'
import { card, emptyState, fileInput, type Html, stackTable, stateBadge } from '../../../console/widgets.ts'
import { compareNames } from '../../../text/names/name-order.ts'
import type { RosterRow } from '../records/records.ts'
import { fieldNames } from './file/columns.ts'

const rowsOnPage = 40

export type RosterSearch = { query: string; branch: string; space: string; page: number }

export type RosterShown = {
  rows: readonly RosterRow[]
  /** Members who are known in chat. */
  linked: ReadonlySet<string>
  /** How many people wait to be looked at. */
  toConfirm: number
  search: RosterSearch
  csrf: Html
  keepsParty: boolean
  problem?: string
  done?: string
  /** The last import can be taken back. */
  canTakeBackImport?: boolean
}

/** Those whom a search leaves, in the order of the roster. */
export function rowsFoundIn(rows: readonly RosterRow[], { query, branch, space }: RosterSearch): RosterRow[] {
  const words = query.split(/\s+/u).filter(word => word !== '')
  return rows.filter(
    row =>
      (branch === '' || row.branch === branch) &&
      (space === '' || row.space === space) &&
      words.every(word => textOf(row).includes(word)),
  )
}

const textOf = ({ name, branch, space, team, alias, nickname, phoneTail }: RosterRow) =>
  [name, branch, space, team, alias, nickname, phoneTail].join('\n')

/** The roster, and above it the form that imports one: below hundreds of members it is not found. */
export function viewRoster(shown: RosterShown): Html {
  const { rows, problem = '', done = '' } = shown
  const isEmpty = rows.length === 0
  return html`${done ? html`<p role="status" class="done">${done}</p>` : ''}
    ${shown.canTakeBackImport ? undoForm(shown.csrf) : ''}
    ${viewWaiting(shown)}
    ${viewImport(shown, problem)}
    ${
      isEmpty
        ? card(
            '成员名单（0 人）',
            html`${emptyState('这里会列出名单上的成员；签到、应到和统计都用名单上的名字。请用上面的表单导入一份。')}
            <p><a href="/roster/new">只加一位</a></p>`,
          )
        : card(`成员名单（${rows.length} 人）`, viewList(shown))
    }`
}

function viewWaiting({ toConfirm }: RosterShown): Html {
  if (toConfirm === 0) return html``
  return html`<section class="card alarm"><h2>${stateBadge('要核对', 'warn')} 有 ${toConfirm} 位不能确定是谁</h2>
    <p>群里的人和名单对不准，或者换了微信号。核对以后，他们之前的签到一起并过来。</p>
    <p><a href="/identities" role="button">去核对</a></p></section>`
}

const undoForm = (csrf: Html) =>
  html`<form method="post" action="/roster/undo">${csrf}<button class="secondary">撤销上次导入</button>
    <span class="hint">名单回到导入以前；之后又改过名单，就不能整个撤销了。</span></form>`

function viewImport({ csrf, keepsParty }: RosterShown, problem: string): Html {
  return card(
    '导入名单',
    html`${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    <form method="post" action="/roster/preview" enctype="multipart/form-data">${csrf}
      ${fileInput('名单文件（.xlsx 或 CSV，不超过 5 MB）', '.xlsx,.csv,.txt,.tsv')}
      <button type="submit">先看看会改什么</button>
      <p class="hint">认这些列：姓名、支部、众创空间、企业/团队、手机尾号、群昵称、微信昵称、备注。这一步不会保存；手机号只留后四位，${
        keepsParty ? '政治面貌按设置保留，只在本页显示' : '政治面貌不保存'
      }。</p>
    </form>`,
  )
}

function viewList(shown: RosterShown): Html {
  const { rows, linked, search } = shown
  const found = rowsFoundIn(rows, search)
  const known = rows.filter(({ id }) => linked.has(id)).length
  const place = pageOf(found, { perPage: rowsOnPage, page: String(search.page) })
  return html`<p>${known} 人和群里的人对上了，还有 ${rows.length - known} 人没见到。</p>
    <div class="actions"><a href="/roster/new" role="button" class="secondary">加一位</a>
      <a href="/roster/export.xlsx" role="button" class="secondary">导出名单</a></div>
    ${viewSearch(rows, search)}
    ${found.length === 0 ? emptyState('没有找到，换个词试试。') : viewRows(place.shown, linked)}
    ${pager(place, to => linkOf(search, to), { before: '上一页', after: '下一页' })}`
}

function viewSearch(rows: readonly RosterRow[], { query, branch, space }: RosterSearch): Html {
  const choice = (name: 'branch' | 'space', all: string, chosen: string) => {
    const names = [...new Set(rows.map(row => row[name]))].filter(Boolean).sort(compareNames)
    return html`<select name="${name}" aria-label="${fieldNames[name]}"><option value="">${all}</option>
      ${names.map(one => html`<option ${one === chosen ? html`selected` : ''}>${one}</option>`)}</select>`
  }
  return html`<form method="get" action="/roster" class="filters">
    <input type="search" name="q" value="${query}" placeholder="姓名、团队、群昵称" aria-label="查找">
    ${choice('branch', '所有支部', branch)}${choice('space', '所有空间', space)}
    <button type="submit" class="secondary">查找</button></form>`
}

function viewRows(rows: readonly RosterRow[], linked: ReadonlySet<string>): Html {
  return stackTable(
    ['姓名', '支部', '众创空间', '企业/团队', '群里'],
    rows.map(row => [
      html`<a href="/roster/members/${row.id}">${row.name}</a>`,
      row.branch || '—',
      row.space || '—',
      row.team || '—',
      linked.has(row.id) ? stateBadge('已对上', 'good') : stateBadge('还没见到', 'quiet'),
    ]),
    { isFlowing: true },
  )
}

function linkOf({ query, branch, space }: RosterSearch, page: number): string {
  const search = new URLSearchParams({ q: query, branch, space, page: String(page) })
  return `/roster?${search.toString()}`
}
