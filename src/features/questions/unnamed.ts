import { withoutIdentifiers } from '../../text/identifiers.ts'
import { nameParts } from '../../text/names.ts'

/** Shorter names are words of everyday language too. */
const shortestName = 2
/** A question is kept to this length. */
const longestKept = 300

/**
 * Takes out of questions what says who: names of these people become their member ids, phone, identity and card numbers
 * and e-mail addresses their kind. 「优空间-张唯」 is found by the whole and by its last part, the person's own name.
 * @returns what makes one line of at most 300 characters of a question
 */
export function unnamer(people: readonly { id: string; name: string }[]): (question: string) => string {
  const names = people
    .flatMap(({ id, name }) => [name, nameParts(name).at(-1) ?? ''].map(part => ({ id, part })))
    .filter(({ part }) => [...part].length >= shortestName)
    .sort((a, b) => b.part.length - a.part.length)
  return question => {
    const masked = names.reduce((said, { id, part }) => said.replaceAll(part, `〔成员 ${id}〕`), question)
    const line = withoutIdentifiers(masked).replace(/\s+/gu, ' ').trim()
    return [...line].slice(0, longestKept).join('')
  }
}
