import { withoutIdentifiers } from '../../../text/identifiers.ts'
import { createNameMask } from '../../../text/names/names.ts'

/** A question is kept to this length. */
const longestKept = 300

/**
 * Takes out of questions what says who: names of these people become their member ids, phone, identity and card numbers
 * and e-mail addresses their kind.
 * @returns what makes one line of at most 300 characters of a question
 */
export function createQuestionMask(
  people: readonly { id: string; name: string }[],
): (question: string) => string {
  const masked = createNameMask(people.map(({ id, name }) => ({ name, mask: `〔成员 ${id}〕` })))
  return question => {
    const line = withoutIdentifiers(masked(question)).replace(/\s+/gu, ' ').trim()
    return [...line].slice(0, longestKept).join('')
  }
}
