import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { type FormInput, fieldProblem } from '../../../console/forms.ts'
import { card, emptyState, type Html, stackTable, stateBadge, timeOf } from '../../../console/widgets.ts'
import type { MemberFacts } from '../../../ports/overviews.ts'
import { instantOf } from '../../../text/dates/time.ts'
import { aliasesOf } from '../identities/ledger.ts'
import type { Identity } from '../records/identity-records.ts'
import { handleOf, type RosterRow } from '../records/records.ts'
import { fieldNames, fields, type RosterField } from './file/columns.ts'

const hints: Partial<Record<RosterField, string>> = {
  phoneTail: '只留四位，用来分清同名的人',
  alias: '填了就按它认人',
  nickname: '填了就按它认人',
  party: '敏感信息，只在这一页显示，不进导出文件',
}

export type MemberForm = {
  row: Partial<RosterRow>
  /** Version of the row that stands; empty for a new person. */
  seen: string
  keepsParty: boolean
  csrf: Html
  /** Names that are in use, to choose from. */
  known: { branch: readonly string[]; space: readonly string[] }
  problem: string
  fieldProblems: FormInput
  done: string
}

/** One member's fields, for a new person where there is no id. */
export function viewMemberForm({
  row,
  seen,
  keepsParty,
  csrf,
  known,
  problem,
  fieldProblems,
  done,
}: MemberForm): Html {
  const shown = fields.filter(field => field !== 'party' || keepsParty)
  const listOf = (field: RosterField) => (field === 'branch' || field === 'space' ? known[field] : undefined)
  const input = (field: RosterField) => {
    const list = listOf(field)
    return html`<label>${fieldNames[field]}
      <input name="${field}" value="${row[field] ?? ''}" maxlength="60" ${field === 'name' ? html`required` : ''}
        ${field === 'phoneTail' ? html`inputmode="numeric" pattern="[0-9]{4}" title="四位数字"` : ''}
        ${list ? html`list="known-${field}"` : ''}>
      ${hints[field] ? html`<small>${hints[field]}</small>` : ''}${fieldProblem(fieldProblems, field)}</label>
      ${list ? html`<datalist id="known-${field}">${list.map(name => html`<option value="${name}"></option>`)}</datalist>` : ''}`
  }
  return card(
    '名单上的资料',
    html`${done ? html`<p role="status" class="done">${done}</p>` : ''}
    ${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    <form method="post" action="${row.id ? `/roster/members/${row.id}` : '/roster/new'}">${csrf}
      ${seen ? html`<input type="hidden" name="seen" value="${seen}">` : ''}
      <div class="fields">${shown.map(input)}</div>
      <button type="submit">${row.id ? '保存' : '加到名单'}</button></form>`,
  )
}

const hows: Record<Identity['how'], [string, 'good' | 'warn' | 'quiet']> = {
  seen: ['还没对上', 'quiet'],
  alias: ['按群昵称对上', 'warn'],
  self: ['本人自己说的', 'warn'],
  tail: ['手机尾号对上', 'good'],
  organizer: ['组织者核对过', 'good'],
  code: ['用关联码对上的', 'good'],
}
export const howBadge = (how: Identity['how']) => stateBadge(...hows[how])

/** Lines shown of a feature before the rest is folded. */
const factsShown = 8

/** Facts of one feature about the member. */
export function viewFacts({ title, lines }: MemberFacts): Html {
  const list = (some: MemberFacts['lines']) =>
    html`<ul>${some.map(({ text, path }) => html`<li>${path ? html`<a href="${path}">${text}</a>` : text}</li>`)}</ul>`
  const rest = lines.slice(factsShown)
  return card(
    title,
    html`${list(lines.slice(0, factsShown))}
    ${rest.length > 0 ? html`<details><summary>还有 ${rest.length} 条</summary>${list(rest)}</details>` : ''}`,
  )
}

/** The chat identities of one member, and a way to take each back. */
export function viewIdentities(
  identities: readonly Identity[],
  { csrf, now, whyNot }: { csrf: Html; now: Temporal.Instant; whyNot: string | undefined },
): Html {
  if (identities.length === 0)
    return card(
      '聊天身份',
      emptyState('还没有在群里见到这一位。他说第一句话、或私聊发「我是 姓名 手机尾号」时会对上。'),
    )
  const rows = identities.map(identity => [
    aliasesOf(identity).slice(0, 3).join('、') || '（没有名字）',
    html`${howBadge(identity.how)}`,
    timeOf(instantOf(identity.linkedAt), now),
    html`<span class="hint">${sayChatLine(identity)}</span>`,
    html`<form method="post" action="/identities/part">${csrf}
      <input type="hidden" name="handle" value="${handleOf(identity.senderId)}">
      <button class="secondary" title="以后的签到不再记到这一位名下，已有的记录不动">不是这个人</button></form>`,
  ])
  return card(
    '聊天身份',
    html`${whyNot === undefined ? '' : html`<p class="hint">现在没法私聊他：${whyNot}</p>`}
    ${stackTable(['群里的名字', '怎么对上的', '什么时候', '线路', ''], rows)}`,
  )
}

/** The line and account over which a person wrote, as far as it is known. */
export function sayChatLine({ platform, account }: Identity): string {
  if (platform === '') return '早先的线路'
  if (platform === 'sandbox') return '模拟群'
  return `线路 ${platform}${account === '' ? '' : `，账号 ${account}`}`
}

/** Irreversible actions, marked as such. */
export function viewEnd(row: RosterRow, csrf: Html): Html {
  return card(
    '移出名单',
    html`<div class="actions"><form method="post" action="/roster/members/${row.id}/remove">${csrf}
      <button class="secondary">把${row.name}移出名单，签到记录保留</button></form></div>
    <details><summary>本人要求删除个人信息</summary>
      <p>会删掉${row.name}的名单资料、聊天身份、提问和交流记录；历史签到改成不记名，总数不变。不能恢复。</p>
      <form method="post" action="/roster/members/${row.id}/erase">${csrf}
        <label><input type="checkbox" name="sure" value="yes" required> 我确认是本人的要求</label>
        <button type="submit">永久删除${row.name}的个人信息</button></form></details>`,
  )
}
