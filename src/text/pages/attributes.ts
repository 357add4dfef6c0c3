/** Attributes of one tag. Tags of editors and frameworks have some thirty. */
const mostAttributes = 200

const space = '[ \\n\\t\\f\\r]'
const tagStart = /<[a-z][^ \n\t\f\r/>]*/giy
/** Values go without quotation marks too, as the parser reads them. */
const attribute = new RegExp(
  `[ \\n\\t\\f\\r/]*[^ \\n\\t\\f\\r/>][^ \\n\\t\\f\\r/>=]*(?:${space}*=${space}*(?:"[^"]*"?|'[^']*'?|(?!["'])[^ \\n\\t\\f\\r>]*))?`,
  'uy',
)

/** Elements whose content is no markup, up to their own closing tag. */
const rawText = /^<(?:script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)$/iu

/** A page with at most 200 attributes a tag: the parser compares each with all before it. Its text stays the same. */
export function withFewAttributes(markup: string): string {
  const kept: string[] = []
  let from = 0
  for (let at = markup.indexOf('<'); at >= 0; at = markup.indexOf('<', at)) {
    const name = matchAt(tagStart, markup, at)
    const { cut, end } =
      name === '' ? { cut: undefined, end: skipped(markup, at) } : attributesOf(markup, at + name.length)
    if (cut !== undefined) {
      kept.push(markup.slice(from, cut))
      from = end
    }
    at = rawText.test(name) ? closingTag(markup, name, end) : end
  }
  return from === 0 ? markup : [...kept, markup.slice(from)].join('')
}

/** @returns where the attributes end, and where those begin that are too many */
function attributesOf(markup: string, start: number): { cut: number | undefined; end: number } {
  let [end, count] = [start, 0]
  let cut: number | undefined
  for (;;) {
    const found = matchAt(attribute, markup, end)
    if (found === '') return { cut, end }
    if (count === mostAttributes) cut = end
    end += found.length
    count += 1
  }
}

/** @returns the end of a comment or declaration, else the place behind this character */
function skipped(markup: string, at: number): number {
  const isComment = markup.startsWith('<!--', at)
  if (!isComment && !/[!?]/u.test(markup[at + 1] ?? '')) return at + 1
  const end = isComment ? commentEnd(markup, at + 4) : markup.indexOf('>', at)
  return end < 0 ? markup.length : end
}

/** 「<!-->」 and 「<!--->」 are comments too, and 「--!>」 ends one. */
function commentEnd(markup: string, from: number): number {
  if (/^-?>/u.test(markup.slice(from, from + 2))) return from
  const end = /--!?>/gu
  end.lastIndex = from
  return end.exec(markup)?.index ?? -1
}

/** @returns where the closing tag begins; the end of the page where there is none */
function closingTag(markup: string, name: string, from: number): number {
  const closing = new RegExp(`</${name.slice(1)}(?=[ \\n\\t\\f\\r/>])`, 'giu')
  closing.lastIndex = from
  return closing.exec(markup)?.index ?? markup.length
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
