import type { Finder, Finding, Ranked } from './finder/finder.ts'
import type { Meaning } from './model/meaning.ts'

/** The one way to what answers a question, for chat, test page, batch and command line alike. */
export type SearchEntries = (question: string, topic?: string) => Promise<Finding>

/** How much nearer in meaning the first must be than the next, as a difference of cosines, to be told at once. */
const clearlyNearer = 0.05

/**
 * By characters, and where these leave it open between a few, by meaning too. Meaning only settles what the characters
 * found: it puts the choices into its order, and where both agree on the first and it stands out, that is told.
 * Meaning brings up nothing of its own and answers nothing that the characters would not offer.
 * @param meaning undefined where there is no such endpoint
 */
export function createSearch(finder: Pick<Finder, 'find'>, meaning: Meaning | undefined): SearchEntries {
  return async (question, topic) => {
    const finding = finder.find(question, topic)
    if (!meaning || !isOpen(finding)) return finding
    const offered = finding.choices.map(({ found }) => found)
    const cosines = await meaning(
      question,
      offered.map(({ wording }) => wording),
    )
    return cosines ? settled(finding, offered, cosines) : finding
  }
}

/** An ambiguous word always asks back, whatever it seems to mean. */
const isOpen = ({ kind, choices, ambiguousWord }: Finding) =>
  kind === 'choices' && ambiguousWord === undefined && choices.length > 1

function settled(finding: Finding, offered: readonly Ranked[], cosines: readonly number[]): Finding {
  const inOrder = offered
    .map((found, at) => ({ found, cosine: cosines[at] ?? 0 }))
    .sort((a, b) => b.cosine - a.cosine)
  const [first, second] = inOrder
  const stands = (first?.cosine ?? 0) - (second?.cosine ?? 0) >= clearlyNearer
  const isAgreed = first !== undefined && first.found === finding.ranked[0] && stands
  if (isAgreed) return { ...finding, kind: 'answer', choices: [] }
  const others = finding.ranked.filter(one => !offered.includes(one))
  return {
    ...finding,
    ranked: [...inOrder.map(({ found }) => found), ...others],
    choices: inOrder.map(({ found }) => ({ meaning: undefined, found })),
  }
}
