const addressPattern = /(https?:\/\/[\w.:[\]/?#@!$&'*+,;=%~-]+)/u
/** The beginning of a heading, a quotation or a list. */
const blockStart = /^(\s*)(#{1,6}(?=\s|$)|>|[+-](?=\s|$))/gmu
/** A line of dashes or equals signs would be a rule, or make the line before it a heading or the head of a table. */
const ruleLine = /^(\s*)([-=|:])(?=[-=|: \t]*$)/gmu
/** The number of a list. */
const listNumber = /^([ \t]{0,3})(\d{1,9})([.)])(?=\s|$)/gmu
/** Would make the line code. */
const indent = /^(?: {4}| {0,3}\t)[ \t]*/gmu
const noBreakSpace = '\u00a0'
/** Would show as the character that it names. */
const entity = /&(?=#?\w{1,31};)/gu
const inline = /[\\`*_~[\]<]/gu

/** A plain text as markdown that shows the same characters; addresses stay as they are, so that they open. */
export function toMarkdown(text: string): string {
  const markdown = text
    .split(addressPattern)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('')
    .replace(ruleLine, '$1\\$2')
    .replace(blockStart, '$1\\$2')
    .replace(indent, blank => blank.replaceAll('\t', '    ').replaceAll(' ', noBreakSpace))
  return withOwnNumbers(markdown)
}

const escaped = (text: string) => text.replace(inline, char => `\\${char}`).replace(entity, '\\&')

/** Lists are numbered anew where they are shown: only numbers that count up from 1 stay list numbers. */
function withOwnNumbers(text: string): string {
  let count = 0
  return text.replace(listNumber, (whole, blank: string, number: string, mark: string) => {
    if (number !== String(count + 1)) return `${blank}${number}\\${mark}`
    count += 1
    return whole
  })
}
