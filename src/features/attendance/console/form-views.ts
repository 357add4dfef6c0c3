import { html } from 'hono/html'
import { fieldProblem, type RefusedForm } from '../../../console/forms.ts'
import { emptyState, type Html } from '../../../console/widgets.ts'
import type { Group } from '../../../ports/directory.ts'
import { withDistinctNames } from '../../../ports/line-ids.ts'
import { branchUnit, spaceUnit, type TypedLesson } from './forms.ts'

const formats = ['讲学问答', '情景模拟', '案例分析', '现场演示'] as const

/** Choices of the form. */
export type Choices = { groups: readonly Group[]; branches: readonly string[]; spaces: readonly string[] }

type FormContext = {
  action: string
  submit: string
  csrf: Html
  refused: RefusedForm | undefined
  /** `new` may come again; `edit` of a lesson in a series says whether all change. */
  kind: 'new' | 'edit' | 'edit-in-series'
}

/** The form for a lesson, once or again and again. */
export function viewLessonForm(typed: TypedLesson, choices: Choices, context: FormContext): Html {
  if (choices.groups.length === 0) {
    return html`<section class="card">${emptyState('还没有绑定的群。请组织者到群里发「绑定本群」，再回来开课。')}</section>`
  }
  const at = problemsAt(context)
  return html`<section class="card" id="open">
    ${context.refused?.problem ? html`<p role="alert" class="problem">${context.refused.problem}</p>` : ''}
    <form method="post" action="${context.action}">${context.csrf}
      ${typed.seen === '' ? '' : html`<input type="hidden" name="seen" value="${typed.seen}">`}
      <label>名称 <input name="title" required maxlength="40" value="${typed.title}" placeholder="周末微党课">${at('title')}</label>
      <div class="grid">
        <label>形式 <input name="format" list="formats" maxlength="20" value="${typed.format}" placeholder="可选，也可自己写">${at('format')}</label>
        <label>主讲 <input name="speaker" maxlength="40" value="${typed.speaker}" placeholder="可不填">${at('speaker')}</label>
        <label>地点 <input name="place" maxlength="60" value="${typed.place}" placeholder="可不填">${at('place')}</label>
      </div>
      <datalist id="formats">${formats.map(format => html`<option value="${format}">`)}</datalist>
      <div class="grid">
        <label>日期 <input type="date" name="date" required value="${typed.date}">${at('date')}</label>
        <label>开始 <input type="time" name="start" required value="${typed.start}">${at('start')}</label>
        <label>结束 <input type="time" name="end" required value="${typed.end}">${at('end')}</label>
      </div>
      ${context.kind === 'new' ? viewRepeat(typed, at) : ''}
      <fieldset><legend>在哪些群签到</legend>${withDistinctNames(choices.groups).map(
        ({ id, name }) =>
          html`<label><input type="checkbox" name="group" value="${id}" ${typed.group.includes(id) ? 'checked' : ''}> ${name}</label>`,
      )}${at('group')}</fieldset>
      <fieldset><legend>报名</legend>
        ${box('signUp', '要先报名（发「报名」）', typed.signUp === 'yes')}
        <label>名额 <input name="capacity" inputmode="numeric" value="${typed.capacity}" placeholder="不填就不限；满了排候补">${at('capacity')}</label>
      </fieldset>
      ${viewExpected(typed, choices, at)}
      <label>材料 <textarea name="materials" rows="2" placeholder="链接或文字，一行一个，可不填">${typed.materials}</textarea>${at('materials')}</label>
      ${viewCounting(typed, context)}
      ${context.kind === 'edit-in-series' ? viewScope(typed) : ''}
      <button type="submit">${context.submit}</button>
    </form></section>`
}

type ProblemAt = (field: string) => Html
const problemsAt =
  ({ refused }: FormContext): ProblemAt =>
  field =>
    fieldProblem(refused?.fieldProblems ?? {}, field)

function viewCounting(typed: TypedLesson, context: FormContext): Html {
  const at = problemsAt(context)
  const isWrong = ['opensBefore', 'lateAfter'].some(name => context.refused?.fieldProblems[name])
  return html`<details ${isWrong ? 'open' : ''}><summary>签到怎么算</summary>
        <div class="grid">
          <label>提前几分钟可以签到 <input name="opensBefore" inputmode="numeric" value="${typed.opensBefore}">${at('opensBefore')}</label>
          <label>开始几分钟后算迟到 <input name="lateAfter" inputmode="numeric" value="${typed.lateAfter}">${at('lateAfter')}</label>
        </div>
        ${context.kind === 'new' ? box('code', '签到要带现场屏幕上的四位数字', typed.code === 'yes') : ''}
        ${box('signOut', '下课时还要签退：记在场分钟和早退', typed.signOut === 'yes')}
        ${box('silent', '下课时群里不报人数，只发给组织者', typed.silent === 'yes')}
      </details>`
}

const box = (name: string, words: string, isOn: boolean) =>
  html`<label><input type="checkbox" name="${name}" value="yes" ${isOn ? 'checked' : ''}> ${words}</label>`

function viewRepeat(typed: TypedLesson, at: ProblemAt): Html {
  const option = (value: TypedLesson['repeat'], words: string) =>
    html`<option value="${value}" ${typed.repeat === value ? 'selected' : ''}>${words}</option>`
  return html`<div class="grid">
      <label>重复 <select name="repeat">
        ${option('once', '只这一次')}${option('weekly', '每周这一天')}${option('biweekly', '隔周这一天')}${option('monthly', '每月第几个星期几，和这一天一样')}
      </select></label>
      <label>到哪天为止 <input type="date" name="until" value="${typed.until}">${at('until')}</label>
    </div>
    <label><input type="checkbox" name="restDays" value="yes" ${typed.restDays ? 'checked' : ''}> 节假日和调休上班的周末也照常上（不勾就跳过）</label>`
}

function viewExpected(typed: TypedLesson, { branches, spaces }: Choices, at: ProblemAt): Html {
  const choice = (value: TypedLesson['whom'], words: string) =>
    html`<label><input type="radio" name="whom" value="${value}" ${typed.whom === value ? 'checked' : ''}> ${words}</label>`
  const unit = (value: string, words: string) =>
    html`<label><input type="checkbox" name="unit" value="${value}" ${typed.unit.includes(value) ? 'checked' : ''}> ${words}</label>`
  const units = [
    ...branches.map(branch => unit(branchUnit(branch), branch)),
    ...spaces.map(space => unit(spaceUnit(space), `${space}（空间）`)),
  ]
  return html`<fieldset><legend>应到</legend>
    ${choice('groups', '这些群里、名单上有的人')}
    ${choice('units', '指定的支部和众创空间')}
    ${units.length > 0 ? html`<div class="units">${units}</div>` : html`<p class="hint">名单还是空的，先在「成员」页导入，才能按支部选。</p>`}
    <div class="units">${box('staff', '组织者和主讲也算应到', typed.staff === 'yes')}</div>
    ${choice('signed-up', '报了名的人')}
    ${choice('nobody', '不计，来了就算')}${at('unit')}
  </fieldset>`
}

function viewScope({ scope }: TypedLesson): Html {
  return html`<fieldset><legend>改哪些</legend>
    <label><input type="radio" name="scope" value="one" ${scope === 'one' ? 'checked' : ''}> 只改这一次</label>
    <label><input type="radio" name="scope" value="series" ${scope === 'series' ? 'checked' : ''}> 以后每次都改（时间按这次的几点到几点）</label>
  </fieldset>`
}
