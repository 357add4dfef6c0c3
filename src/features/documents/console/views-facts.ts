import { html } from 'hono/html'
import { fieldProblem, type RefusedForm } from '../../../console/forms.ts'
import type { Html } from '../../../console/widgets.ts'
import type { LibraryDocument } from '../library/records.ts'
import { factsVersion } from '../library/shown-forms.ts'
import { basePath } from '../words.ts'
import { supersedesField } from './views-list.ts'

type FactsView = {
  csrf: Html
  documents: readonly LibraryDocument[]
  refused: RefusedForm | undefined
}

/** The form of what was read of a document's head and validity, to be put right. */
export function viewDocumentFacts(document: LibraryDocument, { csrf, documents, refused }: FactsView): Html {
  const isRefused = refused?.input.title !== undefined
  const typed = isRefused ? refused.input : typedOf(document)
  const problems = isRefused ? refused.fieldProblems : {}
  const field = (name: string, label: string, type = 'text') =>
    html`<label>${label}<input type="${type}" name="${name}" value="${typed[name] ?? ''}"></label>${fieldProblem(problems, name)}`
  const others = documents.filter(({ number }) => number !== document.number)
  return html`<details ${isRefused ? 'open' : ''}><summary>改标题、文号、有效期</summary>
    <form method="post" action="${basePath}/${document.number}/facts">${csrf}
      <input type="hidden" name="seen" value="${typed.seen ?? ''}">
      ${field('title', '标题')}${field('documentNumber', '文号')}${field('issuer', '发文机关')}
      ${field('dated', '成文日期', 'date')}
      <div class="grid">${field('from', '从哪天起有效', 'date')}${field('until', '到哪天止（没有写就留空）', 'date')}</div>
      ${field('saidIn', '写在哪一条')}${field('source', '公布的网址')}
      ${supersedesField(others, { chosen: typed.supersedes ?? '', label: '替代哪一份' })}${fieldProblem(problems, 'supersedes')}
      <button type="submit" class="secondary">保存</button></form></details>`
}

function typedOf(document: LibraryDocument): Record<string, string> {
  const { title, documentNumber, issuer, dated = '', inForce, source, supersedes } = document
  return {
    title,
    documentNumber,
    issuer,
    dated,
    from: inForce.from ?? '',
    until: inForce.until ?? '',
    saidIn: inForce.saidIn,
    source,
    supersedes: supersedes === undefined ? '' : String(supersedes),
    seen: factsVersion(document),
  }
}
