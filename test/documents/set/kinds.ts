import { strToU8, zipSync } from 'fflate'
import { encodedInGbk } from './gbk.ts'
import type { Block, Sample } from './sample.ts'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const cellsOf = (text: string) => text.split(' | ').map(cell => cell.trim())
const isLabelled = ({ path, text }: Block) => path.length > 0 && text.startsWith(path.at(-1) ?? '')

const spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const levels = ['%1', '%1.%2', '%1.%2.%3'].map(
  (text, at) =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading${at + 1}"/><w:suff w:val="space"/><w:lvlText w:val="${text}"/></w:lvl>`,
)
const headings = [1, 2, 3].map(
  at =>
    `<w:style w:type="paragraph" w:styleId="Heading${at}"><w:name w:val="heading ${at}"/><w:pPr><w:numPr>${at > 1 ? `<w:ilvl w:val="${at - 1}"/>` : ''}<w:numId w:val="4"/></w:numPr><w:outlineLvl w:val="${at - 1}"/></w:pPr></w:style>`,
)

/** A guide whose headings Word numbers as 1, 1.1 and 1.1.1, with a field of contents and a running head. */
export function outlineDocx({ blocks, head }: Sample): Uint8Array {
  const contents = blocks.filter(({ kind }) => kind === 'contents')
  const body = blocks.map(block => {
    if (block.kind === 'contents') return block === contents[0] ? contentsField(contents) : ''
    if (block.kind === 'row') return docxRow(block, blocks)
    const label = /^(\d+(?:\.\d+)*) /u.exec(block.text)?.[1]
    const style = label ? `<w:pPr><w:pStyle w:val="Heading${label.split('.').length}"/></w:pPr>` : ''
    const text = label ? block.text.slice(label.length + 1) : block.text
    return `<w:p>${style}<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`
  })
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'word/document.xml': strToU8(`<w:document ${spaces}><w:body>${body.join('')}</w:body></w:document>`),
    'word/numbering.xml': strToU8(
      `<w:numbering ${spaces}><w:abstractNum w:abstractNumId="9">${levels.join('')}</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num></w:numbering>`,
    ),
    'word/styles.xml': strToU8(`<w:styles ${spaces}>${headings.join('')}</w:styles>`),
    'word/header1.xml': strToU8(`<w:hdr ${spaces}><w:p><w:r><w:t>${head.title}</w:t></w:r></w:p></w:hdr>`),
  })
}

function contentsField(lines: readonly Block[]): string {
  const written = lines.map(({ text }, at) => {
    const [name = '', page] = text.split('\t')
    const begins =
      at === 1
        ? '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3" \\h</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        : ''
    const number = page
      ? `<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF _Toc${at}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>${page}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
      : ''
    return `<w:p>${begins}<w:hyperlink><w:r><w:t xml:space="preserve">${name}</w:t></w:r>${number}</w:hyperlink></w:p>`
  })
  return `<w:sdt><w:sdtContent>${written.join('')}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:sdtContent></w:sdt>`
}

function docxRow(block: Block, blocks: readonly Block[]): string {
  const at = blocks.indexOf(block)
  const cells = cellsOf(block.text).map(
    cell => `<w:tc><w:p><w:r><w:t>${escaped(cell)}</w:t></w:r></w:p></w:tc>`,
  )
  const opens = blocks[at - 1]?.kind === 'row' ? '' : '<w:tbl>'
  return `${opens}<w:tr>${cells.join('')}</w:tr>${blocks[at + 1]?.kind === 'row' ? '' : '</w:tbl>'}`
}

/** A web page as Word saves it: GBK, lists whose numbers are marked as ignored, cells of paragraphs. */
export function wordPage({ blocks, head }: Sample): Buffer {
  const body = blocks.map((block, at) => {
    if (block.kind !== 'row') return wordParagraph(block)
    const cells = cellsOf(block.text).map(
      cell =>
        `<td width=120 valign=top style='width:90.0pt;border:solid windowtext 1.0pt'>\r\n  <p class=MsoNormal align=center><span\r\n  style='font-size:12.0pt'>${escaped(cell)}<o:p></o:p></span></p>\r\n  </td>`,
    )
    const opens = blocks[at - 1]?.kind === 'row' ? '' : '<table class=MsoTableGrid border=1 cellspacing=0>'
    return `${opens}<tr style='height:20.0pt'>${cells.join('\r\n  ')}</tr>${blocks[at + 1]?.kind === 'row' ? '' : '</table>'}`
  })
  const page = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 15"><title>${head.title}</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]--><style><!-- @list l0 {mso-list-id:1} p.MsoNormal {font-size:16.0pt} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><div class=WordSection1>${body.join('\r\n\r\n')}<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p></div></body></html>`
  return Buffer.from(page.split(/\r?\n/u).map(encodedInGbk).join('0d0a'), 'hex')
}

function wordParagraph(block: Block): string {
  const label = isLabelled(block) ? (block.path.at(-1) ?? '') : ''
  const number = label
    ? `<![if !supportLists]><span lang=EN-US style='font-size:16.0pt'><span style='mso-list:Ignore'>${label}<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]>`
    : ''
  const text = escaped(block.text.slice(label.length)).replaceAll(
    /[\d.]+/gu,
    digits => `<span lang=EN-US>${digits}</span>`,
  )
  const kind = label ? "class=MsoListParagraph style='mso-list:l0 level1 lfo1'" : 'class=MsoNormal'
  const middle = Math.ceil(text.length / 2)
  const breakAt = text.indexOf('，', middle)
  // Word breaks the lines of its source anywhere between two words.
  const source = breakAt < 0 ? text : `${text.slice(0, breakAt + 1)}\r\n${text.slice(breakAt + 1)}`
  return `<p ${kind}>${number}<span style='font-size:16.0pt;font-family:仿宋'>${source}<o:p></o:p></span></p>`
}

/** A page of an office whose editor knows no paragraphs: a division each, bold labels, a list of links beside. */
export function dividedPage({ blocks, head }: Sample): Buffer {
  const labels = blocks.filter(({ kind }) => kind === 'label').map(({ text }) => `<span>${text}</span>`)
  const article = blocks.filter(({ kind }) => kind !== 'label' && kind !== 'title')
  const lines = article.map(({ kind, text }) => {
    const said = /^[问答]：/u.test(text)
      ? `<b>${text.slice(0, 2)}</b>${escaped(text.slice(2))}`
      : escaped(text)
    if (kind === 'h') return `<div><div class="sub"><strong>${said}</strong></div></div>`
    return `<div${kind === 'sign' || kind === 'date' ? ' align="right"' : ''}>　　${said}</div>`
  })
  return Buffer.from(`<!DOCTYPE html><html lang="zh-CN"><head><meta charset="UTF-8"><title>${head.title} - ${head.issuers[0]}</title></head><body>
<div class="top"><span>今天是2026年1月6日 星期二</span><a>无障碍阅读</a><a>长者模式</a></div>
<div class="location">您现在的位置：<a>首页</a> &gt; <a>政策解读</a> &gt; <a>问答解读</a></div>
<div class="wrap"><div class="left"><div class="article"><div class="tit">${head.title}</div><div class="attr">${labels.join(' ')}<span>字号：<a>大</a> <a>中</a> <a>小</a></span></div>
<div class="con">${lines.join('')}</div><div class="editor">（责任编辑：信息中心）</div><div class="qr">扫一扫在手机打开当前页</div></div></div>
<div class="right"><div class="h">相关链接</div><ul><li><a>榕海市青年人才租房补贴实施细则</a></li><li><a>一图读懂租房补贴</a></li></ul></div></div>
<div class="foot"><div>主办：${head.issuers[0]}</div><div>网站标识码：3501000000　闽公网安备 35010200000000号</div></div></body></html>`)
}

const perLine = 32
const perPage = 34
const widthOf = (text: string) => [...text].reduce((sum, sign) => sum + (/[ -~]/u.test(sign) ? 0.5 : 1), 0)

/** Plain text that a program took from a PDF: lines as printed, a running head and a page number between clauses. */
export function pagedText({ blocks, head }: Sample): Buffer {
  const lines = blocks.flatMap(({ kind, text }) => {
    if (['no', 'title', 'annex'].includes(kind) || /^第.{1,3}章/u.test(text)) return [centred(text)]
    if (kind === 'sign' || kind === 'date')
      return [`${' '.repeat(Math.max(0, 60 - 2 * widthOf(text)))}${text}`]
    return broken(kind === 'to' ? text : `    ${text}`)
  })
  const pages = Array.from({ length: Math.ceil(lines.length / perPage) }, (_, at) => {
    const own = lines.slice(at * perPage, (at + 1) * perPage)
    const running = at === 0 ? [] : [centred(`${head.issuers[0]}文件`), '']
    return [...running, ...own, '', centred(`- ${at + 1} -`)].join('\n')
  })
  return Buffer.from(pages.join('\n\f'))
}

const centred = (text: string) => `${' '.repeat(Math.max(0, Math.floor(perLine - widthOf(text))))}${text}`

function broken(text: string): string[] {
  const lines = ['']
  for (const sign of text) {
    if (widthOf((lines.at(-1) ?? '') + sign) > perLine && !/[，。；：、）]/u.test(sign)) lines.push('')
    lines.push((lines.pop() ?? '') + sign)
  }
  return lines
}

/** Markdown of a notes program: an underlined title, bold lines for headings, escaped signs, hard spaces. */
export function notesMarkdown({ blocks }: Sample): Buffer {
  const pieces = blocks.map((block, at) => {
    const { kind, text } = block
    if (kind === 'title') return `${text}\n${'='.repeat(12)}`
    if (kind === 'row') return alignedRow(blocks, at)
    if (/^\d\. /u.test(text)) return text.replaceAll('（', '&#xFF08;')
    if (kind === 'p' && !/[。，：；]/u.test(text)) return `**${text}**`
    if (kind === 'sign' || kind === 'date') return `<p align="right">${text}</p>`
    return `&emsp;&emsp;${text.replaceAll(/([+@_])/gu, '\\$1')}`
  })
  return Buffer.from(`---\ntags: [征集]\n---\n\n${pieces.join('\n\n')}\n`.replaceAll('|\n\n|', '|\n|'))
}

function alignedRow(blocks: readonly Block[], at: number): string {
  const cells = cellsOf(blocks[at]?.text ?? '')
  const line = `|${cells.join('|')}|`
  return blocks[at - 1]?.kind === 'row' ? line : `${line}\n|${cells.map(() => ':--:').join('|')}|`
}
