import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { sendFile } from '../../../console/forms.ts'
import { csrfField } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import { askForCode, asksForCode, dropCode } from '../codes.ts'
import { findMember } from '../correcting.ts'
import type { Lesson } from '../records.ts'
import { correct } from '../taking.ts'
import { closeEarly } from '../window.ts'
import { sayLesson } from '../words.ts'
import { editFrom } from './edit-form.ts'
import { type Choices, viewForm } from './form-views.ts'
import { parsed, TypedCorrection, type TypedLesson, typedAs, typedLesson } from './forms.ts'
import { viewLesson, viewLive } from './lesson-views.ts'
import type { Here, PageParts } from './page.ts'
import { show } from './page.ts'
import { viewPasted } from './paste-views.ts'
import { viewBoard, viewProjector } from './projector.ts'

const ifUnknown = '请勾选「按这个名字新记一位」再保存。'

const Decision = z.object({
  memberId: z.string(),
  isConfirmed: z.enum(['true', 'false']),
  why: z.string().trim().max(100, '原因请控制在 100 字以内。').default(''),
})

/** One lesson's pages, and all that is done about it. */
export function lessonRoutes(parts: PageParts, choices: () => Promise<Choices>): Hono<ConsoleEnv> {
  const { lessons, people, closing, posts, roster, series, pasting, makeUps, clock } = parts
  const routes = new Hono<ConsoleEnv>()
  const edit = editFrom(parts)

  async function showLesson(c: Here, lesson: Lesson, problem = ''): Promise<Response> {
    if (problem) c.status(422)
    const setting = {
      now: clock.now(),
      groupNames: await posts.groupNamesOf(lesson),
      signUps: await people.signUps(lesson),
      csrf: csrfField(c),
      problem,
    }
    return show(c, lesson.title, viewLesson(await people.held(lesson), setting))
  }

  async function showEdit(c: Here, lesson: Lesson, typed: TypedLesson, problem = ''): Promise<Response> {
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

  async function savePasted(c: Here, lesson: Lesson, form: FormData): Promise<void> {
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

  routes.get('/:id', async c => showLesson(c, await lessonOf(c)))
  routes.get('/:id/live', async c => c.html(viewLive(await people.held(await lessonOf(c)), clock.now())))
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
  routes.get('/:id/edit', async c => {
    const lesson = await lessonOf(c)
    return showEdit(c, lesson, typedAs(lesson, asksForCode(lesson)))
  })
  routes.post('/:id/edit', async c => {
    const lesson = await lessonOf(c)
    const form = await c.req.formData()
    const typed = typedLesson(form)
    try {
      await edit(lesson, typed, form.get('scope') === 'series')
      return c.redirect(`/lessons/${lesson.id}`, 303)
    } catch (cause) {
      if (cause instanceof Refusal) return showEdit(c, lesson, typed, cause.message)
      throw cause
    }
  })
  routes.post('/:id/code', c =>
    act(c, async lesson => {
      const at = clock.now()
      const isOn = asksForCode(lesson)
      await lessons.change(lesson.id, now => (isOn ? dropCode(now, at) : askForCode(now, at)))
    }),
  )
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
  routes.post('/:id/end-series', c =>
    act(c, async lesson => {
      if (!lesson.series) throw new Refusal('这节课只有这一次，不是固定的课。')
      const left = await series.end(lesson.series.id, clock.now())
      const text = `「${lesson.title}」以后都不上了，已排好的 ${left.length} 次也取消了。`
      await posts.tellGroups(lesson, { about: 'series-ended', text })
    }),
  )
  routes.post('/:id/verify', c =>
    act(c, async ({ id }) => {
      const verified = { at: clock.now().toString(), byName: c.get('person').name }
      await lessons.change(id, now => ({ ...now, verified }))
    }),
  )
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
      const by = { at: clock.now().toString(), byName: c.get('person').name, ...(why ? { why } : {}) }
      const known = { memberId: member.id, name: member.name }
      await people.change(lesson, member.id, now => correct(now, known, { to, ...by }))
    })
  })
  routes.post('/:id/list', async c => {
    const lesson = await lessonOf(c)
    const text = String((await c.req.formData()).get('list') ?? '').slice(0, 20_000)
    const lines = await pasting.read(lesson, text)
    if (lines.length === 0) return showLesson(c, lesson, '名单里没有读到名字，请一行写一个。')
    return show(c, `核对名单：${lesson.title}`, viewPasted(lesson, lines, csrfField(c)))
  })
  routes.post('/:id/list/save', async c => {
    const form = await c.req.formData()
    return act(c, lesson => savePasted(c, lesson, form))
  })

  return routes
}
