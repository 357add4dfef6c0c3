import { html } from 'hono/html'
import { card, emptyState, type Html, stackTable, stateBadge } from '../../../console/widgets.ts'
import type { RosterDryRun } from './actions.ts'
import { fieldNames } from './file/columns.ts'
import type { PlannedLine } from './file/plan.ts'

type Tone = Parameters<typeof stateBadge>[1]
const kinds: Record<PlannedLine['kind'], [string, Tone]> = {
  wrong: ['有误', 'bad'],
  added: ['新增', 'good'],
  changed: ['修改', 'warn'],
  skipped: ['跳过', 'quiet'],
  same: ['不变', 'quiet'],
}
/** Most rows shown on the page; the file has them all. */
const mostShown = 100

/** Dry run of an import, row by row, the wrong ones first; the button only when nothing is wrong. */
export function viewRosterDryRun(run: RosterDryRun, csrf: Html): Html {
  const count = (kind: PlannedLine['kind']) => run.lines.filter(line => line.kind === kind).length
  const skipped = count('skipped') > 0 ? `，跳过 ${count('skipped')} 行（不是人）` : ''
  return html`<p><a href="/roster">← 成员名单</a></p>
    ${card(
      run.fileName,
      html`<p>新增 ${count('added')} 人，修改 ${count('changed')} 人，不变 ${count('same')} 人，有误 ${run.wrong} 行${skipped}；名单上另外 ${run.untouched} 人不在文件里，保持不变。</p>
      ${viewColumns(run)}
      ${viewVerdict({ wrong: run.wrong, toDo: count('added') + count('changed'), same: count('same'), csrf })}`,
    )}
    ${card('', viewLines(run.lines))}`
}

function viewColumns({
  columns,
  ignoredColumns,
  unkeptColumns,
  otherSheets,
  filledDown,
}: RosterDryRun): Html {
  const read = columns.map(({ title, field }) => {
    const name = field === 'id' ? '编号' : fieldNames[field]
    return title.replaceAll(/\s/gu, '') === name ? name : `${title} → ${name}`
  })
  const hint = (text: string, names: readonly string[]) =>
    names.length > 0 ? html`<p class="hint">${text}：${names.join('、')}。</p>` : ''
  return html`${hint('读了这些列', read)}${hint('没有用到的列', ignoredColumns)}
    ${hint('为保护隐私不保存的列', unkeptColumns)}${hint('没有读的工作表', otherSheets)}${hint('空着的格子按上一行填的列', filledDown)}`
}

type Counts = { wrong: number; toDo: number; same: number }

function viewVerdict({ wrong, toDo, same, csrf }: Counts & { csrf: Html }): Html {
  if (wrong > 0)
    return html`<p role="alert" class="problem">有 ${wrong} 行要改，整份都还没有导入。请在文件里改好，再选一次。</p>
      <p><a href="/roster" role="button" class="secondary">重新选文件</a></p>`
  if (toDo + same === 0)
    return html`<p role="alert" class="problem">一个人也没有读到。下面写着每一行为什么没有读，多半是列名和内容错开了，请改好再选一次。</p>
      <p><a href="/roster" role="button" class="secondary">重新选文件</a></p>`
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
  return html`${stackTable(
    ['行', '姓名', '会怎样', '说明'],
    shown
      .slice(0, mostShown)
      .map(({ line, name, kind, note }) => [String(line), name, stateBadge(...kinds[kind]), note || '—']),
  )}${more}`
}
