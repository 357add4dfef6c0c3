import { strToU8, zipSync } from 'fflate'
import type { Block, Sample } from './sample.ts'
import { type Piece, typeset } from './typeset.ts'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A page of a content system pasted from a word processor: spans in paragraphs, hard spaces, empty paragraphs. */
export function portalPage({ blocks, head }: Sample): Buffer {
  const labels = blocks.filter(({ kind }) => kind === 'label').map(({ text }) => `<span>${text}</span>`)
  const article = blocks.filter(({ kind }) => kind !== 'label' && kind !== 'title')
  return Buffer.from(`<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="ArticleTitle" content="${head.title}"><title>${head.title}-通知公告-${head.issuers[0]}</title></head><body>
  <header><nav><a href="/">首页</a><a href="/tz/">通知公告</a><a href="/zc/">政策服务</a></nav></header>
  <main><div class="bt"><h1>${head.title}</h1></div><div class="xx">${labels.join('&nbsp;&nbsp;|&nbsp;&nbsp;')}</div>
  <div class="TRS_Editor">${article.map((block, at) => portalParagraph(block, article[at - 1], article[at + 1])).join('\n')}<p>&nbsp;</p></div>
  <div class="fx">分享到：<a>微信</a><a>微博</a></div><div class="next">上一篇：<a href="/1.html">关于国庆假期安排的通知</a></div></main>
  <footer><p>版权所有　${head.issuers[0]}　闽ICP备00000002号</p></footer></body></html>`)
}

function portalParagraph({ kind, text }: Block, before: Block | undefined, after: Block | undefined): string {
  if (kind === 'row') {
    const cells = text.split(' | ').map(cell => `<td><p><span>${escaped(cell.trim())}</span></p></td>`)
    return `${before?.kind === 'row' ? '' : '<table><tbody>'}<tr>${cells.join('')}</tr>${after?.kind === 'row' ? '' : '</tbody></table>'}`
  }
  const half = Math.ceil(text.length / 3)
  const spans = [text.slice(0, half), text.slice(half)].map(
    each => `<span style="font-size:16pt">${escaped(each)}</span>`,
  )
  const style = kind === 'sign' || kind === 'date' ? ' style="text-align:right"' : ''
  return `<p${style}>${style ? '' : '&nbsp;&nbsp;&nbsp; '}${spans.join('')}</p>${kind === 'h' ? '' : '<p><br></p>'}`
}

/** Plain text as a mail program keeps it: 70 columns in UTF-8, an empty line between paragraphs. */
export function mailedText({ blocks }: Sample): Buffer {
  const written = blocks.map(({ kind, text }) => {
    if (kind === 'sign' || kind === 'date') return `${' '.repeat(40)}${text}`
    const lines: string[] = []
    for (const sign of ['p', 'h', 'list'].includes(kind) ? `    ${text}` : text) {
      const line = lines.at(-1)
      if (line === undefined || widthOf(line + sign) > 70) lines.push(sign)
      else lines[lines.length - 1] = line + sign
    }
    return lines.join('\n')
  })
  return Buffer.from(written.join('\n\n'))
}

const widthOf = (text: string) => [...text].reduce((sum, sign) => sum + (/[ -~]/u.test(sign) ? 1 : 2), 0)

/** Millimetres of a character of the body. */
const mm = 5.6

/** An OFD of a converter: an object for each few characters, steps in groups, scaled by a matrix, a page in a block. */
export function glyphsOfd({ blocks }: Sample): Uint8Array {
  const space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
  const pages = typeset(blocks).map(
    pieces =>
      `<ofd:Page ${space}><ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer Type="Body" ID="9"><ofd:PageBlock ID="10">${pieces.flatMap(split).map(drawn).join('')}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>`,
  )
  return zipSync({
    'OFD.xml': strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><ofd:OFD ${space} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:Title>无标题</ofd:Title></ofd:DocInfo><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    ),
    'Doc_0/Document.xml': strToU8(
      `<ofd:Document ${space}><ofd:CommonData><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>${pages.map((_, at) => `<ofd:Page ID="${at + 1}" BaseLoc="/Doc_0/Pages/Page_${at}/Content.xml"></ofd:Page>`).join('')}</ofd:Pages></ofd:Document>`,
    ),
    ...Object.fromEntries(pages.map((xml, at) => [`Doc_0/Pages/Page_${at}/Content.xml`, strToU8(xml)])),
  })
}

/** Pieces of at most seven characters, as a converter cuts them. */
function split(piece: Piece): Piece[] {
  const pieces: Piece[] = []
  let x = piece.x
  for (const part of piece.text.match(/.{1,7}/gu) ?? []) {
    pieces.push({ ...piece, text: part, x })
    x += (widthOf(part) / 2) * piece.size
  }
  return pieces
}

function drawn({ text, x, y, size }: Piece): string {
  const signs = [...text].slice(0, -1)
  const isEven = signs.length > 0 && signs.every(sign => !/[ -~]/u.test(sign))
  const steps = isEven
    ? `g ${signs.length} ${size * 10}`
    : signs.map(sign => (/[ -~]/u.test(sign) ? 5 : 10) * size).join(' ')
  const scale = mm / 10
  return `<ofd:TextObject ID="${Math.round(x * 100)}" Boundary="${x * mm} ${(y - size) * mm} ${(widthOf(text) / 2) * size * mm} ${size * mm}" CTM="${scale} 0 0 ${scale} 0 0" Font="3" Size="${size * 10}"><ofd:TextCode X="0" Y="${size * 8.8}"${steps ? ` DeltaX="${steps}"` : ''}>${escaped(text)}</ofd:TextCode></ofd:TextObject>`
}
