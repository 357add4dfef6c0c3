const addressPattern = /(https?:\/\/[\w.:[\]/?#@!$&'*+,;=%~-]+)/u
/** The beginning of a heading, a quotation or a list. */
const blockStart = /^(\s*)([#>+-])(?=\s)/gmu
const inline = /[\\`*_~[\]<]/gu

/** A plain text as markdown that shows the same characters; addresses stay as they are, so that they open. */
export function toMarkdown(text: string): string {
  return text
    .split(addressPattern)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('')
}

const escaped = (text: string) => text.replace(inline, sign => `\\${sign}`).replace(blockStart, '$1\\$2')
