import { Hono } from 'hono'
import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  action,
  actorOf,
  form,
  lineField,
  noFields,
  numberInPath,
  type RefusedForm,
  sendFile,
  valuesOf,
} from '../../console/forms.ts'
import { csrfField, renderPage } from '../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, type Page, Refusal } from '../../feature.ts'
import { formPlanOf, optionOf } from '../../forms/form-line.ts'
import { sensitiveFieldsOf } from '../../forms/sensitive.ts'
import { shippedForms } from '../../forms/shipped-forms.ts'
import { sayFormOpened } from '../../forms/words.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Directory, Member } from '../../ports/directory.ts'
import { dayInShanghai, timeZone } from '../../text/dates/time.ts'
import type { FormActions } from './actions.ts'
import type { FormExports } from './exports.ts'
import type { FormRecords } from './records.ts'
import type { SensitiveActions } from './sensitive/actions.ts'
import {
  sensitiveInputs,
  sensitiveRoutes,
  typedFieldsOf,
  viewSensitiveCard,
  viewSensitiveRows,
} from './sensitive/console.ts'
import { viewForm, viewForms } from './views.ts'

type PageParts = {
  actions: FormActions
  records: FormRecords
  files: FormExports
  directory: Directory
  clock: Clock
  sensitive: SensitiveActions
  /** People who may be named as a viewer. */
  organizers(): Promise<Member[]>
}

const NewForm = form(
  z.object({
    title: z.string().trim().min(1, '请写上报什么名。'),
    group: z.string().min(1, '请选一个群。'),
    closesAt: z
      .string()
      .regex(/^$|^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/u, '截止时间没看懂。')
      .default(''),
    capacity: z
      .string()
      .regex(/^\d{0,5}$/u, '名额请写数字，不限就空着。')
      .default(''),
    options: lineField,
    fields: lineField,
    ...sensitiveInputs,
  }),
)
const pieces = (text: string) =>
  text
    .split(/[、,，;；\n]/u)
    .map(one => one.trim())
    .filter(Boolean)

function instantFrom(typed: string): Temporal.Instant {
  try {
    return Temporal.PlainDateTime.from(typed, { overflow: 'reject' }).toZonedDateTime(timeZone).toInstant()
  } catch (cause) {
    if (cause instanceof RangeError) throw new Refusal('没有这一天，请改一下截止时间。')
    throw cause
  }
}

/** 「报名」 on the console: forms, their answers, and files. */
export function formsPage(parts: PageParts): Page {
  const { actions, records, files, directory, clock, sensitive, organizers } = parts
  const routes = new Hono<ConsoleEnv>()

  async function showList(c: ConsoleContext, refused?: RefusedForm): Promise<Response> {
    const [all, groups] = await Promise.all([records.all(), directory.groups()])
    const { input = {}, fieldProblems = {} } = refused ?? {}
    const sensitiveRows = sensitive.isOn
      ? viewSensitiveRows({ viewers: await organizers(), input, fieldProblems })
      : html``
    const view = { all, groups, now: clock.now(), csrf: csrfField(c), refused, sensitiveRows }
    return renderPage(c, '报名', viewForms(view))
  }

  async function showForm(c: ConsoleContext, problem = ''): Promise<Response> {
    const record = await actions.withRosterNames(await actions.require(numberInPath(c)))
    const groups = await directory.groups()
    const templateName = await files.templateName(record.form.number)
    if (problem) c.status(422)
    const now = clock.now()
    const fields = await sensitive.shown(record)
    const body = viewForm(record, {
      ...{ groups, now, csrf: csrfField(c), templateName, problem },
      opened: sayFormOpened(record.form, { now, known: await actions.knownFields() }),
      sensitive: viewSensitiveCard(record, { fields, proofs: await sensitive.proofs(record.form.number) }),
    })
    return renderPage(c, record.form.title, body)
  }

  routes.get('/', c => {
    const used = shippedForms.find(({ title }) => title === c.req.query('use'))
    const input = used && { title: used.title, fields: used.fields.join('、') }
    return showList(c, input && { problem: '', fieldProblems: {}, input })
  })
  routes.post(
    '/',
    action({
      form: NewForm,
      async run(c, { title, group, closesAt, capacity, options, fields, ...more }) {
        const closes = closesAt === '' ? undefined : instantFrom(closesAt)
        if (closes && closes.epochMilliseconds <= clock.now().epochMilliseconds)
          throw new Refusal('截止时间已经过了，请改一个以后的时间。')
        const plan = formPlanOf(title, {
          options: pieces(options).map(optionOf),
          fields: pieces(fields),
          closesAt: closes,
          capacity: capacity === '' ? undefined : Number(capacity),
          note: shippedForms.find(one => one.title === title)?.note ?? '',
        })
        const groupIds = group === 'all' ? (await directory.groups()).map(({ id }) => id) : [group]
        const sensitiveFields = sensitive.isOn
          ? sensitiveFieldsOf(typedFieldsOf(more), {
              viewers: await organizers(),
              today: dayInShanghai(clock.now()),
            })
          : []
        const record = await actions.create({ ...plan, sensitiveFields }, { groupIds, by: actorOf(c) })
        return `/forms/${record.form.number}`
      },
      show: showList,
    }),
  )
  routes.get('/:number{[0-9]+}', c => showForm(c))
  routes.post(
    '/:number{[0-9]+}/close',
    action({
      form: noFields,
      async run(c) {
        await actions.close(numberInPath(c))
        return `/forms/${numberInPath(c)}`
      },
      show: (c, { problem }) => showForm(c, problem),
    }),
  )
  addFileRoutes(routes, { actions, files, showForm })
  routes.route('/', sensitiveRoutes({ sensitive, forms: actions }))
  return {
    path: 'forms',
    title: '报名',
    chapter: 'forms',
    section: '签到',
    read: ['organizer'],
    write: ['organizer'],
    routes,
  }
}

const Template = form(z.object({ file: z.instanceof(File, { error: '请先选一个 .xlsx 文件。' }) }))

type FileParts = Pick<PageParts, 'actions' | 'files'> & {
  showForm(c: ConsoleContext, problem: string): Promise<Response>
}

/** Downloads, and the office's own sheet. */
function addFileRoutes(routes: Hono<ConsoleEnv>, { actions, files, showForm }: FileParts): void {
  const recordOf = (c: ConsoleContext) => actions.require(numberInPath(c))
  const orProblem = async (c: ConsoleContext, answer: () => Promise<Response>) => {
    try {
      return await answer()
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      return showForm(c, cause.message)
    }
  }
  routes.get('/:number{[0-9]+}/answers.xlsx', async c =>
    sendFile(c, await files.ownFile(await recordOf(c), taker(c))),
  )
  routes.get('/:number{[0-9]+}/template.xlsx', c =>
    orProblem(c, async () => sendFile(c, await files.filledTemplate(await recordOf(c), taker(c)))),
  )
  routes.post('/:number{[0-9]+}/template', c =>
    orProblem(c, async () => {
      const { file } = await valuesOf(c, Template)
      const bytes = new Uint8Array(await file.arrayBuffer())
      await files.keepTemplate(await recordOf(c), { name: file.name, bytes }, c.get('person').name)
      return c.redirect(`/forms/${numberInPath(c)}`, 303)
    }),
  )
}

const taker = (c: ConsoleContext) => ({ byName: c.get('person').name, road: 'console' as const })
