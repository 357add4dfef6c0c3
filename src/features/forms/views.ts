import { html } from 'hono/html'
import type { Temporal } from 'temporal-polyfill'
import { fieldProblem, type RefusedForm } from '../../console/forms.ts'
import {
  card,
  emptyState,
  fileInput,
  type Html,
  stackTable,
  stateBadge,
  timeOf,
} from '../../console/widgets.ts'
import type { FormRecord } from '../../forms/form.ts'
import { isFormOpen } from '../../forms/rules.ts'
import { answerStates } from '../../forms/sheet.ts'
import { shippedForms } from '../../forms/shipped-forms.ts'
import { sayLimits, sayTotal } from '../../forms/words.ts'
import type { Group } from '../../ports/directory.ts'
import { withDistinctNames } from '../../ports/line-ids.ts'
import { sayKeptDay } from '../../text/dates/kept-day.ts'
import { instantOf } from '../../text/dates/time.ts'

type ListView = {
  all: readonly FormRecord[]
  groups: readonly Group[]
  now: Temporal.Instant
  csrf: Html
  refused: RefusedForm | undefined
  /** The part that asks for sensitive data. */
  sensitiveRows: Html
}

/** All forms, and a new one. */
export function viewForms({ all, groups, now, csrf, refused, sensitiveRows }: ListView): Html {
  const rows = all.map(record => [
    html`<a href="/forms/${record.form.number}">${record.form.title}</a>`,
    stateOf(record, now),
    sayTotal(record),
    sayLimits(record.form, now),
  ])
  return html`${card('报名表', rows.length > 0 ? stackTable(['报什么', '状态', '人数', '限制'], rows) : emptyState('还没有报名表。在下面开一张，或者在群里发「报名表 12月路演 40人 截止12月10日18:00」。'))}
    ${card('开一张', html`<p>现成的：${shippedForms.map(({ title }) => html`<a href="/forms?use=${encodeURIComponent(title)}">${title}</a> `)}</p>${viewNewForm(groups, { csrf, refused, sensitiveRows })}`)}`
}

const stateOf = ({ form }: FormRecord, now: Temporal.Instant) =>
  isFormOpen(form, now) ? stateBadge('报名中', 'good') : stateBadge('已结束', 'quiet')

type NewFormView = Pick<ListView, 'csrf' | 'refused' | 'sensitiveRows'>

function viewNewForm(groups: readonly Group[], { csrf, refused, sensitiveRows }: NewFormView): Html {
  const { input = {}, fieldProblems = {}, problem = '' } = refused ?? {}
  const text = (name: string, label: string, more: Html) =>
    html`<label>${label}<input name="${name}" value="${input[name] ?? ''}" ${more}>${fieldProblem(fieldProblems, name)}</label>`
  return html`<form method="post" action="/forms">${csrf}
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
    ${text('title', '报什么', html`required maxlength="40" placeholder="12月路演"`)}
    <label>哪个群<select name="group" required>
      ${withDistinctNames(groups).map(({ id, name }) => html`<option value="${id}" ${input.group === id ? 'selected' : ''}>${name}</option>`)}
      <option value="all" ${input.group === 'all' ? 'selected' : ''}>全部 ${groups.length} 个群，名额合在一起</option>
    </select>${fieldProblem(fieldProblems, 'group')}</label>
    ${text('closesAt', '什么时候截止（不写就不定时间）', html`type="datetime-local"`)}
    ${text('capacity', '一共几人（不写就不限）', html`inputmode="numeric"`)}
    ${text('options', '选项，用顿号分开，可带人数（没有就空着）', html`placeholder="上午20人、下午20人"`)}
    ${text('fields', '还要填什么，用顿号分开，用途写在括号里（没有就空着）', html`placeholder="设备（备投影）"`)}
    <p class="hint">姓名、众创空间、支部、团队名单上有的不会再问。身份证、健康、宗教、银行卡这些不在聊天里收。</p>
    ${sensitiveRows}
    <button>开始报名</button></form>`
}

type FormView = {
  groups: readonly Group[]
  now: Temporal.Instant
  csrf: Html
  templateName: string | undefined
  problem: string
  /** The text that the group reads. */
  opened: string
  sensitive: Html
}

/** One form: how to announce it, who answered, and the files. */
export function viewForm(record: FormRecord, view: FormView): Html {
  const { groups, now, csrf, templateName, problem } = view
  const { form, answers } = record
  const names = withDistinctNames(groups)
    .filter(({ id }) => form.groupIds.includes(id))
    .map(({ name }) => name)
  const path = `/forms/${form.number}`
  return html`<p><a href="/forms">← 全部报名表</a></p>
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
    ${card(
      html`${stateOf(record, now)} ${sayTotal(record)}`,
      html`<p>${sayLimits(form, now)}。群：${names.join('、')}。回答留到${sayKeptDay(form.keptUntil)}，只有组织者看得到全部。</p>
      <div class="actions"><a role="button" href="${path}/answers.xlsx">下载表格</a>
      ${isFormOpen(form, now) ? html`<form method="post" action="${path}/close">${csrf}<button class="secondary">结束报名</button></form>` : ''}</div>`,
    )}
    ${card(
      '谁报了名',
      answers.length > 0
        ? stackTable(
            ['姓名', '人数', '情况', '填的内容', '时间'],
            answers.map(answer => [
              answer.name,
              `${answer.option} ${answer.people} 人`.trim(),
              answerStates[answer.state],
              form.fields
                .flatMap(({ id, ask }) => (answer.values[id] ? [`${ask}：${answer.values[id]}`] : []))
                .join('；'),
              timeOf(instantOf(answer.at), now),
            ]),
          )
        : emptyState('还没有人报名。'),
    )}
    ${view.sensitive}
    ${card('发到群里的话', html`<pre class="notice">${view.opened}</pre><p class="hint">在群里发「报名表 …」开的，机器人已经说过；在这里开的，请复制到群里。</p>`)}
    ${card('填进单位自己的表', viewTemplate(path, csrf, templateName))}`
}

const viewTemplate = (path: string, csrf: Html, templateName: string | undefined) =>
  html`<p>上传一次上级发的 .xlsx，按表头的列名对上（姓名、单位、人数……），以后点一下就填好；公式、合并的格子原样不动。</p>
    ${templateName ? html`<p><a role="button" href="${path}/template.xlsx">下载填好的「${templateName}」</a></p>` : ''}
    <form method="post" action="${path}/template" enctype="multipart/form-data">${csrf}
      ${fileInput(templateName ? '换一张模板' : '模板', '.xlsx')}
      <button class="secondary">上传</button></form>`
