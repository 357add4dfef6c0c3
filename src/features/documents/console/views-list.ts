import { html } from 'hono/html'
import { Temporal } from 'temporal-polyfill'
import { type FormInput, fieldProblem, type RefusedForm } from '../../../console/forms.ts'
import {
  card,
  emptyState,
  fileInput,
  type Html,
  stackTable,
  stateBadge,
  timeOf,
} from '../../../console/widgets.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import type { LibraryDocument } from '../library/records.ts'
import { stateWords } from '../library/rules.ts'
import { validityOn } from '../library/validity.ts'
import { basePath, sayValidity } from '../words.ts'

const accepted = '.pdf,.docx,.doc,.odt,.ofd,.html,.htm,.txt,.md'

type UploadView = {
  /** Input of the form, or of the address. */
  input: FormInput
  csrf: Html
  documents: readonly LibraryDocument[]
  refused: RefusedForm | undefined
}

export function uploadForm({ csrf, documents, input, refused }: UploadView): Html {
  const problems = refused?.fieldProblems ?? {}
  return card(
    '上传文件',
    html`${refused?.problem ? html`<p role="alert" class="problem">${refused.problem}</p>` : ''}
    <form method="post" action="${basePath}" enctype="multipart/form-data">${csrf}
      ${/^\d+$/u.test(input.item ?? '') ? html`<input type="hidden" name="item" value="${input.item}"><p>传上来的文件归到 <a href="/items/${input.item}">${input.item} 号条目</a>。</p>` : ''}
      ${fileInput('PDF、Word、OFD、网页、文本或 Markdown，最大 50 MB', accepted)}${fieldProblem(problems, 'file')}
      <label>公布的网址（没有就留空）<input name="source" value="${input.source ?? ''}" inputmode="url"></label>
      ${fieldProblem(problems, 'source')}
      ${supersedesField(documents, { chosen: input.supersedes ?? '', label: '这是哪一份的新版本' })}
      <button type="submit">上传</button></form>
    <p class="hint">上传后由另一位审核人对着原件看过、批准，才会引用。选了旧版本的话，两版不一样的条款马上标出来。</p>`,
  )
}

/** The choice of the version that a document replaces. */
export function supersedesField(
  documents: readonly LibraryDocument[],
  { chosen, label }: { chosen: string; label: string },
): Html {
  const older = documents.filter(({ state }) => state === 'live' || state === 'waiting').toReversed()
  return html`<label>${label}<select name="supersedes"><option value="">不是，是新的文件</option>
    ${older.map(({ number, title }) => html`<option value="${number}" ${String(number) === chosen ? 'selected' : ''}>${number} 号：${title}</option>`)}
  </select></label>`
}

type ListView = { replaced: ReadonlyMap<number, LibraryDocument>; now: Temporal.Instant }

export function libraryList(documents: readonly LibraryDocument[], { replaced, now }: ListView): Html {
  if (documents.length === 0)
    return emptyState('还没有文件。上传一份红头文件，批准以后，回答就能逐条引用它的原文。')
  const rows = documents
    .toReversed()
    .map(document => [
      html`<span><a href="${basePath}/${document.number}">${document.title}</a><br><small>${document.number} 号　${document.documentNumber}</small></span>`,
      documentBadge(document, { replacedBy: replaced.get(document.number), day: dayInShanghai(now) }),
      sayValidity(document),
      timeOf(Temporal.Instant.from(document.uploadedAt), now),
    ])
  return card('全部文件', stackTable(['文件', '状态', '有效期', '上传'], rows))
}

/** The state of a document as a word, its validity included. */
export function documentBadge(
  document: LibraryDocument,
  { replacedBy, day }: { replacedBy: LibraryDocument | undefined; day: string },
): Html {
  if (document.state === 'waiting') return stateBadge(stateWords.waiting, 'warn')
  if (document.state !== 'live') return stateBadge(stateWords[document.state], 'quiet')
  if (replacedBy) return stateBadge(`历史，已由 ${replacedBy.number} 号替代`, 'quiet')
  const validity = validityOn(document, day)
  if (validity === 'ended') return stateBadge('已过有效期', 'bad')
  return validity === 'upcoming' ? stateBadge('还没生效', 'warn') : stateBadge(stateWords.live, 'good')
}
