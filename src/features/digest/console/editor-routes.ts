import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  action,
  actorOf,
  firstProblem,
  form,
  numberInPath,
  type RefusedForm,
  valuesOf,
} from '../../../console/forms.ts'
import { csrfField, renderPage } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import { withDistinctNames } from '../../../ports/line-ids.ts'
import { timeZone } from '../../../text/dates/time.ts'
import type { BroadcastActions } from '../actions.ts'
import { longestTitle, titleTooLong } from '../broadcast/drafts.ts'
import { sayCap, sayReach } from '../broadcast/words.ts'
import { streamNamed } from '../content/composer.ts'
import { splitText } from '../content/layout.ts'
import { chooseGroups } from '../content/targets.ts'
import type { DigestParts } from '../context.ts'
import { readOnce } from '../schedule/schedules.ts'
import { blankDraft, correctionOf, draftOf, editorForm, previewFragment, type Typed } from './editor-views.ts'
import { Targets, targetsField, tickedTargets } from './group-picker.ts'
import { basePath } from './views.ts'

type C = Context<ConsoleEnv>

const Draft = z.object({
  kind: z.enum(['notice', 'digest']).catch('notice'),
  stream: z.string().catch(''),
  title: z.string().max(longestTitle, titleTooLong).default(''),
  text: z
    .string()
    .max(20_000, '正文最多 20000 个字。')
    .default('')
    .transform(text => text.replaceAll('\r\n', '\n')),
  targets: Targets,
  when: z.string().max(100, '「什么时候发」写得太长了。').default(''),
  reminds: z
    .string()
    .optional()
    .transform(said => said === 'yes'),
  revision: z.coerce.number().int().catch(0),
  corrects: z.coerce.number().int().min(1).optional().catch(undefined),
})
const DraftForm = form(Draft, [targetsField])

/** A refused form, as it was filled in. */
const typedAgain = ({ input, lists }: RefusedForm): Typed => ({
  ...blankDraft(input.kind === 'digest' ? 'digest' : 'notice'),
  ...input,
  targets: tickedTargets(lists?.targets),
  kind: input.kind === 'digest' ? 'digest' : 'notice',
  reminds: input.reminds === 'yes',
  revision: Number(input.revision) || 0,
  corrects: Number(input.corrects) || undefined,
})

/** The editor of broadcasts, with a live preview. */
export function addEditorRoutes(
  routes: Hono<ConsoleEnv>,
  parts: DigestParts,
  actions: BroadcastActions,
): void {
  const { clock, outbox, groups } = parts

  async function show(c: C, typed: Typed, problem = ''): Promise<Response> {
    const cards = await groups.all()
    const form = editorForm(typed, { cards, csrf: csrfField(c), problem, now: clock.now() })
    return renderPage(c, typed.number === undefined ? titleOf(typed) : `改推送 ${typed.number}`, form)
  }

  routes.get('/new', async c => {
    const corrected = c.req.query('corrects')
    if (corrected !== undefined) return show(c, correctionOf(await actions.existing(Number(corrected))))
    return show(c, blankDraft(c.req.query('kind') === 'digest' ? 'digest' : 'notice'))
  })

  async function createDraft(c: C, typed: Typed): Promise<string> {
    const { number } = await made(c, typed)
    return `${basePath}/${number}`
  }

  function made(c: C, { kind, stream: name, title, text, targets, when, corrects }: Typed) {
    const sendAt = whenIn(when, clock.now())
    if (kind === 'notice') return actions.notice(actorOf(c), { title, text, targets, sendAt, corrects })
    const stream = streamNamed(name)
    if (!stream) throw new Refusal('请选一个栏目。')
    return actions.digest(stream, {
      by: actorOf(c),
      sendAt,
      state: 'draft',
      ...(targets.trim() ? { targets } : {}),
    })
  }

  async function showEditor(c: C): Promise<Response> {
    const broadcast = await actions.existing(numberInPath(c))
    await actions.recordView(broadcast, c.get('person').id)
    return show(c, draftOf(broadcast))
  }

  async function saveEdit(c: C, typed: Typed): Promise<string> {
    const number = numberInPath(c)
    const before = await actions.existing(number)
    const isSameTime = typed.when === draftOf(before).when
    const wanted = {
      text: typed.text,
      title: typed.title,
      targets: typed.targets,
      ...(isSameTime ? {} : { sendAt: whenIn(typed.when, clock.now()) ?? ('now' as const) }),
      ...(typed.reminds === before.reminders.length > 0 ? {} : { reminds: typed.reminds }),
    }
    await actions.edit(number, wanted, { by: actorOf(c), seen: { revision: typed.revision } })
    return `${basePath}/${number}`
  }

  async function showPreview(c: C): Promise<Response> {
    const typed = await valuesOf(c, DraftForm)
    const cards = await groups.all()
    if (typed.kind === 'digest' && typed.text.trim() === '') return c.html(await sketch(typed))
    if (typed.text.trim() === '') return c.html(html`<p class="empty">写了正文，这里就是群里看到的样子。</p>`)
    const chosen = chooseGroups(typed.targets, cards)
    const texts = splitText(typed.text)
    const messages = chosen.length * texts.length
    const picture = Buffer.from(await actions.draw(typed.text)).toString('base64')
    const reach = `发到 ${sayReach(chosen.length, outbox.estimateSeconds(messages))}，${sayCap(outbox.status(), messages)}`
    return c.html(
      previewFragment({ texts, picture, reach, groups: withDistinctNames(chosen).map(({ name }) => name) }),
    )
  }

  /** A digest of the stream as composed now. */
  async function sketch({ stream: name, targets }: Typed) {
    const stream = streamNamed(name)
    if (!stream) return html`<p class="empty">选了栏目，这里就是按现有条目拟出来的样子。</p>`
    const plan = await actions.plans.get(stream)
    const drawn = await actions.sketch({ ...plan, ...(targets.trim() ? { targets } : {}) }, clock.now())
    if (!drawn) return html`<p class="empty">「${stream}」没有新的条目：该推的都推过了，或者过了有效期。</p>`
    const { groups: chosen, parts: texts, text } = drawn.content
    const messages = chosen.length * texts.length
    const picture = Buffer.from(await actions.draw(text)).toString('base64')
    const reach = `发到 ${sayReach(chosen.length, outbox.estimateSeconds(messages))}，${sayCap(outbox.status(), messages)}`
    return previewFragment({
      texts,
      picture,
      reach,
      groups: withDistinctNames(chosen).map(({ name: group }) => group),
    })
  }
  routes.post(
    '/new',
    action({
      form: DraftForm,
      run: createDraft,
      show: (c, refused) => show(c, typedAgain(refused), firstProblem(refused)),
    }),
  )
  routes.get('/:number{[0-9]+}/edit', showEditor)
  routes.post(
    '/:number{[0-9]+}/edit',
    action({
      form: DraftForm,
      run: saveEdit,
      show: (c, refused) =>
        show(c, { ...typedAgain(refused), number: numberInPath(c) }, firstProblem(refused)),
    }),
  )
  routes.post('/preview', showPreview)
}

const titleOf = ({ kind }: Typed) => (kind === 'digest' ? '拟速递' : '写通知')

/** Reads a send time in words or as 「2026-11-27T16:30」. @throws {@link Refusal} if it is past */
function whenIn(written: string, now: Temporal.Instant): Temporal.Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/u.test(written)) return readOnce(written, now)
  const at = Temporal.PlainDateTime.from(written).toZonedDateTime(timeZone).toInstant()
  if (Temporal.Instant.compare(at, now) <= 0) throw new Refusal('这个时间已经过去了，请写一个还没到的时间。')
  return at
}
