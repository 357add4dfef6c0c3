import { html } from 'hono/html'
import type { RefusedForm } from '../../../console/forms.ts'
import { emptyState, type Html } from '../../../console/widgets.ts'
import type { Group, Member } from '../../../ports/directory.ts'
import type { Desk } from '../desks.ts'
import { instructorVersion } from '../instructors.ts'
import type { Instructor } from '../records.ts'

type View = {
  instructors: readonly Instructor[]
  desks: readonly Desk[]
  people: readonly { group: Group; members: readonly Member[] }[]
  csrf: Html
  /** The form as it was typed, where it was refused. */
  refused: RefusedForm | undefined
  /** The chat id of the one to be edited. */
  edit: string | undefined
}

/** Instructors with their desks, and the form that adds or changes one. */
export function viewInstructors(view: View): Html {
  const { instructors, refused, edit } = view
  const edited = instructors.find(({ chatId }) => chatId === (refused?.input.chatId ?? edit))
  return html`<p><a href="/desk">← 咨询</a></p>
    ${refused ? html`<p role="alert" class="problem">${refused.problem}</p>` : ''}
    <section class="card"><h2>谁来答（${instructors.length} 位）</h2>
    <p class="hint">先问服务台和空间都对得上的，再问只管这张台的、只管这个空间的，最后问什么都答的；一个工作日提醒，两个工作日转给下一位，都没有就归组织者。</p>
    ${
      instructors.length === 0
        ? emptyState('还没有登记指导员，问题会转给组织者。请用下面的表单登记一位。')
        : viewList(view)
    }</section>
    <section class="card"><h2>${edited ? `修改：${edited.name}` : '登记一位指导员'}</h2>${viewForm(view, edited)}</section>`
}

function viewList({ instructors, people, csrf }: View): Html {
  const nameOfSpace = (id: string) =>
    people.find(({ group }) => group.id === id)?.group.name ?? '（没有绑定的群）'
  return html`<table class="stack">
    <thead><tr><th>指导员</th><th>称呼</th><th>服务台</th><th>空间（群）</th><td></td></tr></thead>
    <tbody>${instructors.map(
      one => html`<tr>
        <td data-label="指导员">${one.name}</td>
        <td data-label="称呼">${one.title}</td>
        <td data-label="服务台">${one.desks.join('、') || '全部'}</td>
        <td data-label="空间（群）">${one.spaces.map(nameOfSpace).join('、') || '全部'}</td>
        <td data-label=""><a href="/desk/instructors?edit=${encodeURIComponent(one.chatId)}#form">修改</a>
          <form method="post" action="/desk/instructors/remove">${csrf}<input type="hidden" name="chatId" value="${one.chatId}"><button type="submit" class="secondary">移出名单</button></form></td>
      </tr>`,
    )}</tbody></table>`
}

function viewForm({ desks, people, csrf, refused }: View, edited: Instructor | undefined): Html {
  const typed = valuesOf(edited, refused)
  const who = edited
    ? html`<input type="hidden" name="chatId" value="${edited.chatId}">
        <label>姓名<input name="name" value="${typed.name}" maxlength="40" required></label>`
    : html`<label>成员（在群里跟我说过话的）
        <select name="member" required><option value="">请选择</option>${people.map(
          ({ group, members }) =>
            html`<optgroup label="${group.name}">${members.map(member => html`<option value="${member.id}" ${member.id === typed.member ? 'selected' : ''}>${member.name}</option>`)}</optgroup>`,
        )}</select></label>
        <label>姓名（不填就用群里的名字）<input name="name" value="${typed.name}" maxlength="40"></label>`
  return html`<form method="post" action="/desk/instructors" id="form">${csrf}<input type="hidden" name="seen" value="${typed.seen}">${who}
      <label>称呼（群里这样署名，不填就是「姓＋老师」）<input name="title" value="${typed.title}" maxlength="20" placeholder="何老师"></label>
      <fieldset><legend>答哪几张服务台（都不勾：全部）</legend>${desks.map(({ name }) => check('desk', name, name, typed.desks))}</fieldset>
      <fieldset><legend>管哪几个空间的群（都不勾：全部）</legend>${people.map(({ group }) => check('space', group.id, group.name, typed.spaces))}${unboundSpaces(people, typed.spaces).map(id => check('space', id, `没有绑定的群（${id}）`, typed.spaces))}</fieldset>
      <button type="submit">${edited ? '保存' : '登记'}</button></form>`
}

/** The values of the form: as typed where it was refused, else as the entry stands. */
function valuesOf(edited: Instructor | undefined, refused: RefusedForm | undefined) {
  const { input = {}, lists = {} } = refused ?? {}
  return {
    member: input.member ?? '',
    name: input.name ?? edited?.name ?? '',
    title: input.title ?? edited?.title ?? '',
    desks: lists.desk ?? edited?.desks ?? [],
    spaces: lists.space ?? edited?.spaces ?? [],
    seen: edited || input.member ? (input.seen ?? instructorVersion(edited)) : '',
  }
}

function check(name: string, value: string, label: string, chosen: readonly string[]): Html {
  return html`<label><input type="checkbox" name="${name}" value="${value}" ${chosen.includes(value) ? 'checked' : ''}> ${label}</label>`
}

/** Groups that are not bound now stay an instructor's until they are unticked: with none left it would mean all. */
function unboundSpaces(people: View['people'], spaces: readonly string[]): string[] {
  const bound = new Set(people.map(({ group }) => group.id))
  return spaces.filter(id => !bound.has(id))
}
