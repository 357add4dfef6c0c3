import { Hono } from 'hono'
import { sendFile } from '../../../../console/forms.ts'
import { csrfField } from '../../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../../feature.ts'
import { makeRunSheet } from '../trials/test-bench.ts'
import { type EditorPageParts, editorOf, type Here, knowledgePage, root } from './parts.ts'
import { viewRun, viewTests } from './tests.ts'
import { viewResult, viewTry } from './try.ts'

/** Trying one question, and many at once. */
export function testRoutes({ room, bench, answerer, clock }: EditorPageParts): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()
  const result = (query: string) => viewResult({ query, room, answerer, now: clock.now() })

  routes.get('/try', async c => {
    const query = c.req.query('q') ?? ''
    return knowledgePage(c, { title: '试一试', tab: '/try', body: viewTry(query, await result(query)) })
  })
  routes.get('/try/result', async c => c.html(await result(c.req.query('q') ?? '')))

  async function showTests(c: Here, problem = ''): Promise<Response> {
    const view = { questions: room.questions.length, now: clock.now(), csrf: csrfField(c) }
    return knowledgePage(c, {
      title: '批量测试',
      tab: '/tests',
      body: viewTests(await bench.all(), view),
      problem,
    })
  }

  routes.get('/tests', c => showTests(c))
  routes.post('/tests', async c => {
    try {
      const file = (await c.req.formData()).get('file')
      if (!(file instanceof File) || file.name === '') throw new Refusal('请先选一个文件。')
      const run = await bench.runFile(
        { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) },
        editorOf(c),
      )
      return c.redirect(`${root}/tests/${run.number}`, 303)
    } catch (fault) {
      if (fault instanceof Refusal) return showTests(c, fault.message)
      throw fault
    }
  })
  routes.post('/tests/shipped', async c =>
    c.redirect(`${root}/tests/${(await bench.runShipped(editorOf(c))).number}`, 303),
  )
  routes.get('/tests/sample.xlsx', async c => {
    const tried = room.questions
      .slice(0, 5)
      .map(question => ({ ...question, expected: [...question.expected], verdict: 'hit' as const, score: 1 }))
    return sendFile(c, { ...(await makeRunSheet({ title: '样表', tried }, room)), name: '问题样表.xlsx' })
  })

  async function runIn(c: Here) {
    const run = await bench.find(Number(c.req.param('number')))
    if (!run) throw new Refusal('没有这一次测试，可能太久以前，已经清掉了。')
    return run
  }

  routes.get('/tests/:number{[0-9]+}', async c => {
    const run = await runIn(c)
    const view = {
      run,
      before: await bench.before(run),
      entries: room.entries(),
      show: c.req.query('show') ?? '',
      now: clock.now(),
    }
    return knowledgePage(c, { title: '批量测试', tab: '/tests', body: viewRun(view) })
  })
  routes.get('/tests/:number{[0-9]+}/result.xlsx', async c =>
    sendFile(c, await makeRunSheet(await runIn(c), room)),
  )
  return routes
}
