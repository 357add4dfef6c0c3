import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { firstProblem, type RefusedForm } from '../../../console/forms.ts'
import { card, emptyState, type Html, stackTable, stateBadge, timeOf } from '../../../console/widgets.ts'
import { streams } from '../../../ports/items.ts'
import type { SourceState } from './source-states.ts'
import type { Source } from './sources-file.ts'
import { filterVersion, sayFilter } from './word-filter.ts'

export type ShownSource = {
  source: Source
  state: SourceState
  isOn: boolean
  isChecking: boolean
  /** Added on the console: it may be removed there. */
  isAdded: boolean
}
export const sourcesPath = '/sources'

type SourceTableView = { now: Temporal.Instant; csrf: Html; canDecide: boolean }

/** Keeps itself up to date while something is being read. */
export function sourceTable(all: readonly ShownSource[], view: SourceTableView): Html {
  if (all.length === 0) {
    return emptyState('还没有来源。在上面加一个，填上名字和网址就行，加好以后点「打开，现在就读」。')
  }
  const isMoving = all.some(({ isChecking }) => isChecking)
  const rows = all.map(one => [
    html`<span>${one.source.name}<br><small>${one.source.stream}，${one.source.kind === 'feed' ? 'RSS 或 Atom' : '列表网页'}${filterOf(one.state)}</small></span>`,
    html`<span>${health(one)}${reasonOf(one, view.now)}</span>`,
    html`<span>${when(one.state.wellAt, view.now)}${one.state.foundCount ? html`<br><small>新收 ${one.state.foundCount} 条</small>` : ''}</span>`,
    view.canDecide ? actions(one, view.csrf) : '',
  ])
  return html`<div ${isMoving ? html`hx-get="${sourcesPath}/table" hx-trigger="every 2s" hx-swap="outerHTML"` : ''}>
    ${stackTable(['来源', '现在', '上次读到', '可以做'], rows)}</div>`
}

function health({ isOn, isChecking, state }: ShownSource): Html {
  if (!isOn) return stateBadge('没打开', 'quiet')
  if (isChecking) return stateBadge('正在读', 'warn')
  if (state.problem) return stateBadge(state.problem.kind === 'changed' ? '网页变了' : '读不到', 'bad')
  return state.wellAt ? stateBadge('正常', 'good') : stateBadge('还没读过', 'quiet')
}

function reasonOf({ isOn, state }: ShownSource, now: Temporal.Instant): Html {
  const { problem, remark } = state
  if (!isOn) return html``
  if (problem) {
    const since = timeOf(Temporal.Instant.from(problem.since), now)
    return html`<br><small>从 ${since} 起，${problem.times} 次：${problem.reason}</small>`
  }
  return remark ? html`<br><small>${remark}</small>` : html``
}

const when = (at: string | undefined, now: Temporal.Instant) =>
  at ? timeOf(Temporal.Instant.from(at), now) : html`<span class="hint">还没有</span>`

function actions({ source, state, isOn, isAdded }: ShownSource, csrf: Html): Html {
  const button = (deed: string, label: string, to?: string) =>
    html`<form method="post" action="${sourcesPath}/${source.id}/${deed}">${csrf}${to ? html`<input type="hidden" name="to" value="${to}">` : ''}<button class="secondary">${label}</button></form>`
  return html`<div><span class="actions">${isOn ? button('look', '现在读一次') : ''}${isOn ? button('switch', '停用', 'off') : button('switch', '打开，现在就读', 'on')}${isAdded ? button('remove', '删掉') : ''}</span>
    <details><summary>只收哪些词</summary><form method="post" action="${sourcesPath}/${source.id}/words">${csrf}<input type="hidden" name="seen" value="${filterVersion(state.words)}">
      <label>有这些词之一才收 <input name="any" maxlength="300" value="${(state.words?.any ?? []).join(' ')}" placeholder="高企 补贴，空着就是都收"></label>
      <label>有这些词就不收 <input name="none" maxlength="300" value="${(state.words?.none ?? []).join(' ')}"></label>
      <button class="secondary">存下</button></form></details></div>`
}

const filterOf = ({ words }: SourceState) => {
  const said = words ? sayFilter(words) : ''
  return said === '' ? '' : html`<br>${said}`
}

type Added = {
  /** The number of sources that were added; empty where none were asked for. */
  done: string
  /** The number of feeds of a list that were sources already; empty for a single feed. */
  known: string
  /** The number of feeds of a list without a web address; empty for a single feed. */
  wrong: string
}

function sayAdded({ done, known, wrong }: Added): string {
  if (done === '' || ![done, known, wrong].every(count => /^\d{0,6}$/u.test(count))) return ''
  const already = Number(known) > 0 ? `有 ${known} 个本来就在下面的表里，没有重复加。` : ''
  const left = Number(wrong) > 0 ? `有 ${wrong} 个的网址不是 http:// 或 https:// 开头，没有加。` : ''
  const added = done === '0' ? '没有新的来源。' : `加了 ${done} 个来源，在下面打开就会去读。`
  return `${added}${already}${left}`
}

/** Two ways to add sources: one feed, or a reader's list of subscriptions. */
export function viewAdding({
  csrf,
  refused,
  ...added
}: Added & { csrf: Html; refused: RefusedForm | undefined }): Html {
  const typed = refused?.input ?? {}
  const choice = html`<label>栏目 <select name="stream">${streams.map(
    name => html`<option ${typed.stream === name ? 'selected' : ''}>${name}</option>`,
  )}</select></label>`
  const said = sayAdded(added)
  return card(
    '加来源',
    html`${said === '' ? '' : html`<p role="status">${said}</p>`}${refused ? html`<p role="alert" class="problem">${firstProblem(refused)}</p>` : ''}
      <form method="post" action="${sourcesPath}/add" class="row">${csrf}
        <label>名字 <input name="name" required maxlength="30" value="${typed.name ?? ''}"></label>
        <label>RSS 或 Atom 网址 <input name="url" type="url" required value="${typed.url ?? ''}"></label>
        ${choice}<button type="submit">加上</button></form>
      <details><summary>从阅读器的订阅列表（OPML）加</summary>
        <form method="post" action="${sourcesPath}/opml" enctype="multipart/form-data">${csrf}
          <label>OPML 文件 <input type="file" name="file" accept=".opml,.xml,text/xml" required></label>
          ${choice}<button>全部加上</button></form></details>`,
  )
}
