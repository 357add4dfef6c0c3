import { Hono } from 'hono'
import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { action, form, type RefusedForm, valuesOf } from '../../../console/forms.ts'
import { monthAsked, startOf } from '../../../console/overview/months.ts'
import { csrfField, renderProblem } from '../../../console/widgets.ts'
import { type ConsoleEnv, FieldRefusal, type Page, Refusal } from '../../../feature.ts'
import { viewLessonForm } from './form-views.ts'
import { blankLesson, LessonForm, readLessonForm, type TypedLesson, typedAgain } from './forms.ts'
import { type LessonPageContext, type LessonPageParts, showLessonPage } from './lesson-pages.ts'
import { lessonRoutes } from './lesson-routes.ts'
import { lessonStyles } from './styles.ts'
import { viewLists, viewMonth, viewSeries } from './views/calendar-views.ts'
import { viewFeeds } from './views/feed-views.ts'

/** Lists show lessons up to this long before and after the month that is looked at. */
const listedDays = 21

/** Lessons on the console: the same rules and records as the commands in chat. */
export function lessonPage(parts: LessonPageParts): Page {
  const { actions, lessons, people, directory, roster, series, clock } = parts
  const routes = new Hono<ConsoleEnv>()
  const choices = async () => {
    const [groups, branches, spaces] = await Promise.all([
      directory.groups(),
      roster.branches(),
      roster.spaces(),
    ])
    return { groups, branches, spaces }
  }

  async function showMonth(c: LessonPageContext): Promise<Response> {
    const now = clock.now()
    const day = dayIn(c.req.query('day'))
    const month = day?.toPlainYearMonth() ?? monthAsked(c.req.query('month'), now)
    const first = startOf(month)
    const around = { hours: 24 * listedDays }
    const span = { from: first.subtract(around), to: startOf(month.add({ months: 1 })).add(around) }
    const [found, again] = await Promise.all([lessons.between(span), series.list()])
    const held = await Promise.all(found.map(lesson => people.withPeople(lesson)))
    return showLessonPage(
      c,
      '签到',
      html`<div class="actions">
        <a role="button" href="/lessons/new">开一节课</a>
        <a role="button" class="secondary outline" href="/lessons/calendars">日历订阅</a>
      </div>
      ${viewMonth(found, { month, now, day })}${viewLists(held, { now, day })}${viewSeries(again)}`,
    )
  }

  async function showForm(
    c: LessonPageContext,
    typed: TypedLesson,
    refused?: RefusedForm,
  ): Promise<Response> {
    const view = { action: '/lessons', submit: '开课，并在选中的群里通知大家', csrf: csrfField(c), refused }
    const form = viewLessonForm(typed, await choices(), { ...view, kind: 'new' })
    return showLessonPage(c, '开一节课', html`<p><a href="/lessons">← 全部课程</a></p>${form}`)
  }

  /** @returns where to go next */
  async function openFrom(c: LessonPageContext, typed: TypedLesson): Promise<string> {
    const { plan, times, recurrence, hasCode } = readLessonForm(typed)
    const bound = await Promise.all(plan.groupIds.map(id => directory.group(id)))
    if (bound.length === 0 || bound.includes(undefined))
      throw new FieldRefusal('group', '请至少选一个已绑定的群。')
    const by = { name: c.get('person').name, at: clock.now() }
    const { lesson } = await actions.open({ plan, ...times, hasCode, recurrence }, by)
    return lesson && !recurrence ? `/lessons/${lesson.id}` : '/lessons'
  }

  routes.onError((cause, c) => {
    if (cause instanceof Refusal) return renderProblem(c, cause.message, 404)
    throw cause
  })

  routes.get('/', showMonth)
  routes.get('/new', async c => showForm(c, blankLesson(clock.now(), await directory.groups())))
  routes.post(
    '/',
    action({
      form: LessonForm,
      run: openFrom,
      show: (c, refused) => showForm(c, typedAgain(refused), refused),
    }),
  )
  addCalendars(routes, parts)
  routes.get('/lessons.css', c => c.body(lessonStyles, 200, { 'content-type': 'text/css; charset=utf-8' }))
  routes.route('/', lessonRoutes(parts, choices))

  return {
    path: 'lessons',
    title: '签到',
    chapter: 'lesson',
    section: '签到',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    forms: ['/new', '/:id/edit'],
    routes,
  }
}

const Branch = form(z.object({ branch: z.string().default('') }))

/** Subscriptions to the calendar of a branch, or of all. */
function addCalendars(routes: Hono<ConsoleEnv>, { roster, feeds, consoleUrl }: LessonPageParts) {
  routes.get('/calendars', async c => {
    const origin = consoleUrl || new URL(c.req.url).origin
    const view = { origin: origin.replace(/\/$/u, ''), csrf: csrfField(c) }
    return showLessonPage(c, '日历订阅', viewFeeds(await roster.branches(), await feeds.current(), view))
  })
  routes.post('/calendars', async c => {
    const { branch } = await valuesOf(c, Branch)
    const known = ['', ...(await roster.branches())].includes(branch)
    if (!known) throw new Refusal('名单上没有这个支部。')
    await feeds.renew(branch)
    return c.redirect('/lessons/calendars', 303)
  })
}

/** A day of an address; undefined for anything else. */
function dayIn(asked: string | undefined): Temporal.PlainDate | undefined {
  if (asked === undefined || !/^\d{4}-\d{2}-\d{2}$/u.test(asked)) return undefined
  try {
    return Temporal.PlainDate.from(asked, { overflow: 'reject' })
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}
