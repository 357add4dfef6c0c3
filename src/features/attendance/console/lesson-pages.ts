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
  /** Reasons for leave and of corrections are for organizers only. */
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
      done: refused ? '' : sayDone(c.req.query('done')),
      typed: refused?.input ?? {},
      showsReasons: showsReasons(c),
    }
    return showLessonPage(c, lesson.title, viewLesson(await people.held(lesson), setting))
  }

  /**
   * A handler that does something about one lesson and shows it again; a refusal is shown on its page. The deed returns
   * what the page says of it, a key of {@link doneWords}, or a page of its own.
   */
  function act<T>(
    read: ReturnType<typeof form<T>>,
    deed: (c: LessonPageContext, lesson: Lesson, value: T) => Promise<Done | Response>,
  ) {
    return action({
      form: read,
      async run(c, value) {
        const lesson = await lessonOf(c)
        const done = await deed(c, lesson, value)
        return done instanceof Response ? done : `/lessons/${lesson.id}?done=${done}`
      },
      show: async (c, refused) => showLesson(c, await lessonOf(c), refused),
    })
  }

  return { showsReasons, actedBy, lessonOf, show: showLesson, act }
}

/** Sentences about deeds, by the `done` of the address. */
const doneWords = {
  code: '签到码改好了。',
  close: '下课了，统计发给了组织者和群。',
  cancel: '取消了，正在通知群里。',
  restore: '恢复了，照常上，正在通知群里。',
  'end-series': '整个系列取消了，正在通知群里。',
  verify: '核对完毕，没签到的记为缺勤。',
  'make-up': '补学记下了。',
  correct: '更正存好了，名单和统计都按新的算。',
  withdraw: '撤销了，按原来的签到算。',
  list: '勾选的人都记为到了，原来就签到的不变。',
}
export type Done = keyof typeof doneWords

const sayDone = (done = ''): string => (Object.hasOwn(doneWords, done) ? doneWords[done as Done] : '')

/** A page with the looks of lessons. */
export function showLessonPage(c: LessonPageContext, title: string, body: Html): Promise<Response> {
  return renderPage(c, title, html`<link rel="stylesheet" href="/lessons/lessons.css">${body}`)
}
