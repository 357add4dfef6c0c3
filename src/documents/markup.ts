import { type CheerioAPI, load } from 'cheerio'
import { textOfXml } from '../lib/character-sets.ts'
import { ArchiveFault } from '../tables/archive.ts'
import { withFewAttributes } from '../text/pages/attributes.ts'

/**
 * Tags of one part, of elements both. Five hundred pages of a word processor have some 300,000; a million may take a
 * thread's memory so fast that the whole process ends.
 */
const mostTags = 400_000
/** Elements within each other: tables within boxes within tables have some thirty. */
const deepest = 400

/**
 * Parses a part of a packed document; one that is not there has no elements.
 * @throws {@link ArchiveFault} for more tags, or tags within each other, than documents have
 */
export function loadXml(bytes: Uint8Array = new Uint8Array()): CheerioAPI {
  // Before its text takes memory.
  if (hasMore(at => bytes.indexOf(tagStart, at), mostTags)) throw new ArchiveFault('too-large')
  const text = textOfXml(bytes)
  if (isDeeper(text)) throw new ArchiveFault('too-large')
  return load(text, { xml: true })
}

/**
 * Parses a page. Its paragraphs may go without closing tags, so that only frames are counted that stand within each
 * other.
 * @throws {@link ArchiveFault} for more tags than documents have
 */
export function loadPage(text: string): CheerioAPI {
  const isTooLarge = hasMore(at => text.indexOf('<', at), mostTags) || haveDeeperFrames(text)
  if (isTooLarge) throw new ArchiveFault('too-large')
  return load(withFewAttributes(text))
}

const tagStart = '<'.charCodeAt(0)

function hasMore(next: (from: number) => number, most: number): boolean {
  let count = 0
  for (let at = next(0); at >= 0; at = next(at + 1)) if (++count > most) return true
  return false
}

function haveDeeperFrames(text: string): boolean {
  let depth = 0
  for (const [, closes] of text.matchAll(/<(\/?)(?:div|table|section|span|ul|ol|blockquote|font)\b/giu)) {
    depth = Math.max(0, depth + (closes ? -1 : 1))
    if (depth > deepest) return true
  }
  return false
}

const space = '[ \\n\\t\\f\\r]'
const tagName = /[^ \n\t\f\r/>]*/uy
/** Values go without quotation marks too, as the parser reads them. */
const attribute = new RegExp(
  `[ \\n\\t\\f\\r/]*[^ \\n\\t\\f\\r/>][^ \\n\\t\\f\\r/>=]*(?:${space}*=${space}*(?:"[^"]*"?|'[^']*'?|(?!["'])[^ \\n\\t\\f\\r>]*))?`,
  'uy',
)
const tagEnd = /[ \n\t\f\r/]*/uy
/** Their ends, behind what opens them and as many of its characters. */
const skipped = [
  ['<!--', '-->', 2],
  ['<![CDATA[', ']]>', 9],
  ['<!-', '>', 4],
  ['<!', '>', 3],
  ['<?', '>', 2],
] as const

/** Counts elements as the parser does: a closing tag ends the last of its name with all within it, or nothing. */
function isDeeper(text: string): boolean {
  const open: string[] = []
  for (let at = text.indexOf('<'); at >= 0 && open.length <= deepest; at = text.indexOf('<', at)) {
    const skip = skipped.find(([start]) => text.startsWith(start, at))
    if (skip) {
      const [, end, from] = skip
      at = text.indexOf(end, at + from)
      if (at < 0) return false
    } else if (text[at + 1] === '/') {
      at = closeTag(text, at + 2, open)
    } else {
      at = openTag(text, at + 1, open)
    }
  }
  return open.length > deepest
}

/** @returns where it ends */
function openTag(text: string, from: number, open: string[]): number {
  const name = matchAt(tagName, text, from)
  if (name === '') return from
  let at = from + name.length
  for (let found = ' '; found !== ''; at += found.length) found = matchAt(attribute, text, at)
  const rest = matchAt(tagEnd, text, at)
  if (!rest.includes('/')) open.push(name)
  return at + rest.length
}

/** @returns where it ends */
function closeTag(text: string, from: number, open: string[]): number {
  const start = from + matchAt(spaces, text, from).length
  const name = matchAt(closingName, text, start)
  const at = open.lastIndexOf(name)
  if (at >= 0) open.length = at
  const end = text.indexOf('>', start + name.length)
  return end < 0 ? text.length : end
}
const spaces = /[ \n\t\f\r]*/uy
const closingName = /[^ \n\t\f\r>]*/uy

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
