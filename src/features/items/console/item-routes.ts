import type { Hono } from 'hono'
import { z } from 'zod'
import { action, actorOf, form, type RefusedForm } from '../../../console/forms.ts'
import { renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import { streams } from '../../../ports/items.ts'
import type { KeptItem } from '../catalogue/records.ts'
import { stateWords } from '../catalogue/rules.ts'
import { basePath } from '../words.ts'
import { addDateRoutes } from './date-routes.ts'
import { here, type ItemContext, type ItemPageParts, inboxOf, line, numberOf } from './parts.ts'
import type { InboxView } from './views-inbox.ts'
import { viewItem } from './views-item.ts'

const noFields = form(z.object({}))
/** `seen`: the revision that the page showed. */
const Approval = form(z.object({ seen: z.coerce.number().int().optional() }))
const Withdrawal = form(z.object({ reason: line }))
const ItemEdit = form(
  z.object({
    revision: z.coerce.number().int(),
    title: line,
    stream: z.enum(streams),
    link: line,
    documentNumber: line,
    publishedOn: line,
    deadline: line,
    effectiveUntil: line,
    summary: line,
    what: line,
    who: line,
    when: line,
  }),
)

type Parts = ItemPageParts & { viewOf(c: ItemContext, items: readonly KeptItem[]): Promise<InboxView> }

/** One item, and what is done about it. */
export function addItemRoutes(
  routes: Hono<ConsoleEnv>,
  { actions, catalogue, viewOf, documentsOf }: Parts,
): void {
  async function showItem(c: ItemContext, refused?: RefusedForm): Promise<Response> {
    const item = await actions.itemOf(numberOf(c))
    const body = viewItem(item, {
      ...(await viewOf(c, [item])),
      refused,
      twin: await twinOf(item),
      attached: documentsOf(item.number),
    })
    return renderPage(c, item.title, body)
  }

  async function twinOf(item: KeptItem) {
    const other = item.resembles === undefined ? undefined : await catalogue.get(item.resembles)
    return other && { item: other, likeness: catalogue.likeness(item, other) }
  }

  /** A form of one button. A refusal is shown on the page of the item, where it can be put right. */
  function act(path: string, run: (c: ItemContext) => Promise<string>): void {
    routes.post(`/:number{[0-9]+}/${path}`, action({ form: noFields, run, show: showItem }))
  }

  routes.get('/:number{[0-9]+}', c => showItem(c))
  routes.post(
    '/:number{[0-9]+}/approve',
    action({
      form: Approval,
      async run(c, { seen }) {
        await actions.approve(numberOf(c), actorOf(c), seen)
        return inboxOf(c)
      },
      show: showItem,
    }),
  )
  act('dismiss', async c => {
    await actions.dismiss(numberOf(c), actorOf(c))
    return inboxOf(c, { dismissed: String(numberOf(c)) })
  })
  act('reopen', async c => {
    await actions.reopen(numberOf(c), actorOf(c))
    return here(c)
  })
  act('reread', async c => {
    await actions.reread(numberOf(c), actorOf(c))
    return here(c)
  })
  act('read-uploaded', async c => {
    await actions.readUploaded(numberOf(c), actorOf(c))
    return here(c)
  })
  act('merge', async c => {
    const { resembles, state } = await actions.itemOf(numberOf(c))
    if (resembles === undefined) throw new Refusal(`这一条${stateWords[state]}，没有和它像的条目。`)
    const into = await actions.merge(numberOf(c), resembles, actorOf(c))
    return `${basePath}/${into.number}`
  })
  act('apart', async c => {
    await actions.keepApart(numberOf(c))
    return here(c)
  })
  addTyped(routes, { actions, showItem })
  addDateRoutes(routes, { actions, catalogue, showItem })
}

type Typed = Pick<ItemPageParts, 'actions'> & {
  showItem(c: ItemContext, refused?: RefusedForm): Promise<Response>
}

/** Forms in which something is typed: the reason of a withdrawal, the item itself. */
function addTyped(routes: Hono<ConsoleEnv>, { actions, showItem }: Typed): void {
  routes.post(
    '/:number{[0-9]+}/withdraw',
    action({
      form: Withdrawal,
      run: async (c, { reason }) => {
        await actions.withdraw(numberOf(c), reason, actorOf(c))
        return here(c)
      },
      show: showItem,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/edit',
    action({
      form: ItemEdit,
      run: async (c, typed) => {
        await actions.edit(numberOf(c), typed, actorOf(c))
        return here(c)
      },
      show: showItem,
    }),
  )
}
