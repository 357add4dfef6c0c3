import { fold } from './fold.ts'
import { isFunctionCode } from './intents.ts'
import { unitsOf } from './tokens.ts'

/** From this likeness on people would call two wordings the same question; found on the shipped entries' wordings. */
export const nearSameFrom = 0.6

/** The parts of a wording that are compared: its telling characters and words, and their neighbouring pairs. */
export type Fingerprint = ReadonlySet<string>

/** The fingerprint of a text; words that only ask (怎么、吗、请问) leave none unless there is nothing else. */
export function fingerprintOf(text: string): Fingerprint {
  const units = unitsOf(fold(text))
  const telling = units.filter(unit => unit.length > 1 || !isFunctionCode(unit.charCodeAt(0)))
  const used = telling.length > 0 ? telling : units
  return new Set([...used, ...used.slice(1).map((unit, i) => `${used[i]} ${unit}`)])
}

/**
 * How alike two wordings are: twice what they share, by what both have.
 * @returns 0 to 1; 1 for the same words in the same order, 0 where either has no words
 */
export function likeness(one: Fingerprint, other: Fingerprint): number {
  if (one.size === 0 || other.size === 0) return 0
  let shared = 0
  for (const mark of one) if (other.has(mark)) shared++
  return (2 * shared) / (one.size + other.size)
}
