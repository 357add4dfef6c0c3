import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import {
  csrfField,
  emptyState,
  type Html,
  renderPage,
  stackTable,
  stateBadge,
  timeOf,
} from '../../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Collector } from './collector.ts'
import type { SourceState, SourceStates } from './source-states.ts'
import type { Source } from './sources-file.ts'

export type SourceParts = { collector: Collector; states: SourceStates; clock: Clock }
type Shown = { source: Source; state: SourceState; isOn: boolean; isLooking: boolean }
const path = '/sources'

/** 「来源」: where items come from, how each fares and since when, and the switch of each. */
export function sourcesPage({ collector, states, clock }: SourceParts): Page {
  const routes = new Hono<ConsoleEnv>()

  async function shown(source: Source): Promise<Shown> {
    const state = await states.get(source.id)
    return { source, state, isOn: state.isOn ?? source.on, isLooking: collector.isLooking(source) }
  }

  function sourceOf(c: Context<ConsoleEnv>): Source {
    const source = collector.sources.find(({ id }) => id === c.req.param('id'))
    if (!source) throw new Refusal('没有这个来源，可能已经从 data/sources.yaml 里删掉了。')
    return source
  }

  async function table(c: Context<ConsoleEnv>): Promise<Html> {
    const all = await Promise.all(collector.sources.map(shown))
    const canDecide = c.get('person').roles.includes('organizer')
    return sourceTable(all, { now: clock.now(), csrf: csrfField(c), canDecide })
  }

  routes.get('/', async c =>
    renderPage(
      c,
      '来源',
      html`<p class="hint">来源写在 data/sources.yaml，改完重启。打开以后才会去读，读的时候守网站的 robots.txt，同一个网站一次只问一件。</p>
        <section class="card">${await table(c)}</section>`,
    ),
  )
  routes.get('/table', async c => c.html(await table(c)))
  routes.post('/:id/switch', async c => {
    const source = sourceOf(c)
    const isOn = await collector.isOn(source)
    await states.change(source.id, now => ({ ...now, isOn: !isOn }))
    await collector.tellAlarms()
    if (!isOn) void collector.look(source)
    return c.redirect(path, 303)
  })
  routes.post('/:id/look', async c => {
    const source = sourceOf(c)
    if (!(await collector.isOn(source))) throw new Refusal('这个来源没有打开，请先打开。')
    void collector.look(source)
    return c.redirect(path, 303)
  })
  return {
    path: path.slice(1),
    title: '来源',
    chapter: 'items',
    section: '推送',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

type TableLook = { now: Temporal.Instant; csrf: Html; canDecide: boolean }

/** Keeps itself up to date while something is being read. */
function sourceTable(all: readonly Shown[], look: TableLook): Html {
  if (all.length === 0) {
    return emptyState('还没有来源。在 data/sources.yaml 里照着例子写一个，重启后在这里打开。')
  }
  const isMoving = all.some(({ isLooking }) => isLooking)
  const rows = all.map(one => [
    html`<span>${one.source.name}<br><small>${one.source.stream}，${one.source.kind === 'feed' ? 'RSS 或 Atom' : '列表网页'}</small></span>`,
    html`<span>${health(one)}${reasonOf(one, look.now)}</span>`,
    html`<span>${when(one.state.wellAt, look.now)}${one.state.foundCount ? html`<br><small>新收 ${one.state.foundCount} 条</small>` : ''}</span>`,
    look.canDecide ? actions(one, look.csrf) : '',
  ])
  return html`<div ${isMoving ? html`hx-get="${path}/table" hx-trigger="every 2s" hx-swap="outerHTML"` : ''}>
    ${stackTable(['来源', '现在', '上次读到', '可以做'], rows)}</div>`
}

function health({ isOn, isLooking, state }: Shown): Html {
  if (!isOn) return stateBadge('没打开', 'quiet')
  if (isLooking) return stateBadge('正在读', 'warn')
  if (state.problem) return stateBadge(state.problem.kind === 'changed' ? '网页变了' : '读不到', 'bad')
  return state.wellAt ? stateBadge('正常', 'good') : stateBadge('还没读过', 'quiet')
}

function reasonOf({ isOn, state }: Shown, now: Temporal.Instant): Html {
  const { problem, remark } = state
  if (!isOn) return html``
  if (problem) {
    const since = timeOf(Temporal.Instant.from(problem.since), now)
    return html`<br><small>从 ${since} 起，${problem.times} 次：${problem.reason}</small>`
  }
  return remark ? html`<br><small>${remark}</small>` : html``
}

const when = (at: string | undefined, now: Temporal.Instant) =>
  at ? timeOf(Temporal.Instant.from(at), now) : html`<span class="hint">还没有</span>`

function actions({ source, isOn }: Shown, csrf: Html): Html {
  const button = (deed: string, label: string) =>
    html`<form method="post" action="${path}/${source.id}/${deed}">${csrf}<button class="secondary">${label}</button></form>`
  return html`<span class="actions">${isOn ? button('look', '现在读一次') : ''}${button('switch', isOn ? '停用' : '打开，现在就读')}</span>`
}
