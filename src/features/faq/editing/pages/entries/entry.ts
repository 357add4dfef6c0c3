import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { card, emptyState, type Html, stateBadge, timeOf } from '../../../../../console/widgets.ts'
import type { CitedClause } from '../../../../../ports/clauses.ts'
import type { Item } from '../../../../../ports/items.ts'
import { sayKeptDay } from '../../../../../text/dates/kept-day.ts'
import type { ClauseAlarm } from '../../../cited-clauses.ts'
import type { Entry, Programme } from '../../../records.ts'
import { sayEntry } from '../../../wording/entries.ts'
import { ageOf, entryStateOf, stateWords } from '../../age.ts'
import { sayDifferences } from '../../changes/differences.ts'
import type { Dispute } from '../../changes/knowledge-state.ts'
import { isSame, type PieceAddress, placeOf } from '../../changes/pieces.ts'
import type { Change } from '../../changes/records.ts'
import { changedWords, policyWords } from '../../changes/words.ts'
import { decidedWords, sayKind } from '../change-words.ts'
import { viewClauseAlarm, viewClauses } from '../clauses/views.ts'
import { basePath } from '../parts.ts'
import { bubble } from '../preview.ts'
import { viewNotice } from './list.ts'

export type EntryView = {
  entry: Entry
  programme: Programme | undefined
  /** Words of makers that mean what it says, each with those words. */
  makersWords: readonly [word: string, meanings: readonly string[]][]
  place: PieceAddress
  /** Changes that touch it, latest first. */
  changes: readonly Change[]
  dispute: Dispute | undefined
  /** The newest notice that concerns it since its last check. */
  notice: Item | undefined
  /** The clauses that say something else now. */
  alarm: ClauseAlarm | undefined
  /** The clauses that it cites. */
  clauses: readonly CitedClause[]
  mayApprove: boolean
  now: Temporal.Instant
  csrf: Html
}

/** One entry: its answer in chat, its state and its history. */
export function viewEntry(view: EntryView): Html {
  const { entry, now, changes, makersWords } = view
  const waiting = changes.filter(({ state }) => state === 'waiting')
  return html`${view.dispute ? viewDispute(view.dispute, view) : ''}
    ${view.notice ? html`<section class="card alarm"><h2>${stateBadge('要核', 'warn')} 核实以后来了新通知</h2><p>${viewNotice(view.notice)}</p><p class="hint">请对照通知看一遍。改好了，或者不用改，都点「修改」，把「核实到」填成今天，交给审核人。</p></section>` : ''}
    ${view.alarm ? viewClauseAlarm(view.alarm) : ''}
    ${waiting.map(change => html`<section class="card alarm"><h2>${stateBadge('待审核', 'warn')} ${change.by.name}${sayKind(change)}</h2><p><a href="${basePath}/changes/${change.number}">看改了什么 →</a></p></section>`)}
    <div class="cards">
      ${card('群里看到的', bubble(sayEntry(entry, now, 'short')))}
      ${card('完整答案', bubble(sayEntry(entry, now, 'full')))}
    </div>
    <section class="card"><h2>${stateBadge(...stateWords[entryStateOf(entry, now)])} 这一条</h2>
      ${viewFacts(view)}
      <details><summary>其他问法 ${entry.otherQuestions.length} 种</summary><ul>${entry.otherQuestions.map(one => html`<li>${one}</li>`)}</ul></details>
      ${makersWords.length > 0 ? viewMakersWords(makersWords) : ''}
      <div class="actions"><a role="button" href="${basePath}/entries/${entry.id}/edit">${entry.status === 'live' ? '修改' : '改好，上线'}</a>
        <a role="button" class="secondary" href="${basePath}/try?q=${encodeURIComponent(entry.question)}">试一试</a></div>
      ${entry.status === 'withdrawn' ? '' : viewWithdraw(view)}
    </section>
    ${card('改过什么', viewHistory(view))}`
}

function viewMakersWords(words: EntryView['makersWords']): Html {
  return html`<details><summary>创客的说法 ${words.length} 种</summary>
    <p class="hint">大家这么说的时候，多半是在问括号里的词。</p>
    <ul>${words.map(([word, meanings]) => html`<li>${word}（${meanings.join('、')}）</li>`)}</ul></details>`
}

function viewFacts({ entry, programme, clauses, now }: EntryView): Html {
  const age = ageOf(entry, now)
  const facts: [string, Html | string][] = [
    ['项目', programme?.name ?? entry.programme],
    ['有效期', sayValidity(entry)],
    [
      '核实到',
      html`${entry.verifiedOn ? sayKeptDay(entry.verifiedOn) : '不知道'} ${age.isOld ? stateBadge(age.words, 'warn') : html`<small>${age.words}</small>`}`,
    ],
    ['依据条款', clauses.length > 0 ? viewClauses(clauses) : '还没有指到条款'],
    ['能说到什么程度', policyWords[entry.policy]],
    ['可能变了吗', changedWords[entry.mayHaveChanged]],
    ['归谁管', `${entry.owner}（问${entry.ask}）`],
    ['出处', entry.facts.join('、')],
    ['知识表里的编号', entry.id],
  ]
  return html`<dl class="facts">${facts.map(([word, value]) => html`<div><dt>${word}</dt><dd>${value}</dd></div>`)}</dl>`
}

function sayValidity({ effectiveFrom, effectiveUntil }: EntryView['entry']): string {
  if (!effectiveFrom && !effectiveUntil) return '没有写起止'
  const from = effectiveFrom ? `${sayKeptDay(effectiveFrom)}起` : ''
  return `${from}${from ? '，' : ''}${effectiveUntil ? `到${sayKeptDay(effectiveUntil)}` : '没有写止'}`
}

function viewWithdraw({ entry, csrf }: EntryView): Html {
  return html`<details><summary>撤下这一条</summary>
    <form method="post" action="${basePath}/entries/${entry.id}/withdraw">${csrf}
      <label>为什么（会记在历史里）<input name="note" maxlength="200" required></label>
      <button type="submit" class="secondary">马上撤下：群里再问，不会用它回答</button></form></details>`
}

function viewHistory({ changes, place, now }: EntryView): Html {
  const settled = changes.filter(({ state }) => state !== 'waiting')
  if (settled.length === 0) return emptyState('控制台上还没有改过，和文件里的一样。')
  return html`<ol class="history">${settled.map(change => {
    const step = change.steps.find(one => isSame(placeOf(one), place))
    const lines = step?.before ? sayDifferences(place, step.before, step.after) : ['新写的']
    const { decided } = change
    return html`<li><strong>${change.by.name}${sayKind(change)}</strong> <small>${timeOf(Temporal.Instant.from(change.at), now)}</small>
      ${decided ? html`<br><small>${sayDecision(change)}，${timeOf(Temporal.Instant.from(decided.at), now)}${decided.note ? `：${decided.note}` : ''}</small>` : ''}
      <ul>${lines.map(line => html`<li>${line}</li>`)}</ul><a href="${basePath}/changes/${change.number}">${change.number} 号改动</a>${
        step?.before
          ? html` <a role="button" class="secondary" href="${basePath}/entries/${place.name}/edit?before=${change.number}">改回以前的样子</a>`
          : ''
      }</li>`
  })}</ol>`
}

function sayDecision({ state, decided }: Change): string {
  return `${decided?.by.name ?? ''}${decidedWords[state]}`
}

function viewDispute({ place, ours, file }: Dispute, { mayApprove, csrf }: EntryView): Html {
  const lines = file ? sayDifferences(place, ours, file) : ['文件里删掉了这一条']
  const button = (choice: string, label: string, look: string) =>
    html`<form method="post" action="${basePath}/settle">${csrf}<input type="hidden" name="programme" value="${place.programme}"><input type="hidden" name="part" value="${place.part}"><input type="hidden" name="name" value="${place.name}"><input type="hidden" name="choice" value="${choice}"><button type="submit" class="${look}">${label}</button></form>`
  return html`<section class="card alarm" role="alert"><h2>${stateBadge('和文件不一致', 'bad')} 控制台改过，文件后来也改了</h2>
    <p>现在用的是控制台的。文件里不同的地方（控制台的 → 文件的）：</p><ul>${lines.map(line => html`<li>${line}</li>`)}</ul>
    ${mayApprove ? html`<div class="actions">${button('file', file ? '改用文件里的，马上生效' : '撤下，马上生效', 'primary')}${button('ours', '留用控制台的', 'secondary')}</div>` : html`<p class="hint">请审核人来选。</p>`}</section>`
}
