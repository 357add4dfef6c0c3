import { type CheerioAPI, load } from 'cheerio'
import { textOfXml } from '../lib/character-sets.ts'
import { ArchiveFault } from '../tables/archive.ts'

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
  return load(text)
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

function isDeeper(text: string): boolean {
  let depth = 0
  for (let at = text.indexOf('<'); at >= 0 && depth <= deepest; at = text.indexOf('<', at + 1)) {
    const next = text[at + 1]
    if (next === '/') depth -= 1
    else if (next !== '!' && next !== '?' && text[text.indexOf('>', at) - 1] !== '/') depth += 1
  }
  return depth > deepest
}
