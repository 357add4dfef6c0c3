import { FieldRefusal } from '../../../feature.ts'
import type { InForce, LibraryDocument, LibraryPassage } from './records.ts'

/** `current`: in force on this day. */
export function validityOn({ inForce }: { inForce: InForce }, day: string): 'current' | 'upcoming' | 'ended' {
  if (inForce.until && day > inForce.until) return 'ended'
  return inForce.from && day < inForce.from ? 'upcoming' : 'current'
}

/** When a passage is in force: in a collection as its own document says. */
export function inForceOf({ inForce, parts }: LibraryDocument, { path }: LibraryPassage): InForce {
  return parts?.find(({ title }) => title === path[0])?.inForce ?? inForce
}

/** @throws {@link FieldRefusal} where the last day is before the first */
export function requireOrder({ from, until }: InForce): void {
  if (from && until && until < from) throw new FieldRefusal('until', '结束的日子早于开始的日子，请核对。')
}
