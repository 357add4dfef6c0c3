import { createFinder, type Findable, type Finder } from './finder/finder.ts'
import type { Knowledge } from './knowledge.ts'
import type { Entry } from './records.ts'

/** What the finder reads of an entry. */
export function findableOf(entry: Entry): Findable {
  return {
    id: entry.id,
    question: entry.question,
    otherQuestions: entry.otherQuestions,
    answer: [entry.short, ...entry.details.map(detail => detail.text)].join('\n'),
    programme: entry.programme,
    region: entry.region === '国家' ? undefined : entry.region,
  }
}

/** Where the knowledge holds; what is asked of other cities is none of ours. */
export const home = '台江'

/** A finder over all that is live. */
export function finderOver({ entries, aliases }: Knowledge): Finder {
  return createFinder(entries.map(findableOf), { aliases, home })
}
