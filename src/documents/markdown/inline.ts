import { load } from 'cheerio'
import { superscript } from '../superscript.ts'
import { rowOf } from '../text.ts'

const tag =
  /<\/?(?:html|body|section|article|figure|figcaption|pre|code|kbd|ins|del|p|div|span|b|i|u|s|a|em|strong|font|center|sub|sup|mark|small|big|h[1-6]|ul|ol|li|blockquote|img|details|summary)(?:\s[^<>]*)?\/?>/giu
/** 「{#id .class}」 behind a heading, and what a converter says of the type of a piece, 「[……]{.underline}」. */
const attributes = /(?:^|\s+)\{[#.][^{}]{1,200}\}\s*$/u
const anchor = /\[\]\{[^{}]{1,200}\}/gu
const styled = /\[([^[\]]*)\]\{[#.][^{}]{1,200}\}/gu

/** Underscores within a word are blanks to fill in, 「自__年__月」. */
const strong = /(?<![_\p{L}\p{N}])__(?=[^\s_])([^_]{1,400})(?<=\S)__(?![_\p{L}\p{N}])/gu

/** The words of a line, without the marks of headings, lists, links, type and formulas. */
export function readLine(line: string): string {
  const row = /^\s*\|(.*)\|\s*$/u.exec(line)?.[1]
  const plain = row === undefined ? line : rowOf(row.split('|'))
  return withoutMarkup(plain.replaceAll(anchor, '').replaceAll(styled, '$1'))
    .replace(/^\s*(?:>\s?)*(?:#{1,6}\s+|[-*+]\s+(?:\[[ xX]\]\s+)?)?/u, '')
    .replace(attributes, '')
    .replaceAll(/\*{2,3}|`/gu, '')
    .replaceAll(strong, '$1')
    .replace(/^\s*([*_])([^*_\s][^*_]*)\1\s*$/u, '$2')
    .replaceAll(/(?<![\w*\\])\*(?=\p{Script=Han}|[《“（])([^*]{1,200})\*(?![\w*])/gu, '$1')
    .replaceAll(/\[([^[\]]*)\]\(https?:[^)]*\)/gu, '$1')
    .replaceAll(circled, (whole, digits: string) => circledOf(Number(digits)) ?? whole)
    .replaceAll(/\$([^$]{1,40})\$/gu, (_, formula: string) =>
      formula.replaceAll(/\\(?:mathrm|text)?\s*\{?|[{}~]/gu, '').replaceAll(/\s+/gu, ''),
    )
    .replaceAll(/\\([!-/:-@[-`{-~])/gu, '$1')
    .replace(/\\$/u, '')
}

const circled = /\\textcircled\s*\{\s*(\d{1,2})\s*\}/gu
const circledOf = (value: number) =>
  value > 0 && value <= 20 ? String.fromCodePoint(0x2460 + value - 1) : undefined

/** Tags and named characters, which Markdown may hold. */
function withoutMarkup(line: string): string {
  const text = line
    .replaceAll(/<br\s*\/?>/giu, ' ')
    .replaceAll(/<sup>(\d{1,2})<\/sup>/giu, (_, digits: string) => superscript(digits))
    .replaceAll(tag, '')
  return text.replaceAll(/&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,12}\d?);/giu, name => load(name).text())
}
