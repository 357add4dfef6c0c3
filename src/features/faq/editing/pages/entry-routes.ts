import { Hono } from 'hono'
import { csrfField } from '../../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../../feature.ts'
import { isSame, type PieceAddress, placeOf } from '../pieces.ts'
import { viewEntry } from './entry.ts'
import { viewList } from './list.ts'
import { type EditorPageParts, editorOf, knowledgePage, mayApprove, placeIn, root } from './parts.ts'

/** The list, and each entry with its history. */
export function entryRoutes({ room, drafts, clock }: EditorPageParts): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()
  const touching = (place: PieceAddress) =>
    room.changes.list().filter(({ steps }) => steps.some(step => isSame(placeOf(step), place)))

  routes.get('/', async c => {
    const { standing, changes } = room
    const waiting = changes.list().filter(({ state }) => state === 'waiting')
    const body = viewList({
      entries: room.entries(),
      programmes: room.programmes,
      drafts: await drafts.list(),
      waiting: new Set(waiting.flatMap(({ steps }) => steps.map(({ name }) => name))),
      disputed: new Set(standing().disputes.map(({ place }) => place.name)),
      now: clock.now(),
      show: c.req.query('show') ?? '',
      programme: c.req.query('programme') ?? '',
      query: c.req.query('q')?.trim() ?? '',
    })
    return knowledgePage(c, {
      title: '知识',
      tab: '',
      body,
      done: dones.get(c.req.query('done') ?? '') ?? '',
    })
  })

  routes.get('/entries/:id', c => {
    const place = placeIn(c, room)
    const entry = room.entries().find(({ id }) => id === place.name)
    if (!entry) throw new Refusal('没有这一条。')
    const body = viewEntry({
      entry,
      place,
      programme: room.programmes.find(({ id }) => id === place.programme),
      changes: touching(place),
      dispute: room.standing().disputes.find(one => isSame(one.place, place)),
      mayApprove: mayApprove(c),
      now: clock.now(),
      csrf: csrfField(c),
    })
    return knowledgePage(c, {
      title: '知识条目',
      tab: '',
      body,
      done: dones.get(c.req.query('done') ?? '') ?? '',
    })
  })

  routes.post('/entries/:id/withdraw', async c => {
    const note = String((await c.req.formData()).get('note') ?? '').trim()
    const place = placeIn(c, room)
    await room.withdraw(place, editorOf(c), note)
    return c.redirect(`${root}/entries/${place.name}?done=withdrawn`, 303)
  })
  return routes
}

const dones = new Map([
  ['saved', '存好了，还没有交上去。在「没写完的」里可以接着写。'],
  ['removed', '草稿删掉了。'],
  ['withdrawn', '撤下了：从现在起群里再问，不会用它回答。'],
])
