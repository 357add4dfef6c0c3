import { html } from 'hono/html'
import { card, emptyState, fileInput, type Html, stateBadge } from '../../../../console/widgets.ts'
import type { PlannedRow } from '../sheets/import-plan.ts'
import type { DraftDryRun, ImportDryRun } from '../sheets/sheet-import.ts'
import { basePath } from './parts.ts'

const kinds: Record<PlannedRow['kind'], [word: string, tone: 'good' | 'warn' | 'bad' | 'quiet']> = {
  wrong: ['有误', 'bad'],
  added: ['新增', 'good'],
  changed: ['修改', 'warn'],
  same: ['不变', 'quiet'],
}
const mostShown = 200

/** Out to a spreadsheet and in again. */
export function viewSheet(csrf: Html): Html {
  return html`<div class="cards">
    ${card('导出', html`<p>全部条目和依据的文件，一份 .xlsx。改完可以原样导回来。</p><p><a role="button" class="secondary" href="${basePath}/sheet/export.xlsx">导出知识表</a></p>`)}
    ${card(
      '导入',
      html`<form method="post" action="${basePath}/sheet" enctype="multipart/form-data">${csrf}
      ${fileInput('知识表（.xlsx 或 .csv，不超过 5 MB、两万行）', '.xlsx,.csv')}
      <button type="submit">先看看会改什么</button></form>
      <p class="hint">这一步什么都不改。按「编号」找条目：有的改，没有的新增，表里没写到的不动。一行有误，整份都不导入。</p>
      <p class="hint">只有「问题」「答案」两列的表也能导，每行收成一份草稿，再一条条补全。</p>`,
    )}</div>
    ${card(
      '怎么填',
      html`<ul><li>「其他问法」「依据」「出处」：一行一个，在格子里用 Alt+Enter 换行。</li>
      <li>「下面几行」：一行一句，以「对象：」「标准：」「时间：」「办法：」「材料：」或「注意：」开头；出自别的文件，句末写「〔依据 小名〕」；没完全核实，句末写「〔待核实〕」。</li>
      <li>「依据」写文件的小名，第一个是主要的；文件本身在第二张表「文件」里。</li></ul>`,
    )}`
}

/** Dry run of an import, row by row, the wrong ones first; the button only when nothing is wrong. */
export function viewEntryDryRun(run: ImportDryRun, csrf: Html): Html {
  const count = (kind: PlannedRow['kind']) => run.rows.filter(row => row.kind === kind).length
  const order = Object.keys(kinds)
  const shown = run.rows
    .filter(({ kind }) => kind !== 'same')
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  return html`<p><a href="${basePath}/sheet">← 表格</a></p>
    <section class="card"><h2>${run.fileName}</h2>
      <p>新增 ${count('added')} 行，修改 ${count('changed')} 行，不变 ${count('same')} 行，有误 ${run.wrong} 行；另外 ${run.untouched} 条不在表里，保持不变。</p>
      ${run.ignoredColumns.length > 0 ? html`<p class="hint">没有用到的列：${run.ignoredColumns.join('、')}。</p>` : ''}
      ${viewVerdict(run, count('added') + count('changed'), csrf)}</section>
    <section class="card"><h2>逐行看</h2>${shown.length === 0 ? emptyState('没有要改的。') : viewRows(shown)}</section>`
}

function viewVerdict({ wrong }: ImportDryRun, toDo: number, csrf: Html): Html {
  if (wrong > 0)
    return html`<p role="alert" class="problem">有 ${wrong} 行要改，整份都没有导入。请在表里改好，再选一次。</p>`
  if (toDo === 0) return html`<p role="status">和现在的知识完全一样，不用导入。</p>`
  return html`<form method="post" action="${basePath}/sheet/confirm">${csrf}<button type="submit">交给审核人，改动 ${toDo} 行</button></form><p class="hint">批准以后一起上线，要么全部，要么都不。</p>`
}

const draftKinds: Record<
  DraftDryRun['rows'][number]['kind'],
  [word: string, tone: 'good' | 'warn' | 'quiet']
> = {
  draft: ['收成草稿', 'good'],
  'other-answer': ['收成草稿，比一比', 'warn'],
  wrong: ['不收', 'warn'],
  known: ['已有', 'quiet'],
}

/** The drafts that a sheet of questions and answers would make. */
export function viewDraftDryRun({ fileName, rows }: DraftDryRun, csrf: Html): Html {
  const count = (kind: keyof typeof draftKinds) => rows.filter(row => row.kind === kind).length
  const others = count('other-answer')
  const drafts = count('draft') + others
  const said = (words: string, rowsOfKind: number) => (rowsOfKind > 0 ? [`${words} ${rowsOfKind} 条`] : [])
  const counts = [
    ...said('收成草稿', drafts),
    ...said('其中和已有的答案不一样', others),
    ...said('已有', count('known')),
    ...said('不收', count('wrong')),
  ]
  return html`<p><a href="${basePath}/sheet">← 表格</a></p>
    <section class="card"><h2>${fileName}</h2>
      <p>${counts.join('，')}。</p>
      ${
        drafts === 0
          ? html`<p role="status">没有可以收的。</p>`
          : html`<form method="post" action="${basePath}/sheet/confirm">${csrf}<button type="submit">收成 ${drafts} 份草稿</button></form>
      <p class="hint">草稿不会回答群里的问题：每条补上项目、依据和核实日期，审核人批准以后才上线。</p>
      ${others > 0 ? html`<p class="hint">问题已有、答案不一样的，请比一比：条目里有的，草稿交上去就是改那一条；不对的，把草稿删掉就行。</p>` : ''}`
      }</section>
    <section class="card"><h2>逐行看</h2><table class="stack"><thead><tr><th class="number">行</th><th>问题</th><th>答案</th><th>会怎样</th></tr></thead>
      <tbody>${rows.slice(0, mostShown).map(
        ({ line, question, answer, kind, note }) => html`<tr><td data-label="行" class="number">${line}</td>
        <td data-label="问题">${question || '（空）'}</td><td data-label="答案">${answer || '（空）'}</td>
        <td data-label="会怎样">${stateBadge(...draftKinds[kind])}${note ? html` <small>${note}</small>` : ''}</td></tr>`,
      )}</tbody></table>${rows.length > mostShown ? html`<p>还有 ${rows.length - mostShown} 行没有列出。</p>` : ''}</section>`
}

function viewRows(rows: readonly PlannedRow[]): Html {
  return html`<table class="stack"><thead><tr><th>哪张表</th><th class="number">行</th><th>编号</th><th>会怎样</th><th>说明</th></tr></thead>
    <tbody>${rows.slice(0, mostShown).map(
      ({
        sheet,
        line,
        name,
        kind,
        notes,
      }) => html`<tr><td data-label="哪张表">${sheet}</td><td data-label="行" class="number">${line}</td>
        <td data-label="编号">${name}</td><td data-label="会怎样">${stateBadge(...kinds[kind])}</td>
        <td data-label="说明">${notes.length === 0 ? '' : notes.map((note, at) => html`${at > 0 ? html`<br>` : ''}${note}`)}</td></tr>`,
    )}</tbody></table>${rows.length > mostShown ? html`<p>还有 ${rows.length - mostShown} 行没有列出。</p>` : ''}`
}
