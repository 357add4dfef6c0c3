import { html } from 'hono/html'
import type { FormInput } from '../../../../console/forms.ts'
import { type Html, stateBadge } from '../../../../console/widgets.ts'
import type { PastedLine } from '../../../../forms/lists/match-names.ts'
import type { RosterMember } from '../../../../ports/roster.ts'
import type { PastedPreview } from '../../check-ins/list-matcher.ts'
import { sayAgainst } from '../../check-ins/words.ts'
import type { Lesson } from '../../lessons/records/records.ts'

/** Where a list is pasted; what it means is shown before anything is saved. */
export function viewPasteBox(lesson: Lesson, { csrf, typed }: { csrf: Html; typed: FormInput }): Html {
  return html`<section class="card"><h2>按名单补记</h2>
    <form method="post" action="/lessons/${lesson.id}/list">${csrf}
      <label>纸质名单或接龙 <textarea name="list" rows="4" required maxlength="20000" placeholder="一行一个名字，接龙可以整段贴进来">${typed.list ?? ''}</textarea></label>
      <button type="submit" class="secondary outline">对一对名字，先不保存</button>
      <p class="hint">下一步会列出哪些对上了、哪些没对上，你确认了才记为到。</p>
    </form></section>`
}

/** Line by line, whom a list means; what is not clear is asked. Totals that disagree come first. */
export function viewPasted(lesson: Lesson, { lines, against }: PastedPreview, csrf: Html): Html {
  const matched = lines.filter(({ found, status }) => found.length === 1 && status === 'here')
  const away = lines.filter(({ status }) => status === 'away').length
  const open = lines.length - matched.length - away
  return html`<p><a href="/lessons/${lesson.id}">← ${lesson.title}，不保存</a></p>
    ${against.length > 0 ? html`<p role="alert" class="problem">${sayAgainst(against)}</p>` : ''}<form method="post" action="/lessons/${lesson.id}/list/save">${csrf}
    <section class="card"><h2>${lines.length} 个名字，对上 ${matched.length} 个${away > 0 ? `，写着没来 ${away} 个` : ''}${open > 0 ? `，要你看 ${open} 个` : ''}</h2>
      <table class="stack"><thead><tr><th>名单上写的</th><th>对上没有</th><th>记为到</th></tr></thead>
      <tbody>${[...lines].sort((a, b) => rankOf(a) - rankOf(b)).map(viewLine)}</tbody></table>
      <p class="hint">已经签到的人不会改动；每一条都会记下是谁、什么时候补的。</p>
      <button type="submit">保存：把勾选的人记为到</button>
    </section></form>`
}

function viewLine({ line, status, found }: PastedLine): Html {
  const [only, ...more] = found
  if (only && more.length === 0 && status === 'away')
    return viewRow(
      line,
      stateBadge('写着没来', 'quiet'),
      viewBox('member', only.id, `${sayMember(only)}，还是记为到`, false),
    )
  if (only && more.length === 0 && status === 'unclear')
    return viewRow(
      line,
      stateBadge('来没来，要你定', 'warn'),
      viewBox('member', only.id, `${sayMember(only)}，记为到`, false),
    )
  if (only && more.length === 0) {
    return viewRow(line, stateBadge('对上了', 'good'), viewBox('member', only.id, sayMember(only), true))
  }
  if (only) {
    const options = found.map(member => html`<option value="${member.id}">${sayMember(member)}</option>`)
    const choice = html`<select name="member" aria-label="${line} 是哪一位"><option value="">先不记</option>${options}</select>`
    return viewRow(line, stateBadge(`${found.length} 位同名`, 'warn'), choice)
  }
  return viewRow(line, stateBadge('没对上', 'bad'), viewBox('new', line, '按这个名字新记一位', false))
}

const viewRow = (line: string, state: Html, choice: Html) => html`<tr>
    <td data-label="名单上写的">${line}</td><td data-label="对上没有">${state}</td><td data-label="记为到">${choice}</td>
  </tr>`

const viewBox = (name: string, value: string, words: string, isOn: boolean) =>
  html`<label><input type="checkbox" name="${name}" value="${value}" ${isOn ? 'checked' : ''}> ${words}</label>`

const sayMember = ({ name, branch, space, id }: RosterMember) =>
  `${name}（${[branch, space].filter(Boolean).join('，') || `编号 ${id}`}）`

/** Lines that need a person's decision come first. */
const rankOf = ({ found, status }: PastedLine) =>
  status === 'away' ? 3 : found.length === 0 ? 0 : found.length > 1 || status === 'unclear' ? 1 : 2
