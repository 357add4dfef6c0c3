import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, actorOf, form, lineField, type RefusedForm } from '../../../console/forms.ts'
import { pageOf, pager } from '../../../console/paging.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import type { RecordedActor } from '../../../ports/actor.ts'
import { streams } from '../../../ports/items.ts'
import { fold } from '../../../text/fold.ts'
import type { KeptItem } from '../catalogue/records.ts'
import { basePath } from '../words.ts'
import { addItemRoutes } from './item-routes.ts'
import { type ItemContext, type ItemPageParts, inboxOf } from './parts.ts'
import {
  addForm,
  type InboxView,
  itemCards,
  linkOf,
  searchForm,
  searchOf,
  severalForm,
  tabsOf,
  undoForm,
} from './views-inbox.ts'

const perPage = 20
const State = z.enum(['new', 'approved', 'dismissed', 'withdrawn']).catch('new')
const Addition = form(z.object({ written: lineField, stream: z.enum(streams).catch('政策') }))

/** 「条目」 on the console: the inbox and each item. */
export function itemsPage(parts: ItemPageParts): Page {
  const routes = new Hono<ConsoleEnv>()
  const viewOf = async (c: ItemContext, items: readonly KeptItem[]): Promise<InboxView> => ({
    now: parts.clock.now(),
    csrf: csrfField(c),
    canDecide: c.get('person').roles.includes('organizer'),
    nameOf: parts.nameOfProgramme,
    companies: await companiesOf(items, parts),
  })
  addInbox(routes, { ...parts, viewOf })
  addItemRoutes(routes, { ...parts, viewOf })
  return {
    path: basePath.slice(1),
    title: '条目',
    chapter: 'items',
    section: '推送',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

async function companiesOf(items: readonly KeptItem[], { companiesFor }: ItemPageParts) {
  const programmes = [...new Set(items.flatMap(({ programmeIds }) => programmeIds))]
  return new Map(await Promise.all(programmes.map(async id => [id, await companiesFor(id)] as const)))
}

type InboxParts = ItemPageParts & { viewOf(c: ItemContext, items: readonly KeptItem[]): Promise<InboxView> }

/** The items of one state with a search, and what is done with one new item or with several at once. */
function addInbox(routes: Hono<ConsoleEnv>, { actions, catalogue, viewOf }: InboxParts): void {
  async function showList(c: ItemContext, refused?: RefusedForm): Promise<Response> {
    const state = State.parse(c.req.query('state'))
    const query = c.req.query('q')?.trim() ?? ''
    const found = catalogue.entries().filter(entry => isFound(entry, query))
    const numbers = found.flatMap(entry => (entry.state === state ? [entry.number] : [])).reverse()
    const { shown, ...place } = pageOf(numbers, { perPage, page: c.req.query('page') })
    const items = (await Promise.all(shown.map(catalogue.get))).filter(item => item !== undefined)
    const view = await viewOf(c, items)
    const search = searchOf({ state, query }, place.page)
    const isTyped = refused?.input.written !== undefined
    return renderPage(
      c,
      '条目',
      html`${
        view.canDecide
          ? undoForm(
              ticksIn(c.req.query('dismissed') ?? '').map(({ number }) => number),
              { place: search, csrf: view.csrf },
            )
          : ''
      }
        ${approvedNote(c.req.query('approved'))}
        ${isTyped ? '' : problemOf(refused)}
        ${view.canDecide ? addForm(view.csrf, isTyped ? refused : undefined) : ''}
        ${tabsOf(found, { state, query })}
        ${searchForm({ state, query })}
        ${view.canDecide && items.length > 0 ? severalForm(state, { place: search, csrf: view.csrf }) : ''}
        ${itemCards(items, state, { view, query, place: search })}
        ${pager(place, page => linkOf({ state, query }, page), { before: '新一些的', after: '早一些的' })}`,
    )
  }

  routes.get('/', c => showList(c))
  routes.post(
    '/',
    action({
      form: Addition,
      run: async (c, { written, stream }) => {
        const { item } = await actions.add(written, { stream, by: actorOf(c) })
        return `${basePath}/${item.number}`
      },
      show: showList,
    }),
  )
  routes.post(
    '/several',
    action({ form: tickedForm, run: (c, sent) => runSeveral(actions, c, sent), show: showList }),
  )
}

const problemOf = (refused: RefusedForm | undefined) =>
  refused?.problem ? html`<p role="alert" class="problem">${refused.problem}</p>` : html``

const approvedNote = (count: string | undefined) =>
  /^\d{1,4}$/u.test(count ?? '')
    ? html`<p role="status" class="done">${count} 条通过了，下一次推送就能用上；看或者撤回，在「已通过」里。</p>`
    : html``

const isFound = (
  {
    number,
    title,
    documentNumber = '',
  }: { number: number; title: string; documentNumber?: string | undefined },
  query: string,
) =>
  query === '' ||
  String(number) === query ||
  [title, documentNumber].some(text => fold(text).includes(fold(query)))

/** 「12@3」: the item's number, and the revision that the list showed. */
const tick = /^(?<number>\d{1,7})(?:@(?<seen>\d{1,7}))?$/u
const ticksIn = (text: string) =>
  text.split(',').flatMap(one => {
    const { number, seen } = tick.exec(one)?.groups ?? {}
    return number === undefined
      ? []
      : [{ number: Number(number), seen: seen === undefined ? undefined : Number(seen) }]
  })

const TickedItems = z.object({
  deed: z.string().default(''),
  number: z.array(z.string()).transform(chosen => chosen.flatMap(ticksIn)),
})
/** The ticked numbers, of which the form sends one field each. */
const tickedForm = form(TickedItems, ['number'])

/** Does the same with each ticked item. @throws {@link Refusal} that names those with which it could not be done */
async function runSeveral(
  actions: ItemPageParts['actions'],
  c: ItemContext,
  { deed, number: ticks }: z.infer<typeof TickedItems>,
): Promise<string> {
  if (ticks.length === 0) throw new Refusal('请先勾选条目。')
  const numbers = ticks.map(({ number }) => number)
  const run: (number: number, by: RecordedActor, seen?: number) => Promise<unknown> =
    deed === 'approve' ? actions.approve : deed === 'reopen' ? actions.reopen : actions.dismiss
  const refused: string[] = []
  for (const { number, seen } of ticks) {
    try {
      await run(number, actorOf(c), seen)
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      refused.push(cause.message)
    }
  }
  if (refused.length > 0)
    throw new Refusal(
      `${numbers.length - refused.length} 条办好了，${refused.length} 条没有：${refused.join('')}`,
    )
  if (deed === 'dismiss') return inboxOf(c, { dismissed: numbers.join(',') })
  return inboxOf(c, deed === 'approve' ? { approved: String(numbers.length) } : {})
}
