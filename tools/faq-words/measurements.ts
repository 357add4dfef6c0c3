import { type FeatureName, featureNames } from '../../src/features/faq/finder/features/features.ts'
import { questionKindOf, questionKinds } from '../../src/features/faq/finder/query/question-kind.ts'
import type { Knowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import { findableOf, ownDistrict, textsOf } from '../../src/features/faq/live-entries.ts'
import { learnRanking, type TrainingGroup } from '../faq-train/learning.ts'
import { groupOf, leaveFoldsOut, partCount, type Sample } from '../faq-train/samples.ts'
import { createWordsWithout } from './left-out.ts'

const ofMakersWords: readonly FeatureName[] = ['meantByRules', 'meantByWordings']

/**
 * Lines that say, for each kind of question, how often the right entry is first with the makers' words and without.
 * Each wording is asked of a base, of makers' words and of weights that it had no part in.
 */
export function measureRanking(knowledge: Knowledge): string[] {
  const items = knowledge.entries.map(entry => findableOf(entry, knowledge.situations))
  const { aliases, strangers } = knowledge
  const options = {
    aliases,
    home: ownDistrict,
    strangers: textsOf(strangers),
    wordsWithout: createWordsWithout(knowledge),
  }
  const samples = (['wordings', 'situations'] as const).flatMap(asked =>
    leaveFoldsOut(items, options, asked).flat(),
  )
  return questionKinds.flatMap(kind => {
    const own = samples.filter(({ query }) => questionKindOf(query) === kind)
    const withWords = own.filter(({ query }) => query.meant.length > 0)
    if (withWords.length === 0) return []
    const judged = { without: firsts(own, isOther), with: firsts(own, () => true) }
    const count = ({ isFirst }: { isFirst: Map<Sample, boolean> }, list: readonly Sample[]) =>
      list.filter(sample => isFirst.get(sample)).length
    const shareOf = (list: readonly Sample[]) =>
      [judged.without, judged.with].map(each => `${((100 * count(each, list)) / list.length).toFixed(2)}%`)
    const [without, having] = shareOf(own)
    const [withoutHere, havingHere] = shareOf(withWords)
    return [
      `${kind} (${own.length}): first ${without} without, ${having} with; of ${withWords.length} with a makers' word ${withoutHere} and ${havingHere}`,
      `  weights ${ofMakersWords.map(name => `${name} ${judged.with.weightOf(name).toFixed(2)}`).join(', ')}`,
    ]
  })
}

const isOther = (name: FeatureName) => !ofMakersWords.includes(name)

/** Whether the right entry is first under weights learnt from the other parts, of the wanted features alone. */
function firsts(samples: readonly Sample[], isWanted: (name: FeatureName) => boolean) {
  const groups = samples.map(sample => {
    const group = groupOf(sample, 1)
    const candidates = group.candidates.map(values =>
      values.map((value, at) => (isWanted(featureNames[at] as FeatureName) ? value : 0)),
    )
    return { sample, group: { ...group, candidates } }
  })
  const learn = (part: number) =>
    learnRanking(
      groups.filter(({ sample }) => sample.part !== part).map(({ group }) => group),
      { rounds: 150, decay: 1e-3 },
    )
  const weights = Array.from({ length: partCount }, (_, part) => learn(part))
  const isFirst = new Map(
    groups.map(({ sample, group }) => [sample, isRightFirst(group, weights[sample.part] as Float64Array)]),
  )
  return { isFirst, weightOf: (name: FeatureName) => weights[0]?.[featureNames.indexOf(name)] ?? 0 }
}

function isRightFirst({ candidates, right }: TrainingGroup, weights: Float64Array): boolean {
  const scores = candidates.map(values =>
    values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0),
  )
  return right[scores.indexOf(Math.max(...scores))] === true
}
