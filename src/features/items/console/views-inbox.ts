import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import type { RefusedForm } from '../../../console/forms.ts'
import { emptyState, type Html, stateBadge, timeOf } from '../../../console/widgets.ts'
import { streams } from '../../../ports/items.ts'
import { sayKeptDay } from '../../../text/dates/kept-day.ts'
import type { CatalogueEntry } from '../catalogue/catalogue.ts'
import type { KeptItem } from '../catalogue/records.ts'
import { stateWords } from '../catalogue/rules.ts'
import { deadlineVersion } from '../catalogue/shown-dates.ts'
import { lacksAttachment } from '../sources/attached.ts'
import { basePath, setLocally } from '../words.ts'

type Tone = Parameters<typeof stateBadge>[1]
const tones: Record<KeptItem['state'], Tone> = {
  new: 'warn',
  approved: 'good',
  dismissed: 'quiet',
  withdrawn: 'bad',
}
const states = ['new', 'approved', 'dismissed', 'withdrawn'] as const

export const itemStateBadge = ({ state }: Pick<KeptItem, 'state'>) =>
  stateBadge(stateWords[state], tones[state])

/** How items are shown: names for ids, and what the page needs to act. */
export type InboxView = {
  now: Temporal.Instant
  csrf: Html
  canDecide: boolean
  nameOf(programmeId: string): string
  /** About how many saved companies may use a programme; undefined where that may not be told. */
  companies: ReadonlyMap<string, number | undefined>
}

/** A form of one button about one item. */
export function itemButton(
  action: string,
  {
    label,
    style,
    csrf,
    seen,
  }: { label: string; style: 'primary' | 'secondary' | 'quiet'; csrf: Html; seen?: number },
): Html {
  const shown = seen === undefined ? '' : html`<input type="hidden" name="seen" value="${seen}">`
  return html`<form method="post" action="${basePath}${action}">${csrf}${shown}<button class="${style}">${label}</button></form>`
}

/** Content of the list: the items of one state, of which the title or number has these words. */
type Shown = { state: KeptItem['state']; query: string }

/** State, search and page of the inbox as the search part of an address, with its 「?」; forms carry it, to come back. */
export const searchOf = ({ state, query }: Shown, page = 1) =>
  `?${new URLSearchParams({ state, ...(query ? { q: query } : {}), ...(page > 1 ? { page: String(page) } : {}) })}`
export const linkOf = (shown: Shown, page = 1) => `${basePath}${searchOf(shown, page)}`

/** The states as tabs, with the number of items found in each. */
export function tabsOf(found: readonly CatalogueEntry[], { state: shown, query }: Shown): Html {
  const count = (state: KeptItem['state']) => found.filter(entry => entry.state === state).length
  return html`<nav class="tabs" aria-label="按状态看">${states.map(
    state =>
      html`<a href="${linkOf({ state, query })}" ${state === shown ? html`aria-current="page"` : ''}>${stateWords[state]} ${count(state)}</a> `,
  )}</nav>`
}

export function searchForm({ state, query }: Shown): Html {
  return html`<form method="get" action="${basePath}" class="row"><input type="hidden" name="state" value="${state}">
    <label>标题、文号或编号里有<input type="search" name="q" value="${query}" placeholder="例如 高企 申报"></label>
    <button type="submit" class="secondary">查找</button></form>`
}

const severalId = 'several'
/** `place`: the search part of the inbox's address, to which the form comes back. */
type FormParts = { place: string; csrf: Html }

/** Buttons for the ticked items; the boxes stand in the cards. */
export function severalForm(state: KeptItem['state'], { place, csrf }: FormParts): Html {
  if (state !== 'new' && state !== 'dismissed') return html``
  const buttons =
    state === 'new'
      ? html`<button type="submit" name="deed" value="dismiss" class="secondary">勾选的都不用</button>
        <button type="submit" name="deed" value="approve" class="secondary">勾选的都通过</button>`
      : html`<button type="submit" name="deed" value="reopen" class="secondary">勾选的都放回待看</button>`
  return html`<form method="post" action="${basePath}/several${place}" id="${severalId}" class="actions">${csrf}${buttons}</form>`
}

/** Takes back a dismissal that was just made. */
export function undoForm(numbers: readonly number[], { place, csrf }: FormParts): Html {
  if (numbers.length === 0) return html``
  return html`<form method="post" action="${basePath}/several${place}" class="done" role="status">${csrf}
    ${numbers.map(number => html`<input type="hidden" name="number" value="${number}">`)}
    ${numbers.length === 1 ? `${numbers[0]} 号` : `${numbers.length} 条`}标为不用了。
    <button type="submit" name="deed" value="reopen" class="secondary outline">撤销，放回待看</button></form>`
}

/** By link or by text; the page is read and what it says is proposed. */
export function addForm(csrf: Html, refused: RefusedForm | undefined): Html {
  const { problem = '', input: { written = '' } = {} } = refused ?? {}
  return html`<details class="card" ${written || problem ? html`open` : ''}><summary>自己加一条</summary>
    ${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    <form method="post" action="${basePath}">${csrf}
      <label>链接，或者第一行标题、下面正文<textarea name="written" rows="3" maxlength="20000" required>${written}</textarea></label>
      <label>栏目<select name="stream">${streams.map(stream => html`<option>${stream}</option>`)}</select></label>
      <button type="submit">收进来，先看识别的结果</button>
    </form></details>`
}

const nothing: Record<KeptItem['state'], string> = {
  new: '没有等着看的条目。在「来源」里打开一个来源，或者点「自己加一条」；企业也可以私聊说「投稿」。',
  approved: '还没有通过的条目。在「待看」里看过，点「通过」就到这里。随程序带的条目不在这里，一直算通过。',
  dismissed: '还没有标过不用的条目。',
  withdrawn: '没有撤回的条目。',
}

/** The items of one state. */
export function itemCards(
  items: readonly KeptItem[],
  state: KeptItem['state'],
  { view, query, place }: { view: InboxView; query: string; place: string },
): Html {
  const empty = query ? `没有找到「${query}」，换个词，或者看看别的状态。` : nothing[state]
  if (items.length === 0) return html`<section class="card">${emptyState(empty)}</section>`
  return html`${items.map(item => itemCard(item, view, place))}`
}

const canTick = ({ state }: KeptItem, { canDecide }: InboxView) =>
  canDecide && (state === 'new' || state === 'dismissed')

function itemCard(item: KeptItem, view: InboxView, place: string): Html {
  const { csrf } = view
  return html`<section class="card item">
    <h2>${canTick(item, view) ? html`<label class="tick"><input type="checkbox" name="number" value="${item.number}@${item.revision}" form="${severalId}" aria-label="选 ${item.number} 号"></label> ` : ''}<a href="${basePath}/${item.number}">${item.title}</a></h2>
    <p class="hint">${item.number} 号，${item.stream}，${item.from}，${sayKeptDay(item.publishedOn)}发布，${timeOf(Temporal.Instant.from(item.foundAt), view.now)} 收到</p>
    ${viewFindings(item, view)}
    ${
      view.canDecide && item.state === 'new'
        ? html`<div class="actions">
      ${itemButton(`/${item.number}/approve${place}`, { label: `通过，可以进「${item.stream}」的推送`, style: 'primary', csrf, seen: item.revision })}
      ${itemButton(`/${item.number}/dismiss${place}`, { label: '不用', style: 'secondary', csrf })}</div>`
        : ''
    }
  </section>`
}

/** The findings of an item, each with its sentence. */
export function viewFindings(
  item: KeptItem,
  { nameOf, companies, canDecide, csrf }: Pick<InboxView, 'nameOf' | 'companies' | 'canDecide' | 'csrf'>,
): Html {
  const reached = item.programmeIds.flatMap(id => {
    const count = companies.get(id)
    return count === undefined ? [] : [`${nameOf(id)}约 ${count} 家`]
  })
  const day = (name: string, found: KeptItem['deadline']) =>
    found &&
    html`<dt>${name}</dt><dd><strong>${sayKeptDay(found.value)}</strong> <small>「${found.sentence}」</small></dd>`
  const words = (name: string, values: readonly string[]) =>
    values.length > 0 && html`<dt class="minor">${name}</dt><dd class="minor">${values.join('、')}</dd>`
  return html`<dl class="pairs">
    ${day('截止', item.deadline) || html`<dt>截止</dt><dd class="hint">${withoutDeadline(item)}</dd>`}
    ${day('施行', item.effectiveFrom) || ''}${day('有效期到', item.effectiveUntil) || ''}
    ${words('文号', item.documentNumber ? [item.documentNumber] : []) || ''}
    ${words('金额', item.amounts) || ''}
    ${words('政策项目', item.programmeIds.map(nameOf)) || ''}
    ${words('保存过的公司里可能用得上', reached) || ''}
    ${words('话题', item.topics) || ''}
    ${item.summary ? html`<dt class="minor">摘要</dt><dd class="minor">${item.summary}</dd>` : ''}
    ${item.alsoAt.length > 0 ? html`<dt class="minor">也见于</dt><dd class="minor">${item.alsoAt.map(place => html`${place.from} `)}</dd>` : ''}
    </dl>
    ${canDecide ? deadlineQuestion(item, csrf) : ''}
    ${item.doubts.map(doubt => html`<p>${stateBadge('请核对', 'warn')} ${doubt}</p>`)}
    ${item.resembles ? html`<p>${stateBadge('可能重复', 'warn')} 像是 <a href="${basePath}/${item.resembles}">${item.resembles} 号</a> 的转载，<a href="${basePath}/${item.number}">对比着看</a>。</p>` : ''}`
}

function withoutDeadline({ deadlineChoices, isSetLocally, text }: KeptItem): string {
  if (deadlineChoices.length > 0) return '拿不准，请在下面选'
  if (isSetLocally) return setLocally
  return lacksAttachment(text) ? '没有找到；正文说见附件，附件还没有读到' : '没有找到'
}

/** The likeliest days, each with its sentence: nothing is told as a deadline before an organizer chose. */
function deadlineQuestion(item: KeptItem, csrf: Html): Html {
  const { number, deadlineChoices } = item
  if (deadlineChoices.length === 0) return html``
  const choice = (day: string, label: string, sentence = '') =>
    html`<form method="post" action="${basePath}/${number}/deadline">${csrf}<input type="hidden" name="day" value="${day}"><input type="hidden" name="seen" value="${deadlineVersion(item)}">
      <button type="submit" class="secondary outline">${label}</button>${sentence ? html` <small>「${sentence}」</small>` : ''}</form>`
  return html`<fieldset class="deadline-choice"><legend>${stateBadge('请确认', 'warn')} 截止日是哪一天？选了才会写进推送</legend>
    ${deadlineChoices.map(({ value, sentence }) => choice(value, `截止 ${sayKeptDay(value)}`, sentence))}
    ${choice('', '都不是，没有截止日')}</fieldset>`
}
