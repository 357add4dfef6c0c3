import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import type { ApprovalVerdict } from '../../../approval.ts'
import { card, emptyState, fileInput, type Html, timeOf } from '../../../console/widgets.ts'
import { withDistinctNames } from '../../../ports/line-ids.ts'
import type { Broadcast } from '../broadcast/records.ts'
import { agreedTo, proposalSealOf } from '../broadcast/state-machine.ts'
import { authorNames, messagesOf, sayCorrects } from '../broadcast/words.ts'
import type { LineWording } from './line-wordings.ts'
import type { Drawn } from './questions-drawn.ts'
import { asInGroup, basePath, viewButton } from './views.ts'

/** The facts shown before approval. */
export type Facts = {
  when: string
  reach: string
  cap: string
  night: readonly string[]
  faults: readonly string[]
  /** A warning for the reviewer. */
  doubt: string | undefined
}

export function factsCard(broadcast: Broadcast, facts: Facts, now: Temporal.Instant): Html {
  const { author, approval, rejection, groups, targets, state } = broadcast
  const agreed = agreedTo(broadcast)
  const isToBe = !['posted', 'cancelled', 'expired'].includes(state)
  const groupList = html`<details${groups.length <= 6 ? html` open` : ''}><summary>${targets}：${groups.length} 个群</summary>
    <ul>${withDistinctNames(groups).map(({ name, form }) => html`<li>${name}${form === 'picture' ? '（长图）' : ''}</li>`)}</ul></details>`
  return html`<dl class="facts">
      <dt>什么时候</dt><dd>${isToBe ? facts.when : broadcast.sendAt ? timeOf(Temporal.Instant.from(broadcast.sendAt), now) : '通过以后马上发'}</dd>
      <dt>发到</dt><dd>${groupList}</dd>
      ${isToBe ? html`<dt>要多久</dt><dd>${facts.reach}，${facts.cap}</dd>` : ''}
      <dt>作者</dt><dd>${author ? authorNames(broadcast) : '机器人'}，${timeOf(Temporal.Instant.from(broadcast.createdAt), now)} ${author ? '写的' : '按条目拟的'}</dd>
      ${agreed.length > 0 && !approval ? html`<dt>同意</dt><dd>${agreed.map(({ name }) => name).join('、')}；还要另一位同意才发</dd>` : ''}
      ${approval ? html`<dt>通过</dt><dd>${approval.by.name}，${timeOf(Temporal.Instant.from(approval.at), now)}；只对现在这份内容和这些群有效</dd>` : ''}
      ${rejection ? html`<dt>驳回</dt><dd>${rejection.by?.name ?? '机器人'}，${timeOf(Temporal.Instant.from(rejection.at), now)}：${rejection.reason}</dd>` : ''}
    </dl>
    ${broadcast.corrects === undefined ? '' : html`<p>${sayCorrects(broadcast)}</p>`}
    ${facts.night.map(line => html`<p>${line}</p>`)}
    ${facts.doubt ? html`<p class="problem">${facts.doubt}</p>` : ''}
    ${isToBe ? facts.faults.map(fault => html`<p class="problem">${fault}，这样不能发。请改正文，或者重新拟稿。</p>`) : ''}`
}

/** The content as groups receive it, as text for each line and as picture. */
export function originalCards(broadcast: Broadcast, wordings: readonly LineWording[]): Html {
  const { parts, number, picture, groups, reminders } = broadcast
  const looking = groups.filter(({ form }) => form === 'picture').length
  const shown = wordings.length > 0 ? wordings : [{ lines: [], groups: 0, parts }]
  const source = picture ? `/digest/pictures/${picture}.png` : `/digest/${number}/picture.png`
  return html`<div class="cards">
    ${shown.map(one => card(wordingTitle(one), html`${one.parts.map(asInGroup)}`))}
    ${card(
      `长图：${looking} 个群看到的`,
      html`${looking === 0 ? html`<p class="hint">现在没有群选看图；选了的话是这样。</p>` : ''}
      <a href="${source}"><img class="long-picture" src="${source}" alt="推送 ${number} 的长图" loading="lazy"></a>`,
    )}</div>
    ${
      reminders.length > 0
        ? card(
            '截止前的提醒',
            html`<p class="hint">和这一份一起审核，到那天上午 9 点发到同样的群，只发一次。</p>
      ${reminders.map(({ on, text }) => html`<p>${on}</p>${asInGroup(text)}`)}`,
          )
        : ''
    }`
}

function wordingTitle({ lines, groups, parts }: LineWording): string {
  const length = parts.length > 1 ? `分 ${parts.length} 条` : `${parts[0]?.length ?? 0} 字`
  const where = lines.length > 0 ? `线路 ${lines.join('、')} 的 ` : ''
  return `文字：${where}${groups} 个群看到的（${length}）`
}

/** The attached files, and while it is not sent the forms that change them. */
export function filesCard(
  { number, revision, state, files = [] }: Broadcast,
  { csrf, isOrganizer }: { csrf: Html; isOrganizer: boolean },
): Html {
  const canChange = isOrganizer && ['draft', 'review', 'approved', 'rejected'].includes(state)
  if (files.length === 0 && !canChange) return html``
  const seen = html`<input type="hidden" name="revision" value="${revision}">`
  const rows = files.map(
    ({ name, hash, sizeBytes }) => html`<li>
      <span><a href="${basePath}/${number}/files/${hash}">${name}</a> <small>${Math.ceil(sizeBytes / 1024)} KB</small></span>
      ${canChange ? viewButton(`/${number}/files/${hash}/remove`, '去掉', csrf, 'quiet', seen) : ''}</li>`,
  )
  const upload = html`<form method="post" action="${basePath}/${number}/files" enctype="multipart/form-data">${csrf}${seen}
    ${fileInput('加一个文件或图片（最多 3 个，每个 5 MB 以内）')}
    <button class="secondary">加上</button></form>
    <p class="hint">附件跟在正文后面，各发一条；加了或去掉，已经通过的要重新审核。</p>`
  const list = rows.length > 0 ? html`<ul class="plain">${rows}</ul>` : ''
  return card('附件', html`${list}${canChange ? upload : ''}`)
}

/** The actions valid in this state, the most likely first. */
export function actionsFor(
  broadcast: Broadcast,
  {
    csrf,
    isOrganizer,
    verdict,
    reach,
    morning,
  }: {
    csrf: Html
    isOrganizer: boolean
    /** The worth of an approval by the reader. */
    verdict: ApprovalVerdict
    reach: string
    /** 「明早 09:00」 in quiet hours. */
    morning: string | undefined
  },
): Html {
  const { number, state, sendAt, isPaused } = broadcast
  const path = `/${number}`
  const seal = html`<input type="hidden" name="seal" value="${proposalSealOf(broadcast)}">`
  const isOpen = ['draft', 'review', 'approved', 'rejected'].includes(state)
  const decide =
    verdict.kind === 'refused'
      ? html`<p>${verdict.text}已经私聊告诉他们了。</p>`
      : html`${verdict.kind === 'agreed' ? html`<p>${verdict.why}，要两位都同意才发。</p>` : ''}${approveForms(broadcast, { csrf, seal, reach, morning })}`
  const approve = state === 'review' ? decide : html``
  if (!isOrganizer) return approve
  return html`${approve}<div class="actions">
    ${state === 'draft' ? viewButton(`${path}/submit`, '送审', csrf, 'primary') : ''}
    ${isOpen ? html`<a role="button"${state === 'rejected' ? '' : html` class="secondary"`} href="${basePath}${path}/edit">改</a>` : ''}
    ${state === 'rejected' ? viewButton(`${path}/submit`, '送审', csrf, 'secondary') : ''}
    ${isOpen ? viewButton(`${path}/rehearse`, '演练：只发给组织者', csrf, 'secondary') : ''}
    ${state === 'approved' && sendAt ? viewButton(`${path}/send-now`, '不等了，改成马上发（重新送审）', csrf, 'secondary') : ''}
    ${isOpen && broadcast.kind === 'digest' ? viewButton(`${path}/recompose`, '重新拟稿', csrf, 'secondary') : ''}
    ${isOpen ? viewButton(`${path}/${isPaused ? 'resume' : 'pause'}`, isPaused ? '恢复' : '暂停', csrf, 'secondary') : ''}
    ${isOpen ? viewButton(`${path}/cancel`, '取消，不发了', csrf, 'quiet') : ''}
    ${state === 'posted' ? html`<a role="button" class="secondary" href="${basePath}/new?corrects=${number}">发错了，写一条更正</a>` : ''}</div>`
}

/** The next step, or why there is none; empty where the state's word says it. */
export function stateNote({ state, isPaused, approval, rejection, groups }: Broadcast, when: string): Html {
  if (state === 'rejected' && rejection)
    return html`<p class="problem">${rejection.by?.name ?? '机器人'}没有通过：${rejection.reason}</p><p>改好以后再送审。</p>`
  if (state === 'approved' && isPaused) return html`<p>暂停着，到时间也不发；点「恢复」才发。</p>`
  if (state === 'approved')
    return html`<p>${approval ? `${approval.by.name}通过了，` : ''}${when} 发到 ${groups.length} 个群。</p>`
  if (state === 'cancelled') return html`<p>还没发的不会再发。</p>`
  if (state === 'expired') return html`<p>过了时间，没有发。还要发的话，请另写一条。</p>`
  return html``
}

function approveForms(
  broadcast: Broadcast,
  { csrf, seal, reach, morning }: { csrf: Html; seal: Html; reach: string; morning: string | undefined },
): Html {
  const { number, sendAt } = broadcast
  const messages = messagesOf(broadcast)
  const label = sendAt ? `通过，到时发到 ${reach}` : `通过，${morning ?? '现在'}发到 ${reach}`
  return html`<p>看过下面的原文和群再决定。通过只对这 ${messages} 条消息有效，改一个字、换一个群、提前或改天发都要重来。</p>
    <div class="actions">${viewButton(`/${number}/approve`, label, csrf, 'primary', seal)}</div>
    <form method="post" action="${basePath}/${number}/reject" class="reject">${csrf}
      <label>不同意的话，写明怎么改<input name="reason" required maxlength="200" placeholder="例如：第 2 条的金额和原文不一样"></label>
      <button class="secondary">驳回</button></form>`
}

/** The questions asked about each item within two days. */
export function questionsCard(drawn: readonly Drawn[]): Html {
  if (drawn.length === 0) return html``
  return card(
    '发出两天内，群里问了什么',
    html`<ul class="plain">${drawn.map(
      ({ title, questions }) =>
        html`<li><span>${title}${
          questions.length > 0 ? html`<br><small>${questions.slice(0, 5).join('；')}</small>` : ''
        }</span> <span class="number">${questions.length} 问</span></li>`,
    )}</ul>
    ${drawn.every(({ questions }) => questions.length === 0) ? emptyState('还没有人问起。') : ''}`,
  )
}
