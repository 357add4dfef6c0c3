import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { startOf } from '../../../../console/overview/months.ts'
import type { Html } from '../../../../console/widgets.ts'
import { isRestDay } from '../../../../text/dates/rest-days.ts'
import { inShanghai, weekdayName } from '../../../../text/dates/time.ts'
import type { BroadcastActions } from '../../actions.ts'
import { overallState } from '../../broadcast/progress.ts'
import { basePath } from '../views.ts'
import { agendaOf } from './agenda.ts'

type Entry = { at: Temporal.Instant; label: string; path: string | undefined; tone: string; word: string }

/** The calendar of past and future broadcasts. */
export async function calendarView(
  month: Temporal.PlainYearMonth,
  { actions, now }: { actions: BroadcastActions; now: Temporal.Instant },
): Promise<Html> {
  const entries = await entriesOf(month, actions, now)
  const first = month.toPlainDate({ day: 1 })
  const before = first.dayOfWeek - 1
  const blanks = blankCells(before)
  const after = blankCells((7 - ((before + month.daysInMonth) % 7)) % 7)
  const days = Array.from({ length: month.daysInMonth }, (_, i) => first.add({ days: i }))
  const link = (to: Temporal.PlainYearMonth, label: string) =>
    html`<a href="${basePath}/calendar?month=${to.toString()}">${label}</a>`
  return html`<div class="actions">${link(month.subtract({ months: 1 }), '← 上个月')} ${link(month.add({ months: 1 }), '下个月 →')}
      <a href="${basePath}/sheet.xlsx?month=${month.toString()}">下载这个月的送达表</a> <a href="${basePath}">回到推送</a></div>
    <ol class="calendar">${['一', '二', '三', '四', '五', '六', '日'].map(day => html`<li class="weekday" aria-hidden="true">${day}</li>`)}
    ${blanks}${days.map(day => dayCell(day, entries, now))}${after}</ol>
    <p class="hint">灰底是休息日（按国务院的放假和调休）。还没有拟的只写栏目名，到时先送审。</p>`
}

const blankCells = (count: number) =>
  Array.from({ length: count }, () => html`<li class="blank" aria-hidden="true"></li>`)

async function entriesOf(
  month: Temporal.PlainYearMonth,
  actions: BroadcastActions,
  now: Temporal.Instant,
): Promise<Entry[]> {
  const from = startOf(month)
  const to = startOf(month.add({ months: 1 }))
  const agenda = await agendaOf(actions, { from, to, now })
  return Promise.all(
    agenda.map(async ({ at, title, broadcast }): Promise<Entry> => {
      if (!broadcast) return { at, label: title, path: undefined, word: '还没拟', tone: 'quiet' }
      const { word, tone } = overallState(await actions.progressOf(broadcast))
      return { at, label: title, path: `${basePath}/${broadcast.number}`, word, tone }
    }),
  )
}

function dayCell(day: Temporal.PlainDate, entries: readonly Entry[], now: Temporal.Instant): Html {
  const own = entries.filter(({ at }) => inShanghai(at).toPlainDate().equals(day))
  const isToday = inShanghai(now).toPlainDate().equals(day)
  const classes = [isRestDay(day) ? 'rest' : '', isToday ? 'today' : '', own.length === 0 ? 'free' : '']
    .join(' ')
    .trim()
  return html`<li class="${classes}"><time datetime="${day.toString()}">${day.day}<span class="of-week">日 周${weekdayName(day)}</span></time>
    ${own.map(entryLine)}</li>`
}

function entryLine({ at, label, path, word, tone }: Entry): Html {
  const time = inShanghai(at).toPlainTime().toString().slice(0, 5)
  const name = path ? html`<a href="${path}">${label}</a>` : html`${label}`
  return html`<p>${time} ${name} <span class="badge badge-${tone}">${word}</span></p>`
}
