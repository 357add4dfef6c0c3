import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { emptyState, type Html, timeOf } from '../../console/widgets.ts'
import type { Upcoming } from '../../jobs.ts'
import { inShanghai, sayTime } from '../../text/dates/time.ts'
import type { SandboxMessage } from '../world/index.ts'
import { groupKinds } from '../world/kinds.ts'
import { avatar, groupAvatar } from './avatar.ts'
import type { SandboxChat, Who } from './chats.ts'

/** The state that the page shows besides the messages. */
export type SandboxState = {
  chat: SandboxChat
  /** All chats with the last thing said in each. */
  rail: { chat: SandboxChat; last: SandboxMessage | undefined }[]
  hints: readonly string[]
  /** Suggestions to try first; undefined where a person has spoken, and in chats that are not bound groups. */
  greeting: readonly { label: string; fill: string }[] | undefined
  now: Temporal.Instant
  next: Upcoming | undefined
  lineBackAt: Temporal.Instant | undefined
  botId: string
}

/** Which parts are sent again when something changes, by their id. */
export const liveParts: Record<string, (state: SandboxState) => Html> = {
  rail: railItems,
  banner,
  hints: hintChips,
  clock: clockFace,
}

/** The page: chats, the open chat, and what can be done to the world. */
export function sandboxView(
  state: SandboxState,
  messages: Html,
  options: { isListFirst: boolean; live: string },
): Html {
  const { chat, botId } = state
  return html`<main class="sandbox" data-view="${options.isListFirst ? 'list' : 'chat'}"
      data-chat="${chat.key}" data-says="${chat.says}" data-me="${chat.me.id}" data-bot="${chat.botName}">
    <h1 class="sr of-list">所有聊天</h1>
    <nav class="rail" id="rail" aria-label="聊天">${railItems(state)}</nav>
    <section class="chat" aria-label="${chat.title}">
      <header><a class="back" href="/sandbox?as=${chat.me.id}" aria-label="所有聊天">‹</a>
        <h1>${chat.title} ${chat.isPrivate ? '' : html`<small>（${chat.people.length + 1}）</small>`}</h1>
        <button type="button" class="more quiet" popovertarget="tools" aria-label="身份、时间和线路">身份、时间</button></header>
      <div id="banner" aria-live="polite">${banner(state)}</div>
      <ol id="messages" class="messages" aria-live="polite" tabindex="0">${messages}</ol>
      <p id="problem" class="problem" role="alert"></p>
      <div id="hints" class="hints" aria-label="试试看">${hintChips(state)}</div>
      ${composer(chat, botId)}
    </section>
    <aside class="tools" id="tools" popover>${tools(state)}</aside>
    <div hidden hx-sse:connect="${options.live}" hx-swap="none"></div>
  </main>`
}

function railItems({ chat, rail, now, botId }: SandboxState): Html {
  return html`${rail.map(
    ({
      chat: other,
      last,
    }) => html`<a href="${other.href}" data-key="${other.key}" data-last="${last?.id ?? ''}"
      ${other.key === chat.key ? html`aria-current="page"` : ''}>
      ${other.isPrivate ? avatar({ id: botId, name: other.title }, botId) : groupAvatar(other.title)}
      <span class="about"><strong>${other.title}${other.isPrivate ? html` <small>私聊</small>` : ''}</strong>
        <small>${last ? excerpt(last, other) : '还没有人说话'}</small></span>
      ${last ? html`<small class="when">${shortTime(last.at, now)}</small>` : ''}</a>`,
  )}`
}

function excerpt({ from, name, text, file }: SandboxMessage, { me, isPrivate }: SandboxChat): string {
  const said = text || `[文件] ${file?.name ?? ''}`
  return isPrivate ? said : `${from === me.id ? '我' : name}：${said}`
}

/** The time of a message of today, the day of an older one. */
function shortTime(at: Temporal.Instant, now: Temporal.Instant): string {
  const [day, time] = sayTime(at, now).split(' ')
  return (day === '今天' ? time : day) ?? ''
}

function banner(state: SandboxState): Html {
  const { lineBackAt } = state
  if (!lineBackAt) return greeting(state)
  const back = inShanghai(lineBackAt).toPlainTime().toString().slice(0, 8)
  return html`<p class="cut"><strong>线路断开了</strong> 机器人现在听不到，也说不出；${back} 恢复。</p>`
}

function greeting({ greeting: tries, chat }: SandboxState): Html {
  if (!tries) return html``
  const buttons = tries.map(
    ({ label, fill }) => html`<button type="button" class="chip" data-fill="${fill}">${label}</button> `,
  )
  const words =
    tries.length < 3
      ? '接着试：点一下，再按「发送」。'
      : `欢迎。这个群已经绑定好，你现在是「${chat.me.name}」。点一下，再按「发送」，三件事马上能试：`
  return html`<div class="greeting"><p>${words}</p>
    ${buttons}</div>`
}

function hintChips({ hints }: SandboxState): Html {
  return html`<small>试试</small>${hints.map(
    hint => html`<button type="button" class="chip" data-fill="${hint}">${hint}</button>`,
  )}`
}

function composer({ me, botName, isPrivate }: SandboxChat, botId: string): Html {
  return html`<form class="composer" id="say">
    <button type="button" class="who-am-i" popovertarget="tools" title="换一个身份">${avatar(me, botId)}
      <span class="sr">现在是${me.name}，点这里换身份</span></button>
    ${isPrivate ? '' : html`<button type="button" class="tool" data-at title="@${botName}" aria-label="@ 机器人">@</button>`}
    <label class="tool" title="发文件"><span aria-hidden="true">＋</span><span class="sr">发文件</span>
      <input class="sr" type="file" id="file"></label>
    <textarea id="text" rows="1" aria-label="消息" enterkeyhint="send"
      placeholder="${me.name} 说…"></textarea>
    <button id="send">发送</button></form>`
}

function tools({ chat, ...state }: SandboxState): Html {
  return html`<div class="grip"><button type="button" class="quiet" popovertarget="tools" popovertargetaction="hide">收起</button></div>
    <section><h2>我是谁</h2><div class="people ${chat.isPrivate ? 'narrow' : ''}">${chat.people.map(who => personLink(who, chat, state.botId))}</div></section>
    ${joining(chat)}
    <section><h2>时间</h2><div id="clock">${clockFace({ chat, ...state })}</div></section>
    ${kindChoice(chat)}
    <section><h2>线路</h2><form id="cut"><p>断线时机器人听不到，也说不出，就像真的掉线。</p>
      <div class="row"><label>断开 <input type="number" id="seconds" min="1" max="3600" value="30" required> 秒</label>
      <button class="secondary">断开</button></div></form></section>`
}

/** A person from another group joins this one, as newcomers do. */
function joining({ groupId, outside }: SandboxChat): Html {
  if (groupId === undefined || outside.length === 0) return html``
  return html`<section><h2>新人进群</h2><form id="join" data-group="${groupId}">
    <p>进来十分钟以后，机器人在白天欢迎新人，一天一次。</p>
    <div class="row"><select id="join-who" aria-label="谁进群">${outside.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select>
    <button class="secondary">进群</button></div></form></section>`
}

/** The platform that the open group plays: every wording and refusal can be seen without an account there. */
function kindChoice({ groupId, kind }: SandboxChat): Html {
  if (groupId === undefined) return html``
  const options = Object.entries(groupKinds).map(
    ([value, title]) => html`<option value="${value}" ${value === kind ? 'selected' : ''}>${title}</option>`,
  )
  return html`<section><h2>这个群当作</h2><form id="kind" data-group="${groupId}">
    <p>QQ 群和企业微信群里，机器人只听得到 @ 它的话；QQ 群还不让发网址；每 @ 一次，5 分钟里最多回 5 条，再多就要群主允许它主动发消息。</p>
    <div class="row"><select id="kind-name" aria-label="哪一种群">${options}</select>
    <button class="secondary">改</button></div></form></section>`
}

function personLink(who: Who, chat: SandboxChat, botId: string): Html {
  const href = chat.groupId ? `/sandbox/groups/${chat.groupId}?as=${who.id}` : `/sandbox/members/${who.id}`
  return html`<a href="${href}" ${who.id === chat.me.id ? html`aria-current="true"` : ''}>
    ${avatar(who, botId)}<span>${who.name}</span></a>`
}

function clockFace({ now, next }: SandboxState): Html {
  const here = inShanghai(now)
  const whatIsNext = next
    ? html`<p>接下来：${next.due.title ?? next.job.title}，${timeOf(next.due.at, now)}</p>`
    : emptyState('接下来没有排定的事。')
  return html`<p class="time">${here.month}月${here.day}日 ${weekdays[here.dayOfWeek - 1]}
      <strong>${here.toPlainTime().toString().slice(0, 5)}</strong></p>${whatIsNext}
    <div class="row"><button type="button" class="secondary" data-forward="PT15M">快进 15 分钟</button>
      <button type="button" class="secondary" data-forward="PT1H">快进 1 小时</button>
      ${next ? html`<button type="button" class="secondary" data-next>到下一件事</button>` : ''}</div>`
}

const weekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日']
