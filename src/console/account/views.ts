import { html, raw } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { renderSVG } from 'uqr'
import type { ConsoleContext } from '../../feature.ts'
import { instantOf } from '../../text/dates/time.ts'
import { fieldProblem, type RefusedForm } from '../forms.ts'
import { idleMinutes, type OwnSession, sessionLifeHours } from '../login/sessions.ts'
import { card, csrfField, type Html, stackTable, stateBadge, timeOf } from '../widgets.ts'
import type { Account } from './accounts.ts'
import { leastCharacters } from './password.ts'
import { totpAddress } from './totp.ts'

type Shown = {
  name: string
  account: Account | undefined
  sessions: readonly OwnSession[]
  /** The id of this session. */
  here: string
  /** Whether changes ask for the present password. */
  asksPassword: boolean
  now: Temporal.Instant
  done: string
  refused?: RefusedForm
}

const doneWords = new Map([
  ['password', '密码设好了，其它设备都退出了。下次登录填名字和密码就行。'],
  ['one-step', '两步登录关掉了。'],
  ['others', '其它设备都退出了。'],
  ['one', '那台设备退出了。'],
])

/** Password, second step and devices of the person who is logged in. */
export function viewAccount(c: ConsoleContext, shown: Shown): Html {
  const { done, refused } = shown
  const said = doneWords.get(done)
  const isElsewhere = refused !== undefined && refused.problem !== ''
  return html`${said && !refused ? html`<p class="done" role="status">${said}</p>` : ''}
    ${isElsewhere ? html`<p class="problem" role="alert">${refused.problem}</p>` : ''}
    ${viewPassword(c, shown)}${viewSecondStep(c, shown)}${viewSessions(c, shown)}`
}

/** The shared log-in has nothing of its own. */
export function viewOfficeAccount(): Html {
  return card(
    '',
    html`<p>现在用的是公用登录，几个人共用，没有自己的账号。</p>
    <p>请用自己的微信私聊机器人发「登录」，用那个链接进来，再到这里设自己的密码。</p>`,
  )
}

function viewPassword(c: ConsoleContext, { name, account, asksPassword, refused }: Shown): Html {
  const { input = {}, fieldProblems = {} } = refused ?? {}
  const current = html`<label>现在的密码 <input type="password" name="current" autocomplete="current-password" required></label>
    ${fieldProblem(fieldProblems, 'current')}`
  return card(
    account ? '登录名和密码' : '设一个密码',
    html`<p class="hint">设了密码，以后不用每次问机器人要链接。密码只存成算不回来的摘要，谁也看不到。</p>
    <form method="post" action="/account/password">${csrfField(c)}
      <label>登录名 <input name="name" value="${input.name ?? account?.loginName ?? name}" autocomplete="username" required></label>
      ${fieldProblem(fieldProblems, 'name')}${fieldProblem(fieldProblems, 'loginName')}
      ${account && asksPassword ? current : ''}
      <label>新密码（至少 ${leastCharacters} 个字，可以是一句话） <input type="password" name="password" autocomplete="new-password" required></label>
      ${fieldProblem(fieldProblems, 'password')}
      <button>${account ? '改密码' : '设密码'}</button></form>`,
  )
}

function viewSecondStep(c: ConsoleContext, shown: Shown): Html | string {
  const { account, asksPassword, refused } = shown
  if (!account) return ''
  const button = (path: string, label: string) =>
    html`<form method="post" action="/account/second-step/${path}">${csrfField(c)}
      ${asksPassword ? html`<label>现在的密码 <input type="password" name="current" autocomplete="current-password" required></label>` : html`<input type="hidden" name="current" value="">`}
      <button class="secondary">${label}</button></form>`
  if (account.totp?.isOn)
    return card(
      html`两步登录 ${stateBadge('已开', 'good')}`,
      html`<p>登录时除了密码，还要手机上的动态码。没用过的恢复码还有 ${account.recovery.length} 个。</p>${button('end', '关掉两步登录')}`,
    )
  if (account.totp)
    return card(
      '两步登录',
      html`<p>用手机上的身份验证器扫一扫，再把它显示的六位数填进来：</p>
      <p class="totp">${raw(renderSVG(totpAddress(account.totp.secret, account.loginName), { pixelSize: 4 }))}</p>
      <p>扫不了就手工输入：<code>${account.totp.secret}</code></p>
      <form method="post" action="/account/second-step/confirm">${csrfField(c)}
        <label>动态码 <input name="code" inputmode="numeric" autocomplete="one-time-code" required></label>
        ${fieldProblem(refused?.fieldProblems ?? {}, 'code')}
        <button>开两步登录</button></form>`,
    )
  return card(
    html`两步登录 ${stateBadge('没开', 'quiet')}`,
    html`<p>开了以后，别人就算知道密码也进不来。要先在手机上装一个身份验证器。</p>${button('begin', '开始设置')}`,
  )
}

/** Shown once. */
export function viewRecoveryCodes(codes: readonly string[]): Html {
  return card(
    '两步登录开好了',
    html`<p>手机丢了，就用下面的恢复码代替动态码，每个只能用一次。<strong>只显示这一回</strong>，请抄下来或打印，锁在抽屉里：</p>
    <ul class="codes">${codes.map(code => html`<li><code>${code}</code></li>`)}</ul>
    <p><a href="/account">抄好了</a></p>`,
  )
}

function viewSessions(c: ConsoleContext, { sessions, here, now }: Shown): Html {
  const rows = sessions.map(({ id, device, startedAt, seenAt }) => [
    id === here
      ? html`<span>${device || '不认识的设备'} ${stateBadge('这一台', 'good')}</span>`
      : device || '不认识的设备',
    startedAt ? timeOf(instantOf(startedAt), now) : '',
    seenAt ? timeOf(instantOf(seenAt), now) : '',
    id === here
      ? ''
      : html`<form method="post" action="/account/sessions/end">${csrfField(c)}
        <input type="hidden" name="session" value="${id}"><button class="secondary">退出这台</button></form>`,
  ])
  const others = html`<form method="post" action="/account/sessions/others" class="actions">${csrfField(c)}<button>退出其它设备</button></form>`
  return card(
    '登录着的设备',
    html`${stackTable(['设备', '登录', '最近在用', ''], rows)}
    ${sessions.length > 1 ? others : ''}
    <p class="hint">${idleMinutes} 分钟没动，或者登录满 ${sessionLifeHours} 小时，会自动退出。</p>`,
  )
}
