import type { Context } from 'hono'
import { html } from 'hono/html'
import { action, firstProblem, type form, type RefusedForm } from '../../../console/forms.ts'
import { csrfField, type Html, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import type { ActedBy } from '../actions.ts'
import type { Pasting } from '../check-ins/list-matcher.ts'
import type { Feeds } from '../lessons/calendar-feeds.ts'
import type { Lesson } from '../lessons/records/records.ts'
import type { SeriesActions } from '../lessons/series.ts'
import type { MakeUps } from '../make-ups.ts'
import type { OrganizerParts } from '../organizer-parts.ts'
import { viewLesson } from './views/lesson-views.ts'

export type LessonPageParts = OrganizerParts & {
  series: SeriesActions
  pasting: Pasting
  makeUps: MakeUps
  feeds: Feeds
  /** How people reach the console; empty: as the page was asked for. */
  consoleUrl: string
}
export type LessonPageContext = Context<ConsoleEnv>

export type LessonPages = ReturnType<typeof createLessonPages>

/** Shared by the routes of one lesson: finding it, showing it, acting on it. */
export function createLessonPages({ lessons, people, posts, clock }: LessonPageParts) {
  /** Leave reasons are for organizers only. */
  const showsReasons = (c: LessonPageContext) => c.get('person').roles.includes('organizer')

  const actedBy = (c: LessonPageContext): ActedBy => ({ name: c.get('person').name, at: clock.now() })

  /** @throws {@link Refusal} where there is no such lesson */
  async function lessonOf(c: LessonPageContext): Promise<Lesson> {
    const lesson = await lessons.get(c.req.param('id') ?? '')
    if (!lesson) throw new Refusal('找不到这节课，可能链接旧了。')
    return lesson
  }

  async function showLesson(c: LessonPageContext, lesson: Lesson, refused?: RefusedForm): Promise<Response> {
    const setting = {
      now: clock.now(),
      groupNames: await posts.groupNamesOf(lesson),
      signUps: await people.signUps(lesson),
      csrf: csrfField(c),
      problem: refused ? firstProblem(refused) : '',
      typed: refused?.input ?? {},
      showsReasons: showsReasons(c),
    }
    return show(c, lesson.title, viewLesson(await people.held(lesson), setting))
  }

  /** A handler that does something about one lesson and shows it again; a refusal is shown on its page. */
  function act<T>(
    read: ReturnType<typeof form<T>>,
    deed: (c: LessonPageContext, lesson: Lesson, value: T) => Promise<unknown>,
  ) {
    return action({
      form: read,
      async run(c, value) {
        const lesson = await lessonOf(c)
        const shown = await deed(c, lesson, value)
        return shown instanceof Response ? shown : `/lessons/${lesson.id}`
      },
      show: async (c, refused) => showLesson(c, await lessonOf(c), refused),
    })
  }

  return { showsReasons, actedBy, lessonOf, show: showLesson, act }
}

/** A page with the looks of lessons. */
export function show(c: LessonPageContext, title: string, body: Html): Promise<Response> {
  return renderPage(c, title, html`<link rel="stylesheet" href="/lessons/lessons.css">${body}`)
}
