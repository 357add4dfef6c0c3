import { Hono } from 'hono'
import { html } from 'hono/html'
import { card, emptyState, renderPage, stackTable, timeOf } from '../../../console/widgets.ts'
import type { ConsoleEnv, Page } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import { instantOf } from '../../../text/dates/time.ts'
import type { Exports } from './exports.ts'

const roads = { chat: '私聊里要的', console: '控制台下载', sent: '下课自动私信给组织者' } as const

/** Page of exports with personal data: person, file and time. */
export function exportsPage({ exports, clock }: { exports: Exports; clock: Clock }): Page {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', async c => {
    const entries = await exports.latest()
    const now = clock.now()
    const rows = entries.map(({ at, byName, what, road, people }) => [
      byName,
      what,
      html`<span>${people} 人</span>`,
      roads[road],
      timeOf(instantOf(at), now),
    ])
    const body =
      rows.length === 0
        ? emptyState('谁导出过名单、签到表和台账，会记在这里。现在还没有。')
        : stackTable(['谁', '导出了什么', '涉及', '怎么拿的', '什么时候'], rows)
    return renderPage(
      c,
      '导出记录',
      card('', html`<p class="hint">导出的文件离开了这里，请保管好，用完删掉。</p>${body}`),
    )
  })
  return {
    path: 'exports',
    title: '导出记录',
    chapter: 'privacy',
    section: '社群',
    read: ['organizer'],
    write: ['organizer'],
    routes,
  }
}
