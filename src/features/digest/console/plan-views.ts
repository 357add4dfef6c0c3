import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { card, type Html, stackTable, stateBadge, timeOf } from '../../../console/widgets.ts'
import type { GroupCard } from '../../../ports/groups.ts'
import type { StreamPlan } from '../broadcast/records.ts'
import { groupPicker } from './group-picker.ts'
import { basePath, problemNote, viewButton } from './views.ts'

const pathOf = ({ id }: StreamPlan) => `/plans/${encodeURIComponent(id)}`

/** The list of plans with their next runs and targets. */
export function planList(
  plans: readonly { plan: StreamPlan; next: Temporal.Instant | undefined }[],
  csrf: Html,
  now: Temporal.Instant,
): Html {
  const rows = plans.map(({ plan, next }) => [
    html`<a href="${basePath}${pathOf(plan)}">${plan.title}</a>`,
    plan.schedule,
    plan.isPaused ? stateBadge('暂停', 'warn') : next ? timeOf(next, now) : '—',
    plan.targets,
    html`<div class="actions">${viewButton(`${pathOf(plan)}/${plan.isPaused ? 'resume' : 'pause'}`, plan.isPaused ? '恢复' : '暂停', csrf, 'quiet')}
      ${plan.kind === 'notice' ? viewButton(`${pathOf(plan)}/remove`, '删掉', csrf, 'quiet') : ''}</div>`,
  ])
  return html`<p><a href="${basePath}">← 推送</a></p>
    ${card(
      '',
      html`<p class="hint">到点以前先拟好送审，有人通过才发；没有人通过就不发，会私聊告诉组织者。</p>
      ${stackTable(['排期', '什么时候', '下一次', '发到', ''], rows)}
      <p><a role="button" class="secondary" href="${basePath}/plans/new">新的定期通知</a></p>`,
    )}`
}

type PlanFormParts = { cards: readonly GroupCard[]; csrf: Html; problem: string; now: Temporal.Instant }

export function planForm(plan: StreamPlan, { cards, csrf, problem, now }: PlanFormParts): Html {
  const isDigest = plan.kind === 'digest'
  return html`<p><a href="${basePath}/plans">← 栏目排期</a></p>${problem ? problemNote(problem) : ''}
    ${card(
      '',
      html`<form id="plan" method="post" action="${basePath}${pathOf(plan)}">${csrf}
      <input type="hidden" name="revision" value="${plan.revision}">
      <label>标题${isDigest ? '（写在每一份的最上面）' : ''}<input name="title" value="${plan.title}" required maxlength="30"></label>
      <label>什么时候推<input name="schedule" value="${plan.schedule}" required maxlength="100"
        placeholder="每周五16:30、每个工作日8:30、每月1日9:00，遇节假日顺延"
        hx-get="${basePath}/plans/next" hx-trigger="load, input delay:400ms" hx-target="#next-runs" hx-swap="innerHTML"></label>
      <p class="hint">「工作日」按国务院的放假和调休；也可以加「节假日不发」「遇节假日顺延」「遇节假日提前」。</p>
      <div id="next-runs" aria-live="polite"></div>
      ${groupPicker(plan.targets, cards)}
      <label>提前几小时拟稿送审<input type="number" name="leadHours" value="${plan.leadHours}" min="1" max="168" required></label>
      ${isDigest ? digestFields(plan) : html`<label>正文<textarea name="text" rows="8" required>${plan.text}</textarea></label>`}
      <button type="submit">保存</button></form>`,
    )}${viewHistory(plan, csrf, now)}`
}

/** Earlier versions, each with a button that goes back to it. */
function viewHistory(plan: StreamPlan, csrf: Html, now: Temporal.Instant): Html {
  const { history = [], revision } = plan
  if (history.length === 0) return html``
  const rows = history.map(({ until, schedule, targets, isPaused }) => [
    timeOf(Temporal.Instant.from(until), now),
    isPaused ? `${schedule}（暂停着）` : schedule,
    targets,
    html`<form method="post" action="${basePath}${pathOf(plan)}/undo">${csrf}<input type="hidden" name="until" value="${until}">
      <input type="hidden" name="revision" value="${revision}"><button class="quiet">改回这一版</button></form>`,
  ])
  return card(
    '以前的样子',
    html`${stackTable(['用到什么时候', '什么时候推', '发到', ''], rows)}<p class="hint">标题、正文和别的几项也一起改回去。是谁改的，在「操作记录」里。</p>`,
  )
}

function digestFields({ most, sinceDays, closing, reminds }: StreamPlan): Html {
  return html`<label>一份最多几条<input type="number" name="most" value="${most}" min="1" max="10" required></label>
    <label>只用最近几天批准的条目<input type="number" name="sinceDays" value="${sinceDays}" min="1" max="730" required></label>
    <label>最后一行<input name="closing" value="${closing}" maxlength="200"></label>
    <label><input type="checkbox" name="reminds" value="yes"${reminds ? html` checked` : ''}> 截止前 3 天，在同样的群里再提醒一次</label>`
}
