import { Hono } from 'hono'
import { z } from 'zod'
import {
  action,
  actorOf,
  form,
  lineField,
  noFields,
  numberInPath,
  type RefusedForm,
} from '../../../../console/forms.ts'
import { csrfField } from '../../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, Refusal } from '../../../../feature.ts'
import { markOfSteps } from '../changes/pieces.ts'
import type { Change } from '../changes/records.ts'
import { isLowered } from '../trials/trial.ts'
import { viewChange, viewChanges, viewGate } from './changes.ts'
import { basePath, type EditorPageParts, knowledgePage, mayApprove } from './parts.ts'

const path = '/changes/:number{[0-9]+}'
/** `seen`: the mark of the change as the page showed it. */
const Approval = form(z.object({ override: lineField, seen: lineField }))
const Return = form(
  z.object({ note: lineField.refine(note => note !== '', '请写上为什么退回，写的人才知道怎么改。') }),
)
const Settlement = form(
  z.object({
    programme: lineField,
    part: z.enum(['entries', 'documents']).catch('entries'),
    name: lineField,
    choice: z.enum(['ours', 'file']).catch('ours'),
  }),
)

/** The changes that wait for review, and the decisions about them. */
export function changeRoutes({ editor, clock }: EditorPageParts): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()
  const show = (c: ConsoleContext, refused?: RefusedForm) => showChange(c, { editor, clock }, refused)
  const changePath = ({ number }: { number: number }) => `${basePath}/changes/${number}`

  routes.get(path, c => show(c))
  routes.get(`${path}/gate`, async c => {
    const preview = editor.preview(changeIn(c, editor))
    if (preview.troubles.length > 0) return c.html('')
    return c.html(await viewGate(await editor.gateOf(numberInPath(c), preview)))
  })
  routes.post(
    `${path}/approve`,
    action({
      form: Approval,
      async run(c, { override, seen }) {
        requireReviewer(c)
        requireSeen(changeIn(c, editor), seen, editor)
        const done = await editor.approve(numberInPath(c), actorOf(c), override === 'yes')
        return 'worse' in done ? `${basePath}/changes/${numberInPath(c)}?gate=closed` : changePath(done)
      },
      show,
    }),
  )
  routes.post(
    `${path}/return`,
    action({
      form: Return,
      async run(c, { note }) {
        requireReviewer(c)
        return changePath(await editor.giveBack(numberInPath(c), actorOf(c), note))
      },
      show,
    }),
  )
  routes.post(
    `${path}/take-back`,
    action({
      form: noFields,
      run: async c => changePath(await editor.takeBack(numberInPath(c), actorOf(c))),
      show,
    }),
  )
  addList(routes, { editor, clock })
  return routes
}

/** The list of changes, and the choice between an edit and its file where both changed. */
function addList(
  routes: Hono<ConsoleEnv>,
  { editor, clock }: Pick<EditorPageParts, 'editor' | 'clock'>,
): void {
  const showList = (c: ConsoleContext, { problem }: { problem: string } = { problem: '' }) =>
    knowledgePage(c, {
      ...{ title: '知识的改动', tab: '/changes', problem },
      body: viewChanges(editor, clock.now()),
    })

  routes.get('/changes', c => showList(c))
  routes.post(
    '/settle',
    action({
      form: Settlement,
      async run(c, { choice, ...place }) {
        requireReviewer(c)
        await editor.settle(place, choice, actorOf(c))
        return `${basePath}/changes`
      },
      show: showList,
    }),
  )
}

/** @throws {@link Refusal} for others than reviewers */
function requireReviewer(c: ConsoleContext): void {
  if (!mayApprove(c)) throw new Refusal('这一步要由审核人来做。')
}

/** @throws {@link Refusal} where the page showed other knowledge than what the change meets now, or none */
function requireSeen(change: Change, seen: string, editor: EditorPageParts['editor']): void {
  if (change.state === 'waiting' && seen !== markOfSteps(editor.preview(change).steps))
    throw new Refusal('这几处刚才又有人改过，这次没有批准。请看过下面最新的内容，再点批准。')
}

function changeIn(c: ConsoleContext, editor: EditorPageParts['editor']) {
  const change = editor.changes.find(numberInPath(c))
  if (!change) throw new Refusal(`没有 ${c.req.param('number')} 号改动。`)
  return change
}

async function showChange(
  c: ConsoleContext,
  { editor, clock }: Pick<EditorPageParts, 'editor' | 'clock'>,
  refused?: RefusedForm,
): Promise<Response> {
  const change = changeIn(c, editor)
  const preview = change.state === 'waiting' ? editor.preview(change) : undefined
  const isAsked = c.req.query('gate') === 'closed' && preview?.troubles.length === 0
  const gate = isAsked ? await editor.gateOf(change.number, preview) : undefined
  const view = {
    change,
    preview,
    flagged: gate && isLowered(gate) ? gate : undefined,
    isMine: change.by.id === c.get('person').id,
    mayApprove: mayApprove(c),
    editor,
    now: clock.now(),
    csrf: csrfField(c),
  }
  const problem = refused?.problem || Object.values(refused?.fieldProblems ?? {})[0]
  return knowledgePage(c, {
    title: `${change.number} 号改动`,
    tab: '/changes',
    body: viewChange(view),
    ...(problem ? { problem } : {}),
  })
}
