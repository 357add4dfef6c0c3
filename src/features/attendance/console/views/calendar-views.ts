import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { emptyState, type Html, stateBadge, timeOf } from '../../../../console/widgets.ts'
import { unusualDay } from '../../../../text/dates/rest-days.ts'
import { inShanghai, weekdayName } from '../../../../text/dates/time.ts'
import { type LessonWithPeople, tallyOf } from '../../check-ins/rules.ts'
import { clockTime } from '../../check-ins/words.ts'
import type { Lesson } from '../../lessons/records/records.ts'
import type { Series } from '../../lessons/records/series-records.ts'
import { sayLessonRecurrence } from '../../lessons/recurrence.ts'
import { type Phase, phaseOf } from '../../lessons/window.ts'
import { phaseWords } from './lesson-views.ts'

type Month = {
  month: Temporal.PlainYearMonth
  now: Temporal.Instant
  /** The one day whose lessons are listed. */
  day: Temporal.PlainDate | undefined
}

/** Lessons that a list shows before the rest is folded. */
const mostListed = 10

/** A month of lessons as a sheet of days: with their titles on a desk, with their number on a phone. */
export function viewMonth(lessons: readonly Lesson[], { month, now, day: chosen }: Month): Html {
  const first = month.toPlainDate({ day: 1 })
  const begin = first.subtract({ days: first.dayOfWeek - 1 })
  const weeks = Math.ceil((first.dayOfWeek - 1 + month.daysInMonth) / 7)
  const days = Array.from({ length: weeks * 7 }, (_, n) => begin.add({ days: n }))
  const on = (day: Temporal.PlainDate) => lessons.filter(lesson => dayOf(lesson).equals(day))
  const link = (to: Temporal.PlainYearMonth, words: string) =>
    html`<a href="/lessons?month=${to.toString()}">${words}</a>`
  return html`<section class="card month">
    <h2>${link(month.subtract({ months: 1 }), '‹ 上个月')} <span>${month.year} 年 ${month.month} 月</span> ${link(month.add({ months: 1 }), '下个月 ›')}</h2>
    <div class="days" role="table" aria-label="${month.year} 年 ${month.month} 月的课">
      <div class="week" role="row">${[...'一二三四五六日'].map(name => html`<span class="head" role="columnheader">周${name}</span>`)}</div>
      ${Array.from({ length: weeks }, (_, n) => {
        const week = days.slice(7 * n, 7 * n + 7)
        return html`<div class="week" role="row">${week.map(day => viewDay(day, on(day), { month, now, day: chosen }))}</div>`
      })}
    </div>
  </section>`
}

function viewDay(
  day: Temporal.PlainDate,
  lessons: readonly Lesson[],
  { month, now, day: chosen }: Month,
): Html {
  const isOther = day.month !== month.month
  const isToday = inShanghai(now).toPlainDate().equals(day)
  const odd = unusualDay(day)
  const isChosen = chosen?.equals(day) === true
  const classes = ['day', isOther ? 'other' : '', isToday ? 'today' : '', isChosen ? 'chosen' : '']
  const count = html`<a class="count" href="/lessons?day=${day.toString()}#lists" aria-label="${day.month}月${day.day}日的 ${lessons.length} 节课">${lessons.length} 节</a>`
  return html`<div class="${classes.filter(Boolean).join(' ')}" role="cell">
    <span class="date">${isToday ? '今天 ' : ''}<span class="long">${day.month}月</span>${day.day}<span class="long">日 周${weekdayName(day)}</span>${odd ? html` <small>${odd.replace(/放假$/u, '')}</small>` : ''}</span>
    ${lessons.length > 0 ? count : ''}${lessons.map(
      lesson =>
        html`<a class="lesson ${phaseOf(lesson, now)}" href="/lessons/${lesson.id}">${clockTime(lesson.startsAt)} ${lesson.title}${lesson.cancelledAt ? '（取消）' : ''}</a>`,
    )}
  </div>`
}

type Listed = { now: Temporal.Instant; day: Temporal.PlainDate | undefined }

/**
 * Lessons by what they ask of an organizer: what runs, what comes, cancelled or not, what was; of one day where one was
 * chosen.
 */
export function viewLists(all: readonly LessonWithPeople[], { now, day }: Listed): Html {
  const lessons = day ? all.filter(({ lesson }) => dayOf(lesson).equals(day)) : all
  const inTime = (time: Phase) => lessons.filter(({ lesson }) => timeOfList(lesson, now) === time)
  return html`<div id="lists">${day ? html`<p>只列出 ${day.month}月${day.day}日 周${weekdayName(day)} 的课。<a href="/lessons">看全部</a></p>` : ''}
    ${viewList('正在签到', inTime('open'), now)}
    ${viewList('接下来', inTime('upcoming'), now)}
    ${viewList('以前的课', inTime('over').reverse(), now)}
    ${lessons.length === 0 && !day ? emptyState('这里会列出每节课和签到人数。点「开一节课」，或在群里发「开课 周末微党课 周六14:00」。') : ''}</div>`
}

/** The phase of a lesson; of a cancelled one, the phase that it would have. */
const timeOfList = ({ cancelledAt: _, ...lesson }: Lesson, now: Temporal.Instant) => phaseOf(lesson, now)

function viewList(title: string, lessons: readonly LessonWithPeople[], now: Temporal.Instant): Html {
  if (lessons.length === 0) return html``
  const rest = lessons.slice(mostListed)
  return html`<section class="card"><h2>${title}</h2>
    ${viewRows(lessons.slice(0, mostListed), now)}
    ${rest.length > 0 ? html`<details><summary>另外 ${rest.length} 节</summary>${viewRows(rest, now)}</details>` : ''}
  </section>`
}

function viewRows(lessons: readonly LessonWithPeople[], now: Temporal.Instant): Html {
  return html`<table class="stack flowing">
      <thead><tr><th>课程</th><th>时间</th><th>状态</th><th class="number">应到</th><th class="number">实到</th></tr></thead>
      <tbody>${lessons.map(held => {
        const { lesson } = held
        const tally = tallyOf(held, now)
        const phase = phaseOf(lesson, now)
        return html`<tr>
          <td data-label="课程"><a href="/lessons/${lesson.id}">${lesson.title}</a></td>
          <td data-label="时间"><span>${timeOf(Temporal.Instant.from(lesson.startsAt), now)}–${clockTime(lesson.endsAt)}</span></td>
          <td data-label="状态"><span>${stateBadge(...phaseWords[phase])}${tally.unverified.length > 0 ? html` ${stateBadge('要核对', 'warn')}` : ''}</span></td>
          <td data-label="应到" class="number">${tally.expected === 0 ? '' : tally.expected}</td>
          <td data-label="实到" class="number">${isUnheld(phase) && tally.attended === 0 ? '' : tally.attended}</td>
        </tr>`
      })}</tbody>
    </table>`
}

const isUnheld = (phase: Phase) => phase === 'upcoming' || phase === 'cancelled'

/** Lessons that come again. */
export function viewSeries(all: readonly Series[]): Html {
  if (all.length === 0) return html``
  return html`<section class="card"><h2>固定的课</h2>
    <table class="stack">
      <thead><tr><th>课程</th><th>什么时候</th><th>主讲和地点</th></tr></thead>
      <tbody>${all.map(
        ({ plan, recurrence, startTime, openedByName }) => html`<tr>
          <td data-label="课程">${plan.title}</td>
          <td data-label="什么时候">${sayLessonRecurrence(recurrence)} ${startTime}</td>
          <td data-label="主讲和地点">${[plan.speaker, plan.place].filter(Boolean).join('，') || `${openedByName} 开课`}</td>
        </tr>`,
      )}</tbody>
    </table>
    <p class="hint">要改或停，打开其中一次，选「以后每次」。放假和调休上班的日子会自动跳过。</p></section>`
}

const dayOf = ({ startsAt }: Lesson) => inShanghai(Temporal.Instant.from(startsAt)).toPlainDate()
