import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Audit } from '../../audit/trail.ts'
import { sendFile } from '../../console/forms.ts'
import { pageOf, pager } from '../../console/paging.ts'
import { card, emptyState, type Html, renderPage, stackTable } from '../../console/widgets.ts'
import type { ConsoleContext, ConsoleEnv, Page } from '../../feature.ts'
import { makeFormFile } from '../../ledger/form-file.ts'
import { type AuditKind, auditKinds } from '../../ports/audit.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory } from '../../ports/directory.ts'
import { sayKeptDay, sayKeptDays } from '../../text/dates/kept-day.ts'
import { dayInShanghai } from '../../text/dates/time.ts'
import { type AuditFilter, type AuditNames, type AuditRow, searchAudit } from './search.ts'
import { kindWords } from './words/words.ts'

type Parts = {
  audit: Pick<Audit, 'log' | 'people'>
  clock: Clock
  directory: Pick<Directory, 'groups'>
  keepDays: number
}

const rowsOnPage = 40
/** Problems that a check of the chain lists. */
const mostShown = 200

function filterOf(c: ConsoleContext, clock: Clock): AuditFilter {
  const month = c.req.query('month') ?? ''
  const kind = c.req.query('kind') ?? ''
  return {
    month: /^\d{4}-\d{2}$/u.test(month) ? month : dayInShanghai(clock.now()).slice(0, 7),
    kind: auditKinds.find(one => one === kind) ?? '',
    query: c.req.query('q')?.trim() ?? '',
  }
}

/** 「操作记录」: who did what and when, with a search, a check of the chain, and files to take along. */
export function auditPage({ audit, clock, directory, keepDays }: Parts): Page {
  const routes = new Hono<ConsoleEnv>()

  async function rowsFor(c: ConsoleContext, filter: AuditFilter): Promise<AuditRow[]> {
    const pages = c.get('frame')?.pages ?? []
    const names: AuditNames = {
      people: await audit.people.all(),
      titles: new Map(pages.map(({ path, title }) => [path, title])),
      groups: new Map((await directory.groups()).map(({ id, name }) => [id, name])),
    }
    return searchAudit(await audit.log.read(filter.month), filter, names)
  }

  routes.get('/', async c => {
    const filter = filterOf(c, clock)
    const shown = { filter, rows: await rowsFor(c, filter), page: c.req.query('page'), keepDays }
    return renderPage(c, '操作记录', viewAudit(shown))
  })

  routes.get('/check', async c => {
    return renderPage(c, '核对操作记录', viewCheck(await audit.log.verify()))
  })

  addExports(routes, { audit, clock, rowsFor })

  return {
    path: 'audit',
    title: '操作记录',
    chapter: 'auditor',
    section: '运行',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

type ExportParts = Pick<Parts, 'audit' | 'clock'> & {
  rowsFor(c: ConsoleContext, filter: AuditFilter): Promise<AuditRow[]>
}

function addExports(routes: Hono<ConsoleEnv>, { audit, clock, rowsFor }: ExportParts): void {
  routes.get('/export.xlsx', async c => {
    const filter = filterOf(c, clock)
    const rows = await rowsFor(c, filter)
    const file = await makeFormFile({
      kind: '操作记录',
      title: sayKeptDay(filter.month),
      total: `${rows.length} 条`,
      columns: [
        '序号',
        '时间',
        '类别',
        '谁',
        '代号',
        '途径',
        '从哪里',
        '做了什么',
        '动了什么',
        '记录',
        '命令或网址',
      ],
      rows: rows.map(row => Object.values(row).map(String)),
      exported: { by: c.get('person').name, at: clock.now() },
    })
    return sendFile(c, file)
  })

  routes.get('/export.jsonl', async c => {
    const entries = await audit.log.read()
    const text = entries.map(entry => `${JSON.stringify(entry)}\n`).join('')
    const name = `操作记录-${dayInShanghai(clock.now())}.jsonl`
    return sendFile(c, { name, mimeType: 'application/x-ndjson', bytes: new TextEncoder().encode(text) })
  })
}

type Shown = {
  filter: AuditFilter
  rows: readonly AuditRow[]
  /** As the address names it. */
  page: string | undefined
  keepDays: number
}

function viewAudit({ filter, rows, page, keepDays }: Shown): Html {
  const address = new URLSearchParams({ month: filter.month, kind: filter.kind, q: filter.query })
  const { shown, ...place } = pageOf(rows, { perPage: rowsOnPage, page })
  const table = stackTable(
    ['时间', '谁', '做了什么', '动了什么', '途径'],
    shown.map(row => [
      sayKeptDays(row.at),
      row.who,
      row.kind === kindWords.deed ? row.what : `${row.kind}：${row.what}`,
      viewChanges(row),
      `${row.road}${row.from ? `，${row.from}` : ''}`,
    ]),
    { isFlowing: true },
  )
  return card(
    '',
    html`<p class="hint">谁改过什么、导出过什么、谁登录没登上，都记在这里，保留 ${keepDays} 天，只能加、不能改。投票不记。</p>
    ${viewFilter(filter)}
    ${rows.length === 0 ? emptyState('没有符合的记录，换个月份或词试试。') : table}
    ${pager(place, to => `/audit?${address}&page=${to}`, { before: '新一些的', after: '旧一些的' })}
    <p><a href="/audit/export.xlsx?${address}">导出成表格</a>　<a href="/audit/export.jsonl">导出全部（可离线核对）</a>　<a href="/audit/check">核对有没有被改过</a></p>`,
  )
}

function viewCheck({
  problems,
  lines,
  from,
  head,
}: Awaited<ReturnType<Parts['audit']['log']['verify']>>): Html {
  const found =
    problems.length === 0
      ? html`<p class="done" role="status">核对过了：${lines} 条都在，没有被改过。</p>`
      : html`<div class="problem" role="alert"><p>核对出问题，请保存好现场，报告上级：</p>
        <ul>${problems.slice(0, mostShown).map(problem => html`<li>${problem}</li>`)}</ul></div>`
  return card(
    '',
    html`${found}<p>从第 ${from.number + 1} 条开始，最后一条的校验码：<code>${head}</code></p>
    <p class="hint">把校验码抄在纸上，下次核对时导出文件里还找得到它，就说明那以前的记录都没动过。</p>
    <p><a href="/audit">回到操作记录</a></p>`,
  )
}

function viewChanges({ changes, objects }: AuditRow): Html | string {
  if (objects === '') return changes || '没有改记录'
  return html`<details><summary>${changes}</summary><small>${objects.split('\n').map(line => html`${line}<br>`)}</small></details>`
}

function viewFilter({ month, kind, query }: AuditFilter): Html {
  const option = (value: AuditKind) =>
    html`<option value="${value}" ${value === kind ? 'selected' : ''}>${kindWords[value]}</option>`
  return html`<form method="get" action="/audit" class="filters">
    <input type="month" name="month" value="${month}" aria-label="月份">
    <select name="kind" aria-label="类别"><option value="">全部</option>${auditKinds.map(option)}</select>
    <input type="search" name="q" value="${query}" placeholder="人、页面、记录" aria-label="查找">
    <button type="submit" class="secondary">查找</button></form>`
}
