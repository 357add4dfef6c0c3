import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { card, emptyState, type Html, stackTable, timeOf } from '../../../console/widgets.ts'
import { instantOf } from '../../../text/dates/time.ts'
import { aliasesOf } from '../identities/ledger.ts'
import type { Identity } from '../records/identity-records.ts'
import { type Application, handleOf, OfficerRole, type Officers, type RosterRow } from '../records/records.ts'
import { leftAlone } from '../role-consents.ts'
import { sayChatLine } from '../roster/member-views.ts'
import { excludesRole, sayConsent, titleOf } from './rules.ts'

/** A chat identity, and whom of the roster it is, where that is known. */
export type ChatPerson = {
  senderId: string
  name: string
  identity: Identity | undefined
  row: RosterRow | undefined
}

export type RolesShown = {
  holders: readonly (Officers['holders'][number] & { person: ChatPerson })[]
  applications: readonly (Application & { person: ChatPerson })[]
  query: string
  found: readonly ChatPerson[]
  csrf: Html
  now: Temporal.Instant
  /** The only colleague of the reader: without this role the reader is the only one. */
  last: { senderId: string; role: OfficerRole } | undefined
  done: string
  problem: string
  /** Why the reader may decide nothing, in Chinese; empty where the reader may. */
  mayNot: string
}

const duties: Record<OfficerRole, string> = {
  organizer: '写推送、开课、改签到、管名单和群',
  reviewer: '审核推送和知识：别人写的，通过了才发',
  auditor: '看控制台的每一页和操作记录，什么都不能改；不能同时是组织者或审核人',
}

/** The roles with who holds them, the applications, and a search for whom to give one. */
export function viewRoles(shown: RolesShown): Html {
  const { done, problem, applications, mayNot } = shown
  return html`${done ? html`<p role="status" class="done">${done}</p>` : ''}
    ${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    ${mayNot && !problem ? html`<p class="hint">${mayNot}</p>` : ''}
    ${applications.length > 0 ? viewApplications(shown) : ''}
    ${viewHolders(shown, 'organizer')}${viewHolders(shown, 'reviewer')}${viewHolders(shown, 'auditor')}
    ${mayNot ? '' : viewGrant(shown)}`
}

function viewApplications({ applications, csrf, now, mayNot }: RolesShown): Html {
  const rows = applications.map(({ number, role, at, person, link, agreed }) => [
    sayPerson(person),
    html`<span>${link ? `算${link.name}的另一个账号，也是${titleOf[role]}` : titleOf[role]}${agreed ? html`<br><small class="hint">${agreed.byName} 同意了，还差一位</small>` : ''}</span>`,
    timeOf(instantOf(at), now),
    mayNot
      ? ''
      : html`<form method="post" action="/roles/applications" class="actions">${csrf}
      <input type="hidden" name="number" value="${number}">
      <button name="as" value="agree">同意</button>
      <button name="as" value="decline" class="secondary">不同意</button></form>`,
  ])
  return card(`在等同意（${applications.length}）`, stackTable(['谁', '申请做', '什么时候', ''], rows))
}

function viewHolders({ holders, csrf, now, last, mayNot }: RolesShown, role: OfficerRole): Html {
  const ofRole = holders.filter(holder => holder.role === role)
  const isLast = role === 'organizer' && ofRole.length === 1
  const rows = ofRole.map(({ senderId, since, byName, secondByName, isByOne, person }) => [
    sayPerson(person),
    html`<span>${timeOf(instantOf(since), now)} <small class="hint">${sayConsent({ byName, secondByName, isByOne })}</small></span>`,
    isLast
      ? html`<small class="hint">至少留一位，先请了别人才能收回</small>`
      : mayNot
        ? ''
        : html`<form method="post" action="/roles/withdraw">${csrf}
        <input type="hidden" name="handle" value="${handleOf(senderId)}">
        <button name="role" value="${role}" class="secondary">收回${person.name}的${titleOf[role]}身份</button>${last?.senderId === senderId && last.role === role ? html`<br><small class="hint">收回以后${leftAlone}。</small>` : ''}</form>`,
  ])
  return card(
    `${titleOf[role]}（${rows.length}）`,
    html`<p class="hint">${duties[role]}。</p>
    ${rows.length === 0 ? emptyState(sayNobodyYet(role, mayNot === '')) : stackTable(['谁', '从什么时候', ''], rows)}`,
  )
}

/** @param hasSearch the page has a search for whom to give a role */
function sayNobodyYet(role: OfficerRole, hasSearch: boolean): string {
  if (role === 'organizer') return '还没有组织者。用启动时屏幕上的认领码，私聊机器人发「认领 六位数字」。'
  const how = `${hasSearch ? '可以在下面查一位，或者请他' : '请本人'}私聊机器人发「申请${titleOf[role]}」`
  return role === 'auditor' ? `还没有审计员。上级要来看的话，${how}。` : `还没有审核人。${how}。`
}

const askWords: Record<OfficerRole, string> = {
  organizer: '请他做组织者',
  reviewer: '请他做审核人',
  auditor: '请他做审计员',
}

function viewGrant({ query, found, holders, csrf }: RolesShown): Html {
  const rows = found.map(person => {
    const held = new Set(holders.filter(one => one.senderId === person.senderId).map(({ role }) => role))
    const offered = OfficerRole.options.filter(
      role => !held.has(role) && ![...held].some(other => excludesRole(role, other)),
    )
    const has = held.size === 0 ? '' : `已经是${[...held].map(role => titleOf[role]).join('、')}`
    return [
      sayPerson(person),
      html`<form method="post" action="/roles/grant" class="actions">${csrf}
        <input type="hidden" name="handle" value="${handleOf(person.senderId)}">${has ? html`<small class="hint">${has}</small>` : ''}
        ${offered.map(role => html`<button name="role" value="${role}" class="secondary">${askWords[role]}</button>`)}</form>`,
    ]
  })
  const list =
    rows.length === 0
      ? emptyState('没有找到。要在群里或私聊里说过话的人才能查到；请他先和机器人说一句。')
      : stackTable(['谁', ''], rows)
  return card(
    '再请一位',
    html`<form method="get" action="/roles" class="filters">
      <input type="search" name="q" value="${query}" placeholder="姓名或群里的名字" aria-label="查找">
      <button type="submit" class="secondary">查找</button></form>
    ${query === '' ? '' : list}`,
  )
}

/** A name with what tells namesakes apart: names in groups, space, line. */
function sayPerson({ name, identity, row }: ChatPerson): Html {
  const where = row?.space || row?.branch
  const others = identity ? aliasesOf(identity).filter(alias => alias !== name) : []
  const facts = [
    ...(where ? [where] : []),
    ...(others.length > 0 ? [`群里叫 ${others.slice(0, 2).join('、')}`] : []),
    ...(row?.phoneTail ? [`尾号 ${row.phoneTail}`] : []),
    ...(identity ? [sayChatLine(identity)] : []),
  ]
  const title = row ? html`<a href="/roster/members/${row.id}">${name}</a>` : html`${name || '（没有名字）'}`
  return html`<span>${title}<br><small class="hint">${facts.join('；')}</small></span>`
}
