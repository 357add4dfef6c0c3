const addressPattern = /(https?:\/\/[\w.:[\]/?#@!$&'*+,;=%~-]+)/u
/** The beginning of a heading, a quotation or a list. */
const blockStart = /^(\s*)([#>+-])(?=\s)/gmu
/** A line of dashes or equals signs would be a rule, or make the line before it a heading. */
const ruleLine = /^(\s*)([-=])(?=[-= \t]*$)/gmu
/** Would show as the character that it names. */
const entity = /&(?=#?\w{1,31};)/gu
const inline = /[\\`*_~[\]<]/gu

/** A plain text as markdown that shows the same characters; addresses stay as they are, so that they open. */
export function toMarkdown(text: string): string {
  return text
    .split(addressPattern)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('')
}

const escaped = (text: string) =>
  text
    .replace(inline, char => `\\${char}`)
    .replace(entity, '\\&')
    .replace(ruleLine, '$1\\$2')
    .replace(blockStart, '$1\\$2')
