import { Hono } from 'hono'
import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import type { ConsoleEnv, Feature, Page } from '../../feature.ts'
import { type Log, reasonOf } from '../../log.ts'
import type { Clock } from '../../ports/clock.ts'
import type { CalendarEntry } from '../../ports/overviews.ts'
import { inShanghai, weekdayName } from '../../text/dates/time.ts'
import { card, emptyState, type Html, renderPage } from '../widgets.ts'
import { monthAsked, startOf } from './months.ts'

type CalendarParts = { features: () => readonly Feature[]; clock: Clock; log: Log }

/** 「日历」: a month of lessons, pushes and deadlines, day by day. */
export function calendarPage({ features, clock, log }: CalendarParts): Page {
  const routes = new Hono<ConsoleEnv>()
  routes.get('/', async c => {
    const today = inShanghai(clock.now()).toPlainDate()
    const month = monthAsked(c.req.query('month'), clock.now())
    const [from, to] = [month, month.add({ months: 1 })].map(startOf)
    const entries = from && to ? await entriesBetween(features(), { from, to, log }) : []
    return renderPage(c, '日历', viewMonth(month, entries, today))
  })
  return {
    path: 'calendar',
    title: '日历',
    chapter: 'start',
    section: '运行',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

/** Entries of every feature, by time. A feature that fails does not take the page from the others. */
async function entriesBetween(
  features: readonly Feature[],
  { from, to, log }: { from: Temporal.Instant; to: Temporal.Instant; log: Log },
): Promise<CalendarEntry[]> {
  const found = await Promise.all(
    features.map(async feature => {
      try {
        return (await feature.calendar?.(from, to)) ?? []
      } catch (cause) {
        log.error({ feature: feature.name, reason: reasonOf(cause) }, 'calendar entries could not be listed')
        return []
      }
    }),
  )
  return found.flat().sort((a, b) => Temporal.Instant.compare(a.at, b.at))
}

function viewMonth(
  month: Temporal.PlainYearMonth,
  entries: readonly CalendarEntry[],
  today: Temporal.PlainDate,
): Html {
  const link = (to: Temporal.PlainYearMonth, words: string) =>
    html`<a role="button" class="secondary outline" href="/calendar?month=${to.toString()}">${words}</a>`
  const days = Map.groupBy(entries, ({ at }) => inShanghai(at).toPlainDate().toString())
  const body = [...days].map(([day, of]) => viewDay(Temporal.PlainDate.from(day), of, today))
  return html`<div class="actions">
      ${link(month.subtract({ months: 1 }), '‹ 上个月')}${link(month.add({ months: 1 }), '下个月 ›')}
    </div>
    ${card(
      `${month.year} 年 ${month.month} 月`,
      body.length > 0 ? html`${body}` : emptyState('这个月还没有课、推送和截止日。'),
    )}`
}

function viewDay(
  day: Temporal.PlainDate,
  entries: readonly CalendarEntry[],
  today: Temporal.PlainDate,
): Html {
  return html`<h3>${day.equals(today) ? '今天 ' : ''}${day.month}月${day.day}日 周${weekdayName(day)}</h3>
    <ul class="plain">${entries.map(({ at, kind, title, path, isAllDay }) => {
      const time = isAllDay ? '全天' : inShanghai(at).toPlainTime().toString().slice(0, 5)
      return html`<li><span>${time} ${kind}：<a href="${path}">${title}</a></span></li>`
    })}</ul>`
}
