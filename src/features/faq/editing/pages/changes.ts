import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { card, emptyState, type Html, stateBadge, timeOf } from '../../../../console/widgets.ts'
import { resolveEntries } from '../../knowledge/knowledge.ts'
import { sayTrouble } from '../changes/checks.ts'
import { differencesOf } from '../changes/differences.ts'
import type { Dispute, SetAside } from '../changes/knowledge-state.ts'
import { type Base, markOfSteps, type Piece, type PieceAddress, pieceAt, placeOf } from '../changes/pieces.ts'
import type { ChangePreview } from '../changes/preview.ts'
import type { Change, ChangeStep, GateResult, Score } from '../changes/records.ts'
import type { KnowledgeEditor } from '../knowledge-editor.ts'
import { isLowered } from '../trials/trial.ts'
import { changeStates, decidedWords, sayKind } from './change-words.ts'
import { basePath } from './parts.ts'
import { viewSaid } from './preview.ts'

const mostListed = 100

/** The changes that wait for a reviewer, and the decided ones. */
export function viewChanges(editor: KnowledgeEditor, now: Temporal.Instant): Html {
  const all = editor.changes.list()
  const waiting = all.filter(({ state }) => state === 'waiting')
  const past = all.filter(({ state }) => state !== 'waiting')
  const { base, disputes, setAside } = editor.state()
  return html`${editor.isOnePerson ? html`<p class="hint">一人模式开着：自己写的也能自己批准，没有第二个人把关。要两个人把关，请找管机器的人关掉一人模式。</p>` : html`<p class="hint">写的人不能批准自己的改动，要由另一位审核人来批。</p>`}
    ${viewDisputes(disputes)}${viewSetAside(setAside, base)}
    ${card(`等审核（${waiting.length}）`, waiting.length === 0 ? emptyState('没有等审核的改动。改条目、导入表格、从没答好的问题加问法，都会到这里来。') : viewRows(waiting, now))}
    ${card('以前的改动', all.length === waiting.length ? emptyState('还没有。') : html`${viewRows(past.slice(0, mostListed), now)}${past.length > mostListed ? html`<p class="hint">只列最近 ${mostListed} 处；更早的，在那一条知识的页面上看。</p>` : ''}`)}`
}

/** An entry by its question, a document by its title; by id where there is no text. */
function nameOf({ part, name }: PieceAddress, piece: Piece | undefined): string {
  return part === 'entries' ? String(piece?.question ?? name) : `文件：${String(piece?.title ?? name)}`
}

function viewDisputes(disputes: readonly Dispute[]): Html {
  if (disputes.length === 0) return html``
  const what = ({ place, ours, file }: Dispute) => {
    const name = nameOf(place, ours)
    return html`<li>${place.part === 'entries' ? html`<a href="${basePath}/entries/${place.name}">${name}</a>` : name}${file ? '' : '：文件里删掉了'}</li>`
  }
  return html`<section class="card alarm" role="alert"><h2>${stateBadge('要选一份', 'bad')} 控制台改过，文件后来也改了（${disputes.length} 处）</h2><p>现在用的是控制台的。请点进去，选用哪一份。</p><ul>${disputes.map(what)}</ul></section>`
}

function viewSetAside(setAside: readonly SetAside[], base: Base): Html {
  if (setAside.length === 0) return html``
  return html`<section class="card alarm" role="alert"><h2>${stateBadge('没有采用', 'bad')} 和现在的知识对不上的改动</h2><p>这几处暂时按文件里的说。请重新改一次。</p><ul>${setAside.map(({ place, reason }) => html`<li>${nameOf(place, pieceAt(base, place))}：${reason}</li>`)}</ul></section>`
}

function viewRows(changes: readonly Change[], now: Temporal.Instant): Html {
  return html`<table class="stack"><thead><tr><th class="number">号</th><th>改了什么</th><th>谁</th><th>什么时候</th><th>状态</th></tr></thead>
    <tbody>${changes.map(
      change => html`<tr><td data-label="号" class="number"><a href="${basePath}/changes/${change.number}">${change.number}</a></td>
        <td data-label="改了什么"><a href="${basePath}/changes/${change.number}">${titleOf(change)}</a></td>
        <td data-label="谁">${change.by.name}</td>
        <td data-label="什么时候">${timeOf(Temporal.Instant.from(change.at), now)}</td>
        <td data-label="状态">${stateBadge(...changeStates[change.state])}${change.decided && change.decided.by.id !== change.by.id ? html` <small>${change.decided.by.name}</small>` : ''}</td></tr>`,
    )}</tbody></table>`
}

/** 「改了一条：高企怎么报？」 */
function titleOf(change: Change): string {
  const [first] = change.steps.filter(({ part }) => part === 'entries')
  const question = String(first?.after.question ?? change.steps[0]?.name ?? '')
  return change.kind === 'import' ? `${sayKind(change)}（${change.note}）` : `${sayKind(change)}：${question}`
}

export type ChangeView = {
  change: Change
  /** Its effect now, while it waits. */
  preview: ChangePreview | undefined
  /** The result of the gate, after an approval that it stopped. */
  flagged: GateResult | undefined
  mayApprove: boolean
  isMine: boolean
  editor: KnowledgeEditor
  now: Temporal.Instant
  csrf: Html
}

/** One change: before and after, what makers would see, what the shipped questions say to it. */
export function viewChange(view: ChangeView): Html {
  const { change, preview, now } = view
  const steps = preview?.steps ?? change.steps
  return html`<p><a href="${basePath}/changes">← 改动</a></p>
    <section class="card"><h2>${stateBadge(...changeStates[change.state])} ${titleOf(change)}</h2>
      <p>${change.by.name}，${timeOf(Temporal.Instant.from(change.at), now)}${change.note ? `：${change.note}` : ''}</p>
      ${change.agreed && !change.decided ? html`<p>${change.agreed.map(({ by }) => by.name).join('、')} 同意了；它是用公用登录写的，分不清是谁写的，还要另一位审核人批准。</p>` : ''}
      ${change.decided ? html`<p>${change.decided.by.name}${decidedWords[change.state]}，${timeOf(Temporal.Instant.from(change.decided.at), now)}${change.decided.note ? `：${change.decided.note}` : ''}${change.decided.isOverridden ? '（自测变差，审核人看过仍然放行）' : ''}</p>` : ''}
      ${change.decided?.gate ? viewGate(change.decided.gate) : ''}
      ${preview && preview.troubles.length > 0 ? html`<p role="alert" class="problem">现在还不能上线：</p><ul>${preview.troubles.map(trouble => html`<li>${sayTrouble(trouble)}</li>`)}</ul>` : ''}
      ${change.state === 'waiting' ? viewDecision(view) : ''}
    </section>
    ${steps.map(step => viewStep(step))}
    ${preview && preview.troubles.length === 0 && steps.length <= 3 ? viewAfter(preview, now) : ''}`
}

function viewDecision({ change, preview, flagged, mayApprove, isMine, editor, csrf }: ChangeView): Html {
  const action = `${basePath}/changes/${change.number}`
  const canApprove = mayApprove && (!isMine || editor.isOnePerson) && preview?.troubles.length === 0
  return html`${flagged ? html`<section role="alert"><p class="problem">上线前请看：随程序带的自测会变差，所以还没有上线。</p>${viewGate(flagged)}</section>` : html`<div id="gate" hx-get="${action}/gate" hx-trigger="load"><p class="hint">正在用自带的 ${editor.questions.length} 个问题试这处改动……</p></div>`}
    <div class="actions">
    ${canApprove ? html`<form method="post" action="${action}/approve">${csrf}<input type="hidden" name="seen" value="${markOfSteps(preview?.steps ?? [])}">${flagged ? html`<input type="hidden" name="override" value="yes">` : ''}<button type="submit">${flagged ? '看过了，仍然上线' : '批准，马上上线'}</button></form>` : ''}
    ${isMine ? html`<form method="post" action="${action}/take-back">${csrf}<button type="submit" class="secondary">收回，不改了</button></form>` : ''}</div>
    ${mayApprove && !isMine ? html`<details><summary>退回给${change.by.name}</summary><form method="post" action="${action}/return">${csrf}<label>为什么<input name="note" maxlength="200" required></label><button type="submit" class="secondary">退回</button></form></details>` : ''}
    ${isMine && !editor.isOnePerson ? html`<p class="hint">自己写的要由另一位审核人批准。</p>` : ''}
    ${!mayApprove ? html`<p class="hint">要由审核人批准。</p>` : ''}`
}

function viewStep(step: ChangeStep): Html {
  const place = placeOf(step)
  const rows = differencesOf(place, step.before, step.after)
  return card(
    nameOf(place, step.after),
    html`<table class="stack differences"><thead><tr><th>栏</th><th>原来</th><th>改成</th></tr></thead><tbody>${rows.map(
      ({ field, before, after }) => html`<tr><td data-label="栏">${field}</td>
        <td data-label="原来">${viewLines(before, after, 'gone')}</td><td data-label="改成">${viewLines(after, before, 'come')}</td></tr>`,
    )}</tbody></table>${rows.length === 0 ? html`<p class="empty">和现在一样。</p>` : ''}`,
  )
}

const viewLines = (lines: readonly string[], others: readonly string[], look: 'gone' | 'come') =>
  lines.length === 0
    ? html`<span class="empty">（空）</span>`
    : html`<span class="lines">${lines.map(line => (others.includes(line) ? html`<span>${line}</span>` : html`<span class="${look}">${line}</span>`))}</span>`

function viewAfter({ base, steps }: ChangePreview, now: Temporal.Instant): Html {
  const names = new Set(steps.filter(({ part }) => part === 'entries').map(({ name }) => name))
  const entries = resolveEntries([...base.values()]).filter(({ id }) => names.has(id))
  return html`<div class="cards">${entries.map(entry => viewSaid(entry, now))}</div>`
}

const sayScore = ({ asked, hits, offered, wrong, refused }: Score) =>
  `问 ${asked} 个：答对 ${hits}，反问里有 ${offered}，没答 ${refused}，答错 ${wrong}`

/** The results of the shipped questions for a change. */
export function viewGate(gate: GateResult): Html {
  const { before, after, worse } = gate
  const word = isLowered(gate) ? stateBadge('变差了', 'bad') : stateBadge('没有变差', 'good')
  return html`<p>${word} 自测 ${sayScore(after)}（原来答对 ${before.hits}，答错 ${before.wrong}）。</p>
    ${worse.length > 0 ? html`<details ${isLowered(gate) ? 'open' : ''}><summary>${worse.length} 个问题不如原来</summary><ul>${worse.map(one => html`<li>${one.question}：${one.before} → ${one.after}</li>`)}</ul></details>` : ''}`
}
