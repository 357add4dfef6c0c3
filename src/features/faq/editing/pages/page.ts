import { Hono } from 'hono'
import { html } from 'hono/html'
import { type ConsoleEnv, type Page, Refusal } from '../../../../feature.ts'
import { changeRoutes } from './change-routes.ts'
import { coverageRoutes } from './clauses/routes.ts'
import { editorRoutes } from './editor-routes.ts'
import { entryRoutes } from './entries/entry-routes.ts'
import { type EditorPageParts, knowledgePage } from './parts.ts'
import { sheetRoutes } from './sheet-routes.ts'
import { testRoutes } from './test-routes.ts'

/** 「知识」 on the console: entries, their editor and history, what waits for review, trying and testing, in and out. */
export function editingPage(parts: EditorPageParts): Page {
  const routes = new Hono<ConsoleEnv>()
  routes.route('/', changeRoutes(parts))
  routes.route('/', sheetRoutes(parts))
  routes.route('/', testRoutes(parts))
  routes.route('/', editorRoutes(parts))
  routes.route('/', coverageRoutes(parts))
  routes.route('/', entryRoutes(parts))
  routes.onError((fault, c) => {
    if (!(fault instanceof Refusal)) throw fault
    const back = html`<p>请用浏览器的「返回」回到上一页，或者 <a href="/knowledge">回到条目</a>。</p>`
    return knowledgePage(c, { title: '没有办成', tab: '', body: back, problem: fault.message })
  })
  return {
    path: 'knowledge',
    title: '知识',
    chapter: 'knowledge',
    section: '问答',
    read: ['organizer', 'reviewer'],
    write: ['organizer', 'reviewer'],
    routes,
  }
}
