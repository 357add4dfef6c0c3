import { Hono } from 'hono'
import { z } from 'zod'
import { action, actorOf, form, lineField, type RefusedForm } from '../../../../../console/forms.ts'
import { csrfField } from '../../../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, Refusal } from '../../../../../feature.ts'
import { makersWordsFor } from '../../../knowledge/makers-words.ts'
import { isSame, type PieceAddress, placeOf } from '../../changes/pieces.ts'
import { basePath, type EditorPageParts, knowledgePage, mayApprove, placeIn } from '../parts.ts'
import { viewEntry } from './entry.ts'
import { viewList } from './list.ts'

const Withdrawal = form(z.object({ note: lineField }))

/** The list, and each entry with its history. */
export function entryRoutes({
  editor,
  drafts,
  clock,
  toCheck,
  clauseAlarms,
}: EditorPageParts): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()
  const touching = (place: PieceAddress) =>
    editor.changes.list().filter(({ steps }) => steps.some(step => isSame(placeOf(step), place)))

  routes.get('/', async c => {
    const { state, changes } = editor
    const waiting = changes.list().filter(({ state }) => state === 'waiting')
    const body = viewList({
      entries: editor.entries(),
      programmes: editor.programmes,
      drafts: await drafts.list(),
      waiting: new Set(waiting.flatMap(({ steps }) => steps.map(({ name }) => name))),
      disputed: new Set(state().disputes.map(({ place }) => place.name)),
      noticed: new Map((await toCheck()).map(({ entry, notice }) => [entry.id, notice])),
      changedClauses: new Map(clauseAlarms().map(alarm => [alarm.entry.id, alarm])),
      now: clock.now(),
      show: c.req.query('show') ?? '',
      programme: c.req.query('programme') ?? '',
      query: c.req.query('q')?.trim() ?? '',
      page: c.req.query('page'),
    })
    return knowledgePage(c, {
      title: '知识',
      tab: '',
      body,
      done: doneIn(c),
    })
  })

  routes.get('/entries/:id', c => showEntry(c))

  async function showEntry(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const place = placeIn(c, editor)
    const entry = editor.entries().find(({ id }) => id === place.name)
    if (!entry) throw new Refusal('没有这一条。')
    const body = viewEntry({
      entry,
      place,
      programme: editor.programmes.find(({ id }) => id === place.programme),
      makersWords: makersWordsFor(entry, editor.makersWords),
      changes: touching(place),
      dispute: editor.state().disputes.find(one => isSame(one.place, place)),
      notice: (await toCheck()).find(one => one.entry.id === entry.id)?.notice,
      alarm: clauseAlarms().find(one => one.entry.id === entry.id),
      clauses: (entry.clauses ?? []).map(editor.clauses.resolve),
      mayApprove: mayApprove(c),
      now: clock.now(),
      csrf: csrfField(c),
    })
    return knowledgePage(c, {
      title: entry.question,
      tab: '',
      body,
      problem: refused?.problem ?? '',
      done: doneIn(c),
    })
  }

  addWithdrawal(routes, editor, showEntry)
  return routes
}

type ShowEntry = (c: ConsoleContext, refused?: RefusedForm) => Promise<Response>

function addWithdrawal(
  routes: Hono<ConsoleEnv>,
  editor: EditorPageParts['editor'],
  showEntry: ShowEntry,
): void {
  routes.post(
    '/entries/:id/withdraw',
    action({
      form: Withdrawal,
      async run(c, { note }) {
        const place = placeIn(c, editor)
        await editor.withdraw(place, actorOf(c), note)
        return `${basePath}/entries/${place.name}?done=withdrawn`
      },
      show: showEntry,
    }),
  )
}

const doneIn = (c: ConsoleContext) => dones.get(c.req.query('done') ?? '') ?? ''

const dones = new Map([
  ['imported', '收进来了，都在「没写完的」里。请一条条补上项目、依据和核实日期，再交给审核人。'],
  ['saved', '存好了，还没有交上去。在「没写完的」里可以接着写。'],
  ['removed', '草稿删掉了。'],
  ['withdrawn', '撤下了：从现在起群里再问，不会用它回答。'],
])
