import { Hono } from 'hono'
import { csrfField } from '../../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../../feature.ts'
import { EditFault, type Trouble } from '../checking.ts'
import { documentFieldsOf, type Fields, fieldsOf, readFields, stepsOf } from '../forms.ts'
import { detailRow, viewDocuments, viewEditor } from './editor.ts'
import { type EditorPageParts, editorOf, type Here, knowledgePage, placeIn, root } from './parts.ts'
import { viewPreview } from './preview.ts'

/** The form in which entries are written: new ones, those that are there, and drafts of both. */
export function editorRoutes({ room, drafts, clock, desks }: EditorPageParts): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()

  type Shown = { fields: Fields; draftId?: string; troubles?: readonly Trouble[]; problem?: string }

  function showEditor(
    c: Here,
    { fields, draftId = '', troubles = [], problem = '' }: Shown,
  ): Promise<Response> {
    const isNew = !room.entries().some(({ id }) => id === fields.id) || !fields.seen
    const body = viewEditor({
      fields,
      troubles,
      isNew,
      draftId,
      desks,
      programmes: room.programmes,
      csrf: csrfField(c),
    })
    return knowledgePage(c, { title: isNew ? '写一条新的' : '修改条目', tab: '', body, problem })
  }

  /** The documents of the programme stand in the form of each of its entries, those that a draft does not hold too. */
  const withDocuments = (fields: Fields): Fields => ({
    ...Object.fromEntries(documentFieldsOf(room.standing().base.get(fields.programme ?? ''))),
    ...fields,
  })

  routes.get('/new', c =>
    showEditor(c, {
      fields: withDocuments({ ...startingFields, programme: c.req.query('programme') ?? '' }),
    }),
  )
  routes.get('/entries/:id/edit', c =>
    showEditor(c, { fields: fieldsOf(room.standing().base, placeIn(c, room)) }),
  )
  routes.get('/drafts/:id', async c => {
    const draft = await drafts.find(c.req.param('id'))
    if (!draft) throw new Refusal('这份草稿已经没有了：可能交上去了，或者有人删了。')
    return showEditor(c, { fields: withDocuments({ ...startingFields, ...draft.fields }), draftId: draft.id })
  })
  routes.get('/row', async c => c.html(await detailRow({}, Number(c.req.query('at')) || 0)))

  routes.post('/documents', async c => {
    const fields = await readForm(c)
    return c.html(await viewDocuments({ fields: withDocuments(withoutDocuments(fields)), troubles: [] }))
  })
  routes.post('/drafts/:id/remove', async c => {
    await drafts.remove(c.req.param('id'))
    return c.redirect(`${root}?done=removed`, 303)
  })

  routes.post('/preview', async c => {
    const fields = await readForm(c)
    const { place } = readFields(withId(fields, room.entries()))
    return c.html(await viewPreview(room.lookAhead({ steps: steps(fields) }), place.name, clock.now()))
  })

  const steps = (fields: Fields) =>
    stepsOf(withId(fields, room.entries()), room.standing().base, room.pieceSeen)

  routes.post('/save', async c => {
    const { draft = '', ...fields } = await readForm(c)
    await drafts.save(fields, editorOf(c), draft)
    return c.redirect(`${root}?done=saved`, 303)
  })

  routes.post('/submit', async c => {
    const { draft = '', ...fields } = await readForm(c)
    try {
      const kind = 'edit' as const
      const change = await room.propose(
        { kind, steps: steps(fields), note: fields.note?.trim() ?? '' },
        editorOf(c),
      )
      if (draft) await drafts.remove(draft)
      return c.redirect(`${root}/changes/${change.number}`, 303)
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault
      const troubles = fault instanceof EditFault ? fault.troubles : []
      return showEditor(c, {
        fields: withDocuments(fields),
        draftId: draft,
        troubles,
        problem: fault.message,
      })
    }
  })
  return routes
}

/** What a new entry usually is. */
const startingFields: Fields = {
  policy: 'state_with_date',
  region: '福州市',
  mayHaveChanged: 'no',
  facts: '控制台',
}

/** A new entry whose id nobody wrote gets the first free one of its programme: 「hnte-1」, 「hnte-2」. */
function withId(fields: Fields, entries: readonly { id: string }[]): Fields {
  const programme = (fields.programme ?? '').replaceAll('_', '-')
  if ((fields.id ?? '').trim() !== '' || programme === '') return fields
  const taken = new Set(entries.map(({ id }) => id))
  let number = 1
  while (taken.has(`${programme}-${number}`)) number += 1
  return { ...fields, id: `${programme}-${number}` }
}

/** Without those of the programme that was chosen before. */
const withoutDocuments = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([name]) => !/^doc\.[\w-]+\./u.test(name) && name !== 'documents'),
  )

/** The fields of the form; of the documents that are ticked the main one comes first. */
async function readForm(c: Here): Promise<Record<string, string>> {
  const form = await c.req.formData()
  const fields: Record<string, string> = {}
  for (const [name, value] of form) if (typeof value === 'string' && name !== 'csrf') fields[name] = value
  const main = fields.main ?? ''
  const cited = form.getAll('documents').map(String)
  fields.documents = [...cited.filter(name => name === main), ...cited.filter(name => name !== main)].join(
    ' ',
  )
  delete fields.main
  return fields
}
