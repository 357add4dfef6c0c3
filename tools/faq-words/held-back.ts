import { partCount, partOf } from '../faq-train/samples.ts'
import { type Counted, grow, type Pair } from './growth.ts'

/** Log-likelihood ratios from which on pairs may be taken. */
const evidences = [10, 20, 30, 40, 60, 100]
/**
 * Least share of held-back wordings with the word of makers whose entry says the
 * meaning, from the least evidence on.
 */
const leastShare = 0.75

type Judged = { evidence: number; said: number; all: number }

/**
 * How pairs that were grown from the other parts of the wordings hold on each part, by the evidence for them.
 * @returns for each least evidence the share, 0 to 1, of held-back wordings with the word whose entry says the meaning
 */
export function sharesHeldBack(
  entries: readonly Counted[],
): { evidence: number; share: number; pairs: number }[] {
  const judged = Array.from({ length: partCount }, (_, part) =>
    judge(
      entries,
      grow(entries, text => partOf(text) !== part),
      text => partOf(text) === part,
    ),
  ).flat()
  return evidences.map(evidence => {
    const taken = judged.filter(each => each.evidence >= evidence)
    const sumOf = (numberOf: (each: Judged) => number) => taken.reduce((sum, each) => sum + numberOf(each), 0)
    return {
      evidence,
      share:
        sumOf(({ said }) => said) /
        Math.max(
          1,
          sumOf(({ all }) => all),
        ),
      pairs: Math.round(taken.length / partCount),
    }
  })
}

/** The least evidence whose pairs hold on held-back wordings; the highest where none do. */
export const leastEvidence = (shares: ReturnType<typeof sharesHeldBack>): number =>
  shares.find(({ share }) => share >= leastShare)?.evidence ?? (evidences.at(-1) as number)

function judge(
  entries: readonly Counted[],
  pairs: readonly Pair[],
  isHeld: (text: string) => boolean,
): Judged[] {
  const held = entries.map(({ wordings }) => wordings.filter(({ text }) => isHeld(text)))
  return pairs.map(({ word, meaning, evidence }) => {
    const counts = held.map(list => list.filter(({ phrases }) => phrases.has(word)).length)
    const said = counts.filter((_, at) => entries[at]?.rules.has(meaning))
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
    return { evidence, said: sum(said), all: sum(counts) }
  })
}
