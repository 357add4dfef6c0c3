import { load } from 'cheerio'
import { textOfFile } from '../lib/character-sets.ts'
import type { SourceBlock } from './docx/source.ts'

/** Elements that begin a line of their own in a browser. */
const ownLine = 'p, div, li, tr, br, hr, table, section, article, pre, dt, dd, h1, h2, h3, h4, h5, h6'

/**
 * The lines of a text, a Markdown file or a web page as they stand there, for a person to compare with what was read
 * from it: of a page everything that it says, its navigation too. The reader of passages has no part in it.
 * @returns undefined where the characters are not known
 */
export function textSource(bytes: Uint8Array, kind: 'txt' | 'md' | 'html'): SourceBlock[] | undefined {
  const text = textOfFile(bytes)
  if (text === undefined) return undefined
  return (kind === 'html' ? saidOn(text) : text.replaceAll('\r', '')).split(/[\n\f]/u).map(line => ({
    page: 1,
    kind: 'paragraph',
    align: 'start',
    number: '',
    pieces: line.trim() === '' ? [] : [{ text: line.trimEnd(), isBold: false, isDeleted: false }],
  }))
}

function saidOn(markup: string): string {
  const page = load(markup.replaceAll(/\s+/gu, ' '))
  page('script, style, noscript, template').remove()
  page(ownLine).before('\n').append('\n')
  page('td, th').append(' | ')
  page('a').after(' ')
  return page('body')
    .text()
    .replaceAll(/ ?\| *\n/gu, '\n')
    .replaceAll(/[^\S\n]*\n\s*/gu, '\n')
    .trim()
}
