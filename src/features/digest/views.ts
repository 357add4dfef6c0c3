import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { emptyState, type Html, stateBadge, timeOf } from '../../console/widgets.ts'
import type { Delivery, Hold, Standing } from '../../outbox/index.ts'
import type { Progress } from './broadcasts.ts'
import type { NextPush, UpcomingSlot } from './drafts.ts'
import {
  countByState,
  deliveryWords,
  detailOf,
  groupNameOf,
  isUnderWay,
  sayNight,
  sayReach,
  sayToday,
  standingOf,
} from './words.ts'

export const basePath = '/digest'

/** A text as the groups see it: line by line, whatever the style sheet does. */
export function asInGroup(text: string): Html {
  return html`<blockquote class="bubble">${text.split('\n').map(line => html`${line}<br>`)}</blockquote>`
}

/** Why something is not done, line by line. */
export function problemNote(text: string): Html {
  return html`<p role="alert">${text.split('\n').map(line => html`${line}<br>`)}</p>`
}

/** A form of one button that says what it does. */
export function button(action: string, label: string, csrf: Html, look: 'primary' | 'secondary'): Html {
  return html`<form method="post" action="${basePath}${action}">${csrf}<button class="${look}">${label}</button></form>`
}

/** What comes next, word for word, and to whom. */
export function nextCard(next: NextPush | undefined, now: Temporal.Instant): Html {
  if (!next) return emptyState('近期没有排好的推送。在设置里写 DIGEST_CRON，或者点「现在推送」。')
  const { items, groups, seconds, text } = next.draft
  if (next.isCancelled) {
    return html`<p>${timeOf(next.at, now)} 这一次 ${stateBadge('已取消', 'quiet')}，到时不会发。</p>`
  }
  if (items.length === 0) {
    return emptyState('没有新条目：该推的都推过了。到时还没有，就不推，会私聊告诉组织者。')
  }
  if (groups.length === 0) return emptyState('还没有绑定的群。请组织者在群里说「绑定本群」。')
  return html`<p>${timeOf(next.at, now)} 发到 ${sayReach(groups.length, seconds)}：</p>
    <ul>${groups.map(({ name }) => html`<li>${name}</li>`)}</ul>
    ${sayNight(next.draft, now).map(line => html`<p>${line}</p>`)}
    <p>群里看到的就是这样（${text.length} 字）：</p>
    ${asInGroup(text)}`
}

const states: Record<Hold['why'], [string, 'good' | 'warn' | 'bad']> = {
  pace: ['正常', 'good'],
  night: ['夜里不打扰，早上再发', 'warn'],
  'line-down': ['线路断着，恢复后再发', 'bad'],
  'day-cap': ['今天发满了，明天早上再发', 'warn'],
  paused: ['暂停', 'bad'],
}

/** How the sending stands, and the one thing to do about it. */
export function sendingCard(standing: Standing, now: Temporal.Instant, csrf: Html): Html {
  const { pause, waiting, hold } = standing
  const counts = `${waiting > 0 ? `有 ${waiting} 条在等。` : ''}${sayToday(standing)}`
  if (!pause) {
    const state = hold ? states[hold.why] : states.pace
    return html`<p>${stateBadge(...state)} ${counts}</p>
      ${button('/pause', '暂停发送', csrf, 'secondary')}`
  }
  const trial = pause.until ? html`${timeOf(pause.until, now)} 会先试发一条。` : html``
  return html`<p>${stateBadge('暂停', 'bad')} ${pause.reason}，从 ${timeOf(pause.since, now)} 起。${trial}</p>
    <p>${counts}</p>
    ${button('/resume', '恢复发送', csrf, 'primary')}`
}

export function slotList(slots: readonly UpcomingSlot[], now: Temporal.Instant): Html {
  return html`<ol>${slots.map(
    ({ at, isCancelled }) =>
      html`<li>${timeOf(at, now)} ${isCancelled ? stateBadge('已取消', 'quiet') : ''}</li>`,
  )}</ol>`
}

export function historyTable(history: readonly Progress[], now: Temporal.Instant): Html {
  if (history.length === 0) return emptyState('还没有推送过。第一次推送以后，这里能看到每个群送到了没有。')
  return html`<table class="stack">
    <thead><tr><th>编号</th><th>时间</th><th>状态</th><th>各群</th></tr></thead>
    <tbody>${history.map(progress => historyRow(progress, now))}</tbody>
  </table>`
}

function historyRow(progress: Progress, now: Temporal.Instant): Html {
  const { digest, deliveries } = progress
  const { word, tone } = standingOf(progress, now)
  return html`<tr>
    <td data-label="编号"><a href="${basePath}/${digest.number}">推送 ${digest.number}</a></td>
    <td data-label="时间">${timeOf(Temporal.Instant.from(digest.composedAt), now)}</td>
    <td data-label="状态">${stateBadge(word, tone)}</td>
    <td data-label="各群">${deliveries.length > 0 ? countByState(deliveries) : '还没有发'}</td>
  </tr>`
}

/** Group by group, and what can be done; while something is still to be sent it fetches itself anew. */
export function deliveryBoard(
  progress: Progress,
  { now, actions, decide }: { now: Temporal.Instant; actions: Html; decide(delivery: Delivery): Html },
): Html {
  const path = `${basePath}/${progress.digest.number}/deliveries`
  const live = isUnderWay(progress)
    ? html` hx-get="${path}" hx-trigger="every 2s" hx-swap="outerHTML"`
    : html``
  const { word, tone } = standingOf(progress, now)
  return html`<div id="deliveries" aria-live="polite"${live}>
    <p>${stateBadge(word, tone)} ${countByState(progress.deliveries)}</p>
    ${progress.deliveries.length > 0 ? deliveryRows(progress, now, decide) : html``}
    ${actions}
  </div>`
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
        <td data-label="说明">${detailOf(delivery)} ${decide(delivery)}</td>
      </tr>`
    })}</tbody>
  </table>`
}
