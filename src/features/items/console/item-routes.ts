import type { Hono } from 'hono'
import { z } from 'zod'
import {
  action,
  actorOf,
  form,
  lineField,
  noFields,
  numberInPath,
  type RefusedForm,
} from '../../../console/forms.ts'
import { renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import { streams } from '../../../ports/items.ts'
import type { KeptItem } from '../catalogue/records.ts'
import { stateWords } from '../catalogue/rules.ts'
import { basePath } from '../words.ts'
import { addDateRoutes } from './date-routes.ts'
import { type ItemContext, type ItemPageParts, inboxOf, itemPage } from './parts.ts'
import type { InboxView } from './views-inbox.ts'
import { viewItem } from './views-item.ts'

/** `seen`: the revision that the page showed. */
const Approval = form(z.object({ seen: z.coerce.number().int().optional() }))
const Withdrawal = form(z.object({ reason: lineField }))
const ItemEdit = form(
  z.object({
    revision: z.coerce.number().int(),
    title: lineField,
    stream: z.enum(streams),
    link: lineField,
    documentNumber: lineField,
    publishedOn: lineField,
    deadline: lineField,
    effectiveUntil: lineField,
    summary: lineField,
    what: lineField,
    who: lineField,
    when: lineField,
  }),
)

type Parts = ItemPageParts & { viewOf(c: ItemContext, items: readonly KeptItem[]): Promise<InboxView> }

/** One item, and what is done about it. */
export function addItemRoutes(
  routes: Hono<ConsoleEnv>,
  { actions, catalogue, viewOf, documentsOf }: Parts,
): void {
  async function showItem(c: ItemContext, refused?: RefusedForm): Promise<Response> {
    const item = await actions.itemOf(numberInPath(c))
    const body = viewItem(item, {
      ...(await viewOf(c, [item])),
      refused,
      earlierItem: await earlierItemOf(item),
      attached: documentsOf(item.number),
    })
    return renderPage(c, item.title, body)
  }

  async function earlierItemOf(item: KeptItem) {
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
        await actions.approve(numberInPath(c), actorOf(c), seen)
        return inboxOf(c)
      },
      show: showItem,
    }),
  )
  act('dismiss', async c => {
    await actions.dismiss(numberInPath(c), actorOf(c))
    return inboxOf(c, { dismissed: String(numberInPath(c)) })
  })
  act('reopen', async c => {
    await actions.reopen(numberInPath(c), actorOf(c))
    return itemPage(c)
  })
  act('reread', async c => {
    await actions.reread(numberInPath(c), actorOf(c))
    return itemPage(c)
  })
  act('read-uploaded', async c => {
    await actions.readUploaded(numberInPath(c), actorOf(c))
    return itemPage(c)
  })
  act('merge', async c => {
    const { resembles, state } = await actions.itemOf(numberInPath(c))
    if (resembles === undefined) throw new Refusal(`这一条${stateWords[state]}，没有和它像的条目。`)
    const into = await actions.merge(numberInPath(c), resembles, actorOf(c))
    return `${basePath}/${into.number}`
  })
  act('apart', async c => {
    await actions.keepApart(numberInPath(c))
    return itemPage(c)
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
        await actions.withdraw(numberInPath(c), reason, actorOf(c))
        return itemPage(c)
      },
      show: showItem,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/edit',
    action({
      form: ItemEdit,
      run: async (c, typed) => {
        await actions.edit(numberInPath(c), typed, actorOf(c))
        return itemPage(c)
      },
      show: showItem,
    }),
  )
}
