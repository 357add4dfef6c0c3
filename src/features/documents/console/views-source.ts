import { html } from 'hono/html'
import type { Html } from '../../../console/widgets.ts'
import type { SourceBlock } from '../../../parsing/index.ts'
import type { LibraryDocument } from '../library/records.ts'
import { isPaged } from '../words.ts'

const hints: Partial<Record<LibraryDocument['file']['kind'], string>> = {
  docx: '照文件里的段落和表格排的，字体和行距和 Word 里不一样。灰色的编号是 Word 自动编的，划掉的是修订里删掉的字。',
  html: '网页上的字全在这里，导航、分享这些也在；图片没有画。',
}

/** The paragraphs and tables of one page of a file as they stand there, for comparison with what was read. */
export function viewSource(
  blocks: readonly SourceBlock[],
  page: number,
  file: LibraryDocument['file'],
): Html {
  const own = blocks.filter(block => block.page === page)
  return html`<section class="card source" aria-label="原件的段落"><h2>${isPaged(file) ? `原件第 ${page} 页的段落` : '原件的段落'}</h2>
    <p class="hint">${hints[file.kind] ?? '照文件里一行一行排的。'}</p>
    <div class="told" tabindex="0">${own.map(viewBlock)}</div></section>`
}

function viewBlock(block: SourceBlock): Html {
  if (block.kind === 'table')
    return html`<div class="scroll"><table>${block.rows.map(
      row => html`<tr>${row.map(cell => html`<td>${cell}</td>`)}</tr>`,
    )}</table></div>`
  const { align, number, pieces } = block
  const written = pieces.map(({ text, isBold, isDeleted }) => {
    const set = isBold ? html`<strong>${text}</strong>` : text
    return isDeleted ? html`<del>${set}</del>` : set
  })
  return html`<p class="${align}">${number === '' ? '' : html`<span class="number">${number}</span> `}${written}</p>`
}
