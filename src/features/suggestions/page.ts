import { Hono } from 'hono'
import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { stringify } from 'yaml'
import { csrfField, emptyState, type Html, renderPage, timeOf } from '../../console/widgets.ts'
import type { ConsoleEnv, Page } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Suggestion, SuggestionBox } from './box.ts'

/** 「待写入知识库」: what a reviewer puts into the files, ready to be copied. */
export function suggestionsPage(box: SuggestionBox, clock: Clock): Page {
  const routes = new Hono<ConsoleEnv>()
  routes.use(async (c, next) => {
    const { roles } = c.get('person')
    if (!roles.includes('organizer') && !roles.includes('reviewer'))
      return c.text('只有组织者和审核人能看。', 403)
    return next()
  })
  routes.get('/', async c =>
    renderPage(c, '待写入知识库', viewSuggestions(await box.waiting(), clock.now(), csrfField(c))),
  )
  routes.post('/settle', async c => {
    // Who may approve decides that it is in the base, or that it shall not be.
    if (!c.get('person').roles.includes('reviewer')) return c.text('这一步要由审核人来做。', 403)
    await box.settle(String((await c.req.formData()).get('id') ?? ''))
    return c.redirect('/suggestions', 303)
  })
  return { path: 'suggestions', title: '待写入', section: '问答', routes }
}

function viewSuggestions(waiting: readonly Suggestion[], now: Temporal.Instant, csrf: Html): Html {
  return html`<p><a href="/questions/inbox">← 没答好的问题</a></p>
    <p class="hint">这些还没有上线。审核人把它写进 data/faq 里对应的文件，跑过 npm run faq:check，再点「处理好了」。</p>
    ${
      waiting.length === 0
        ? html`<section class="card">${emptyState('没有待写入的建议。在收件箱里点「写成新条目的草稿」或「加上这个问法」，就会到这里。')}</section>`
        : waiting.map(one => viewOne(one, now, csrf))
    }`
}

function viewOne(one: Suggestion, now: Temporal.Instant, csrf: Html): Html {
  const at = Temporal.Instant.from(one.at)
  return html`<section class="card"><h2>${one.entryId ? `给「${one.question}」加问法` : `新条目：${one.question}`}</h2>
    <p>${one.byName} 提出，${timeOf(at, now)}</p>
    <pre>${yamlOf(one)}</pre>
    <form method="post" action="/suggestions/settle">${csrf}<input type="hidden" name="id" value="${one.id}"><button type="submit" class="secondary">处理好了，移出这里</button></form>
  </section>`
}

/** The lines that stand in the file in the end; what only a person can know is left out, so that the check asks for it. */
function yamlOf({ entryId, question, otherQuestions }: Suggestion): string {
  return entryId
    ? stringify({ id: entryId, otherQuestions })
    : stringify({ question, otherQuestions, status: 'draft' })
}
