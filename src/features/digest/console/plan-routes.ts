import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { action, actorOf, firstProblem, form, type RefusedForm, valuesOf } from '../../../console/forms.ts'
import { monthAsked } from '../../../console/overview/months.ts'
import { card, csrfField, renderPage, timeOf } from '../../../console/widgets.ts'
import { type ConsoleEnv, Refusal } from '../../../feature.ts'
import type { BroadcastActions } from '../actions.ts'
import type { StreamPlan } from '../broadcast/records.ts'
import type { DigestParts } from '../context.ts'
import { Targets, targetsField, tickedTargets } from './group-picker.ts'
import { calendarView } from './overview/calendar-views.ts'
import { planForm, planList } from './plan-views.ts'
import { basePath, paramOf } from './views.ts'

type C = Context<ConsoleEnv>

const PlanFields = z.object({
  title: z.string().trim().min(1, '请写一个标题').max(30, '标题最多 30 个字'),
  schedule: z.string().trim().min(1, '请写什么时候推').max(100),
  targets: Targets,
  closing: z.string().trim().max(200, '最后一行最多 200 个字').default(''),
  text: z
    .string()
    .max(20_000, '正文最多 20000 个字')
    .default('')
    .transform(text => text.replaceAll('\r\n', '\n')),
  most: z.coerce.number('最多几条要写数字').int().min(1, '至少 1 条').max(10, '最多 10 条').default(5),
  sinceDays: z.coerce
    .number('最近几天要写数字')
    .int()
    .min(1, '至少 1 天')
    .max(730, '最多 730 天')
    .default(90),
  leadHours: z.coerce
    .number('提前几小时要写数字')
    .int()
    .min(1, '至少提前 1 小时')
    .max(168, '最多提前 168 小时'),
  reminds: z
    .string()
    .optional()
    .transform(said => said === 'yes'),
  revision: z.coerce.number().int().default(0),
})

const PlanForm = form(PlanFields, [targetsField])
const VersionForm = form(z.object({ until: z.string(), revision: z.coerce.number().int() }))

/** The form values of a new recurring notice. */
const blankNotice: StreamPlan = {
  id: 'new',
  revision: 0,
  kind: 'notice',
  title: '',
  schedule: '',
  targets: '全部',
  text: '',
  closing: '',
  most: 5,
  sinceDays: 90,
  leadHours: 24,
  reminds: false,
  isPaused: false,
}

/** The pages of plans, and the calendar. */
export function addPlanRoutes(routes: Hono<ConsoleEnv>, parts: DigestParts, actions: BroadcastActions): void {
  const { clock, groups } = parts
  const { plans } = actions

  async function showPlans(c: C): Promise<Response> {
    const now = clock.now()
    const all = await plans.all()
    const next = all.map(plan => {
      const [first] = plan.isPaused ? [] : plans.preview(plan.schedule, now, 1)
      return { plan, next: first }
    })
    const saved = c.req.query('done')
      ? html`<p role="status" class="done">存好了，从下一次起照新的推。</p>`
      : ''
    return renderPage(c, '栏目排期', html`${saved}${planList(next, csrfField(c), now)}`)
  }

  async function show(c: C, plan: StreamPlan, problem = ''): Promise<Response> {
    const form = planForm(plan, { cards: await groups.all(), csrf: csrfField(c), problem, now: clock.now() })
    return renderPage(c, plan.revision === 0 && plan.title === '' ? '新的定期通知' : plan.title, form)
  }

  async function showNextRuns(c: C): Promise<Response> {
    const schedule = c.req.query('schedule')?.trim() ?? ''
    if (schedule === '') return c.html(html`<p class="hint">写好以后，这里是接下来五次。</p>`)
    const now = clock.now()
    const runs = plans.preview(schedule, now)
    return c.html(html`<p>接下来五次：</p><ol>${runs.map(at => html`<li>${timeOf(at, now)}</li>`)}</ol>`)
  }

  const known = async (c: C) => {
    const id = paramOf(c, 'id')
    return id === 'new' ? blankNotice : plans.get(id)
  }

  async function savePlan(c: C, { revision, ...wanted }: z.infer<typeof PlanFields>): Promise<string> {
    const { id } = await known(c)
    if (id !== 'new') await plans.save(id, wanted, { by: actorOf(c), seenRevision: revision })
    else if (wanted.text.trim() === '') throw new Refusal('还没有写通知的正文。')
    else await plans.addNotice(wanted, actorOf(c))
    return `${basePath}/plans?done=1`
  }

  routes.get('/plans', showPlans)
  routes.get('/plans/next', showNextRuns)
  routes.get('/plans/new', c => show(c, blankNotice))
  routes.get('/plans/:id', async c => show(c, await plans.get(c.req.param('id'))))
  routes.post(
    '/plans/:id',
    action({
      form: PlanForm,
      run: savePlan,
      show: async (c, refused) => show(c, asTyped(refused, await known(c)), firstProblem(refused)),
    }),
  )
  routes.post('/plans/:id/remove', removePlan)
  routes.post('/plans/:id/undo', undoPlan)
  routes.get('/calendar', showCalendar)

  for (const [name, isPaused] of [
    ['pause', true],
    ['resume', false],
  ] as const) {
    routes.post(`/plans/:id/${name}`, async c => {
      const { id, revision } = await plans.get(c.req.param('id'))
      await plans.save(id, { isPaused }, { by: actorOf(c), seenRevision: revision })
      return c.redirect(`${basePath}/plans`, 303)
    })
  }

  async function removePlan(c: C): Promise<Response> {
    const plan = await plans.get(paramOf(c, 'id'))
    if (plan.kind === 'digest') throw new Refusal('三个栏目的排期不能删，可以暂停。')
    await plans.remove(plan.id)
    return c.redirect(`${basePath}/plans`, 303)
  }

  async function undoPlan(c: C): Promise<Response> {
    const { until, revision } = await valuesOf(c, VersionForm)
    const id = paramOf(c, 'id')
    await plans.undo(id, until, { by: actorOf(c), seenRevision: revision })
    return c.redirect(`${basePath}/plans/${encodeURIComponent(id)}`, 303)
  }

  async function showCalendar(c: C): Promise<Response> {
    const now = clock.now()
    const month = monthAsked(c.req.query('month'), now)
    const calendar = await calendarView(month, { actions, now })
    return renderPage(c, `${month.year}年${month.month}月`, card('', calendar))
  }
}

/** The plan with the typed values, to be shown again. */
function asTyped({ input, lists }: RefusedForm, before: StreamPlan): StreamPlan {
  const { title, schedule, closing, text } = { ...before, ...input }
  const targets = tickedTargets(lists?.targets)
  const numberIn = (name: 'most' | 'sinceDays' | 'leadHours' | 'revision') =>
    Number(input[name] ?? before[name]) || before[name]
  return {
    ...before,
    ...{ title, schedule, targets, closing, text },
    most: numberIn('most'),
    sinceDays: numberIn('sinceDays'),
    leadHours: numberIn('leadHours'),
    revision: numberIn('revision'),
    reminds: input.reminds === 'yes',
  }
}
