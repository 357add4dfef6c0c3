import { strToU8, zipSync } from 'fflate'
import type { Block, Sample } from './sample.ts'

const spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

type List = { id: number; format: string; text: string; label: RegExp }
/** Each level is a list of its own, so that 「3.」 goes on below 「二、」; 「（1）」 starts anew by an override. */
const lists: readonly List[] = [
  { id: 1, format: 'chineseCountingThousand', text: '%1、', label: /^[一二三四五六七八九十]+、/u },
  { id: 2, format: 'decimal', text: '%1.', label: /^\d+\./u },
  { id: 3, format: 'chineseCountingThousand', text: '（%1）', label: /^（[一二三四五六七八九十]+）/u },
]

/** A DOCX whose numbers count through the whole document, list by list; its styles hang on each other. */
export function continuedDocx({ blocks }: Sample): Uint8Array {
  const body = blocks.map((block, at) => (block.kind === 'row' ? rowIn(blocks, at) : paragraph(block)))
  const levels = lists.map(
    ({ id, format, text }) =>
      `<w:abstractNum w:abstractNumId="${id}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:suff w:val="nothing"/><w:lvlText w:val="${text}"/></w:lvl></w:abstractNum>`,
  )
  const numbers = lists.map(({ id }) => `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`)
  const styles = lists.map(
    ({ id }) =>
      `<w:style w:type="paragraph" w:styleId="Base${id}"><w:pPr><w:numPr><w:numId w:val="${id}"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Used${id}"><w:basedOn w:val="Base${id}"/></w:style>`,
  )
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(`<w:document ${spaces}><w:body>${body.join('')}</w:body></w:document>`),
    'word/numbering.xml': strToU8(
      `<w:numbering ${spaces}>${levels.join('')}${numbers.join('')}</w:numbering>`,
    ),
    'word/styles.xml': strToU8(`<w:styles ${spaces}>${styles.join('')}</w:styles>`),
  })
}

function paragraph({ kind, text, path }: Block): string {
  const label = path.at(-1) ?? ''
  const isClause = (kind === 'p' || kind === 'h') && !path[0]?.startsWith('附件') && text.startsWith(label)
  const list = isClause ? lists.find(each => each.label.test(label)) : undefined
  const style = list ? `<w:pPr><w:pStyle w:val="Used${list.id}"/></w:pPr>` : ''
  const written = list ? text.replace(list.label, '') : text
  return `<w:p>${style}<w:r><w:t xml:space="preserve">${escaped(written)}</w:t></w:r></w:p>`
}

function rowIn(blocks: readonly Block[], at: number): string {
  const cells = (blocks[at]?.text ?? '')
    .split(' | ')
    .map(cell => `<w:tc><w:p><w:r><w:t>${escaped(cell.trim())}</w:t></w:r></w:p></w:tc>`)
  const opens = blocks[at - 1]?.kind === 'row' ? '' : '<w:tbl>'
  return `${opens}<w:tr>${cells.join('')}</w:tr>${blocks[at + 1]?.kind === 'row' ? '' : '</w:tbl>'}`
}
