import { titleEnd } from '../structure/head/title.ts'
import { rowOf } from '../text.ts'

/**
 * Text of a Markdown file without the marks that only one maker writes: the head that a reader of web pages puts above
 * (Jina), links of a site above the text (Firecrawl and others), boxes and attributes (Pandoc), commands of TeX
 * (Mathpix, Nougat).
 */
export function withoutMakerMarks(text: string): string {
  const written = text.replaceAll(/\r\n?/gu, '\n')
  return withoutLinksAbove(withoutBoxes(withoutTex(withoutPageHead(written))))
}

/** 「Title: …」 to 「Markdown Content:」; the text below has its own title. */
const pageHead = /^\uFEFF?\s*(?:[A-Z][A-Za-z ]{2,24}:[^\n]*\n+){1,8}?Markdown Content:[^\S\n]*\n/u
const withoutPageHead = (text: string) => text.replace(pageHead, '')

/** A box, 「::: {custom-style="章标题"}」, its end, attributes of a heading and a line that is broken by a backslash. */
const withoutBoxes = (text: string) =>
  text
    .replaceAll(/^[^\S\n]*:{3,}(?:[^\S\n]*(?:\{[^{}\n]*\}|[\w-]+))*[^\S\n]*:*$/gmu, '')
    .replaceAll(/^(#{1,6}[^\S\n][^\n]*?)[^\S\n]*\{[#.][^{}\n]*\}[^\S\n]*$/gmu, '$1')
    .replaceAll(/(?<!\\)\\$/gmu, '')

/** A table ends before the next one begins, so that a text of tables without ends is read in one go. */
const table = /\\begin\{(tabular|array|longtable)\}(?:\{[^{}]*\})?((?:(?!\\begin\{)[\s\S])*?)\\end\{\1\}/gu
const named =
  /\\(?:title|author|date|(?:sub){0,2}section\*?|paragraph|chapter\*?|textbf|textit|emph|underline)\{\s*([^{}]*?)\s*\}/gu

/** Headings, lists and tables of TeX as lines; formulas within a line stay. */
function withoutTex(text: string): string {
  if (!/\\(?:begin|title|(?:sub){0,2}section)\b/u.test(text)) return text
  return text
    .replaceAll(table, (_, _name, rows: string) => rowsOf(rows))
    .replaceAll(named, '$1')
    .replaceAll(/^[^\S\n]*\\(?:begin|end)\{[^{}\n]*\}(?:\[[^\]\n]*\]|\{[^{}\n]*\})*[^\S\n]*$/gmu, '')
    .replaceAll(/^([^\S\n]*)\\item(?:\[([^\]\n]*)\])?[^\S\n]*/gmu, '$1$2')
    .replaceAll(/^[^\S\n]*\\(?:maketitle|newpage|clearpage|centering|noindent|hline|footnotetext)\b/gmu, '')
}

/** 「一档 & 10万元 \\\\」 as a row. */
const rowsOf = (rows: string) =>
  rows
    .replaceAll(/\\(?:hline|toprule|midrule|bottomrule|cline\{[^{}]*\})/gu, '')
    .split(/\\\\/u)
    .filter(row => row.trim() !== '')
    .map(row => `\n${rowOf(row.split(/(?<!\\)&/u)).replaceAll('\\&', '&')}`)
    .join('')

/** An address, a file or a place of the page, which may hold brackets: 「[2026](12号)」 is no link. */
export const link =
  /\[([^[\]]*)\]\((?:(?:[a-z][a-z0-9+.-]*:|#|\.{0,2}\/|[\w-]+\.\w)(?:[^()\s]|\([^()\s]*\))*)?(?:\s+"[^"]*")?\)/giu
/** Between the links of a path, 「[首页](/) > [政务公开](/zwgk) > 解读」. */
const between = /^[\s>»›/|·•、—-]*(?:[^\s。，；：#]{1,12})?[\s>»›/|·•、—-]*$/u
const isOfLinks = (line: string) => {
  const plain = line.replace(/^\s*[-*+]\s+/u, '')
  return plain.includes('](') && between.test(plain.replaceAll(link, ''))
}

/** A title tells its matter, in characters. */
const shortestTitle = 8

/**
 * Lines of nothing but links lead elsewhere as long as nothing else stands above; one link alone may be the title, and
 * so may one right above the text that ends as titles do.
 */
function withoutLinksAbove(text: string): string {
  const lines = text.split('\n')
  const first = lines.findIndex(line => line.trim() !== '' && !isOfLinks(line))
  const above = lines.slice(0, Math.max(first, 0))
  const links = above.flatMap(line => line.match(link) ?? [])
  if (links.length < 2 && !links.some(one => /\((?:[^()]*)#[^()]*\)$/u.test(one))) return text
  const last = above.findLastIndex(line => line.trim() !== '')
  const words = (above[last] ?? '').replaceAll(link, '$1').trim()
  const isTitle = words.length >= shortestTitle && titleEnd.test(words)
  return lines.slice(isTitle ? last : first).join('\n')
}
