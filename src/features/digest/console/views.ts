import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { numberInPath } from '../../../console/forms.ts'
import { type Html, stackTable, stateBadge, timeOf } from '../../../console/widgets.ts'
import type { ConsoleEnv } from '../../../feature.ts'
import type { Delivery } from '../../../outbox/index.ts'
import type { Progress } from '../broadcast/progress.ts'
import {
  countByState,
  deliveryDetailOf,
  deliveryWords,
  groupNameOf,
  isUnderWay,
  overallState,
  statesOf,
} from '../broadcast/progress.ts'
import { basePath } from '../context.ts'

export { basePath }

/** Goes back to the page of the broadcast. */
export const backTo = (c: Context<ConsoleEnv>) => c.redirect(`${basePath}/${numberInPath(c)}`, 303)

/** A parameter of the path. */
export const paramOf = (c: Context<ConsoleEnv>, name: string): string => c.req.param(name) ?? ''

/** A message as groups see it, line by line. */
export function asInGroup(text: string): Html {
  return html`<blockquote class="bubble">${text.split('\n').map(line => html`${line}<br>`)}</blockquote>`
}

/** A refusal, line by line. */
export function problemNote(text: string): Html {
  return html`<p role="alert" class="problem">${text.split('\n').map(line => html`${line}<br>`)}</p>`
}

/** A form of one button; `more` are hidden fields. */
export function viewButton(
  action: string,
  label: string,
  csrf: Html,
  style: 'primary' | 'secondary' | 'quiet',
  more: Html = html``,
): Html {
  return html`<form method="post" action="${basePath}${action}">${csrf}${more}<button class="${style}">${label}</button></form>`
}

/** The deliveries with their actions; refreshes itself while sending. */
export function deliveryBoard(
  progress: Progress,
  { now, actions, decide }: { now: Temporal.Instant; actions: Html; decide(delivery: Delivery): Html },
): Html {
  const path = `${basePath}/${progress.broadcast.number}/deliveries`
  const live = isUnderWay(progress)
    ? html` hx-get="${path}" hx-trigger="every 2s" hx-swap="outerHTML"`
    : html``
  const { word, tone } = overallState(progress)
  return html`<div id="deliveries" aria-live="polite"${live}>
    <p>${stateBadge(word, tone)} ${countByState(statesOf(progress))}</p>
    ${progress.deliveries.length > 0 ? deliveryRows(progress, now, decide) : html``}
    ${actions}
  </div>`
}

/** The reason of its state, and what can be done about it; empty where there is neither. */
function explanation(delivery: Delivery, decisions: Html): Html {
  const detail = deliveryDetailOf(delivery)
  return detail === '' ? decisions : html`<span>${detail}</span> ${decisions}`
}

function deliveryRows(progress: Progress, now: Temporal.Instant, decide: (delivery: Delivery) => Html): Html {
  return html`<table class="stack">
    <thead><tr><th>群</th><th>状态</th><th>时间</th><th>说明</th></tr></thead>
    <tbody>${progress.deliveries.map(delivery => {
      const { word, tone } = deliveryWords[delivery.state]
      return html`<tr>
        <td data-label="群">${groupNameOf(progress, delivery)}</td>
        <td data-label="状态">${stateBadge(word, tone)}</td>
        <td data-label="时间">${timeOf(delivery.changedAt, now)}</td>
        <td data-label="说明">${explanation(delivery, decide(delivery))}</td>
      </tr>`
    })}</tbody>
  </table>
  ${progress.deliveries.map(delivery => taskGroups(progress, delivery, now))}`
}

/** The groups behind a target that an employee sends to; open while they are few. */
function taskGroups(progress: Progress, delivery: Delivery, now: Temporal.Instant): Html {
  const groups = progress.tasks.get(delivery.key)
  if (!groups) return html``
  const counts = countByState(groups.map(({ state }) => state))
  const rows = groups.map(({ name, state, reason, changedAt }) => [
    name,
    stateBadge(deliveryWords[state].word, deliveryWords[state].tone),
    timeOf(changedAt, now),
    reason ?? '—',
  ])
  return html`<details${groups.length <= 10 ? html` open` : ''}>
    <summary>${groupNameOf(progress, delivery)}的 ${groups.length} 个群：${counts}</summary>
    ${stackTable(['群', '状态', '时间', '说明'], rows)}</details>`
}
