import { DeadlineError } from '../../ports/chat.ts'

const encoder = new TextEncoder()

const byteLength = (text: string): number => encoder.encode(text).byteLength

/** The text in parts of at most `maxBytes` in UTF-8, cut at line ends where it can be. */
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

/** A line that is too long by itself, cut between characters. */
function linePieces(line: string, maxBytes: number): string[] {
  if (byteLength(line) <= maxBytes) return [line]
  const pieces: string[] = []
  let piece = ''
  for (const char of line) {
    if (byteLength(piece + char) > maxBytes) {
      pieces.push(piece)
      piece = ''
    }
    piece += char
  }
  return [...pieces, piece]
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
