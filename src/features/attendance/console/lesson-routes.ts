import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { sendFile } from '../../../console/forms.ts'
import { csrfField } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import { findMember } from '../chat/correction.ts'
import { asksForCode } from '../lessons/codes.ts'
import type { Lesson } from '../lessons/records.ts'
import { editFrom } from './edit-form.ts'
import { type Choices, viewForm } from './form-views.ts'
import { parsed, TypedCorrection, type TypedLesson, typedAs, typedLesson } from './forms.ts'
import {
  createLessonPages,
  type LessonPageContext,
  type LessonPageParts,
  type LessonPages,
  show,
} from './lesson-pages.ts'
import { viewLive } from './lesson-views.ts'
import { viewPasted } from './paste-views.ts'
import { viewBoard, viewProjector } from './projector.ts'

const ifUnknown = '请勾选「按这个名字新记一位」再保存。'

const Decision = z.object({
  memberId: z.string(),
  isConfirmed: z.enum(['true', 'false']),
  why: z.string().trim().max(100, '原因请控制在 100 字以内。').default(''),
})

/** The pages of one lesson and every action on it. */
export function lessonRoutes(parts: LessonPageParts, choices: () => Promise<Choices>): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()
  const pages = createLessonPages(parts)
  addViews(routes, parts, pages)
  addEditing(routes, parts, { pages, choices })
  addActions(routes, parts, pages)
  addCorrections(routes, parts, pages)
  addPastedLists(routes, parts, pages)
  return routes
}

type Routes = Hono<ConsoleEnv>

function addViews(routes: Routes, { people, closing, clock }: LessonPageParts, pages: LessonPages) {
  const { lessonOf, showsReasons } = pages
  routes.get('/:id', async c => pages.show(c, await lessonOf(c)))
  routes.get('/:id/live', async c =>
    c.html(
      viewLive(await people.held(await lessonOf(c)), { now: clock.now(), showsReasons: showsReasons(c) }),
    ),
  )
  routes.get('/:id/projector', async c => {
    const lesson = await lessonOf(c)
    return show(c, `投屏：${lesson.title}`, viewProjector(await people.everybody(lesson), clock.now()))
  })
  routes.get('/:id/projector/live', async c =>
    c.html(viewBoard(await people.everybody(await lessonOf(c)), clock.now())),
  )
  routes.get('/:id/sheet.xlsx', async c => {
    const lesson = await lessonOf(c)
    return sendFile(c, await closing.sheetOf(await people.held(lesson), c.get('person').name, 'console'))
  })
}

function addEditing(
  routes: Routes,
  parts: LessonPageParts,
  { pages: { lessonOf }, choices }: { pages: LessonPages; choices: () => Promise<Choices> },
) {
  const edit = editFrom(parts)

  async function showEdit(
    c: LessonPageContext,
    lesson: Lesson,
    typed: TypedLesson,
    problem = '',
  ): Promise<Response> {
    if (problem) c.status(422)
    const form = viewForm(typed, await choices(), {
      action: `/lessons/${lesson.id}/edit`,
      submit: `保存，并通知 ${lesson.groupIds.length} 个群`,
      csrf: csrfField(c),
      problem,
      kind: lesson.series ? 'edit-in-series' : 'edit',
    })
    return show(c, `修改：${lesson.title}`, html`<p><a href="/lessons/${lesson.id}">← 不改了</a></p>${form}`)
  }

  routes.get('/:id/edit', async c => {
    const lesson = await lessonOf(c)
    return showEdit(c, lesson, typedAs(lesson, asksForCode(lesson)))
  })
  routes.post('/:id/edit', async c => {
    const lesson = await lessonOf(c)
    const form = await c.req.formData()
    const typed = typedLesson(form)
    try {
      await edit(lesson, typed, { isForSeries: form.get('scope') === 'series', name: c.get('person').name })
      return c.redirect(`/lessons/${lesson.id}`, 303)
    } catch (cause) {
      if (cause instanceof Refusal) return showEdit(c, lesson, typed, cause.message)
      throw cause
    }
  })
}

function addActions(routes: Routes, { actions }: LessonPageParts, { act, actedBy }: LessonPages) {
  routes.post('/:id/code', c => act(c, lesson => actions.setCode(lesson, !asksForCode(lesson), actedBy(c))))
  routes.post('/:id/close', c => act(c, lesson => actions.close(lesson, actedBy(c))))
  routes.post('/:id/cancel', c => act(c, lesson => actions.cancel(lesson, actedBy(c))))
  routes.post('/:id/restore', c => act(c, lesson => actions.restore(lesson, actedBy(c))))
  routes.post('/:id/end-series', c => act(c, lesson => actions.endSeries(lesson, actedBy(c))))
  routes.post('/:id/verify', c => act(c, lesson => actions.verify(lesson, actedBy(c))))
}

function addCorrections(routes: Routes, parts: LessonPageParts, { act, actedBy }: LessonPages) {
  const { actions, people, roster, makeUps, clock } = parts
  routes.post('/:id/make-up', async c => {
    const form = Object.fromEntries(await c.req.formData())
    return act(c, async lesson => {
      const { memberId, isConfirmed, why } = parsed(Decision, form)
      const checkIn = await people.checkIn(lesson, memberId)
      if (!checkIn?.makeUp) throw new Refusal('这份补学找不到了，请刷新页面。')
      const by = { at: clock.now().toString(), byName: c.get('person').name, ...(why ? { why } : {}) }
      await makeUps.decide({ lesson, checkIn }, { isConfirmed: isConfirmed === 'true', ...by })
    })
  })
  routes.post('/:id/correct', async c => {
    const typed = Object.fromEntries(await c.req.formData())
    return act(c, async lesson => {
      const { who, to, why, isNew } = parsed(TypedCorrection, typed)
      const member = isNew
        ? await roster.enrol(who, lesson.groupIds[0] ?? '')
        : await findMember({ roster, people }, lesson, { said: who, ifUnknown })
      await actions.correct(lesson, { member, to, why }, actedBy(c))
    })
  })
  routes.post('/:id/withdraw', async c => {
    const form = Object.fromEntries(await c.req.formData())
    return act(c, async lesson => {
      const { memberId } = parsed(z.object({ memberId: z.string() }), form)
      const [member] = await roster.find([memberId])
      if (!member) throw new Refusal('这个人找不到了，请刷新页面。')
      await actions.withdrawCorrection(lesson, member, actedBy(c))
    })
  })
}

function addPastedLists(routes: Routes, { roster, pasting, clock }: LessonPageParts, pages: LessonPages) {
  async function savePasted(c: LessonPageContext, lesson: Lesson, form: FormData): Promise<void> {
    const members = await roster.find(
      form
        .getAll('member')
        .map(String)
        .filter(id => id !== ''),
    )
    const fresh = form.getAll('new').map(name => roster.enrol(String(name), lesson.groupIds[0] ?? ''))
    const by = { at: clock.now().toString(), byName: c.get('person').name, why: '补录名单' }
    await pasting.save(lesson, [...members, ...(await Promise.all(fresh))], by)
  }

  routes.post('/:id/list', async c => {
    const lesson = await pages.lessonOf(c)
    const text = String((await c.req.formData()).get('list') ?? '').slice(0, 20_000)
    const lines = await pasting.read(lesson, text)
    if (lines.length === 0) return pages.show(c, lesson, '名单里没有读到名字，请一行写一个。')
    return show(c, `核对名单：${lesson.title}`, viewPasted(lesson, lines, csrfField(c)))
  })
  routes.post('/:id/list/save', async c => {
    const form = await c.req.formData()
    return pages.act(c, lesson => savePasted(c, lesson, form))
  })
}
