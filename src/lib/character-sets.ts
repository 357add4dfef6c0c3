import { detect } from 'chardet'

/** Enough to hold the head of a page, where it names its character set. */
const headBytes = 2048
const fewBytes = 256
const manyBytes = 65_536

const inPage = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/iu
const inXml = /^\s*<\?xml[^>]+encoding\s*=\s*["']([\w-]+)["']/iu
const inHeader = /charset\s*=\s*["']?([\w-]+)/iu

/**
 * Bytes as text. A byte order mark tells for certain; then what the site says, what the page says, and
 * what the bytes look like are tried in turn, and the first that fits without a fault counts: many
 * sites name one and send another.
 */
export function textOfPage(bytes: Uint8Array, contentType: string): string {
  for (const label of labelsOf(bytes, contentType)) {
    const text = strictly(bytes, label)
    if (text !== undefined) return text
  }
  // A page that is broken at one place is still to be read.
  const [first = 'utf-8'] = labelsOf(bytes, contentType)
  return new TextDecoder(first).decode(bytes)
}

/**
 * The text of a file that says nothing of its character set: UTF-16 with a mark, UTF-8 or GB 18030.
 * @returns undefined where it is none of these, or holds a NUL
 */
export function textOfFile(bytes: Uint8Array): string | undefined {
  const mark = markOf(bytes)
  return (mark ? [mark] : ['utf-8', 'gb18030'])
    .map(label => strictly(bytes, label))
    .find(text => text !== undefined && !text.includes('\0'))
}

/** The text of an XML part of an archive: UTF-8, or UTF-16 where the mark at its start says so. */
export const textOfXml = (bytes: Uint8Array): string => new TextDecoder(markOf(bytes)).decode(bytes)

/** One after the other, since guessing takes longer than all the rest. */
function* labelsOf(bytes: Uint8Array, contentType: string): Generator<string> {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, headBytes))
  const named = [
    markOf(bytes),
    inHeader.exec(contentType)?.[1],
    inPage.exec(head)?.[1],
    inXml.exec(head)?.[1],
    'utf-8',
  ]
  for (const label of named) if (label) yield* knownLabel(label)
  yield* knownLabel(looksLike(bytes) ?? '')
  yield 'gb18030'
}

/** A guess needs enough to go by; of a few bytes it makes any language. */
function looksLike(bytes: Uint8Array): string | undefined {
  return bytes.length < fewBytes ? undefined : (detect(bytes.subarray(0, manyBytes)) ?? undefined)
}

function markOf([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return a === 0xff && b === 0xfe ? 'utf-16le' : undefined
}

/** GB 18030 holds all that GB 2312 and GBK hold, and pages that name those use it. */
function knownLabel(label: string): [] | [string] {
  const plain = label.toLowerCase()
  if (/^(?:gb2312|gbk|gb_2312-80|x-gbk|hz-gb-2312)$/.test(plain)) return ['gb18030']
  try {
    return [new TextDecoder(plain).encoding]
  } catch {
    return []
  }
}

function strictly(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
