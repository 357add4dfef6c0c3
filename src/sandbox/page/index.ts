import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import type { Temporal } from 'temporal-polyfill'
import { ownAsset, packageAsset } from '../../console/assets.ts'
import { type Html, renderAppPage } from '../../console/widgets.ts'
import type { ConsoleEnv, Page } from '../../feature.ts'
import { sandboxApi } from '../api.ts'
import type { SandboxControls } from '../controls.ts'
import { createChats, type SandboxChat } from './chats.ts'
import { greetingFor, type HintParts, hintsFor } from './hints.ts'
import { messageList } from './messages.ts'
import { liveParts, type SandboxState, sandboxView } from './views.ts'

export const sandboxAssets = [
  ownAsset('./assets/sandbox.css', import.meta.url),
  packageAsset('htmx.org/dist/ext/hx-sse.min.js'),
  ownAsset('./assets/sandbox.js', import.meta.url),
]

/** How often a page is updated while nothing changes, since the clock goes on. */
const heartbeatMs = 5000
/** A stream that ends is opened again at once, and asks for the session again. */
const streamLifeMs = 10 * 60_000

/** 「模拟群」: group chats to play in, with a clock that can be moved and a line that can be cut. */
export function sandboxPage(controls: SandboxControls, hints: HintParts): Page {
  const { world } = controls
  const chats = createChats(world)
  const routes = new Hono<ConsoleEnv>()

  async function readState(chat: SandboxChat): Promise<SandboxState> {
    const now = controls.now()
    const rail = chats.beside(chat).map(async other => ({
      chat: other,
      last: (await chats.messages(other)).at(-1),
    }))
    return {
      chat,
      rail: await Promise.all(rail),
      hints: await hintsFor(chat, now, hints),
      greeting: await greetingOf(chat, now),
      now,
      next: await controls.next(),
      lineBackAt: controls.lineBackAt(),
      botId: world.botId,
    }
  }

  async function greetingOf(chat: SandboxChat, now: Temporal.Instant) {
    const messages = await chats.messages(chat)
    const said = messages.flatMap(({ from, text }) => (from === world.botId ? [] : [text]))
    return greetingFor(chat, { now, said }, hints)
  }

  async function show(c: Context<ConsoleEnv>, chat: SandboxChat, isListFirst = false) {
    const [messages, state] = await Promise.all([chats.messages(chat), readState(chat)])
    const shown = { me: chat.me.id, botId: world.botId, now: state.now }
    const live = `${chat.href.replace(/\?|$/, '/live?')}&after=${messages.at(-1)?.id ?? ''}`
    const body = sandboxView(state, messageList(messages, 0, shown), { isListFirst, live })
    return renderAppPage(c, { title: chat.title, body, assets: sandboxAssets })
  }

  function follow(c: Context<ConsoleEnv>, reopen: () => SandboxChat) {
    let seen = c.req.header('Last-Event-ID') || c.req.query('after') || ''
    return streamSSE(c, stream =>
      untilGone(stream, world, async () => {
        const chat = reopen()
        const [messages, state] = await Promise.all([chats.messages(chat), readState(chat)])
        const from = messages.findIndex(message => message.id === seen) + 1
        const shown = { me: chat.me.id, botId: world.botId, now: state.now }
        const fresh = messageList(messages, from, shown)
        const parts = [
          ...(from < messages.length ? [partial('messages', 'beforeend', fresh)] : []),
          ...Object.entries(liveParts).map(([id, view]) => partial(id, 'innerMorph', view(state))),
        ]
        seen = messages.at(-1)?.id ?? ''
        await stream.writeSSE({ id: seen, data: String(await html`${parts}`) })
      }),
    )
  }

  const groupOf = (c: Context) => chats.open({ groupId: c.req.param('id') ?? '', as: c.req.query('as') })
  const privateOf = (c: Context) => chats.open({ memberId: c.req.param('id') ?? '' })

  // On a phone a newcomer sees the welcome first, and who comes back from a chat the list.
  routes.get('/', c => show(c, chats.first(c.req.query('as')), c.req.query('as') !== undefined))
  routes.get('/groups/:id', c => show(c, groupOf(c)))
  routes.get('/members/:id', c => show(c, privateOf(c)))
  routes.get('/groups/:id/live', c => follow(c, () => groupOf(c)))
  routes.get('/members/:id/live', c => follow(c, () => privateOf(c)))
  routes.post('/next', async c => c.json({ now: (await controls.forwardToNext()).toString() }))
  routes.route('/api', sandboxApi(controls))
  return {
    path: 'sandbox',
    title: '模拟群',
    chapter: 'start',
    read: ['organizer', 'reviewer'],
    write: ['organizer', 'reviewer'],
    routes,
  }
}

const partial = (id: string, swap: string, body: Html) =>
  html`<hx-partial hx-target="#${id}" hx-swap="${swap}">${body}</hx-partial>`

/** Tells at once, after every change and every few seconds, until the page is gone. */
async function untilGone(
  stream: SSEStreamingApi,
  world: SandboxControls['world'],
  tell: () => Promise<void>,
) {
  let wake = () => {}
  const stop = world.onChange(() => wake())
  stream.onAbort(() => wake())
  const endsAt = performance.now() + streamLifeMs
  try {
    while (!stream.aborted && performance.now() < endsAt) {
      const woken = new Promise<void>(resolve => {
        const timer = setTimeout(resolve, heartbeatMs).unref()
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      await tell()
      await woken
    }
  } finally {
    stop()
  }
}
