import type { Block, Sample } from './sample.ts'

const isNumbered = (text: string) => /^\d+[.．]/u.test(text)
const cellsOf = (text: string) => text.split(' | ').map(cell => cell.trim())

/** Markdown of a layout model: headings by look, tables as HTML, an empty line between paragraphs. */
export function headingMarkdown({ blocks }: Sample): Buffer {
  const pieces = blocks.map(({ kind, text }, at) => {
    if (kind === 'row') return htmlRow(blocks, at)
    if (kind === 'mark' || kind === 'title' || kind === 'annex') return `# ${text}`
    if (kind === 'h') return `## ${text}`
    return text
  })
  return Buffer.from(`${pieces.join('\n\n')}\n\n![](images/3f1c.jpg)\n`)
}

function htmlRow(blocks: readonly Block[], at: number): string {
  const cells = cellsOf(blocks[at]?.text ?? '').map(cell => `<td>${cell}</td>`)
  const opens = blocks[at - 1]?.kind === 'row' ? '' : '<table>'
  return `${opens}<tr>${cells.join('')}</tr>${blocks[at + 1]?.kind === 'row' ? '' : '</table>'}`
}

/** Markdown of a converter that marks up what is bold, numbers as lists and escapes signs. */
export function listMarkdown({ blocks }: Sample): Buffer {
  const pieces = blocks.map(({ kind, text }, at) => {
    if (kind === 'row') return pipedRow(blocks, at)
    if (kind === 'mark' || kind === 'no') return `**${text}**`
    if (kind === 'title' || kind === 'annex') return `**${text}**`
    if (kind === 'h') return `## **${text}**`
    return isNumbered(text) ? `- ${text.replace('.', '\\.')}` : text.replaceAll('*', '\\*')
  })
  return Buffer.from(`<!-- page: 1 -->\n\n${pieces.join('\n\n')}\n`)
}

function pipedRow(blocks: readonly Block[], at: number): string {
  const cells = cellsOf(blocks[at]?.text ?? '')
  const line = `| ${cells.join(' | ')} |`
  return blocks[at - 1]?.kind === 'row' ? line : `${line}\n|${cells.map(() => ' --- |').join('')}`
}
