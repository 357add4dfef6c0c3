import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { card, type Html } from '../../../console/widgets.ts'
import type { GroupCard } from '../../../ports/groups.ts'
import { streams } from '../../../ports/items.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import type { Broadcast } from '../broadcast/records.ts'
import { sayCorrects } from '../broadcast/words.ts'
import { groupPicker } from './group-picker.ts'
import { asInGroup, basePath, problemNote } from './views.ts'

/** The values of the editor form. */
export type Typed = {
  number?: number
  kind: 'notice' | 'digest'
  stream: string
  title: string
  text: string
  targets: string
  when: string
  reminds: boolean
  revision: number
  /** The digest that it corrects. */
  corrects?: number | undefined
}

export function blankDraft(kind: Typed['kind']): Typed {
  return {
    kind,
    stream: kind === 'digest' ? streams[0] : '',
    title: '',
    text: '',
    targets: '全部',
    when: '',
    reminds: true,
    revision: 0,
  }
}

/** The form values of a broadcast. */
export function draftOf({
  number,
  kind,
  stream,
  title,
  text,
  targets,
  sendAt,
  reminders,
  revision,
  corrects,
}: Broadcast): Typed {
  return {
    number,
    kind: kind === 'digest' ? 'digest' : 'notice',
    stream: stream ?? '',
    title,
    text,
    targets,
    when: sendAt ? sayPlainly(Temporal.Instant.from(sendAt)) : '',
    reminds: reminders.length > 0,
    revision,
    corrects,
  }
}

/** The form values of a notice that corrects a broadcast, for the same groups. */
export function correctionOf({ number, kind, title, createdAt, targets }: Broadcast): Typed {
  const { month, day } = inShanghai(Temporal.Instant.from(createdAt))
  const text = `更正：${month}月${day}日发的「${title}」里有一处写错了。\n\n原来写的是：\n\n应该是：\n\n请以这一条为准。`
  const corrects = kind === 'digest' ? number : undefined
  return { ...blankDraft('notice'), title: `更正：${title}`.slice(0, 60), text, targets, corrects }
}

/** 「2026年11月27日 16:30」, in a form that `readOnce` accepts. */
function sayPlainly(at: Temporal.Instant): string {
  const { year, month, day, hour, minute } = inShanghai(at)
  return `${year}年${month}月${day}日 ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

type FormParts = { cards: readonly GroupCard[]; csrf: Html; problem: string; now: Temporal.Instant }

export function editorForm(typed: Typed, { cards, csrf, problem }: FormParts): Html {
  const isNew = typed.number === undefined
  const action = isNew ? `${basePath}/new` : `${basePath}/${typed.number}/edit`
  const isSketch = isNew && typed.kind === 'digest'
  return html`${problem ? problemNote(problem) : ''}
    <div class="cards editor">
    ${card(
      '',
      html`<form id="editor" method="post" action="${action}">${csrf}
        <input type="hidden" name="kind" value="${typed.kind}">
        <input type="hidden" name="revision" value="${typed.revision}">
        ${typed.corrects === undefined ? '' : html`<input type="hidden" name="corrects" value="${typed.corrects}"><p>${sayCorrects(typed)}</p>`}
        ${isSketch ? streamField(typed) : html`<input type="hidden" name="stream" value="${typed.stream}">`}
        ${
          isSketch
            ? ''
            : html`<label>标题（只在控制台里看）<input name="title" value="${typed.title}" maxlength="60" placeholder="不写就用正文开头"></label>
        <label>正文<textarea name="text" rows="14" required>${typed.text}</textarea></label>
        <p class="hint">空一行分段；太长会在段与段之间分成几条，不会拆开一段。</p>`
        }
        <label>什么时候发<input name="when" value="${typed.when}" placeholder="明天上午9点、周五16:30；不写就是通过以后马上发"></label>
        ${groupPicker(typed.targets, cards)}
        ${typed.kind === 'digest' && !isNew ? html`<label><input type="checkbox" name="reminds" value="yes"${typed.reminds ? html` checked` : ''}> 截止前 3 天再提醒一次</label>` : ''}
        <button type="submit">${isNew ? (isSketch ? '拟一份草稿' : '存为草稿') : '保存'}</button>
        ${isNew ? html`<p class="hint">草稿不会发。送审以后，有人通过才发。</p>` : html`<p class="hint">改了正文或群，已经通过的要重新审核。</p>`}</form>
      <p><a href="${isNew ? basePath : `${basePath}/${typed.number}`}">不改了，回去</a></p>`,
    )}
    ${card(
      '群里看到的样子',
      html`<div id="preview" hx-post="${basePath}/preview" hx-include="#editor" hx-trigger="load, input from:#editor delay:700ms" hx-swap="innerHTML"><p class="empty">正在排版…</p></div>`,
    )}</div>`
}

function streamField({ stream }: Typed): Html {
  return html`<label>栏目<select name="stream">${streams.map(
    name => html`<option value="${name}"${name === stream ? html` selected` : ''}>${name}</option>`,
  )}</select></label><p class="hint">按现有的条目拼成，最急的截止日排最前；拟好以后还可以改字。</p>`
}

/** The live preview: messages and target groups. */
export function previewFragment(preview: {
  texts: readonly string[]
  picture: string
  reach: string
  groups: readonly string[]
}): Html {
  const { texts, picture, reach, groups } = preview
  return html`<p><strong>${reach}。</strong></p><p class="hint">${groups.join('、')}</p>
    ${texts.map(asInGroup)}
    <details><summary>看图的群收到长图</summary>
      <img class="long-picture" src="data:image/png;base64,${picture}" alt="长图预览"></details>`
}
