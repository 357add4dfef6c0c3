import { html } from 'hono/html'
import type { Html } from '../../console/widgets.ts'

/**
 * The markup of the manual: paragraphs, lists with `-` and `1.`, `**bold**`, `code`, and pictures on a
 * line of their own. Everything else is text.
 * @param pictures address under which pictures are served, with a slash at the end
 */
export function renderMarkdown(text: string, pictures: string): Html {
  const blocks = text.split(/\n\s*\n/u).filter(block => block.trim() !== '')
  return html`${blocks.map(block => renderBlock(block.trim(), pictures))}`
}

function renderBlock(block: string, pictures: string): Html {
  const picture = /^!\[(?<title>[^\]]*)\]\(pictures\/(?<file>[\w.-]+)\)$/u.exec(block)?.groups
  if (picture)
    return html`<p class="manual-picture"><img src="${pictures}${picture.file}" alt="${picture.title}" loading="lazy"></p>`
  const lines = block.split('\n')
  if (lines.every(line => line.startsWith('- ')))
    return html`<ul>${lines.map(line => html`<li>${renderLine(line.slice(2))}</li>`)}</ul>`
  if (lines.every(line => /^\d+\. /u.test(line)))
    return html`<ol>${lines.map(line => html`<li>${renderLine(line.replace(/^\d+\. /u, ''))}</li>`)}</ol>`
  return html`<p>${renderLine(lines.join(''))}</p>`
}

function renderLine(line: string): Html {
  const parts = line.split(/(\*\*[^*]+\*\*|`[^`]+`)/u)
  return html`${parts.map(part => {
    if (part.startsWith('**')) return html`<strong>${part.slice(2, -2)}</strong>`
    return part.startsWith('`') ? html`<code>${part.slice(1, -1)}</code>` : html`${part}`
  })}`
}
