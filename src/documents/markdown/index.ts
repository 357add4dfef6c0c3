import { load } from 'cheerio'
import { plainText } from '../../text/pages/html.ts'
import { withoutPageNumbers } from '../printed.ts'
import { superscript } from '../superscript.ts'
import { type DocumentPage, onePage, rowOf } from '../text.ts'
import { link, withoutMakerMarks } from './makers.ts'

/** Reads Markdown as other parsers write it: headings, lists, tables, pieces of HTML and of TeX. */
export function readMarkdown(text: string): DocumentPage[] {
  const hasPictures = text.search(picture) >= 0
  const plain = withoutMakerMarks(text.replace(properties, ''))
    .replaceAll(picture, '')
    .replaceAll(/<table(?:(?!<table)[\s\S])*?<\/table>/giu, table => `\n${rowsOf(table)}\n`)
  const lines = plain.split(/\r\n?|\n/u).filter(line => !drawn.test(line))
  return onePage(
    withCounts(withoutPageNumbers(lines)).map(readLine),
    hasPictures ? ['文件里有图片，图片里的字没有读。'] : [],
  )
}

/** Items of a list may all be written as 「1.」: they are counted where they are shown. */
function withCounts(lines: readonly string[]): string[] {
  let last: { space: string; said: string; count: number } | undefined
  return lines.map(line => {
    const [, space, said, rest] = /^(\s*)(\d{1,3})\.(\s+\S.*)$/u.exec(line) ?? []
    if (space === undefined || said === undefined) {
      // Neither an empty line nor one that is set in ends a list.
      if (/^\S/u.test(line)) last = undefined
      return line
    }
    const isSame = last?.space === space && last.said === said
    last = { space, said, count: isSame ? (last?.count ?? 0) + 1 : Number(said) }
    return `${space}${last.count}.${rest}`
  })
}

/** An opening mark ends the search for the closing one, so that a text of many opening marks is read in one go. */
const picture = /!\[[^[\]]*\]\([^()]*\)/gu
/** Rules, what underlines a title, the line below the head of a table, fences and comments. */
const drawn = /^(?:(?=[\s:|-]*---)[\s:|-]+|\s*(?:\|(?:\s*:?-+:?\s*\|)+|={2,}|```.*|<!--.*-->)\s*)$/u
/** 「tags: [通知]」 between two rules above the text. */
const properties =
  /^\uFEFF?(?:---\r?\n(?:(?:[\w-]+:.*|[^\S\n]*-[^\S\n].*|[^\S\n]*)\r?\n)*?---|\+\+\+\r?\n(?:(?:[\w.-]+\s*=.*|\[.*\]|[^\S\n]*)\r?\n)*?\+\+\+)\r?\n/u
const tag =
  /<\/?(?:html|body|p|div|span|b|i|u|s|a|em|strong|font|center|sub|sup|mark|small|big|h[1-6]|ul|ol|li|blockquote|img|details|summary)(?:\s[^<>]*)?\/?>/giu

const rowsOf = (table: string) =>
  (table.match(/<tr(?:(?!<tr)[\s\S])*?<\/tr>/giu) ?? [])
    .map(row => rowOf((row.match(/<t[dh](?:(?!<t[dh])[\s\S])*?<\/t[dh]>/giu) ?? []).map(plainText)))
    .join('\n')

/** Underscores within a word are blanks to fill in, 「自__年__月」. */
const strong = /(?<![_\p{L}\p{N}])__(?=[^\s_])([^_]{1,400})(?<=\S)__(?![_\p{L}\p{N}])/gu

function readLine(line: string): string {
  const row = /^\s*\|(.*)\|\s*$/u.exec(line)?.[1]
  const plain = row === undefined ? line : rowOf(row.split('|'))
  return withoutMarkup(plain)
    .replace(/^(?:\s*(?:#{1,6}\s+|>\s?|[-*+]\s+)){1,4}/u, '')
    .replaceAll(/\*\*|`/gu, '')
    .replaceAll(strong, '$1')
    .replace(/^\s*([*_])([^*_\s][^*_]*)\1\s*$/u, '$2')
    .replaceAll(/(?<![\w*\\])\*(?=\p{Script=Han}|[《“（])([^*]{1,200})\*(?![\w*])/gu, '$1')
    .replaceAll(link, '$1')
    .replaceAll(/\[([^[\]]*)\]\{[^{}]*\}/gu, '$1')
    .replaceAll(/\$([^$]{1,40})\$/gu, (_, formula: string) =>
      formula.replaceAll(/\\(?:mathrm|text)?\s*\{?|[{}~]/gu, '').replaceAll(/\s+/gu, ''),
    )
    .replaceAll(/\\([\\`*_{}[\]()#+.!|%@~<>-])/gu, '$1')
}

/** Tags and named characters, which Markdown may hold. */
function withoutMarkup(line: string): string {
  const text = line
    .replaceAll(/<br\s*\/?>/giu, ' ')
    .replaceAll(/<sup>(\d{1,2})<\/sup>/giu, (_, digits: string) => superscript(digits))
    .replaceAll(tag, '')
  return text.replaceAll(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,12}\d?);/giu, name => load(name).text())
}
