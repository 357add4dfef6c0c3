import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import type { RefusedForm } from '../../../console/forms.ts'
import { card, type Html } from '../../../console/widgets.ts'
import type { SourceBlock } from '../../../parsing/index.ts'
import type { Role } from '../../../ports/directory.ts'
import { sayKeptDay } from '../../../text/dates/kept-day.ts'
import { sayFullTime } from '../../../text/dates/time.ts'
import type { LibraryDocument } from '../library/records.ts'
import { agreedTo, restorableDays } from '../library/rules.ts'
import type { Marks } from '../marks.ts'
import {
  basePath,
  clauseOf,
  hasPages,
  isPaged,
  ofdNote,
  saySize,
  sayUnseen,
  sayValidity,
  untypedIn,
} from '../words.ts'
import type { ShownFrom } from './shown-passages.ts'
import { viewParts } from './views-parts.ts'
import { viewPassages } from './views-passage.ts'
import { viewSource } from './views-source.ts'

export type DocumentView = {
  csrf: Html
  /** The form of title, number and validity, for a document under review. */
  facts: Html
  /** Paragraphs and tables of a file without pages; undefined where they are not known. */
  source: readonly SourceBlock[] | undefined
  /** The state and validity of the document in a word. */
  badge: Html
  replacedBy: LibraryDocument | undefined
  /** The page that is asked for. */
  page: number | undefined
  /** The passage from which on a long page is shown. */
  from: number | undefined
  /** The clause that is to be marked, as 「第三条（一）」. */
  clause: string | undefined
  roles: readonly Role[]
  isOnePerson: boolean
  /** True where sending back or withdrawing can be undone. */
  isRestorable: boolean
  /** Marks that its upload set on the version in use; undefined where it set none. */
  marks: Marks | undefined
  /** The places of passages that this person was not shown yet. */
  unseen: readonly number[]
  refused: RefusedForm | undefined
}

/** The part of the text that is shown. */
export function shownFrom(
  { passages }: LibraryDocument,
  { page, from, clause }: Pick<DocumentView, 'page' | 'from' | 'clause'>,
): ShownFrom {
  const marked = passages.findIndex((passage, at) => clauseOf(passage, at) === clause)
  return { page: page ?? passages[marked]?.page ?? passages[0]?.page ?? 1, marked, from }
}

/** A document for review: its file on the left, its text on the right. */
export function viewDocument(document: LibraryDocument, view: DocumentView): Html {
  const from = shownFrom(document, view)
  const { page } = from
  return html`<p><a href="${basePath}">← 文件库</a></p>${problemOf(view.refused)}
    ${viewHead(document, view)}
    ${pageLinks(document, page, '换页')}
    <div class="${hasPages(document.file) || view.source ? 'pages' : ''}">${view.source ? viewSource(view.source, page, document.file) : viewFile(document, page)}
      <section class="card passages"><h2>${isPaged(document.file) ? `第 ${page} 页的文字` : '读出来的文字'}</h2>
        ${viewPassages(document, from, view.csrf)}</section></div>
    ${pageLinks(document, page, '换页，看完以后')}
    ${document.outside.length > 0 ? html`<details><summary>不算条款的文字：文头、目录、落款（${document.outside.length} 行）</summary><p class="told">${document.outside.join('\n')}</p></details>` : ''}
    ${decisions(document, view)}
    ${card('经过', html`<ul class="plain">${document.history.map(({ at, by, deed }) => html`<li><span>${by.name}：${deed}</span> <small>${sayFullTime(Temporal.Instant.from(at))}</small></li>`)}</ul>`)}`
}

const problemOf = (refused: RefusedForm | undefined) => {
  const text = refused && (refused.problem || Object.values(refused.fieldProblems)[0])
  return text ? html`<p role="alert" class="problem">${text}</p>` : html``
}

function viewHead(document: LibraryDocument, view: DocumentView): Html {
  const { number, state, supersedes, file, gaps, source } = document
  const { replacedBy } = view
  return card(
    html`${number} 号 ${view.badge}`,
    html`<p>${document.documentNumber || '没有文号'}${document.issuer ? `　${document.issuer}` : ''}${document.dated ? `　${sayKeptDay(document.dated)}` : ''}<br>
      有效期：<strong>${sayValidity(document)}</strong></p>
    ${viewParts(document, view.csrf)}
    ${replacedBy ? html`<p>已由 <a href="${basePath}/${replacedBy.number}">${replacedBy.number} 号</a>替代，只当历史看，不再引用。</p>` : ''}
    ${document.item ? html`<p>归在 <a href="/items/${document.item}">${document.item} 号条目</a>。</p>` : ''}
    ${supersedes ? html`<p>替代 <a href="${basePath}/${supersedes}">${supersedes} 号</a>。<a href="${basePath}/${number}/compare">新旧逐条对照 →</a></p>` : ''}
    ${endNote(document)}
    ${gaps.length > 0 ? html`<div class="problem"><p>有没读到的地方，请对着原件看：</p><ul>${gaps.map(gap => html`<li>${gap}</li>`)}</ul></div>` : ''}
    <p class="hint"><a href="${basePath}/${number}/file">下载原件</a>　${file.name}，${saySize(file.bytes)}${isPaged(file) ? `，${file.pages} 页` : ''}${source ? html`　<a href="${source}" rel="noreferrer">公布的网址</a>` : ''}</p>
    ${state === 'waiting' ? view.facts : ''}`,
  )
}

/** Why it is not quoted, and what the uploader can do; empty for other states. */
function endNote({ state, history }: LibraryDocument): Html {
  const last = history.at(-1)
  if (!last || (state !== 'rejected' && state !== 'withdrawn')) return html``
  const next = state === 'rejected' ? '改好以后，在文件库重新上传一份。' : ''
  return html`<p class="problem">${last.by.name}${last.deed}</p><p>${next}弄错了的话，审核人可以在下面恢复。</p>`
}

/** Pages of long documents, a few around the one that is shown. */
function pageLinks({ number, file }: LibraryDocument, page: number, label: string): Html {
  if (file.pages < 2) return html``
  const shown = Array.from({ length: file.pages }, (_, at) => at + 1).filter(
    one => one === 1 || one === file.pages || Math.abs(one - page) < 4,
  )
  return html`<nav class="tabs small" aria-label="${label}">${shown.map(
    one =>
      html`<a href="${basePath}/${number}?page=${one}" ${one === page ? html`aria-current="page"` : ''}>${one}</a>`,
  )}</nav>`
}

function viewFile({ number, file }: LibraryDocument, page: number): Html {
  if (hasPages(file))
    return html`<section class="card"><h2>原件第 ${page} 页</h2>
      <a href="${basePath}/${number}/pages/${page}" target="_blank"><img class="sheet" src="${basePath}/${number}/pages/${page}" alt="原件第 ${page} 页（画不出来的话，请下载原件看）"></a>
      ${file.kind === 'ofd' ? html`<p class="hint">${ofdNote}</p>` : ''}</section>`
  return html`<p class="hint">这种文件没有固定的页，画不出来。请<a href="${basePath}/${number}/file">下载原件</a>打开，和下面的文字对着看。</p>`
}

function decisions(
  document: LibraryDocument,
  { csrf, roles, isOnePerson, isRestorable, marks, unseen }: DocumentView,
): Html {
  const { number, revision, state } = document
  const sendBack = html`${marks ? html`<p class="hint">${marks.older} 号里 ${marks.clauses} 处条文现在标着「文件有更新，正在核」。传错了就退回，马上照旧。</p>` : ''}
    ${reasonForm({ path: `${number}/reject`, label: '退回', csrf })}`
  if (!roles.includes('reviewer')) return state === 'waiting' ? card('等审核人批准', sendBack) : html``
  if (state === 'live') return card('撤下', withdrawForm(document, csrf))
  if (isRestorable) return restoreForm(document, csrf)
  if (state !== 'waiting') return html``
  const agreedNames = agreedTo(document)
    .map(({ name }) => name)
    .join('、')
  return card(
    '审核',
    html`${isOnePerson ? '' : html`<p class="hint">上传和改过的人不能一个人批准，要另一位审核人。</p>`}
    ${agreedNames === '' ? '' : html`<p>${agreedNames}同意了，还要另一位审核人批准。</p>`}
    ${viewUnseen(document, unseen)}
    ${viewUntyped(document)}
    <form method="post" action="${basePath}/${number}/approve">${csrf}
      <input type="hidden" name="revision" value="${revision}">
      <label class="wide"><input type="checkbox" name="isValidityChecked" value="yes"> 我对着原文核对过有效期：${sayValidity(document)}</label>
      <button type="submit">批准，可以引用</button></form>
    ${sendBack}`,
  )
}

function viewUnseen(document: LibraryDocument, unseen: readonly number[]): Html {
  const [next] = unseen
  if (next === undefined) return html``
  const page = document.passages[next]?.page ?? 1
  return html`<p class="hint">${sayUnseen(document, unseen)}<a href="${basePath}/${document.number}?page=${page}&amp;from=${next}">去看 →</a></p>`
}

function viewUntyped(document: LibraryDocument): Html {
  const untyped = untypedIn(document)
  const [first] = untyped
  if (first === undefined) return html``
  const page = document.passages[first]?.page ?? 1
  return html`<p class="hint">还有 ${untyped.length} 段的数字没有重打，批准以后这几段也不引用。<a href="${basePath}/${document.number}?page=${page}&amp;from=${first}#p${first}">去重打 →</a></p>`
}

function restoreForm({ number, state, restoredOlder }: LibraryDocument, csrf: Html): Html {
  const again = state === 'rejected' ? '放回等审核' : '恢复引用'
  const older = restoredOlder === undefined ? '' : html`恢复以后，${restoredOlder} 号旧版本又变回历史版本。`
  return card(
    state === 'rejected' ? '退错了' : '撤错了',
    html`<p>${restorableDays} 天内可以恢复，不用重新上传。${older}</p>
    <form method="post" action="${basePath}/${number}/restore">${csrf}<button type="submit" class="secondary">${again}</button></form>`,
  )
}

function withdrawForm({ number, supersedes }: LibraryDocument, csrf: Html): Html {
  const restore = html`<label><input type="checkbox" name="restoresOlder" value="yes"> ${supersedes} 号旧版本其实还有效，恢复引用</label>`
  return reasonForm({
    path: `${number}/withdraw`,
    label: '马上停止引用',
    csrf,
    more: supersedes === undefined ? html`` : restore,
  })
}

type ReasonForm = { path: string; label: string; csrf: Html; more?: Html }

function reasonForm({ path, label, csrf, more = html`` }: ReasonForm): Html {
  return html`<form class="row" method="post" action="${basePath}/${path}">${csrf}
    <label>原因<input name="reason"></label>${more}<button type="submit" class="secondary">${label}</button></form>`
}
