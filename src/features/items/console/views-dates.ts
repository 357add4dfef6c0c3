import { html } from 'hono/html'
import { card, type Html } from '../../../console/widgets.ts'
import { sayKeptDays } from '../../../text/dates/kept-day.ts'
import { roleWords } from '../catalogue/date-roles.ts'
import type { KeptItem } from '../catalogue/records.ts'
import { dateVersion } from '../catalogue/shown-dates.ts'
import { basePath } from '../words.ts'

/** Roles that one click gives a date. */
const offered = ['apply', 'publicise', 'pay'] as const

/** The dates of an item in the order of days, each with its role and sentence. */
export function viewDates(item: KeptItem, { canDecide, csrf }: { canDecide: boolean; csrf: Html }): Html {
  if (item.dates.length === 0) return html``
  const sorted = item.dates
    .map((date, at) => ({ date, at }))
    .sort((a, b) => (a.date.value < b.date.value ? -1 : 1))
  return card(
    '文里的日子',
    html`<ol class="plain timeline">${sorted.map(({ date, at }) => viewDate(item, { date, at, canDecide, csrf }))}</ol>
      ${canDecide ? html`<p class="hint">不对就点一下改过来；改过的<a href="${basePath}/corrections.jsonl">可以导出</a>。</p>` : ''}`,
  )
}

type DateView = { date: KeptItem['dates'][number]; at: number; canDecide: boolean; csrf: Html }

function viewDate(item: KeptItem, { date, at, canDecide, csrf }: DateView): Html {
  const isDeadline = item.deadline?.value === date.value && (date.role === 'apply' || date.role === 'paper')
  const day = sayKeptDays(date.from ? `${date.from} 至 ${date.value}` : date.value)
  const role = date.correctedBy ? `${roleWords[date.role]}（${date.correctedBy}改）` : roleWords[date.role]
  return html`<li><strong>${day}</strong> ${isDeadline ? html`<mark>${role}</mark>` : role}
    <br><small>「${date.sentence}」</small>
    ${canDecide ? html`<div class="actions">${offered.filter(one => one !== date.role).map(one => roleButton(item, { at, role: one, csrf }))}</div>` : ''}</li>`
}

function roleButton(
  item: KeptItem,
  { at, role, csrf }: { at: number; role: (typeof offered)[number]; csrf: Html },
): Html {
  return html`<form method="post" action="${basePath}/${item.number}/role">${csrf}
    <input type="hidden" name="seen" value="${dateVersion(item, at)}">
    <input type="hidden" name="at" value="${at}"><input type="hidden" name="role" value="${role}">
    <button type="submit" class="secondary outline">${roleWords[role]}</button></form>`
}
