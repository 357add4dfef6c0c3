import { type FeatureName, featureNames } from '../../finder/features/features.ts'
import type { Finding, Ranked } from '../../finder/finder.ts'

/** One part of a score: how much of it there is, what it weighs, what it adds. */
export type ScorePart = { name: FeatureName; value: number; weight: number; adds: number }

/** The parts that a score is the sum of, those that count most first; parts that add nothing are left out. */
export function partsOf({ parts, weights }: Pick<Ranked, 'parts' | 'weights'>): ScorePart[] {
  return featureNames
    .map(name => ({ name, value: parts[name], weight: weights[name] }))
    .map(part => ({ ...part, adds: part.value * part.weight }))
    .filter(({ adds }) => Math.abs(adds) >= 0.005)
    .sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds))
}

const percent = (share: number) => `${Math.round(share * 100)}%`

/** Why it would answer, ask back or say that it does not know, in one or two sentences. */
export function sayWhy(finding: Finding): string {
  const { kind, sureness, thresholds, ambiguousWord, isElsewhere, ranked } = finding
  const first = `对第一条的把握 ${percent(sureness.ofFirst)}（到 ${percent(thresholds.answer)} 才直接答）`
  const any = `对前三条的把握 ${percent(sureness.ofAny)}（到 ${percent(thresholds.choices)} 才反问）`
  if (isElsewhere) return '问的是别的城市，这里的知识只管本地，所以不答。'
  if (ranked.length === 0) return '知识里没有一条和它沾边，所以说不知道。'
  if (ambiguousWord && kind === 'choices') return `「${ambiguousWord}」可能指好几样，所以一定先反问。`
  if (kind === 'answer') return `${first}，所以直接答。`
  if (kind === 'choices') return `${first}，不够；${any}，所以反问。`
  return `${first}，${any}，都不够，所以说不知道，转给指导员。`
}

/** The parts of a score as people read them; the test holds them to the scorer's own list. */
export const partWords: Readonly<Record<string, string>> = {
  rowOfIdeal: '问法里有多少要紧的字词',
  rowOfBest: '和最像的一条比',
  answerOfBest: '答案里有这些字词',
  editedAnswerOfBest: '答案里有（精编条目）',
  questionCovered: '问题被问法盖住多少',
  rowCovered: '问法被问题盖住多少',
  questionPairsCovered: '问题里的字对被盖住多少',
  rowPairsCovered: '问法里的字对被盖住多少',
  leastCovered: '两边盖得较少的一边',
  coveredWithAnswer: '问法和答案合起来盖住多少',
  missingFromRow: '问题里最要紧的字，问法没有',
  missingFromQuestion: '问法里最要紧的字，问题没有',
  subsequence: '次序相同的字占问题多少',
  subsequenceOfRow: '次序相同的字占问法多少',
  run: '最长的一段相同',
  lengthLikeness: '长短相近',
  isSame: '一字不差',
  sameEnd: '结尾相同',
  sameBegin: '开头相同',
  intents: '问的是同一类（多少、怎么、何时）',
  intentsConflict: '问的不是同一类',
  intentFit: '条目平时答不答这一类问题',
  meantByRules: '创客的说法，答案里有',
  meantByWordings: '创客的说法，问法里有',
  negationDiffers: '一边有「不」一边没有',
  numbersMissing: '问题里的数字，问法没有',
  numbersExtra: '问法里的数字，问题没有',
  soundsCovered: '读音对得上（打错字）',
  soundSubsequence: '读音次序相同',
  placeAgrees: '地方一致',
  placeConflicts: '地方不一致',
  programmeNamed: '点了这个项目的名',
  programmeHeard: '听着像这个项目的名',
  programmeOther: '点了别的项目的名',
  namedCovered: '连项目的叫法在内盖住多少',
  namedPairsCovered: '连项目的叫法在内，字对盖住多少',
  spoken: '这个项目里说过的字',
  unspoken: '这个项目里从没说过的字',
  tellingUnspoken: '最要紧而这个项目从没说过的字',
  likelihood: '这一条的各种说法合起来像不像',
  likelihoodGap: '离最像的一条差多少',
  askedLikelihood: '只看问的那几句，像不像',
  askedLikelihoodGap: '只看问的那几句，离最像的一条差多少',
}
