import { html } from 'hono/html'
import { emptyState, type Html, stateBadge } from '../../console/widgets.ts'
import type { RosterRow } from './records.ts'
import type { DryRun } from './roster-desk.ts'
import type { PlannedLine } from './roster-rules.ts'

type Tone = Parameters<typeof stateBadge>[1]
const kinds: Record<PlannedLine['kind'], [string, Tone]> = {
  wrong: ['有误', 'bad'],
  added: ['新增', 'good'],
  changed: ['修改', 'warn'],
  same: ['不变', 'quiet'],
}
/** More than this nobody reads on a page; the file has them all. */
const mostShown = 200

/** The roster and the form that imports one. */
export function viewRoster(
  rows: readonly RosterRow[],
  { query, csrf, problem = '', done = '' }: { query: string; csrf: Html; problem?: string; done?: string },
): Html {
  const found = rows.filter(row =>
    [row.name, row.branch, row.space, row.team].some(text => text.includes(query)),
  )
  return html`${done ? html`<p role="status" class="done">${done}</p>` : ''}
    ${viewImport(csrf, problem)}
    <section class="card"><h2>成员名单（${rows.length} 人）</h2>
    ${
      rows.length === 0
        ? emptyState('这里会列出名单上的成员，统计时用名单上的名字。请用上面的表单导入一份。')
        : html`<p>${rows.filter(row => row.isLinked).length} 人已经和群里的人对上。<a href="/roster/export.xlsx">导出名单</a></p>
      <form method="get" action="/roster" role="search"><input type="search" name="q" value="${query}" placeholder="按姓名、支部、空间、团队查找"></form>
      ${viewRows(found)}`
    }
    </section>`
}

function viewImport(csrf: Html, problem: string): Html {
  return html`<section class="card"><h2>导入名单</h2>
    ${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    <form method="post" action="/roster/preview" enctype="multipart/form-data">${csrf}
      <label>名单文件（.xlsx 或 CSV，不超过 5 MB）
        <input type="file" name="file" required accept=".xlsx,.csv,.txt"></label>
      <button type="submit">先看看会改什么</button>
      <p class="hint">认这些列：姓名、支部、众创空间、企业/团队、手机尾号、群昵称。这一步不会保存；手机号只留后四位，政治面貌不保存。</p>
    </form></section>`
}

function viewRows(rows: readonly RosterRow[]): Html {
  if (rows.length === 0) return emptyState('没有找到，换个词试试。')
  const more = rows.length > mostShown ? html`<p>只列出前 ${mostShown} 人，其余请查找或导出。</p>` : ''
  return html`<table class="stack">
    <thead><tr><th>姓名</th><th>支部</th><th>众创空间</th><th>企业/团队</th><th>群里</th></tr></thead>
    <tbody>${rows.slice(0, mostShown).map(
      row => html`<tr>
        <td data-label="姓名">${row.name}</td>
        <td data-label="支部">${row.branch || '—'}</td>
        <td data-label="众创空间">${row.space || '—'}</td>
        <td data-label="企业/团队">${row.team || '—'}</td>
        <td data-label="群里">${row.isLinked ? stateBadge('已对上', 'good') : stateBadge('还没见到', 'quiet')}</td>
      </tr>`,
    )}</tbody></table>${more}`
}

/** What an import would do, row by row, the wrong ones first; the button only when nothing is wrong. */
export function viewDryRun(run: DryRun, csrf: Html): Html {
  const count = (kind: PlannedLine['kind']) => run.lines.filter(line => line.kind === kind).length
  const toDo = count('added') + count('changed')
  return html`<p><a href="/roster">← 成员名单</a></p>
    <section class="card"><h2>${run.fileName}</h2>
      <p>新增 ${count('added')} 人，修改 ${count('changed')} 人，不变 ${count('same')} 人，有误 ${run.wrong} 行；名单上另外 ${run.untouched} 人不在文件里，保持不变。</p>
      ${run.ignoredColumns.length > 0 ? html`<p class="hint">没有用到的列：${run.ignoredColumns.join('、')}。</p>` : ''}
      ${run.unkeptColumns.length > 0 ? html`<p class="hint">为保护隐私不保存的列：${run.unkeptColumns.join('、')}。</p>` : ''}
      ${viewVerdict({ wrong: run.wrong, toDo, csrf })}
    </section>
    <section class="card">${viewLines(run.lines)}</section>`
}

function viewVerdict({ wrong, toDo, csrf }: { wrong: number; toDo: number; csrf: Html }): Html {
  if (wrong > 0)
    return html`<p role="alert" class="problem">有 ${wrong} 行要改，整份都还没有导入。请在文件里改好，再选一次。</p>`
  if (toDo === 0) return html`<p role="status">和名单完全一样，不用导入。</p>`
  return html`<form method="post" action="/roster/import">${csrf}<button type="submit">导入，改动 ${toDo} 人</button></form>`
}

function viewLines(lines: readonly PlannedLine[]): Html {
  const order = Object.keys(kinds)
  const shown = lines
    .filter(({ kind }) => kind !== 'same')
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  if (shown.length === 0) return emptyState('没有要改的。')
  const more = shown.length > mostShown ? html`<p>还有 ${shown.length - mostShown} 行没有列出。</p>` : ''
  return html`<table class="stack">
    <thead><tr><th class="number">行</th><th>姓名</th><th>会怎样</th><th>说明</th></tr></thead>
    <tbody>${shown.slice(0, mostShown).map(
      ({ line, name, kind, note }) => html`<tr>
        <td data-label="行" class="number">${line}</td>
        <td data-label="姓名">${name}</td>
        <td data-label="会怎样">${stateBadge(...kinds[kind])}</td>
        <td data-label="说明">${note || '—'}</td>
      </tr>`,
    )}</tbody></table>${more}`
}
