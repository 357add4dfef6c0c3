import { pictureFont } from '../../../ports/pictures.ts'
import { escapeXml } from '../../../text/pages/xml-text.ts'
import { wrapLines } from './line-breaks.ts'

/** How wide the picture is that groups get: the full width of a phone with three dots to a point. */
export const pictureWidthPx = 1080

/** In the drawing's own units, a phone's points. */
const width = 390
const margin = 22
const inner = width - 2 * margin
const red = '#b8232a'
const ink = '#20242a'
const grey = '#636b75'
const line = '#e6e8eb'

type TextStyle = { size: number; leading: number; weight: 400 | 700; fill: string }
const textStyles = {
  title: { size: 25, leading: 34, weight: 700, fill: '#fff' },
  date: { size: 14, leading: 20, weight: 400, fill: '#ffffff' },
  what: { size: 18, leading: 27, weight: 700, fill: ink },
  body: { size: 15.5, leading: 25, weight: 400, fill: ink },
  when: { size: 14, leading: 22, weight: 400, fill: grey },
  closing: { size: 13, leading: 20, weight: 400, fill: grey },
} as const satisfies Record<string, TextStyle>

type Drawn = { svg: string; height: number }

/**
 * The text of a broadcast as a long picture: the same words, set for reading on a phone.
 * @param text as it is edited: blocks between blank lines; the first line is the head where blocks follow
 * @returns an SVG document
 */
export function drawText(text: string): string {
  const [first = '', ...rest] = text.trim().split(/\n{2,}/u)
  const hasHead = rest.length > 0 && !first.includes('\n') && first.length <= 40
  const head = drawHead(hasHead ? first : '通知')
  const blocks = hasHead ? rest : [first, ...rest]
  let y = head.height + 20
  const drawn = blocks.map((block, i) => {
    const isLast = i === blocks.length - 1
    const piece = isItem(block)
      ? drawItem(block, y)
      : drawParagraph(block, y, isLast && blocks.some(isItem) ? textStyles.closing : textStyles.body)
    y += piece.height + 16
    return piece.svg
  })
  const height = Math.ceil(y + 10)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="${pictureFont}">
<rect width="${width}" height="${height}" fill="#fff"/>
${head.svg}
${drawn.join('\n')}
</svg>`
}

const isItem = (block: string) => /^(?:\d+\. |· )/u.test(block)

/** 「政策速递 2026年11月27日」: the name large, the date under it. */
function drawHead(text: string): Drawn {
  const [, name = text, date = ''] = /^(.+?)\s+(\d{4}年.+)$/u.exec(text) ?? []
  const title = setLines(name, { x: margin, y: 24, width: inner, style: textStyles.title })
  const below = setLines(date, { x: margin, y: 24 + title.height + 4, width: inner, style: textStyles.date })
  const height = 24 + title.height + (date === '' ? 0 : 4 + below.height) + 20
  return { svg: `<rect width="${width}" height="${height}" fill="${red}"/>${title.svg}${below.svg}`, height }
}

/** A number in red beside it, the first line bold, the last one, when and where, in grey. */
function drawItem(block: string, y: number): Drawn {
  const [, mark = '·', what = '', more = ''] = /^(\d+|·)\.? (.*)(?:\n([\s\S]*))?$/u.exec(block) ?? []
  const lines = more.split('\n').filter(text => text !== '')
  const indent = 34
  const place = { x: margin + indent, width: inner - indent }
  let height = 0
  const parts: string[] = []
  const add = (text: string, style: TextStyle, gap: number) => {
    const set = setLines(text, { ...place, y: y + height + gap, style })
    parts.push(set.svg)
    height += gap + set.height
  }
  add(what, textStyles.what, 0)
  for (const [i, text] of lines.entries()) {
    const isWhen = i === lines.length - 1 && (lines.length > 1 || mark === '·')
    add(text, isWhen ? textStyles.when : textStyles.body, i === 0 ? 6 : 5)
  }
  const [cx, cy] = [margin + 11, y + textStyles.what.leading / 2]
  const number =
    mark === '·'
      ? `<circle cx="${cx}" cy="${cy}" r="4" fill="${red}"/>`
      : `<circle cx="${cx}" cy="${cy}" r="12" fill="${red}"/><text x="${cx}" y="${cy + 4.8}" font-size="13.5" font-weight="700" fill="#fff" text-anchor="middle">${escapeXml(mark)}</text>`
  const under = `<rect x="${margin}" y="${y + height + 14}" width="${inner}" height="1" fill="${line}"/>`
  return { svg: `${number}${parts.join('')}${under}`, height: height + 15 }
}

function drawParagraph(block: string, y: number, style: TextStyle): Drawn {
  let height = 0
  const svg = block.split('\n').map(text => {
    const set = setLines(text, { x: margin, y: y + height, width: inner, style })
    height += set.height
    return set.svg
  })
  return { svg: svg.join(''), height }
}

function setLines(
  text: string,
  { x, y, width: room, style }: { x: number; y: number; width: number; style: TextStyle },
): Drawn {
  if (text === '') return { svg: '', height: 0 }
  const lines = wrapLines(text, room / style.size)
  const spans = lines.map((words, i) => {
    const baseline = y + i * style.leading + (style.leading + style.size * 0.74) / 2
    return `<text x="${x}" y="${baseline.toFixed(1)}" font-size="${style.size}" font-weight="${style.weight}" fill="${style.fill}" xml:space="preserve">${escapeXml(words)}</text>`
  })
  return { svg: spans.join(''), height: lines.length * style.leading }
}
