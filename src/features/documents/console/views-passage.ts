import { html } from 'hono/html'
import type { Html } from '../../../console/widgets.ts'
import { versionOf } from '../../../lib/hash.ts'
import { figurePieces, figuresOf } from '../library/passage-figures.ts'
import type { LibraryDocument, LibraryPassage } from '../library/records.ts'
import { isQuotable } from '../library/rules.ts'
import { figuresVersion } from '../library/shown-forms.ts'
import { basePath, clauseOf } from '../words.ts'
import { mostShown, type ShownFrom, shownPassages } from './shown-passages.ts'

/** {@link shownPassages}, with links to the others of the page. */
export function viewPassages(document: LibraryDocument, from: ShownFrom, csrf: Html): Html {
  const { number } = document
  const { page, marked } = from
  const { places, start, shown } = shownPassages(document, from)
  const linkTo = (place: number, label: string) =>
    places[place] === undefined
      ? ''
      : html`　<a href="${basePath}/${number}?page=${page}&amp;from=${places[place]}">${label}</a>`
  const links =
    places.length > mostShown
      ? html`<p>第 ${start + 1} 到 ${start + shown.length} 段，共 ${places.length} 段${linkTo(start - mostShown, '← 前面')}${linkTo(start + mostShown, '后面 →')}</p>`
      : ''
  return html`${links}${shown.map(at => viewPassage(document, { at, isMarked: at === marked, csrf }))}${links}`
}

type PassageView = { at: number; isMarked: boolean; csrf: Html }

/** A passage with its figures marked; while the document is under review, with the form that corrects it. */
function viewPassage(document: LibraryDocument, { at, isMarked, csrf }: PassageView): Html {
  const passage = document.passages[at]
  if (!passage) return html``
  const isOpen = document.state === 'waiting'
  return html`<article id="p${at}" class="passage ${isMarked ? 'cited' : ''}">
    <p class="hint">${clauseOf(passage, at)}</p>
    <p class="told">${withFigures(passage)}</p>
    ${isQuotable(passage) ? '' : isOpen ? figureForm(document, { at, csrf }) : html`<p class="problem">数字没有重打，这一段不引用。</p>`}
    ${isOpen ? correctionForm(document, { at, csrf }) : ''}</article>`
}

const withFigures = (passage: LibraryPassage): Html =>
  html`${figurePieces(passage).map(({ text, isFigure }) => (isFigure ? html`<mark>${text}</mark>` : text))}`

type FormView = { at: number; csrf: Html }

function correctionForm({ number, passages }: LibraryDocument, { at, csrf }: FormView): Html {
  return html`<details><summary>和原件不一样，改</summary>
    <form method="post" action="${basePath}/${number}/passage">${csrf}
      <input type="hidden" name="at" value="${at}">
      <input type="hidden" name="seen" value="${versionOf(passages[at]?.text ?? '')}">
      <label>这一段<textarea name="text" rows="3">${passages[at]?.text ?? ''}</textarea></label>
      <button type="submit" class="secondary">保存这一段</button></form></details>`
}

/** One box for each figure that was recognized in a picture. */
function figureForm({ number, passages }: LibraryDocument, { at, csrf }: FormView): Html {
  const passage = passages[at]
  const figures = passage ? figuresOf(passage) : []
  return html`<form method="post" action="${basePath}/${number}/figures">${csrf}
    <input type="hidden" name="at" value="${at}">
    <input type="hidden" name="seen" value="${figuresVersion(passage)}">
    <p class="problem">这一段是从图片里认出来的。请对着原件，把数字一个一个重打，才能引用。</p>
    <div class="grid">${figures.map((_, place) => html`<label>第 ${place + 1} 个数字<input name="figure" autocomplete="off"></label>`)}</div>
    <button type="submit" class="secondary">数字都对过了</button></form>`
}
