import { dayAlone, dayBehind } from './dates.ts'
import { officesIn } from './offices.ts'
import type { DocumentLine } from './types.ts'

export type Signature = {
  issuers: string[]
  date: string
  /** The numbers of its lines, from 0. */
  lines: Set<number>
  /** The last of them. */
  end: number
}

const mostSignatureLines = 6

/** The first day in a line of its own, with the offices above it. */
export function signatureIn(lines: readonly DocumentLine[]): Signature | undefined {
  for (const [at, { text }] of lines.entries()) {
    const date = dayAlone(text)
    const joined = date ? undefined : dayBehind(text)
    const own = joined ? officesIn(joined.before) : []
    if (!date && own.length === 0) continue
    const above = officesAbove(lines, at)
    const numbers = [at, ...above.map(each => each.at)]
    return {
      date: date ?? joined?.day ?? '',
      issuers: [...above.toReversed().flatMap(({ offices }) => offices), ...own],
      lines: new Set(numbers),
      end: at,
    }
  }
  return undefined
}

function officesAbove(lines: readonly DocumentLine[], at: number): { at: number; offices: string[] }[] {
  const found: { at: number; offices: string[] }[] = []
  for (let above = at - 1; above >= 0 && above >= at - mostSignatureLines; above -= 1) {
    const offices = officesIn(lines[above]?.text ?? '')
    if (offices.length === 0) break
    found.push({ at: above, offices })
  }
  return found
}
