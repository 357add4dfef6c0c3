import { Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import {
  action,
  actorOf,
  type FormInput,
  fieldProblem,
  form,
  numberInPath,
  sendFile,
} from '../../../console/forms.ts'
import { card, csrfField, emptyState, type Html, renderPage, stackTable } from '../../../console/widgets.ts'
import { type ConsoleContext, type ConsoleEnv, Refusal } from '../../../feature.ts'
import type { FormRecord } from '../../../forms/form.ts'
import type { TypedField } from '../../../forms/sensitive.ts'
import type { FormActions } from '../actions.ts'
import type { SensitiveActions, ShownField } from './actions.ts'
import type { SensitiveProof } from './kept/records.ts'
import { sayErasure } from './kept/words.ts'

type Parts = { sensitive: SensitiveActions; forms: Pick<FormActions, 'require'> }

/** Rows for sensitive questions. A form that needs more should not be a form. */
const rowIds = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8', 's9', 's10'] as const
/** Rows that are shown at first. */
const rowsShown = 3
const parts = ['ask', 'why', 'viewers', 'keptUntil'] as const
const line = z.string().trim().max(100, '请不要超过 100 个字。').default('')

/** The inputs of {@link viewSensitiveRows}. */
export const sensitiveInputs = Object.fromEntries(
  rowIds.flatMap(id => parts.map(part => [`${id}-${part}`, line] as const)),
)

/** The questions that were typed, empty rows too. */
export const typedFieldsOf = (input: Readonly<Record<string, unknown>>): TypedField[] =>
  rowIds.map(id => {
    const [ask, why, viewers, keptUntil] = parts.map(part => String(input[`${id}-${part}`] ?? ''))
    return { ask: ask ?? '', why: why ?? '', viewers: viewers ?? '', keptUntil: keptUntil ?? '' }
  })

type Rows = { viewers: readonly { name: string }[]; input: FormInput; fieldProblems: FormInput }

/** The part of a new form that asks for sensitive data. */
export function viewSensitiveRows({ viewers, input, fieldProblems }: Rows): Html {
  const isFilled = (ids: readonly string[]) =>
    ids.some(id => parts.some(part => input[`${id}-${part}`] || fieldProblems[`${id}-${part}`]))
  const text = (name: string, label: string, more = html``) =>
    html`<label>${label}<input name="${name}" value="${input[name] ?? ''}" ${more}>${fieldProblem(fieldProblems, name)}</label>`
  const rows = rowIds.map(
    (id, at) => html`<fieldset><legend>第 ${at + 1} 项</legend>
      ${text(`${id}-ask`, '填什么', html`placeholder="${at === 0 ? '身份证号' : ''}"`)}
      ${text(`${id}-why`, '拿来做什么', html`placeholder="${at === 0 ? '进场核对身份' : ''}"`)}
      ${text(`${id}-viewers`, '谁能看，用顿号分开')}
      ${text(`${id}-keptUntil`, '最晚留到哪天', html`type="date"`)}</fieldset>`,
  )
  return html`<details ${isFilled(rowIds) ? 'open' : ''}><summary>敏感信息（身份证号、健康等，没有就不用管）</summary>
    <p class="hint">不在聊天里问：报了名的人私聊机器人拿一个只能用一次的网页，自己同意了才填，不填也能报名。加密存放，只有写明的人能看；移交以后、到了日子或者本人撤回，就删，并给本人凭证。能不收就不收。</p>
    <p class="hint">能看的人从组织者里写：${viewers.map(({ name }) => name).join('、') || '还没有组织者。请要看的人先私聊机器人发「申请组织者」'}。</p>
    ${rows.slice(0, rowsShown)}
    <details ${isFilled(rowIds.slice(rowsShown)) ? 'open' : ''}><summary>不止 ${rowsShown} 项</summary>${rows.slice(rowsShown)}</details></details>`
}

/** The part of a form's page about its sensitive fields; empty where it has none. */
export function viewSensitiveCard(
  { form }: FormRecord,
  { fields, proofs }: { fields: readonly ShownField[]; proofs: readonly SensitiveProof[] },
): Html {
  if (fields.length === 0) return html``
  const kept = (id: string) =>
    proofs.filter(one => one.fields.some(field => field.id === id && !field.erased)).length
  const rows = fields.map(({ id, ask, why, viewers, keptUntil }) => [
    ask,
    why,
    viewers.join('、') || '现在没有人',
    keptUntil,
    `${kept(id)} 人`,
  ])
  return card(
    '敏感信息',
    html`${stackTable(['填什么', '用途', '谁能看', '最晚留到', '存着'], rows)}
    <p>报了名的人私聊机器人发「填写 ${form.number}」拿网页填。<a href="/forms/${form.number}/sensitive">查看、移交</a>（只有写明的人）</p>
    ${viewErased(proofs)}`,
  )
}

function viewErased(proofs: readonly SensitiveProof[]): Html {
  const rows = proofs.flatMap(({ receipt, fields }) =>
    fields.flatMap(({ ask, erased }) =>
      erased ? [[html`<code>${receipt}</code>`, ask, sayErasure(erased)]] : [],
    ),
  )
  if (rows.length === 0) return html``
  return html`<details><summary>删除记录 ${rows.length} 条</summary>${stackTable(['凭证', '项目', '怎么删的'], rows)}</details>`
}

const HandOver = form(
  z.object({
    to: z.string().trim().min(1, '请写移交给了哪里。').max(60, '请不要超过 60 个字。'),
    receipts: z.string().transform(text => text.split(' ')),
  }),
)

/** The pages of named viewers, under `/forms/:number/sensitive`. */
export function sensitiveRoutes({ sensitive, forms }: Parts): Hono<ConsoleEnv> {
  const routes = new Hono<ConsoleEnv>()

  async function show(c: ConsoleContext, record: FormRecord, problem = ''): Promise<Response> {
    const { title, number } = record.form
    const receipts = (await sensitive.proofs(number)).map(one => one.receipt)
    const { columns, rows } = await sensitive.view(record, actorOf(c))
    const body = html`<p><a href="/forms/${number}">← ${title}</a></p>
      ${card('敏感信息', rows.length > 0 ? stackTable(columns, rows) : emptyState('没有存着的。'))}
      <p class="hint">这次查看记进了导出记录。请不要截图、不要转到群里。</p>
      ${rows.length > 0 ? viewHandOver(`/forms/${number}/sensitive`, { csrf: csrfField(c), receipts, problem }) : ''}`
    return renderPage(c, `${title} · 敏感信息`, body)
  }

  /** For the form of the address. Who may not see its answers reads why. */
  const orRefusal = async (c: ConsoleContext, answer: (record: FormRecord) => Promise<Response>) => {
    const record = await forms.require(numberInPath(c))
    try {
      return await answer(record)
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      c.status(403)
      return renderPage(
        c,
        '敏感信息',
        html`<p class="problem" role="alert">${cause.message}</p><p><a href="/forms/${numberInPath(c)}">← 回报名表</a></p>`,
      )
    }
  }
  routes.get('/:number{[0-9]+}/sensitive', c => orRefusal(c, record => show(c, record)))
  routes.get('/:number{[0-9]+}/sensitive/answers.xlsx', c =>
    orRefusal(c, async record => sendFile(c, await sensitive.file(record, actorOf(c)))),
  )
  routes.post(
    '/:number{[0-9]+}/sensitive/hand-over',
    action({
      form: HandOver,
      async run(c, { to, receipts }) {
        await sensitive.handOver(numberInPath(c), { by: actorOf(c), to, receipts })
        return `/forms/${numberInPath(c)}`
      },
      show: (c, { problem, fieldProblems }) =>
        orRefusal(c, record => show(c, record, problem || (fieldProblems.to ?? ''))),
    }),
  )
  return routes
}

type HandOverView = { csrf: Html; receipts: readonly string[]; problem: string }

const viewHandOver = (path: string, { csrf, receipts, problem }: HandOverView) =>
  card(
    '移交',
    html`<div class="actions"><a role="button" href="${path}/answers.xlsx">下载表格</a></div>
    <p>交出去以后点下面，这一页上的马上从机器人里删掉，每个人都会收到删除凭证；之后新填的会留着。下载的那份也请交完就删。</p>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
    <form method="post" action="${path}/hand-over">${csrf}<input type="hidden" name="receipts" value="${receipts.join(' ')}">
      <label>移交给<input name="to" required maxlength="60" placeholder="台江区委组织部"></label>
      <button>已经移交，全部删掉</button></form>`,
  )
