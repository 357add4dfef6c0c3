import { fold } from '../../../../text/fold.ts'
import { askingWordsIn } from '../../../../text/intents.ts'
import type { Findable } from '../library/library.ts'
import type { HeardQuery } from '../query/query.ts'

const texts = new WeakMap<Findable, string>()

/** All wordings of an entry and its answer, folded; read once. */
export function saidBy(item: Findable): string {
  const before = texts.get(item)
  if (before !== undefined) return before
  const { question, otherQuestions, situations = [], answer } = item
  const said = fold([question, ...otherQuestions, ...situations, answer].join('\n'))
  texts.set(item, said)
  return said
}

/** Pairs, and units, beyond these tell no more. */
const mostPairs = 5

/** How much the question says beside names and asking words that the entry never does: 「代理」 of 「高企找哪家代理」. */
export function unsaidSignals({ units, mentions, telling }: HeardQuery, item: Findable) {
  const said = saidBy(item)
  const isAsking = askingWordsIn(units)
  const isNamed = (at: number) => mentions.some(({ from, to }) => at >= from && at < to)
  let [all, unsaid, most, count, run, longest] = [0, 0, 0, 0, 0, 0]
  units.forEach((unit, at) => {
    const isPair = at > 0 && !isNamed(at) && !isNamed(at - 1) && !(isAsking[at] && isAsking[at - 1])
    const weight = isPair ? (telling[at] ?? 0) : 0
    const isUnsaid = isPair && !said.includes(`${units[at - 1]}${unit}`)
    all += weight
    run = isUnsaid ? run + 1 : 0
    longest = Math.max(longest, run)
    if (!isUnsaid) return
    unsaid += weight
    count++
    most = Math.max(most, weight)
  })
  const beside = units.filter((_, at) => !isNamed(at)).length
  return {
    unsaidShare: all > 0 ? unsaid / all : 0,
    mostTellingUnsaid: most,
    unsaidPairs: Math.min(1, count / mostPairs),
    longestUnsaid: Math.min(1, longest / mostPairs),
    unitsBesideNames: Math.log(1 + beside) / mostPairs,
  }
}
