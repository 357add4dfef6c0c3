import type { Temporal } from 'temporal-polyfill'
import { foldCharacters } from '../../characters.ts'
import { inNearMonth, inYear } from './calendar.ts'
import { dayTokens } from './day-tokens.ts'

/** A first or a last day in a text, with the words around it in [start, end). */
type Bound = { day: Temporal.PlainDate; hasYear: boolean; start: number; end: number }

const words = {
  from: { before: /从?\s*$/u, after: /^\s*(?:起|开始)/u },
  until: { before: /(?:直到|截至|截止到?|到|至)\s*$/u, after: /^(?:为止|止)?/u },
}

/**
 * 「从12月5日起」 or 「到12月31日为止」.
 * @param notBefore a day without a year is the first such day from this one on
 * @throws RangeError where no calendar has the day
 */
export function findBound(
  text: string,
  which: keyof typeof words,
  notBefore: Temporal.PlainDate,
): Bound | undefined {
  const folded = foldCharacters(text)
  const { before, after } = words[which]
  for (const token of dayTokens(folded, ['monthDay', 'openMonthDay', 'dottedDay', 'nearMonth'])) {
    const lead = before.exec(folded.slice(0, token.start))
    const tail = after.exec(folded.slice(token.end))
    if (!lead || !tail) continue
    const day =
      token.kind === 'nearMonth'
        ? inNearMonth(token.words, notBefore)
        : inYear(token.words, notBefore, { pastDays: 0 })
    return {
      day,
      hasYear: token.words.year !== undefined,
      start: lead.index,
      end: token.end + tail[0].length,
    }
  }
  return undefined
}
