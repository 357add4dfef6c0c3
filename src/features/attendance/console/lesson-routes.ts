import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, form, noFields, type RefusedForm, sendFile } from '../../../console/forms.ts'
import { csrfField } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import type { ActedBy } from '../actions.ts'
import { findMember } from '../check-ins/find-member.ts'
import { pastedWords } from '../check-ins/words.ts'
import { asksForCode } from '../lessons/codes.ts'
import { longestTexts, tooLong } from '../lessons/plan-rules.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { editFrom } from './edit-form.ts'
import { type Choices, viewLessonForm } from './form-views.ts'
import { CorrectionForm, LessonForm, type TypedLesson, typedAgain, typedAs } from './forms.ts'
import {
  createLessonPages,
  type Done,
  type LessonPageContext,
  type LessonPageParts,
  type LessonPages,
  showLessonPage,
} from './lesson-pages.ts'
import { viewBoard, viewProjector } from './projector.ts'
import { viewLive } from './views/lesson-views.ts'
import { viewPasted } from './views/paste-views.ts'

const ifUnknown = '请勾选「按这个名字新记一位」再保存。'

const CodeSwitch = form(z.object({ to: z.enum(['on', 'off'], { error: '请刷新页面再点一次。' }) }))
const Decision = form(
  z.object({
    memberId: z.string(),
    isConfirmed: z.enum(['true', 'false']),
    why: z.string().trim().max(longestTexts.why, tooLong.why).default(''),
    seen: z.string().default(''),
  }),
)
const Withdrawal = form(z.object({ memberId: z.string() }))
const List = form(z.object({ list: z.string().max(20_000, '名单太长了，请分几次贴。').default('') }))
const Confirmed = form(z.object({ member: z.array(z.string()), new: z.array(z.string()) }), ['member', 'new'])

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
    return showLessonPage(
      c,
      `投屏：${lesson.title}`,
      viewProjector(await people.withPeople(lesson), clock.now()),
    )
  })
  routes.get('/:id/projector/live', async c =>
    c.html(viewBoard(await people.withPeople(await lessonOf(c)), clock.now())),
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
    refused?: RefusedForm,
  ): Promise<Response> {
    const form = viewLessonForm(typed, await choices(), {
      action: `/lessons/${lesson.id}/edit`,
      submit: `保存，并通知 ${lesson.groupIds.length} 个群`,
      csrf: csrfField(c),
      refused,
      kind: lesson.series ? 'edit-in-series' : 'edit',
    })
    return showLessonPage(
      c,
      `修改：${lesson.title}`,
      html`<p><a href="/lessons/${lesson.id}">← 不改了</a></p>${form}`,
    )
  }

  routes.get('/:id/edit', async c => {
    const lesson = await lessonOf(c)
    return showEdit(c, lesson, typedAs(lesson, asksForCode(lesson)))
  })
  routes.post(
    '/:id/edit',
    action({
      form: LessonForm,
      async run(c, typed) {
        const lesson = await lessonOf(c)
        await edit(lesson, typed, c.get('person').name)
        return `/lessons/${lesson.id}`
      },
      async show(c, refused) {
        return showEdit(c, await lessonOf(c), typedAgain(refused), refused)
      },
    }),
  )
}

function addActions(routes: Routes, { actions }: LessonPageParts, { act, actedBy }: LessonPages) {
  const deeds: [Done, (lesson: Lesson, by: ActedBy) => Promise<unknown>][] = [
    ['close', actions.close],
    ['cancel', actions.cancel],
    ['restore', actions.restore],
    ['end-series', actions.endSeries],
    ['verify', actions.verify],
  ]
  routes.post(
    '/:id/code',
    act(CodeSwitch, async (c, lesson, { to }) => {
      await actions.setCode(lesson, to === 'on', actedBy(c))
      return 'code'
    }),
  )
  for (const [name, deed] of deeds)
    routes.post(
      `/:id/${name}`,
      act(noFields, async (c, lesson) => {
        await deed(lesson, actedBy(c))
        return name
      }),
    )
}

function addCorrections(routes: Routes, parts: LessonPageParts, { act, actedBy }: LessonPages) {
  const { actions, people, roster, makeUps, clock } = parts
  routes.post(
    '/:id/make-up',
    act(Decision, async (c, lesson, { memberId, isConfirmed, why, seen }) => {
      const checkIn = await people.checkIn(lesson, memberId)
      if (!checkIn?.makeUp) throw new Refusal('这份补学找不到了，请刷新页面。')
      const by = { at: clock.now().toString(), byName: c.get('person').name, ...(why ? { why } : {}) }
      await makeUps.decide({ lesson, checkIn, version: seen }, { isConfirmed: isConfirmed === 'true', ...by })
      return 'make-up'
    }),
  )
  routes.post(
    '/:id/correct',
    act(CorrectionForm, async (c, lesson, { who, to, why, isNew }) => {
      const member = isNew
        ? await roster.enrol(who, lesson.groupIds[0] ?? '')
        : await findMember({ roster, people }, lesson, { said: who, ifUnknown })
      await actions.correct(lesson, { member, to, why }, actedBy(c))
      return 'correct'
    }),
  )
  routes.post(
    '/:id/withdraw',
    act(Withdrawal, async (c, lesson, { memberId }) => {
      const [member] = await roster.find([memberId])
      if (!member) throw new Refusal('这个人找不到了，请刷新页面。')
      await actions.withdrawCorrection(lesson, member, actedBy(c))
      return 'withdraw'
    }),
  )
}

function addPastedLists(routes: Routes, { roster, pasting, clock }: LessonPageParts, { act }: LessonPages) {
  routes.post(
    '/:id/list',
    act(List, async (c, lesson, { list }) => {
      const read = await pasting.read(lesson, list)
      if (read.lines.length === 0) throw new Refusal('名单里没有读到名字，请一行写一个。')
      return showLessonPage(c, `核对名单：${lesson.title}`, viewPasted(lesson, read, csrfField(c)))
    }),
  )
  routes.post(
    '/:id/list/save',
    act(Confirmed, async (c, lesson, { member, new: names }) => {
      const members = await roster.find(member.filter(id => id !== ''))
      const fresh = names.map(name => roster.enrol(name, lesson.groupIds[0] ?? ''))
      const by = { at: clock.now().toString(), byName: c.get('person').name, why: pastedWords }
      await pasting.save(lesson, [...members, ...(await Promise.all(fresh))], by)
      return 'list'
    }),
  )
}
