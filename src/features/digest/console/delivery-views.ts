import { html } from 'hono/html'
import { copyButton, emptyState, type Html } from '../../../console/widgets.ts'
import type { Delay, Delivery, ManualCard, SendingStatus } from '../../../outbox/index.ts'
import { basePath } from './views.ts'

/** Gives the display name of a delivery's target. */
export type NameOf = (delivery: Delivery) => string

const reasons: Record<Exclude<Delay['reason'], 'pace'>, string> = {
  paused: '发送暂停着',
  'line-down': '聊天线路断着',
  'day-cap': '今天已经发满了',
  night: '夜里不打扰，早上会自动发',
}

/** Whether sending is held for longer than pacing, so that manual sending is offered. */
export function needsManualSending({ delay }: SendingStatus): boolean {
  return delay !== undefined && delay.reason !== 'pace'
}

/** Held messages to be copied and sent manually, each with a button that records it. */
export function manualCards(
  cards: readonly ManualCard[],
  { status, nameOf, csrf }: { status: SendingStatus; nameOf: NameOf; csrf: Html },
): Html {
  const { delay } = status
  if (!delay || delay.reason === 'pace' || cards.length === 0) return emptyState('没有在等的。')
  return html`<p>${reasons[delay.reason]}。急的可以自己用微信发：复制下面的文字，发到群里，再点「已手动发送」，机器人就不会再发。</p>
    ${cards.map(card => manualCard(card, nameOf, csrf))}`
}

function manualCard({ reply, deliveries }: ManualCard, nameOf: NameOf, csrf: Html): Html {
  const { text = '', file } = reply
  const id = `hand-${deliveries[0]?.key ?? ''}`
  const label = `要发的文字（${deliveries.length} 处）`
  return html`<article class="hand">
    <label>${label}<textarea id="${id}" readonly rows="${Math.min(12, text.split('\n').length + 1)}">${text}</textarea></label>
    ${copyButton(id)}
    ${file ? html`<p>还有附件「${file.name}」，要另外发。</p>` : ''}
    <ul class="plain">${deliveries.map(
      delivery => html`<li><span>${nameOf(delivery)}</span> ${manualForm('', [delivery.key], csrf)}</li>`,
    )}</ul>
    ${
      deliveries.length > 1
        ? manualForm(
            '',
            deliveries.map(({ key }) => key),
            csrf,
          )
        : ''
    }</article>`
}

function manualForm(path: string, keys: readonly string[], csrf: Html): Html {
  const label = keys.length > 1 ? `${keys.length} 处都已手动发送` : '已手动发送'
  return html`<form method="post" action="${basePath}${path}/by-hand">${csrf}
    ${keys.map(key => html`<input type="hidden" name="key" value="${key}">`)}<button class="secondary">${label}</button></form>`
}

/** The decisions open for one delivery; of a broadcast that ended, whether it arrived. Empty if none. */
export function viewDecisions(
  { key, state }: Delivery,
  { path, csrf, isCalledOff }: { path: string; csrf: Html; isCalledOff: boolean },
): Html {
  const form = (action: string, label: string) =>
    html`<form method="post" action="${basePath}${path}/${action}">${csrf}
      <input type="hidden" name="key" value="${key}"><button class="secondary">${label}</button></form>`
  if (isCalledOff) return state === 'unknown' ? form('arrived', '确认已到') : html``
  if (state === 'waiting') return form('remind', '提醒员工点发送')
  if (state === 'unknown') return html`${form('arrived', '确认已到')}${form('missing', '没到，重发')}`
  return state === 'failed' || state === 'expired' ? manualForm(path, [key], csrf) : html``
}

/** The button that sends again to missing groups; `attempts` makes a second press harmless. */
export function resendButton(
  path: string,
  { missing, attempts }: { missing: number; attempts: number },
  csrf: Html,
): Html {
  if (missing === 0) return html``
  return html`<form method="post" action="${basePath}${path}/resend">${csrf}
    <input type="hidden" name="attempts" value="${attempts}">
    <button class="primary">补发给没送到的 ${missing} 个群</button></form>`
}
