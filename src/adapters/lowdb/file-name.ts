import { createHash } from 'node:crypto'

/** File systems take 255 bytes; what is appended to a broken or temporary file needs room too. */
const longest = 160
/** Windows opens its devices under these names, whatever follows the dot. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)$/

/**
 * A file name for any text, different for different texts on every file system, also where case or the form
 * of an accent does not count: only `a-z 0-9 _ -` stay as they are, the rest becomes `%` and four hex digits.
 */
export function toFileName(text: string): string {
  if (text === '') return '%'
  const name = device.test(text) ? escapeUnit(text.charAt(0)) + text.slice(1) : escapeUnits(text)
  if (name.length <= longest) return name
  return `${name.slice(0, longest - 66)}%%${createHash('sha256').update(text, 'utf16le').digest('hex')}`
}

/** The text behind a file name of ours; undefined where it was too long to be kept in the name. */
export function fromFileName(name: string): string | undefined {
  if (name === '%') return ''
  if (name.includes('%%')) return undefined
  return name.replaceAll(/%([\da-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

const escapeUnits = (text: string) => text.replaceAll(/[^a-z0-9_-]/g, escapeUnit)
const escapeUnit = (unit: string) => `%${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
