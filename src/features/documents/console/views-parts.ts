import { html } from 'hono/html'
import type { Html } from '../../../console/widgets.ts'
import type { LibraryDocument } from '../library/records.ts'
import { partVersion } from '../library/shown-forms.ts'
import { basePath, sayParts } from '../words.ts'

/** The days between which each document of a collection holds; under review with a form to put it right. */
export function viewParts(document: LibraryDocument, csrf: Html): Html {
  const { state, parts = [] } = document
  if (parts.length === 0) return html``
  const lines = sayParts(document)
  return html`<ul>${parts.map(
    (_, at) => html`<li>${lines[at]}${state === 'waiting' ? partForm(document, { at, csrf }) : ''}</li>`,
  )}</ul>`
}

function partForm({ number, parts = [] }: LibraryDocument, { at, csrf }: { at: number; csrf: Html }): Html {
  const { from = '', until = '', saidIn = '' } = parts[at]?.inForce ?? {}
  return html`<details><summary>改这一份的有效期</summary>
    <form method="post" action="${basePath}/${number}/part">${csrf}
      <input type="hidden" name="at" value="${at}">
      <input type="hidden" name="seen" value="${partVersion(parts[at])}">
      <div class="grid"><label>从哪天起有效<input type="date" name="from" value="${from}"></label>
        <label>到哪天止（没有写就留空）<input type="date" name="until" value="${until}"></label></div>
      <label>写在哪一条<input name="saidIn" value="${saidIn}"></label>
      <button type="submit" class="secondary">保存</button></form></details>`
}
