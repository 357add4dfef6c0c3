import { Hono } from 'hono'
import { z } from 'zod'
import { action, actorOf, form, type RefusedForm, valuesOf } from '../../../../console/forms.ts'
import { csrfField } from '../../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, OutdatedFormRefusal, Refusal } from '../../../../feature.ts'
import { EditFault, type Trouble } from '../changes/checks.ts'
import { isSame, type PieceAddress, placeOf, withPieces } from '../changes/pieces.ts'
import { draftVersion, type ShownDraft } from '../drafts.ts'
import { documentFieldsOf, type Fields, formFieldsOf, readFields, stepsOf } from '../forms.ts'
import { detailRow, viewDocuments, viewEditor } from './editor.ts'
import { basePath, type EditorPageParts, knowledgePage, placeIn } from './parts.ts'
import { viewPreview } from './preview.ts'

/** The form in which entries are written: new ones, those that are there, and drafts of both. */
export function editorRoutes(parts: EditorPageParts): Hono<ConsoleEnv> {
  const { editor, drafts } = parts
  const routes = new Hono<ConsoleEnv>()
  const show = (c: ConsoleContext, shown: Shown) => showEditor(c, parts, shown)
  const showRefused = (c: ConsoleContext, { input, lists: { documents = [] } = {}, problem }: RefusedForm) =>
    show(c, { ...splitForm(typedFieldsOf({ ...input, documents })), problem })

  routes.get('/new', c =>
    show(c, { fields: { ...startingFields, programme: c.req.query('programme') ?? '' } }),
  )
  routes.get('/entries/:id/edit', c => {
    const place = placeIn(c, editor)
    const fields = formFieldsOf(editor.state().base, place)
    const number = c.req.query('before')
    return show(c, {
      fields: number ? { ...fieldsBefore(Number(number), place), seen: fields.seen ?? '' } : fields,
    })
  })
  routes.get('/drafts/:id', async c => {
    const draft = await drafts.find(c.req.param('id'))
    if (!draft) throw new Refusal('这份草稿已经没有了：可能交上去了，或者有人删了。')
    const shown = { id: draft.id, seen: draftVersion(draft) }
    return show(c, { fields: { ...startingFields, ...draft.fields }, draft: shown })
  })

  /** The form of an entry as it stood before a change: handed in, it brings the older text back. */
  function fieldsBefore(number: number, place: PieceAddress): Fields {
    const step = editor.changes.find(number)?.steps.find(one => isSame(placeOf(one), place))
    if (!step?.before) throw new Refusal(`${number} 号改动以前没有这一条，改不回去。`)
    const base = withPieces(editor.state().base, [{ place, piece: step.before }])
    return { ...formFieldsOf(base, place), note: `改回 ${number} 号改动以前的样子` }
  }

  addPieces(routes, parts)
  routes.post(
    '/drafts/:id/remove',
    action({
      form: entryForm,
      async run(c, sent) {
        const { draft, fields } = splitForm(sent)
        await drafts.remove(c.req.param('id') ?? '', { seen: draft.seen, fields })
        return `${basePath}?done=removed`
      },
      show: showRefused,
    }),
  )
  routes.post(
    '/save',
    action({
      form: entryForm,
      async run(c, sent) {
        const { draft, fields } = splitForm(sent)
        await drafts.save(fields, actorOf(c), draft)
        return `${basePath}?done=saved`
      },
      show: showRefused,
    }),
  )
  addSubmit(routes, parts)
  return routes
}

/** Parts of the form that are asked for while it is filled in: a further line, the documents, the preview. */
function addPieces(routes: Hono<ConsoleEnv>, { editor, clock }: EditorPageParts): void {
  routes.get('/row', async c => c.html(await detailRow({}, Number(c.req.query('at')) || 0)))
  routes.post('/documents', async c => {
    const fields = withDocuments(withoutDocuments(await valuesOf(c, entryForm)), editor)
    return c.html(await viewDocuments({ fields, troubles: [] }))
  })
  routes.post('/preview', async c => {
    const fields = withId(await valuesOf(c, entryForm), editor.entries())
    const preview = editor.preview({ steps: stepsOf(fields, editor.state().base, editor.pieceSeen) })
    return c.html(await viewPreview(preview, readFields(fields).place.name, clock.now()))
  })
}

/** Submits the form for review; a refusal is shown in it, at the fields that it is about. */
function addSubmit(routes: Hono<ConsoleEnv>, parts: EditorPageParts): void {
  const { editor, drafts } = parts
  routes.post('/submit', async c => {
    const { draft, fields } = splitForm(await valuesOf(c, entryForm))
    try {
      await drafts.requireShown(draft, fields)
      const steps = stepsOf(withId(fields, editor.entries()), editor.state().base, editor.pieceSeen)
      const note = fields.note?.trim() ?? ''
      const change = await editor.propose({ kind: 'edit', steps, note }, actorOf(c))
      await drafts.removeSubmitted(draft, fields)
      return c.redirect(`${basePath}/changes/${change.number}`, 303)
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault
      const troubles = fault instanceof EditFault ? fault.troubles : []
      const seen = fault instanceof OutdatedFormRefusal ? fault.seen : draft.seen
      return showEditor(c, parts, { fields, draft: { ...draft, seen }, troubles, problem: fault.message })
    }
  })
}

type Shown = { fields: Fields; draft?: ShownDraft; troubles?: readonly Trouble[]; problem?: string }

function showEditor(c: ConsoleContext, { editor, desks }: EditorPageParts, shown: Shown): Promise<Response> {
  const { draft = { id: '', seen: '' }, troubles = [], problem = '' } = shown
  const fields = withDocuments(shown.fields, editor)
  const isNew = !editor.entries().some(({ id }) => id === fields.id) || !fields.seen
  const csrf = csrfField(c)
  const body = viewEditor({
    ...{ fields, troubles, isNew, draft, desks, csrf },
    programmes: editor.programmes,
  })
  return knowledgePage(c, { title: isNew ? '写一条新的' : '修改条目', tab: '', body, problem })
}

/** Adds the documents of the programme that the fields do not hold: each entry of it may cite them. */
const withDocuments = (fields: Fields, editor: EditorPageParts['editor']): Fields => ({
  ...Object.fromEntries(documentFieldsOf(editor.state().base.get(fields.programme ?? ''))),
  ...fields,
})

/** Parts what is sent into the draft that the form showed and the fields of the entry. */
function splitForm({ draft = '', draftSeen = '', ...fields }: Fields): { draft: ShownDraft; fields: Fields } {
  return { draft: { id: draft, seen: draftSeen }, fields }
}

/** Default fields of a new entry. */
const startingFields: Fields = {
  policy: 'state_with_date',
  region: '福州市',
  mayHaveChanged: 'no',
  facts: '控制台',
}

/** A new entry without an id gets the first free one of its programme: 「hnte-1」, 「hnte-2」. */
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

/** The form of an entry, valid or not: the check of the entry says what is wrong. The main document comes first. */
const entryForm = form(
  z.looseObject({ main: z.string().default(''), documents: z.array(z.string()) }).transform(typedFieldsOf),
  ['documents'],
)
type SentEntry = { main?: unknown; documents: readonly string[] }

function typedFieldsOf({ main, documents: cited, ...others }: SentEntry): Record<string, string> {
  const texts = Object.entries(others).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  const documents = [...cited.filter(name => name === main), ...cited.filter(name => name !== main)]
  return { ...Object.fromEntries(texts), documents: documents.join(' ') }
}
