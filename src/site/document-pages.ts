import { html } from 'hono/html'
import { sayKeptDay } from '../text/dates/kept-day.ts'
import type { SiteContent, SiteDocument } from './content.ts'
import { type Markup, viewParagraphs } from './frame.ts'
import type { SitePage } from './pages.ts'

/** A longer document has several pages: a page is to open at once on a phone. */
const mostCharacters = 10_000

type Clause = SiteDocument['clauses'][number]

/** The approved documents of the library, clause by clause. */
export function documentPages({ documents }: Pick<SiteContent, 'documents'>): SitePage[] {
  return [
    { path: 'documents/index.html', title: '文件', body: listView(documents) },
    ...documents.flatMap(document => {
      const parts = partsOf(document.clauses)
      return parts.map((clauses, at) => ({
        path: pathOf(document.number, at),
        title: parts.length > 1 ? `${document.title}（${at + 1}/${parts.length}）` : document.title,
        body: documentView(document, { clauses, at, count: parts.length }),
      }))
    }),
  ]
}

/** The page on which a clause stands, from the root of the site; the first where there is no such clause. */
export function documentPath(
  { number, clauses }: Pick<SiteDocument, 'number' | 'clauses'>,
  clause: string,
): string {
  const parts = partsOf(clauses)
  const at = parts.findIndex(part => part.some(({ name }) => name === clause))
  return at < 0
    ? pathOf(number, 0)
    : `${pathOf(number, at)}#${encodeURIComponent(clause.replaceAll(' ', ''))}`
}

const pathOf = (number: number, at: number) => `documents/${number}${at === 0 ? '' : `-${at + 1}`}.html`

function partsOf(clauses: readonly Clause[]): Clause[][] {
  const parts: Clause[][] = [[]]
  let length = 0
  for (const clause of clauses) {
    if (length > 0 && length + clause.text.length > mostCharacters) {
      parts.push([])
      length = 0
    }
    parts.at(-1)?.push(clause)
    length += clause.text.length
  }
  return parts
}

const states = { current: '', upcoming: '还没生效', ended: '已过有效期', replaced: '已被新文件替代' } as const

function listView(documents: readonly SiteDocument[]): Markup {
  if (documents.length === 0) return html`<p>还没有文件。组织者上传、两个人看过的政策原文会放在这里。</p>`
  const lines = documents
    .toReversed()
    .map(
      ({ number, title, documentNumber, dated, state }) =>
        html`<li><a href="${number}.html">${title}</a><br>${[documentNumber, sayKeptDay(dated), states[state]].filter(Boolean).join('，')}</li>`,
    )
  return html`<p>机器人引用的原文都在这里，两个人对着原件核过。人名隐去，以原件为准。</p><ul>${lines}</ul>`
}

type Part = { clauses: readonly Clause[]; at: number; count: number }

function documentView(document: SiteDocument, { clauses, at, count }: Part): Markup {
  const { number, documentNumber, issuer, dated, inForce, source } = document
  return html`<p><a href="index.html">← 全部文件</a></p>${banner(document)}
    <section><p>${[issuer, documentNumber, sayKeptDay(dated)].filter(Boolean).join('　')}</p><p>有效期：${inForce}</p>
    ${source === '' ? '' : html`<p><a href="${source}" rel="noopener noreferrer">到公布的网页看</a></p>`}</section>
    <section>${blocksOf(clauses).map(block => (isRow(block[0]) ? tableView(block, document) : clauseView(block[0], document)))}</section>
    ${count > 1 ? html`<p>${at > 0 ? html`<a href="${fileOf(number, at - 1)}">← 前面</a>　` : ''}${at + 1 < count ? html`<a href="${fileOf(number, at + 1)}">后面 →</a>` : ''}</p>` : ''}`
}

type Block = [Clause, ...Clause[]]

/** Clauses one by one, the rows of a table together. */
function blocksOf(clauses: readonly Clause[]): Block[] {
  const blocks: Block[] = []
  for (const clause of clauses) {
    const last = blocks.at(-1)
    if (last && isRow(last[0]) && isRow(clause) && tableOf(last[0]) === tableOf(clause)) last.push(clause)
    else blocks.push([clause])
  }
  return blocks
}

const row = /第[^第]{1,8}行$/u
const isRow = ({ name, text }: Clause) => name.replace(row, '').endsWith('表') && text.includes('|')
const tableOf = ({ name }: Clause) => name.replace(row, '')
const anchorOf = ({ name }: Clause) => name.replaceAll(' ', '')
const changingMark = html`<strong>【正在核】</strong>`

const clauseView = (clause: Clause, { changing }: SiteDocument): Markup =>
  html`<div id="${anchorOf(clause)}">${changing.includes(clause.name) ? html`<p>${changingMark}</p>` : ''}${viewParagraphs(clause.text)}</div>`

const tableView = (rows: Block, { changing }: SiteDocument): Markup =>
  html`<div class="wide" tabindex="0"><table>${rows.map(
    one =>
      html`<tr id="${anchorOf(one)}">${one.text
        .split('|')
        .map(
          (cell, at) =>
            html`<td>${at === 0 && changing.includes(one.name) ? changingMark : ''}${cell.trim()}</td>`,
        )}</tr>`,
  )}</table></div>`

const fileOf = (number: number, at: number) => pathOf(number, at).replace('documents/', '')

function banner({ state, replacedBy, changing, issuer }: SiteDocument): Markup {
  if (state === 'current' && changing.length > 0)
    return html`<p class="banner" role="note"><strong>文件有更新，正在核。</strong>标着【正在核】的 ${changing.length} 处先别照办，可以问${issuer || '发文单位'}。</p>`
  if (state === 'current') return html``
  const next = replacedBy === undefined ? '' : html`请看<a href="${replacedBy}.html">新文件</a>。`
  const words = state === 'upcoming' ? '这份文件还没生效。' : `${states[state]}，只供了解，不能按它办。`
  return html`<p class="banner" role="note"><strong>${words}</strong>${next}</p>`
}
