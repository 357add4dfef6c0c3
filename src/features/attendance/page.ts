import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { csrfField, renderPage } from '../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../feature.ts'
import type { OrganizerParts } from './choosing.ts'
import { askForCode, asksForCode, dropCode } from './codes.ts'
import { findMember } from './correcting.ts'
import { blankLesson, draftOf, parsed, TypedCorrection, type TypedLesson, typedLesson } from './forms.ts'
import { sayOpened } from './plan-words.ts'
import { projectorStyles, viewBoard, viewProjector } from './projector.ts'
import type { Lesson } from './records.ts'
import { correct } from './taking.ts'
import { viewForm, viewLesson, viewLists, viewLive } from './views.ts'
import { closeEarly } from './window.ts'
import { sayLesson } from './words.ts'

const listedBackDays = 92
const listedAheadDays = 366
const ifUnknown = '请勾选「按这个名字新记一位」再保存。'

type Here = Context<ConsoleEnv>

/** Lessons on the console: the same rules and records as the commands in chat. */
export function lessonPage({
  lessons,
  people,
  closing,
  posts,
  directory,
  roster,
  clock,
}: OrganizerParts): Page {
  const routes = new Hono<ConsoleEnv>()

  async function showList(c: Here, typed?: TypedLesson, problem = ''): Promise<Response> {
    const now = clock.now()
    const span = {
      from: now.subtract({ hours: 24 * listedBackDays }),
      to: now.add({ hours: 24 * listedAheadDays }),
    }
    const [found, groups] = await Promise.all([lessons.between(span), directory.groups()])
    const heldFound = await Promise.all(found.map(lesson => people.held(lesson)))
    const form = viewForm(groups, typed ?? blankLesson(now, groups), csrfField(c), problem)
    if (problem) c.status(422)
    return renderPage(c, '签到', html`${form}${viewLists(heldFound, now)}`)
  }

  async function showLesson(c: Here, lesson: Lesson, problem = ''): Promise<Response> {
    const groupNames = await posts.groupNamesOf(lesson)
    if (problem) c.status(422)
    const body = viewLesson(await people.held(lesson), {
      now: clock.now(),
      groupNames,
      csrf: csrfField(c),
      problem,
    })
    return renderPage(c, lesson.title, body)
  }

  async function lessonOf(c: Here): Promise<Lesson> {
    const lesson = await lessons.get(c.req.param('id') ?? '')
    if (!lesson) throw new Refusal('找不到这节课，可能链接旧了。')
    return lesson
  }

  /** Does something about one lesson and shows it again; a refusal is shown on its page. */
  async function act(c: Here, deed: (lesson: Lesson) => Promise<void>): Promise<Response> {
    const lesson = await lessonOf(c)
    try {
      await deed(lesson)
    } catch (cause) {
      if (cause instanceof Refusal) return showLesson(c, lesson, cause.message)
      throw cause
    }
    return c.redirect(`/lessons/${lesson.id}`, 303)
  }

  async function openFrom(c: Here, typed: TypedLesson): Promise<Lesson> {
    const groupIds = typed.groupIds.filter((id, index) => typed.groupIds.indexOf(id) === index)
    const bound = await Promise.all(groupIds.map(id => directory.group(id)))
    if (groupIds.length === 0 || bound.includes(undefined)) throw new Refusal('请至少选一个已绑定的群。')
    const { title, startsAt, endsAt } = draftOf(typed)
    const opening = { plan: { title, groupIds }, startsAt, endsAt, hasCode: typed.hasCode }
    return lessons.open(opening, { name: c.get('person').name, at: clock.now() })
  }

  // The console lets in reviewers too, who look at lessons but do not run them.
  routes.use(async (c, next) => {
    if (c.req.method !== 'GET' && !c.get('person').roles.includes('organizer')) {
      return c.text('这件事只有组织者能办。', 403)
    }
    return next()
  })
  routes.onError((cause, c) => {
    if (cause instanceof Refusal) return c.text(cause.message, 404)
    throw cause
  })

  routes.get('/', c => showList(c))
  routes.post('/', async c => {
    const typed = typedLesson(await c.req.formData())
    try {
      const lesson = await openFrom(c, typed)
      await posts.tellGroups(lesson, { about: 'opened', text: sayOpened(lesson, clock.now()) })
      return c.redirect(`/lessons/${lesson.id}`, 303)
    } catch (cause) {
      if (cause instanceof Refusal) return showList(c, typed, cause.message)
      throw cause
    }
  })
  routes.get('/projector.css', c =>
    c.body(projectorStyles, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  routes.get('/:id', async c => showLesson(c, await lessonOf(c)))
  routes.get('/:id/live', async c => c.html(viewLive(await people.held(await lessonOf(c)), clock.now())))
  routes.get('/:id/projector', async c => {
    const lesson = await lessonOf(c)
    return renderPage(c, `投屏：${lesson.title}`, viewProjector(await people.held(lesson), clock.now()))
  })
  routes.get('/:id/projector/live', async c =>
    c.html(viewBoard(await people.held(await lessonOf(c)), clock.now())),
  )
  routes.post('/:id/code', c =>
    act(c, async lesson => {
      const at = clock.now()
      const isOn = asksForCode(lesson)
      await lessons.change(lesson.id, now => (isOn ? dropCode(now, at) : askForCode(now, at)))
    }),
  )
  routes.get('/:id/sheet.xlsx', async c => {
    const lesson = await lessonOf(c)
    const { name, mimeType, bytes } = await closing.sheetOf(await people.held(lesson), c.get('person').name)
    return c.body(new Uint8Array(bytes).buffer, 200, {
      'content-type': mimeType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    })
  })
  routes.post('/:id/close', c =>
    act(c, async ({ id }) => {
      await lessons.change(id, now => closeEarly(now, clock.now()))
      await closing.finish(id)
    }),
  )
  routes.post('/:id/cancel', c =>
    act(c, async ({ id }) => {
      const lesson = await lessons.cancel(id, clock.now())
      const text = `${sayLesson(lesson, clock.now())} 取消了，不用来签到。`
      await posts.tellGroups(lesson, { about: 'cancelled', text })
    }),
  )
  routes.post('/:id/correct', async c => {
    const typed = Object.fromEntries(await c.req.formData())
    return act(c, async lesson => {
      const { who, to, why, isNew } = parsed(TypedCorrection, typed)
      const groupId = lesson.groupIds[0] ?? ''
      const member = isNew
        ? await roster.enrol(who, groupId)
        : await findMember({ roster, people }, lesson, { said: who, ifUnknown })
      const correction = {
        to,
        at: clock.now().toString(),
        byName: c.get('person').name,
        ...(why ? { why } : {}),
      }
      const known = { memberId: member.id, name: member.name }
      await people.change(lesson, member.id, now => correct(now, known, correction))
    })
  })

  return { path: 'lessons', title: '课程', section: '签到', routes }
}
