import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { action, actorOf, fieldProblem, form, type RefusedForm, sendFile } from '../../src/console/forms.ts'
import { localAdmin } from '../../src/console/login/office.ts'
import { type ConsoleEnv, FieldRefusal, OutdatedFormRefusal, Refusal } from '../../src/feature.ts'

const Note = form(
  z.object({ title: z.string().trim().min(1, '请写标题。'), day: z.string(), seen: z.string().default('') }),
)

function openNotes() {
  const show = async (c: Context<ConsoleEnv>, { problem, fieldProblems, input }: RefusedForm) =>
    c.html(
      html`<p>${problem}</p>${input.title}|${fieldProblem(fieldProblems, 'title')}|${input.day}|${fieldProblem(fieldProblems, 'day')}`,
    )
  const app = new Hono<ConsoleEnv>()
  app.post(
    '/',
    action({
      form: Note,
      async run(_, { title, day }) {
        if (title === 'taken') throw new Refusal('已经有了。')
        if (day === 'never') throw new FieldRefusal('day', '没有这一天。')
        if (title === 'broken') throw new Error('disk')
        return `/notes/${title}`
      },
      show,
    }),
  )
  const send = (fields: Record<string, string>) =>
    app.request('/', { method: 'POST', body: new URLSearchParams(fields) })
  return async (fields: Record<string, string>) => {
    const answer = await send(fields)
    return [answer.status, answer.headers.get('Location') ?? (await answer.text())]
  }
}

const at = (problem: string) => `<small class="problem" role="alert">${problem}</small>`

test('what is right is done, and the browser goes on', async () => {
  expect(await openNotes()({ csrf: 'x', title: ' one ', day: '' })).toEqual([303, '/notes/one'])
})

test.each([
  [{ title: ' ', day: '<b>' }, `<p></p> |${at('请写标题。')}|&lt;b&gt;|`],
  [{ title: 'one', day: 'never' }, `<p></p>one||never|${at('没有这一天。')}`],
  [{ title: 'taken', day: '1' }, '<p>已经有了。</p>taken||1|'],
])('%o is refused where it is wrong, with everything as typed', async (fields, page) => {
  expect(await openNotes()(fields)).toEqual([422, page])
})

test('only a refusal that tells of a change by others lets the form count as read', async () => {
  const app = new Hono<ConsoleEnv>()
  const edit = action({
    form: Note,
    async run(_, { title, seen }) {
      if (title === 'taken') throw new Refusal('已经有了。')
      if (seen !== 'v2') throw new OutdatedFormRefusal('刚被别人改过。', 'v2')
      return '/notes'
    },
    show: async (c, { problem, input }) => c.html(html`${problem}|${input.title}|${input.seen}`),
  })
  app.post('/', edit)
  const send = async (title: string, seen: string) => {
    const body = new URLSearchParams({ title, day: '', seen })
    const answer = await app.request('/', { method: 'POST', body })
    return [answer.status, await answer.text()]
  }
  expect(await send('taken', 'v1')).toEqual([422, '已经有了。|taken|v1'])
  expect(await send('mine', 'v1')).toEqual([422, '刚被别人改过。|mine|v2'])
  expect((await send('mine', 'v2'))[0]).toBe(303)
})

test('a fault is no refusal', async () => {
  expect((await openNotes()({ title: 'broken', day: '' }))[0]).toBe(500)
})

test('the office log-in is no person of its own, and a file keeps its Chinese name', async () => {
  const app = new Hono<ConsoleEnv>()
  app.use(async (c, next) => {
    c.set('person', localAdmin('password', '组织者'))
    await next()
  })
  app.get('/me', c => c.json(actorOf(c)))
  app.get('/file', c =>
    sendFile(c, { name: '台账"\n.csv', mimeType: 'text/csv', bytes: new TextEncoder().encode('a') }),
  )
  expect(await (await app.request('/me')).json()).toEqual({
    id: 'office:password',
    name: '组织者',
    road: 'console',
    isOffice: true,
  })
  const file = await app.request('/file')
  expect(file.headers.get('Content-Disposition')).toBe(
    "attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6%22%0A.csv",
  )
  expect(await file.text()).toBe('a')
})
