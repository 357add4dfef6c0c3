import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, actorOf, form, type RefusedForm, sendFile } from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import { streams } from '../../../ports/items.ts'
import { dateRoles } from '../../../text/notices/roles.ts'
import type { Catalogue } from '../catalogue.ts'
import type { ItemDesk } from '../desk.ts'
import type { KeptItem } from '../records.ts'
import { stateWords } from '../rules.ts'
import { addForm, basePath, type InboxView, itemCards, pager, tabsOf } from './views-inbox.ts'
import { viewItem } from './views-item.ts'

type Here = Context<ConsoleEnv>
export type ItemPageParts = {
  desk: ItemDesk
  catalogue: Catalogue
  clock: Clock
  nameOfProgramme(id: string): string
  /** About how many saved companies may use a programme; undefined where that may not be told. */
  companiesFor(programme: string): Promise<number | undefined>
}

const perPage = 30
const State = z.enum(['new', 'approved', 'dismissed', 'withdrawn']).catch('new')
const line = z.string().trim().default('')
const noFields = form(z.object({}))
const Addition = form(z.object({ written: line, stream: z.enum(streams).catch('政策') }))
const DeadlineChoice = form(z.object({ day: line }))
const RoleCorrection = form(z.object({ at: z.coerce.number().int().min(0), role: z.enum(dateRoles) }))
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

/** 「条目」 on the console: the inbox and each item. */
export function itemsPage(parts: ItemPageParts): Page {
  const { desk, catalogue, clock, nameOfProgramme } = parts
  const routes = new Hono<ConsoleEnv>()

  async function lookOf(c: Here, items: readonly KeptItem[]): Promise<InboxView> {
    const programmes = [...new Set(items.flatMap(({ programmeIds }) => programmeIds))]
    const companies = await Promise.all(
      programmes.map(async id => [id, await parts.companiesFor(id)] as const),
    )
    return {
      now: clock.now(),
      csrf: csrfField(c),
      canDecide: c.get('person').roles.includes('organizer'),
      nameOf: nameOfProgramme,
      companies: new Map(companies),
    }
  }
  const numberOf = (c: Here) => Number(c.req.param('number'))

  async function showList(c: Here, refused?: RefusedForm): Promise<Response> {
    const state = State.parse(c.req.query('state'))
    const numbers = catalogue
      .entries()
      .filter(entry => entry.state === state)
      .map(({ number }) => number)
      .reverse()
    const pages = Math.max(1, Math.ceil(numbers.length / perPage))
    const page = Math.min(pages, Math.max(1, Math.trunc(Number(c.req.query('page'))) || 1))
    const shown = numbers.slice((page - 1) * perPage, page * perPage)
    const items = (await Promise.all(shown.map(catalogue.get))).filter(item => item !== undefined)
    const look = await lookOf(c, items)
    return renderPage(
      c,
      '条目',
      html`${look.canDecide ? addForm(look.csrf, refused) : ''}
        ${tabsOf(catalogue.entries(), state)}
        ${itemCards(items, state, look)}
        ${pager(state, { page, pages })}`,
    )
  }

  async function showItem(c: Here, refused?: RefusedForm): Promise<Response> {
    const item = await desk.itemOf(numberOf(c))
    const body = viewItem(item, { ...(await lookOf(c, [item])), refused, twin: await twinOf(item) })
    return renderPage(c, item.title, body)
  }

  async function twinOf(item: KeptItem) {
    const other = item.resembles === undefined ? undefined : await catalogue.get(item.resembles)
    return other && { item: other, likeness: catalogue.likeness(item, other) }
  }

  const here = (c: Here) => `${basePath}/${numberOf(c)}`

  routes.get('/', c => showList(c))
  routes.post(
    '/',
    action({
      form: Addition,
      run: async (c, { written, stream }) => {
        const { item } = await desk.add(written, { stream, by: actorOf(c) })
        return `${basePath}/${item.number}`
      },
      show: showList,
    }),
  )
  routes.get('/:number{[0-9]+}', c => showItem(c))

  /** Does something about one item; a refusal is shown on its page, where it can be put right. */
  function act(path: string, run: (c: Here) => Promise<string>): void {
    routes.post(`/:number{[0-9]+}/${path}`, action({ form: noFields, run, show: showItem }))
  }

  act('approve', async c => {
    await desk.approve(numberOf(c), actorOf(c))
    return basePath
  })
  act('dismiss', async c => {
    await desk.dismiss(numberOf(c), actorOf(c))
    return basePath
  })
  act('reread', async c => {
    await desk.reread(numberOf(c), actorOf(c))
    return here(c)
  })
  act('merge', async c => {
    const { resembles, state } = await desk.itemOf(numberOf(c))
    if (resembles === undefined) throw new Refusal(`这一条${stateWords[state]}，没有和它像的条目。`)
    const into = await desk.merge(numberOf(c), resembles, actorOf(c))
    return `${basePath}/${into.number}`
  })
  act('apart', async c => {
    await desk.keepApart(numberOf(c))
    return here(c)
  })
  routes.post(
    '/:number{[0-9]+}/withdraw',
    action({
      form: Withdrawal,
      run: async (c, { reason }) => {
        await desk.withdraw(numberOf(c), reason, actorOf(c))
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
        await desk.edit(numberOf(c), typed, actorOf(c))
        return here(c)
      },
      show: showItem,
    }),
  )

  addDates(routes, { desk, catalogue, numberOf, showItem })

  return {
    path: basePath.slice(1),
    title: '条目',
    section: '推送',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}

type DateRoutes = Pick<ItemPageParts, 'desk' | 'catalogue'> & {
  numberOf(c: Here): number
  showItem(c: Here, refused?: RefusedForm): Promise<Response>
}

/** An organizer chooses the deadline, corrects what a date is for, and takes the corrections out as labelled examples. */
function addDates(routes: Hono<ConsoleEnv>, { desk, catalogue, numberOf, showItem }: DateRoutes): void {
  routes.post(
    '/:number{[0-9]+}/deadline',
    action({
      form: DeadlineChoice,
      run: async (c, { day }) => {
        await desk.chooseDeadline(numberOf(c), day || undefined, actorOf(c))
        return `${basePath}/${numberOf(c)}`
      },
      show: showItem,
    }),
  )
  routes.post(
    '/:number{[0-9]+}/role',
    action({
      form: RoleCorrection,
      run: async (c, { at, role }) => {
        await desk.correctRole(numberOf(c), at, role, actorOf(c))
        return `${basePath}/${numberOf(c)}`
      },
      show: showItem,
    }),
  )
  routes.get('/corrections.jsonl', async c => {
    const items = await Promise.all(catalogue.entries().map(({ number }) => catalogue.get(number)))
    const lines = items.flatMap(item => (item ? correctedExamples(item) : []))
    return sendFile(c, {
      name: '日期更正.jsonl',
      mimeType: 'application/jsonl',
      bytes: Buffer.from(lines.map(line => `${JSON.stringify(line)}\n`).join('')),
    })
  })
}

/** Corrected dates as labelled examples: the notice, the date as written, and its role. */
function correctedExamples({ title, text, publishedOn, dates }: KeptItem) {
  return dates
    .filter(({ correctedBy }) => correctedBy !== undefined)
    .map(({ said, sentence, value, role }) => ({ title, text, publishedOn, said, sentence, value, role }))
}
