import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ConsoleEnv } from '../../feature.ts'
import { renderBarePage } from '../widgets.ts'
import { linkLifeMinutes } from './sessions.ts'

type LoginPage = {
  /** Whether there is a shared password. */
  hasShared: boolean
  loginName?: string
  problem?: string
  status?: 200 | 401 | 410 | 429
}

/** The ways to log in. */
export function loginPage(
  c: Context<ConsoleEnv>,
  { hasShared, loginName = '', problem, status = 200 }: LoginPage,
): Promise<Response> {
  const body = html`
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
    <form method="post" action="/login">
      <label>名字${hasShared ? '（用公用密码的，这里空着）' : ''}
        <input name="name" value="${loginName}" autocomplete="username" ${hasShared ? '' : 'required'}></label>
      <label>密码 <input type="password" name="password" autocomplete="current-password" required></label>
      <label>动态码或恢复码（开了两步登录才填）
        <input name="code" autocomplete="one-time-code" inputmode="text" maxlength="20"></label>
      <button>登录</button>
    </form>
    <h2>或者用一次性链接登录</h2>
    <ul><li>启动机器人的屏幕上印着一个。</li><li>组织者、审核人、审计员私聊机器人，发「登录」，就能收到一个。第一次进来以后，点右上角自己的名字，可以设密码。</li></ul>`
  return renderBarePage(c, '登录', body, status)
}

/** The page of a one-time link, with a button that uses it. */
export function showLinkForm(c: Context<ConsoleEnv>): Promise<Response> {
  const body = html`<p>请点下面的按钮进入。</p>
    <form method="post"><button>进入控制台</button></form>
    <p class="hint">链接只能用一次，${linkLifeMinutes} 分钟内有效。</p>`
  return renderBarePage(c, '登录', body)
}
