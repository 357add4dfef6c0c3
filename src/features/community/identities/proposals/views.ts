import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { card, emptyState, type Html, stackTable, stateBadge, timeOf } from '../../../../console/widgets.ts'
import { instantOf } from '../../../../text/dates/time.ts'
import type { Erasure, Identity } from '../../records/identity-records.ts'
import { handleOf, type RosterRow } from '../../records/records.ts'
import { howBadge, sayChatLine } from '../../roster/member-views.ts'
import { aliasesOf } from '../ledger.ts'
import type { IdentityCandidate, IdentityProposal, Reason } from './proposals.ts'

/** Most rows on the page: more cannot be decided in one go. */
const mostShown = 100

const words: Record<Reason, [string, 'bad' | 'warn' | 'quiet']> = {
  claim: ['自称是他', 'bad'],
  moved: ['可能换了微信号', 'warn'],
  twins: ['同名，要选一位', 'warn'],
  again: ['可能是以前的同一个人', 'warn'],
  name: ['只有名字一样', 'quiet'],
}
/** Likely matches are ticked already; a match by name only, or a conflict, has to be ticked by hand. */
const likely: ReadonlySet<Reason> = new Set<Reason>(['moved', 'again'])

export type IdentitiesShown = {
  proposals: readonly IdentityProposal[]
  requests: readonly { request: Erasure; row: RosterRow | undefined }[]
  unproven: readonly { identity: Identity; row: RosterRow }[]
  strangers: readonly Identity[]
  rosterSize: number
  csrf: Html
  now: Temporal.Instant
  done: string
  problem: string
  /** Selections of a refused form. */
  chosen: { picked: ReadonlySet<string>; memberOf: Readonly<Record<string, string>> } | undefined
}

/** Identities to be confirmed in bulk, and those linked without asking. */
export function viewIdentitiesPage(shown: IdentitiesShown): Html {
  const { done, problem, rosterSize } = shown
  const nothing =
    rosterSize === 0
      ? html`${emptyState('还没有名单，没有要核对的。')}<p><a href="/roster">先导入名单</a></p>`
      : emptyState('都对上了，没有要核对的。群里有人换了微信号、和名单重名、或者自称是别人时，会列在这里。')
  return html`${done ? html`<p role="status" class="done">${done}</p>` : ''}
    ${problem ? html`<p role="alert" class="problem">${problem}</p>` : ''}
    ${shown.requests.length > 0 ? viewRequests(shown) : ''}
    ${card(`要核对（${shown.proposals.length}）`, shown.proposals.length === 0 ? nothing : viewProposals(shown))}
    ${shown.unproven.length > 0 ? viewUnproven(shown) : ''}
    ${shown.strangers.length > 0 ? viewStrangers(shown) : ''}`
}

function viewProposals({ proposals, csrf, now, chosen }: IdentitiesShown): Html {
  const more =
    proposals.length > mostShown ? html`<p class="hint">先列出 ${mostShown} 位，处理完会接着列。</p>` : ''
  const rows = proposals.slice(0, mostShown).map(proposal => {
    const { identity, aliases, reason, candidates } = proposal
    const handle = handleOf(identity.senderId)
    const isTicked = chosen ? chosen.picked.has(handle) : likely.has(reason) && candidates.length === 1
    return [
      html`<label class="pick"><input type="checkbox" name="pick" value="${handle}"
        ${isTicked ? html`checked` : ''}> <span>${aliases.slice(0, 2).join('、') || '（没有名字）'}</span></label>`,
      stateBadge(...words[reason]),
      viewCandidates(handle, candidates, chosen?.memberOf[`as-${handle}`]),
      html`<span>${sayChatLine(identity)}<br>${timeOf(instantOf(identity.linkedAt), now)} 第一次见到</span>`,
    ]
  })
  return html`<p>勾上确定的，一次办完。确认以后，他们之前的签到一起并到名单上的这一位；不是同一个人的，以后不再提。</p>
    <form method="post" action="/identities/decide">${csrf}
    ${stackTable(['群里的', '为什么问', '是名单上的谁', '从哪里来'], rows)}${more}
    <div class="actions"><button type="submit" name="as" value="same">勾选的都是同一个人</button>
      <button type="submit" name="as" value="other" class="secondary">勾选的都不是</button></div></form>`
}

function viewCandidates(
  handle: string,
  candidates: readonly IdentityCandidate[],
  chosen: string | undefined,
): Html {
  const [only, ...more] = candidates
  if (only && more.length === 0)
    return html`<span><input type="hidden" name="as-${handle}" value="${only.memberId}">${sayCandidate(only)}</span>`
  return html`<select name="as-${handle}" aria-label="是哪一位"><option value="">请选一位</option>
    ${candidates.map(one => html`<option value="${one.memberId}" ${one.memberId === chosen ? html`selected` : ''}>${sayCandidate(one)}</option>`)}</select>`
}

function sayCandidate({ name, place, identities, isOnRoster }: IdentityCandidate): string {
  const where = place ? `（${place}）` : isOnRoster ? '' : '（不在名单上，以前见过）'
  const also = isOnRoster && identities.length > 0 ? `，已有 ${identities.length} 个微信号` : ''
  return `${name}${where}${also}`
}

function viewRequests({ requests, csrf }: IdentitiesShown): Html {
  const rows = requests.map(({ request, row }) => [
    row ? `${row.name}（${row.space || row.branch || '没写空间'}）` : '已经不在名单上',
    html`<div class="actions"><form method="post" action="/identities/erasures/${request.memberId}">${csrf}
      <button type="submit" name="as" value="same">是本人，永久删除他的信息</button>
      <button type="submit" name="as" value="other" class="secondary">不是本人，不删</button></form></div>`,
  ])
  return card(
    `要求删除个人信息（${requests.length}）`,
    html`<p>他们发了「删除我的信息」，但聊天身份还没有核对过。请先和本人确认。</p>${stackTable(['名单上的', '决定'], rows)}`,
  )
}

function viewUnproven({ unproven, csrf, now }: IdentitiesShown): Html {
  const rows = unproven.slice(0, mostShown).map(({ identity, row }) => [
    html`<label class="pick"><input type="checkbox" name="pick" value="${handleOf(identity.senderId)}"> <span>${aliasesOf(identity)[0] ?? '（没有名字）'}</span></label>`,
    html`<span><a href="/roster/members/${row.id}">${row.name}</a>${row.space ? `（${row.space}）` : ''}</span>
      <input type="hidden" name="as-${handleOf(identity.senderId)}" value="${row.id}">`,
    howBadge(identity.how),
    timeOf(instantOf(identity.linkedAt), now),
  ])
  const more = unproven.length > mostShown ? `，先列出 ${mostShown} 位` : ''
  return html`<section class="card"><details><summary>自动对上的（${unproven.length}${more}）</summary>
    <p>按群昵称里的姓名和空间对上的，已经在用。看着不对的，点开那一位撤回。</p>
    <form method="post" action="/identities/decide">${csrf}
    ${stackTable(['群里的', '对上了', '怎么对上的', '什么时候'], rows)}
    <div class="actions"><button type="submit" name="as" value="same" class="secondary">勾选的我核对过了</button>
      <button type="submit" name="as" value="part" class="secondary">勾选的对错了，撤回</button></div></form></details></section>`
}

function viewStrangers({ strangers, now }: IdentitiesShown): Html {
  const rows = strangers
    .slice(0, mostShown)
    .map(identity => [
      aliasesOf(identity).slice(0, 2).join('、') || '（没有名字）',
      timeOf(instantOf(identity.seenAt), now),
      html`<a href="/identities/${handleOf(identity.senderId)}">说明是谁</a>`,
    ])
  const more = strangers.length > mostShown ? `，先列出 ${mostShown} 位` : ''
  return html`<section class="card"><details><summary>不在名单上的（${strangers.length}${more}）</summary>
    ${stackTable(['群里的', '最近见到', ''], rows)}</details></section>`
}

/** One person who is not on the roster: whom on it they are, or that they are to be added. */
export function viewStranger(
  identity: Identity,
  found: readonly RosterRow[],
  { query, csrf, name, problem }: { query: string; csrf: Html; name: string; problem: string },
): Html {
  const handle = handleOf(identity.senderId)
  return html`<p><a href="/identities">← 身份核对</a></p>
    ${card(
      '是名单上的哪一位',
      html`<form method="get" action="/identities/${handle}" class="filters">
        <input type="search" name="q" value="${query}" placeholder="姓名、空间、团队" aria-label="在名单上查找">
        <button type="submit" class="secondary">查找</button></form>
      ${
        found.length === 0
          ? emptyState('没有找到，换个词试试。')
          : stackTable(
              ['姓名', '支部', '众创空间', ''],
              found.slice(0, 20).map(row => [
                row.name,
                row.branch || '—',
                row.space || '—',
                html`<form method="post" action="/identities/decide">${csrf}<input type="hidden" name="pick" value="${handle}">
                  <input type="hidden" name="as-${handle}" value="${row.id}">
                  <button name="as" value="same" class="secondary">就是这一位</button></form>`,
              ]),
            )
      }`,
    )}
    ${card('不在名单上', html`<form method="post" action="/identities/${handle}/add">${csrf}<label>加到名单，姓名<input name="name" value="${name}" maxlength="60" required>${problem ? html`<small class="problem" role="alert">${problem}</small>` : ''}</label><button type="submit" class="secondary">加到名单并对上</button></form>`)}`
}
