import { readQuestionSet } from '../../src/features/faq/editing/index.ts'
import { type FamiliarityWeights, termsOf } from '../../src/features/faq/finder/outcome/familiarity.ts'
import { createRecogniser, type Recogniser } from '../../src/features/faq/finder/query/aliases.ts'
import type { Knowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import { hashOf } from '../../src/features/faq/knowledge/situations.ts'
import { fold } from '../../src/text/fold.ts'
import { unitsOf } from '../../src/text/tokens.ts'
import { questionsAbout } from './strangers.ts'

type Kind = 'ours' | 'strangers' | 'beside'
type Heard = { text: string; kind: Kind }

/** A term that stands in fewer texts is chance. */
const leastTexts = 4
const epochs = 12
const rate = 0.15
/** How much all the texts of a kind count together, against all that some entry answers. */
const kindCounts: Record<Kind, number> = { ours: 1, strangers: 0.2, beside: 1 }
/** Lighter terms are left out: they decide nothing, and the table is shipped. */
const leastWeight = 0.5

type Example = { terms: string[]; truth: number; weight: number }

/**
 * Weights of terms under which the logistic function of their sum tells what entries are asked from what none answers
 * (AdaGrad). The same knowledge gives the same weights.
 * @param isWanted which texts are learnt from, by the text of which they were made; by default all
 */
export function learnFamiliarity(
  { entries, situations, strangers, aliases }: Knowledge,
  isWanted: (origin: string) => boolean = () => true,
): FamiliarityWeights {
  const asIs = (kind: Kind) => (text: string) => ({ text, kind, origin: text })
  const texts = [
    ...entries
      .flatMap(({ id, question, otherQuestions }) => [
        question,
        ...otherQuestions,
        ...(situations.get(id) ?? []),
      ])
      .map(asIs('ours')),
    ...readQuestionSet('data/faq-questions.yaml')
      .filter(({ expected }) => expected.length > 0)
      .map(({ question }) => question)
      .map(asIs('ours')),
    ...strangers.topics.flatMap((topic, at) =>
      questionsAbout(topic, at).map(text => ({ text, kind: 'strangers' as const, origin: topic })),
    ),
    ...strangers.situations.map(asIs('strangers')),
    ...strangers.beside.map(asIs('beside')),
  ].filter(({ origin }) => isWanted(origin))
  const weights = descend(examplesOf(texts, createRecogniser(aliases)))
  const kept = [...weights]
    .filter(([, weight]) => Math.abs(weight) >= leastWeight)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const groups = new Map<number, string[]>()
  for (const [term, weight] of kept) {
    const rounded = Math.round(weight * 5) / 5
    groups.set(rounded, [...(groups.get(rounded) ?? []), term])
  }
  const inOrder = [...groups].sort(([a], [b]) => a - b)
  return Object.fromEntries(inOrder.map(([weight, terms]) => [weight, terms.join(',')]))
}

function descend(examples: readonly Example[]): Map<string, number> {
  const weights = new Map<string, number>()
  const slopes = new Map<string, number>()
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { terms, truth, weight } of examples) {
      const sum = terms.reduce((total, term) => total + (weights.get(term) ?? 0), 0)
      const pull = (1 / (1 + Math.exp(-sum)) - truth) * weight
      for (const term of terms) {
        const slope = (slopes.get(term) ?? 1e-6) + pull * pull
        slopes.set(term, slope)
        weights.set(term, (weights.get(term) ?? 0) - (rate * pull) / Math.sqrt(slope))
      }
    }
  }
  return weights
}

/** In an order that does not depend on where a text stands in its file. */
function examplesOf(texts: readonly Heard[], recognise: Recogniser): Example[] {
  const read = [...texts]
    .sort((a, b) => hashOf(a.text) - hashOf(b.text) || (a.text < b.text ? -1 : 1))
    .map(({ text, kind }) => ({ terms: termsBesideNames(text, recognise), kind }))
  const counts = new Map<string, number>()
  for (const { terms } of read) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  const ofKind = (kind: Kind) => read.filter(each => each.kind === kind).length
  const weightOf = (kind: Kind) => (kindCounts[kind] * ofKind('ours')) / Math.max(1, ofKind(kind))
  const weights = { ours: weightOf('ours'), strangers: weightOf('strangers'), beside: weightOf('beside') }
  return read.map(({ terms, kind }) => ({
    terms: terms.filter(term => (counts.get(term) ?? 0) >= leastTexts),
    truth: Number(kind === 'ours'),
    weight: weights[kind],
  }))
}

function termsBesideNames(text: string, recognise: Recogniser): string[] {
  const units = unitsOf(fold(text))
  const { mentions } = recognise(units)
  return termsOf(units, at => !mentions.some(({ from, to }) => at >= from && at < to)).map(term => term.text)
}
