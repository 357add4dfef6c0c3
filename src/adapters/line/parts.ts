import { DeadlineError } from '../../ports/chat.ts'

const encoder = new TextEncoder()

const byteLength = (text: string): number => encoder.encode(text).byteLength

/** The text in parts of at most `maxBytes` in UTF-8, cut at line ends, else at the ends of sentences. */
export function textParts(text: string, maxBytes: number): string[] {
  const parts: string[] = []
  let part = ''
  for (const piece of text.split(/(?<=\n)/u).flatMap(line => linePieces(line, maxBytes))) {
    if (part !== '' && byteLength(part + piece) > maxBytes) {
      parts.push(part.trimEnd())
      part = ''
    }
    part += piece
  }
  return part.trim() === '' ? parts : [...parts, part]
}

/** A line that is too long by itself: cut behind sentences, else behind pauses, else ahead of a figure. */
function linePieces(line: string, maxBytes: number): string[] {
  const pieces: string[] = []
  let rest = line
  while (rest.length > maxBytes || byteLength(rest) > maxBytes) {
    // No more can fit: each character has a byte at least. The whole rest each time would cost time by its square.
    const piece = pieceOf(startOf(rest.slice(0, maxBytes + 1), maxBytes))
    pieces.push(piece)
    rest = rest.slice(piece.length)
  }
  return rest === '' ? pieces : [...pieces, rest]
}

const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** The most characters, as people see them, from the start that fit; at least one. */
function startOf(line: string, maxBytes: number): string {
  let start = ''
  let bytes = 0
  for (const { segment } of characters.segment(line)) {
    bytes += byteLength(segment)
    if (bytes > maxBytes) break
    start += segment
  }
  return start || [...line].slice(0, Math.max(1, Math.floor(maxBytes / mostCodePointBytes))).join('')
}

const mostCodePointBytes = 4

/** An ASCII mark ends a sentence only before a blank or a Chinese character: addresses hold them too. */
const untilSentence = /^.*(?:[。！？；]|[!?;](?=[\s\p{Script=Han}]))/su
const untilPause = /^.*[，、：\s]/su
const figureAtEnd = /[\d.,:%％〇零一二三四五六七八九十百千万亿]+$/u

const addressAtEnd = /https?:\/\/[\x21-\x7e]*$/u

/** A backslash and the character that it escapes stay together. */
const halfEscape = /(?<!\\)(?:\\{2})*\\$/u

function pieceOf(whole: string): string {
  const fits = halfEscape.test(whole) ? whole.slice(0, -1) || whole : whole
  const start = fits.replace(addressAtEnd, '') || fits
  return (
    untilSentence.exec(start)?.[0] ?? untilPause.exec(start)?.[0] ?? (start.replace(figureAtEnd, '') || start)
  )
}

/**
 * Says the parts of one message, one after the other. What fails after the first part went out is unknown as a whole:
 * sent again, the first part would stand there twice.
 * @returns what each part gave
 */
export async function sayInOrder<T>(steps: readonly (() => Promise<T>)[]): Promise<T[]> {
  const given: T[] = []
  for (const [index, step] of steps.entries()) {
    try {
      given.push(await step())
    } catch (cause) {
      if (index === 0) throw cause
      throw new DeadlineError('a later part did not go out', { cause })
    }
  }
  return given
}
