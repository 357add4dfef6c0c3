import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { csrfField, renderPage } from '../../console/widgets.ts'
import { type ConsoleEnv, type Page, Refusal } from '../../feature.ts'
import type { Clock } from '../../ports/clock.ts'
import { streams } from '../../ports/items.ts'
import type { Catalogue } from './catalogue.ts'
import type { ItemDesk } from './desk.ts'
import type { Actor, KeptItem } from './records.ts'
import { stateWords } from './rules.ts'
import { addForm, basePath, itemCards, type Look, pager, tabsOf } from './views-inbox.ts'
import { viewItem } from './views-item.ts'

type Here = Context<ConsoleEnv>
export type PageParts = {
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
type EditForm = z.infer<typeof Edit>
const Edit = z.object({
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
})

/** 「条目」 on the console: the inbox and each item. */
export function itemsPage(parts: PageParts): Page {
  const { desk, catalogue, clock, nameOfProgramme } = parts
  const routes = new Hono<ConsoleEnv>()

  async function lookOf(c: Here, items: readonly KeptItem[]): Promise<Look> {
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
  const actorOf = (c: Here): Actor => ({ id: c.get('person').id, name: c.get('person').name })
  const numberOf = (c: Here) => Number(c.req.param('number'))

  async function showList(c: Here, typed = { written: '', problem: '' }): Promise<Response> {
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
    if (typed.problem) c.status(422)
    return renderPage(
      c,
      '条目',
      html`${look.canDecide ? addForm(look.csrf, typed) : ''}
        ${tabsOf(catalogue.entries(), state)}
        ${itemCards(items, state, look)}
        ${pager(state, { page, pages })}`,
    )
  }

  async function showItem(c: Here, problem = '', typed?: EditForm): Promise<Response> {
    const item = await desk.itemOf(numberOf(c))
    if (problem) c.status(422)
    const twin = await twinOf(item)
    const body = viewItem(item, { ...(await lookOf(c, [item])), problem, typed, twin })
    return renderPage(c, item.title, body)
  }

  async function twinOf(item: KeptItem) {
    const other = item.resembles === undefined ? undefined : await catalogue.get(item.resembles)
    return other && { item: other, likeness: catalogue.likeness(item, other) }
  }

  /** Does something about one item; a refusal is shown on its page, where it can be put right. */
  function act(path: string, deed: (c: Here) => Promise<string>) {
    routes.post(`/:number{[0-9]+}/${path}`, async c => {
      try {
        return c.redirect(await deed(c), 303)
      } catch (cause) {
        if (cause instanceof Refusal) return showItem(c, cause.message)
        throw cause
      }
    })
  }

  const here = (c: Here) => `${basePath}/${numberOf(c)}`

  routes.get('/', c => showList(c))
  routes.post('/', async c => {
    const form = await c.req.formData()
    const written = String(form.get('written') ?? '')
    const stream = z.enum(streams).catch('政策').parse(form.get('stream'))
    try {
      const { item } = await desk.add(written, { stream, by: actorOf(c) })
      return c.redirect(`${basePath}/${item.number}`, 303)
    } catch (cause) {
      if (cause instanceof Refusal) return showList(c, { written, problem: cause.message })
      throw cause
    }
  })
  routes.get('/:number{[0-9]+}', c => showItem(c))

  act('approve', async c => {
    await desk.approve(numberOf(c), actorOf(c))
    return basePath
  })
  act('dismiss', async c => {
    await desk.dismiss(numberOf(c), actorOf(c))
    return basePath
  })
  act('withdraw', async c => {
    const reason = String((await c.req.formData()).get('reason') ?? '').trim()
    await desk.withdraw(numberOf(c), reason, actorOf(c))
    return here(c)
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
  routes.post('/:number{[0-9]+}/edit', async c => {
    const typed = Edit.safeParse(Object.fromEntries(await c.req.formData()))
    if (!typed.success) throw new Refusal('表单不完整，请重新打开再改。')
    try {
      await desk.edit(numberOf(c), typed.data, actorOf(c))
      return c.redirect(here(c), 303)
    } catch (cause) {
      if (cause instanceof Refusal) return showItem(c, cause.message, typed.data)
      throw cause
    }
  })

  return {
    path: basePath.slice(1),
    title: '条目',
    section: '推送',
    read: ['organizer', 'reviewer'],
    write: ['organizer'],
    routes,
  }
}
