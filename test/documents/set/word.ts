import { strToU8, zipSync } from 'fflate'
import type { Block, Sample } from './sample.ts'

const spaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const level = (at: number, format: string, text: string) =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`
const numbering = `<w:numbering ${spaces}><w:abstractNum w:abstractNumId="1">${level(0, 'chineseCountingThousand', '第%1条')}${level(1, 'chineseCounting', '（%2）')}${level(2, 'decimal', '%3.')}</w:abstractNum><w:abstractNum w:abstractNumId="2">${level(0, 'chineseCounting', '第%1章')}${level(1, 'chineseCounting', '第%2节')}</w:abstractNum><w:abstractNum w:abstractNumId="3">${level(0, 'chineseCounting', '%1、')}${level(1, 'chineseCounting', '（%2）')}${level(2, 'decimal', '%3．')}</w:abstractNum>${[1, 2, 3].map(id => `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`).join('')}</w:numbering>`
const styles = `<w:styles ${spaces}><w:style w:styleId="Article"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>`

const packed = (body: string) =>
  zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(`<w:document ${spaces}><w:body>${body}</w:body></w:document>`),
    'word/numbering.xml': strToU8(numbering),
    'word/styles.xml': strToU8(styles),
  })

type Numbered = { pattern: RegExp; properties: string }
const number = (id: number, at: number) =>
  `<w:pPr><w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${id}"/></w:numPr></w:pPr>`
/** Labels that Word counts by itself; an article has its number from its style. */
const numbered: readonly Numbered[] = [
  { pattern: /^第[一二三四五六七八九十百]+条\s*/u, properties: '<w:pPr><w:pStyle w:val="Article"/></w:pPr>' },
  { pattern: /^第[一二三四五六七八九十]+章\s*/u, properties: number(2, 0) },
  { pattern: /^第[一二三四五六七八九十]+节\s*/u, properties: number(2, 1) },
]
const items = (list: number): readonly Numbered[] => [
  { pattern: /^[一二三四五六七八九十]+、/u, properties: number(3, 0) },
  { pattern: /^（[一二三四五六七八九十]+）/u, properties: number(list, 1) },
  { pattern: /^\d+[.．]/u, properties: number(list, 2) },
]

/** As Word writes it: the numbers of the clauses are counted by the program and stand nowhere in the text. */
export function numberedDocx({ blocks }: Sample): Uint8Array {
  const isOfArticles = blocks.some(({ text }) => text.startsWith('第一条'))
  const kinds = [...numbered, ...items(isOfArticles ? 1 : 3)]
  return packed(bodyOf(blocks, block => counted(block, kinds)))
}

function counted({ kind, text, path }: Block, kinds: readonly Numbered[]): string {
  // A list that Word counts goes on from the document into what is attached.
  const isAttached = path[0]?.startsWith('附件') ?? false
  const label = (kind === 'p' || kind === 'h') && !isAttached ? (path.at(-1) ?? '') : ''
  // 「第三条第一款规定的」 begins a paragraph that has no number.
  const found = text.startsWith(label) ? kinds.find(({ pattern }) => pattern.test(label)) : undefined
  return `<w:p>${found?.properties ?? ''}<w:r><w:t xml:space="preserve">${escaped(found ? text.replace(found.pattern, '') : text)}</w:t></w:r></w:p>`
}

/** As WPS users type it: numbers by hand, indents of spaces, the mark in a text box, words in several runs. */
export function typedDocx({ blocks }: Sample): Uint8Array {
  return packed(bodyOf(blocks, typed))
}

function typed({ kind, text }: Block): string {
  const run = (piece: string) =>
    `<w:r><w:rPr><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve">${escaped(piece)}</w:t></w:r>`
  const half = Math.floor(text.length / 2)
  const runs = run(text.slice(0, half)) + run(text.slice(half))
  if (kind === 'mark') {
    const box = `<w:txbxContent><w:p>${runs}</w:p></w:txbxContent>`
    return `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>${box}</wps:txbx></mc:Choice><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`
  }
  if (kind === 'title') return `<w:sdt><w:sdtContent><w:p>${runs}</w:p></w:sdtContent></w:sdt>`
  const indent = kind === 'p' || kind === 'h' || kind === 'list' ? '　　' : ''
  const deleted = kind === 'p' ? '<w:del><w:r><w:delText>（原为10万元）</w:delText></w:r></w:del>' : ''
  return `<w:p>${run(indent)}${runs}${deleted}</w:p>`
}

/** Rows that follow each other are a table; two lines of a title are one paragraph with a break. */
function bodyOf(blocks: readonly Block[], paragraph: (block: Block) => string): string {
  const rowOf = ({ text }: Block) =>
    `<w:tr>${text
      .split(' | ')
      .map(cell => `<w:tc><w:p><w:r><w:t>${escaped(cell.trim())}</w:t></w:r></w:p></w:tc>`)
      .join('')}</w:tr>`
  return blocks
    .map((block, at) => {
      if (block.kind !== 'row') return paragraph(block)
      const opens = blocks[at - 1]?.kind !== 'row' ? '<w:tbl>' : ''
      return `${opens}${rowOf(block)}${blocks[at + 1]?.kind !== 'row' ? '</w:tbl>' : ''}`
    })
    .join('')
}
