import { Hono } from 'hono'
import { html } from 'hono/html'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Temporal } from 'temporal-polyfill'
import { ownAsset } from '../console/assets.ts'
import { renderAppPage } from '../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../feature.ts'
import type { Upcoming } from '../jobs.ts'
import { sayFullTime, sayTime } from '../text/time.ts'
import { type SandboxControls, sandboxApi } from './api.ts'

export const sandboxAssets = [
  ownAsset('./assets/sandbox.css', import.meta.url),
  ownAsset('./assets/sandbox.js', import.meta.url),
]

type SandboxParts = SandboxControls & {
  /** What falls due next, within some weeks; undefined where nothing does. */
  next(): Promise<Upcoming | undefined>
  /** Words to try, in the order in which a newcomer needs them. */
  hints(): Promise<string[]>
}

/** How often a page hears how things are, though nothing changed: the clock goes on. */
const heartbeatMs = 5000

/** 「模拟群」: a group chat to play in, with a clock that can be moved and a line that can be cut. */
export function sandboxPage(parts: SandboxParts): Page {
  const { world } = parts
  const routes = new Hono<ConsoleEnv>()

  async function state() {
    const [next, hints] = await Promise.all([parts.next(), parts.hints()])
    const now = parts.now()
    return {
      now: sayFullTime(now),
      next: next ? `${sayTime(next.due.at, now)} ${next.job.title}` : '',
      isLineUp: world.isLineUp(),
      hints,
    }
  }

  routes.get('/', c =>
    renderAppPage(c, '模拟群', { body: shell(c.get('csrfToken'), world.botId), assets: sandboxAssets }),
  )
  routes.get('/events', c =>
    streamSSE(c, async stream => {
      await follow(stream, world, async () =>
        stream.writeSSE({ event: 'state', data: JSON.stringify(await state()) }),
      )
    }),
  )
  routes.post('/next', async c => {
    const next = await parts.next()
    if (!next) throw new Refusal('最近没有排定的事。')
    const now = await parts.forward(parts.now().until(next.due.at) as Temporal.Duration)
    return c.json({ now: now.toString() })
  })
  routes.route('/api', sandboxApi(parts))
  return { path: 'sandbox', title: '模拟群', routes }
}

/** Tells at once, after every change and every few seconds, until the page is gone. */
async function follow(stream: SSEStreamingApi, world: SandboxParts['world'], tell: () => Promise<void>) {
  const changed = { wake: () => {} }
  const stop = world.onChange(() => changed.wake())
  stream.onAbort(() => changed.wake())
  while (!stream.aborted) {
    const woken = new Promise<void>(resolve => {
      changed.wake = resolve
      setTimeout(resolve, heartbeatMs).unref()
    })
    await tell()
    await woken
  }
  stop()
}

function shell(csrfToken: string, botId: string) {
  return html`<main class="sandbox" data-csrf="${csrfToken}" data-bot="${botId}">
  <aside class="chats" aria-label="聊天">
    <label class="me">我是 <select id="me" aria-label="我是谁"></select></label>
    <ul id="chats"></ul>
    <section class="tools" aria-label="时间和线路">
      <p>现在 <output id="now"></output></p>
      <p class="next">接下来 <output id="next">无</output></p>
      <div class="buttons">
        <button type="button" data-forward="PT15M">快进 15 分钟</button>
        <button type="button" data-forward="PT1H">快进 1 小时</button>
        <button type="button" data-next>到下一件事</button>
      </div>
      <form id="cut"><label>断线 <input id="seconds" type="number" min="1" max="3600" value="30" aria-label="断线秒数"> 秒</label><button>断开</button></form>
      <p id="problem" role="alert"></p>
    </section>
  </aside>
  <section class="chat">
    <header><button type="button" id="back" aria-label="回到聊天列表">‹</button><h1 id="title"></h1><span id="cutbanner" hidden>线路断开中，机器人听不到</span></header>
    <ol id="messages" aria-live="polite"></ol>
    <div id="hints" aria-label="试试看"></div>
    <form id="say">
      <button type="button" id="at" title="@ 机器人">@</button>
      <label class="file" title="发文件">＋<input type="file" id="file" aria-label="发文件"></label>
      <textarea id="text" rows="1" placeholder="说点什么，回车发送" aria-label="消息"></textarea>
      <button>发送</button>
    </form>
  </section>
</main>`
}
