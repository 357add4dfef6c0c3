import { Hono } from 'hono'
import {
  action,
  actorOf,
  firstProblem,
  numberInPath,
  type RefusedForm,
  sendFile,
} from '../../../../console/forms.ts'
import { csrfField } from '../../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, Refusal } from '../../../../feature.ts'
import { makeRunSheet } from '../trials/test-bench.ts'
import { basePath, type EditorPageParts, fileForm, knowledgePage, uploadOf } from './parts.ts'
import { viewRun, viewTests } from './tests.ts'
import { viewResult, viewTry } from './try.ts'

/** Trying one question, and many at once. */
export function testRoutes({ editor, bench, answerer, clock }: EditorPageParts): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()
  const result = (query: string) => viewResult({ query, editor, answerer, now: clock.now() })

  routes.get('/try', async c => {
    const query = c.req.query('q') ?? ''
    return knowledgePage(c, { title: '试一试', tab: '/try', body: viewTry(query, await result(query)) })
  })
  routes.get('/try/result', async c => c.html(await result(c.req.query('q') ?? '')))

  async function showTests(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const view = { questions: editor.questions.length, now: clock.now(), csrf: csrfField(c) }
    return knowledgePage(c, {
      title: '批量测试',
      tab: '/tests',
      body: viewTests(await bench.all(), view),
      problem: refused ? firstProblem(refused) : '',
    })
  }

  routes.get('/tests', c => showTests(c))
  routes.post(
    '/tests',
    action({
      form: fileForm,
      run: async (c, { file }) =>
        `${basePath}/tests/${(await bench.runFile(await uploadOf(file), actorOf(c))).number}`,
      show: showTests,
    }),
  )
  routes.post('/tests/shipped', async c =>
    c.redirect(`${basePath}/tests/${(await bench.runShipped(actorOf(c))).number}`, 303),
  )
  addRuns(routes, { editor, bench, clock })
  return routes
}

/** The results of earlier runs, and a sample of a question sheet. */
function addRuns(
  routes: Hono<ConsoleEnv>,
  { editor, bench, clock }: Pick<EditorPageParts, 'editor' | 'bench' | 'clock'>,
): void {
  routes.get('/tests/sample.xlsx', async c => {
    const tried = editor.questions
      .slice(0, 5)
      .map(question => ({ ...question, expected: [...question.expected], verdict: 'hit' as const, score: 1 }))
    return sendFile(c, { ...(await makeRunSheet({ title: '样表', tried }, editor)), name: '问题样表.xlsx' })
  })

  async function runIn(c: ConsoleContext) {
    const run = await bench.find(numberInPath(c))
    if (!run) throw new Refusal('没有这一次测试，可能太久以前，已经清掉了。')
    return run
  }

  routes.get('/tests/:number{[0-9]+}', async c => {
    const run = await runIn(c)
    const view = {
      run,
      before: await bench.before(run),
      entries: editor.entries(),
      show: c.req.query('show') ?? '',
      now: clock.now(),
    }
    return knowledgePage(c, { title: '批量测试', tab: '/tests', body: viewRun(view) })
  })
  routes.get('/tests/:number{[0-9]+}/result.xlsx', async c =>
    sendFile(c, await makeRunSheet(await runIn(c), editor)),
  )
}
