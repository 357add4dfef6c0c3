import { encodedInGbk } from './gbk.ts'
import type { Block, Sample } from './sample.ts'

/** In characters of full width, as an old editor breaks lines. */
const perLine = 36
const widthOf = (text: string) => [...text].reduce((sum, sign) => sum + (/[ -~]/u.test(sign) ? 0.5 : 1), 0)

/** Plain text in GBK, its lines broken after 36 characters wherever that falls. */
export function wrappedText({ blocks }: Sample): Buffer {
  return Buffer.from(blocks.flatMap(linesOf).map(encodedInGbk).join('0d0a'), 'hex')
}

function linesOf({ kind, text }: Block): string[] {
  const room = perLine - widthOf(text)
  if (kind === 'sign' || kind === 'date') return [`${'\u3000'.repeat(Math.max(0, room - 2))}${text}`]
  if (kind === 'mark' || kind === 'no' || kind === 'title' || kind === 'annex')
    return [`${'\u3000'.repeat(Math.max(0, Math.floor(room / 2)))}${text}`, ...(kind === 'mark' ? [''] : [])]
  const isFlush = kind === 'to' || kind === 'start' || kind === 'copy'
  const lines = ['']
  for (const sign of `${isFlush ? '' : '\u3000\u3000'}${text}`) {
    if (widthOf((lines.at(-1) ?? '') + sign) > perLine) lines.push('')
    lines.push((lines.pop() ?? '') + sign)
  }
  return lines
}

/** Plain text of an editor: a mark of UTF-8 at its start, a line for each paragraph, indents of wide spaces. */
export function editorText({ blocks }: Sample): Buffer {
  const lines = blocks.map(({ kind, text }) => {
    if (kind === 'sign' || kind === 'date') return `${'\u3000'.repeat(20)}${text}`
    return kind === 'p' || kind === 'list' ? `\u3000\u3000${text}` : text
  })
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`)
}

/** Plain text copied from an article in a chat program: a paragraph each, empty lines between, no indents. */
export function pastedText({ blocks }: Sample): Buffer {
  return Buffer.from(blocks.map(({ text }) => text.trim()).join('\n\n'))
}
