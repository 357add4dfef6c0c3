import { Hono } from 'hono'
import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import type { ConsoleEnv, Feature, Page } from '../../feature.ts'
import { type Log, reasonOf } from '../../log.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ReportPart } from '../../ports/overviews.ts'
import { inShanghai } from '../../text/dates/time.ts'
import { type Html, renderPage } from '../widgets.ts'
import { monthAsked, startOf } from './months.ts'

type ReportParts = { features: () => readonly Feature[]; clock: Clock; log: Log }

/** 「月报」: what a month came to, on one page that can be printed and handed in. */
export function reportPage({ features, clock, log }: ReportParts): Page {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', async c => {
    const now = inShanghai(clock.now())
    const month = monthAsked(c.req.query('month'), clock.now())
    const parts = await partsOf(features(), month, log)
    return renderPage(c, `${month.year}年${month.month}月 月报`, viewReport(month, parts, now))
  })
  return {
    path: 'report',
    title: '月报',
    chapter: 'tally',
    section: '运行',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

/** Parts of every feature, in their order. A failed one is named, so that a report with a gap is noticed. */
async function partsOf(
  features: readonly Feature[],
  month: Temporal.PlainYearMonth,
  log: Log,
): Promise<ReportPart[]> {
  const [from, to] = [startOf(month), startOf(month.add({ months: 1 }))]
  const parts = await Promise.all(
    features.map(async feature => {
      try {
        return await feature.report?.(from, to)
      } catch (cause) {
        log.error({ feature: feature.name, reason: reasonOf(cause) }, 'a part of the report failed')
        return { title: '有一部分没算出来', figures: [], note: '请稍后再打开；还是这样，请告诉管机器的人。' }
      }
    }),
  )
  return parts.filter(part => part !== undefined)
}

function viewReport(
  month: Temporal.PlainYearMonth,
  parts: readonly ReportPart[],
  now: Temporal.ZonedDateTime,
): Html {
  const link = (to: Temporal.PlainYearMonth, words: string) =>
    html`<a role="button" class="secondary outline" href="/report?month=${to.toString()}">${words}</a>`
  const isOpen =
    Temporal.PlainDate.compare(now.toPlainDate(), month.toPlainDate({ day: month.daysInMonth })) <= 0
  const made = `${now.month}月${now.day}日 ${now.toPlainTime().toString().slice(0, 5)} 统计`
  return html`<div class="actions no-print">
      ${link(month.subtract({ months: 1 }), '‹ 上个月')}${link(month.add({ months: 1 }), '下个月 ›')}
    </div>
    <p class="hint no-print">要交纸质的，用浏览器的「打印」，正好一页。数字里没有任何人的名字。</p>
    <section class="card report">
      <p>${made}${isOpen ? '，这个月还没过完' : ''}。</p>
      ${parts.map(viewPart)}
    </section>`
}

const viewPart = ({ title, figures, note }: ReportPart) => html`<h2>${title}</h2>
  <dl class="figures">${figures.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
  ${note ? html`<p class="hint">${note}</p>` : ''}`
