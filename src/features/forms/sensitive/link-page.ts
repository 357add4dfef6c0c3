import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { type FormInput, fieldProblem, form, numberInPath, valuesOf } from '../../../console/forms.ts'
import { renderSecretPage } from '../../../console/open-page.ts'
import type { Html } from '../../../console/widgets.ts'
import { FieldRefusal, type LinkEnv, Refusal } from '../../../feature.ts'
import type { Clock } from '../../../ports/clock.ts'
import { sayKeptDay } from '../../../text/dates/kept-day.ts'
import type { FormActions } from '../actions.ts'
import type { SensitiveActions, ShownField } from './actions.ts'
import { dueFields } from './kept/links.ts'
import { consentToSensitiveData, sayProof } from './kept/words.ts'

const path = '/open/form/:number{[0-9]+}/:token{[A-Za-z0-9_-]{32}}'

type Parts = { sensitive: SensitiveActions; forms: Pick<FormActions, 'require'>; clock: Clock }
const Filled = form(z.record(z.string(), z.string().trim()))
type Refused = { problem: string; fieldProblems: FormInput; values: FormInput }
const nothing: Refused = { problem: '', fieldProblems: {}, values: {} }

/** The page behind a member's link: sensitive fields and the consent to them. Without a script, without a cookie. */
export function sensitiveLinkPage({ sensitive, forms, clock }: Parts): Hono {
  const routes = new Hono<LinkEnv>()

  async function showForm(c: Context, refused: Refused): Promise<Response> {
    const number = numberInPath(c)
    await sensitive.links.memberOf(number, c.req.param('token') ?? '')
    const record = await forms.require(number)
    const open = new Set(dueFields(record, clock).map(({ id }) => id))
    const fields = (await sensitive.shown(record)).filter(({ id }) => open.has(id))
    return renderSecretPage(c, {
      title: record.form.title,
      body: viewFields(fields, { consent: consentToSensitiveData(record.form), refused }),
      status: refused === nothing ? 200 : 422,
    })
  }

  const orRefusal = async (c: Context, answer: () => Promise<Response>): Promise<Response> => {
    try {
      return await answer()
    } catch (cause) {
      if (!(cause instanceof Refusal)) throw cause
      const body = html`<p class="problem" role="alert">${cause.message}</p>`
      return renderSecretPage(c, { title: '填写', body, status: 404 })
    }
  }

  routes.get(path, c => orRefusal(c, () => showForm(c, nothing)))
  routes.post(path, c =>
    orRefusal(c, async () => {
      const values = await valuesOf(c, Filled)
      const filled = { token: c.req.param('token'), values, hasAgreed: values.consent === 'yes' }
      try {
        c.set('owner', await sensitive.ownerOf(numberInPath(c), filled.token))
        const proof = await sensitive.fill(numberInPath(c), filled)
        return renderSecretPage(c, { title: '收好了', body: viewDone(numberInPath(c), sayProof(proof)) })
      } catch (cause) {
        if (!(cause instanceof Refusal)) throw cause
        const isField = cause instanceof FieldRefusal
        const problem = isField ? '' : cause.message
        return showForm(c, {
          problem,
          fieldProblems: isField ? { [cause.field]: cause.message } : {},
          values,
        })
      }
    }),
  )
  return new Hono().route('/', routes)
}

type FieldsView = { consent: string; refused: Refused }

function viewFields(
  fields: readonly ShownField[],
  { consent, refused: { problem, fieldProblems, values } }: FieldsView,
): Html {
  return html`<p>下面每一项都写着拿来做什么、谁能看、留到哪天。可以只填一部分，也可以不填，不影响报名。</p>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
    <form method="post" autocomplete="off">
    ${fields.map(
      ({ id, ask, why, viewers, keptUntil }) => html`<label>${ask}
        <input name="${id}" value="${values[id] ?? ''}" maxlength="200" aria-describedby="${id}-about">
        <small id="${id}-about">用途：${why}。谁能看：只有${viewers.join('、') || '（现在没有人）'}。移交以后就删，最晚${sayKeptDay(keptUntil)}删。</small>
        ${fieldProblem(fieldProblems, id)}</label>`,
    )}
    <label><input type="checkbox" name="consent" value="yes"> ${consent}${fieldProblem(fieldProblems, 'consent')}</label>
    <button>交上去</button></form>
    <p>加密存着，和报名表分开放，不进备份。交上去以后这个链接就不能再用了。</p>`
}

const viewDone = (number: number, proof: string) =>
  html`<section class="card">${proof.split('\n').map(line => html`<p>${line}</p>`)}
    <p>请记下凭证：删掉的时候机器人会用同一个凭证私下告诉你。</p>
    <p>要改，私聊机器人发「填写 ${number}」重新填；不想给了，发「撤回填写 ${number}」，马上删。</p></section>`
