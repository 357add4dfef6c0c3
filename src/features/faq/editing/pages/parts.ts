import { html } from 'hono/html'
import { z } from 'zod'
import { form } from '../../../../console/forms.ts'
import { type Html, renderPage } from '../../../../console/widgets.ts'
import { type ConsoleContext, Refusal } from '../../../../feature.ts'
import type { Clock } from '../../../../ports/clock.ts'
import type { Answerer } from '../../answers.ts'
import type { ClauseAlarm } from '../../cited-clauses.ts'
import type { NoticedEntry } from '../../latest-notice.ts'
import type { Entry } from '../../records.ts'
import type { PieceAddress } from '../changes/pieces.ts'
import type { Drafts } from '../drafts.ts'
import type { KnowledgeEditor } from '../knowledge-editor.ts'
import type { SheetImport } from '../sheets/sheet-import.ts'
import type { TestBench } from '../trials/test-bench.ts'

/** The dependencies of the knowledge pages. */
export type EditorPageParts = {
  editor: KnowledgeEditor
  drafts: Drafts
  sheetImport: SheetImport
  bench: TestBench
  answerer: Answerer
  clock: Clock
  /** The desks that may look after an entry, by name. */
  desks: readonly string[]
  /** Live entries with a notice since their last check. */
  toCheck(): Promise<NoticedEntry[]>
  /** Live entries with a clause that says something else now. */
  clauseAlarms(): EntryClauseAlarm[]
}

type EntryClauseAlarm = ClauseAlarm & { entry: Entry }

export const basePath = '/knowledge'

/** The chosen file of the field `file`. */
export const fileForm = form(z.object({ file: z.instanceof(File, { error: '请先选一个文件。' }) }))
export const uploadOf = async (file: File): Promise<{ name: string; bytes: Uint8Array }> => ({
  name: file.name,
  bytes: new Uint8Array(await file.arrayBuffer()),
})

const tabs = [
  { path: basePath, title: '条目' },
  { path: `${basePath}/changes`, title: '改动' },
  { path: `${basePath}/try`, title: '试一试' },
  { path: `${basePath}/tests`, title: '批量测试' },
  { path: `${basePath}/sheet`, title: '表格' },
  { path: `${basePath}/files`, title: '文件' },
  { path: `${basePath}/figures`, title: '数字依据' },
]

/** A page of the knowledge under its tabs; what went wrong or well stands first. */
export function knowledgePage(
  c: ConsoleContext,
  page: { title: string; tab: string; body: Html; problem?: string; done?: string },
): Promise<Response> {
  const { title, tab, body, problem, done } = page
  if (problem) c.status(422)
  const links = tabs.map(
    ({ path, title: word }) =>
      html`<a href="${path}" ${path === `${basePath}${tab}` ? html`aria-current="page"` : ''}>${word}</a>`,
  )
  return renderPage(
    c,
    title,
    html`<nav class="tabs" aria-label="知识">${links}</nav>
      ${problem ? html`<p role="alert" class="problem">${problem.split('\n').map(line => html`${line}<br>`)}</p>` : ''}
      ${done ? html`<p role="status" class="done">${done}</p>` : ''}
      ${body}`,
  )
}

/** The entry that an address names. @throws {@link Refusal} where there is none */
export function placeIn(c: ConsoleContext, editor: KnowledgeEditor): PieceAddress {
  const id = c.req.param('id') ?? ''
  const entry = editor.entries().find(one => one.id === id)
  if (!entry) throw new Refusal(`没有「${id}」这一条。`)
  return { programme: entry.programme, part: 'entries', name: id }
}

export const mayApprove = (c: ConsoleContext) => c.get('person').roles.includes('reviewer')
