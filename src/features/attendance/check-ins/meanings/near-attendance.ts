import { nearFeaturesOf } from './near-features.ts'
import learnt from './near-weights.json' with { type: 'json' }

/** Matters of attendance, in the order of the learnt weights. */
export const nearMatters = ['sign-in', 'leave', 'late', 'unclear'] as const
type NearMatter = (typeof nearMatters)[number]
/** The matter of words that no reader of attendance took, and so the answer that fits them. */
type NearAttendance = 'unclear' | 'other' | 'leave' | 'otherLeave' | 'late' | 'makeUp' | 'leaving'

/** Weights of a feature for each matter, less its weight for talk of other things. */
export type NearWeights = ReadonlyMap<string, readonly number[]>

/** Characters; longer messages tell a matter of their own. */
export const longestNear = 40

/**
 * How probable it is that a message is about attendance at the lesson, and its likeliest matter.
 * @returns `probability`, and `leave` for that it asks for leave, from 0 to 1
 */
export function likelyMatter(
  text: string,
  weights: NearWeights,
): { matter: NearMatter; probability: number; leave: number } {
  const scores = nearMatters.map(() => 0)
  for (const feature of nearFeaturesOf(text)) {
    const row = weights.get(feature)
    if (row) for (let at = 0; at < row.length; at++) scores[at] = (scores[at] ?? 0) + (row[at] ?? 0)
  }
  const sum = scores.reduce((total, score) => total + Math.exp(score), 0)
  const matter = nearMatters[scores.indexOf(Math.max(...scores))] ?? 'unclear'
  const leave = Math.exp(scores[nearMatters.indexOf('leave')] ?? 0) / (1 + sum)
  return { matter, probability: sum / (1 + sum), leave }
}

const weights: NearWeights = new Map(
  Object.entries(learnt.hundredths).map(([feature, row]) => [feature, row.map(weight => weight / 100)]),
)

/**
 * Finds a matter of attendance in words that no reader took, so that none is dropped in silence while a window is open:
 * 「怎么没有签到的反应」, 「我在电梯里」. Nothing is counted by it. The weights are learnt by `npm run attendance:train`.
 * @param text as it was sent; more than 40 characters are never read
 */
export function nearAttendance(text: string): NearAttendance | undefined {
  if (text.length > longestNear || text.startsWith('帮助')) return undefined
  const { matter, probability, leave } = likelyMatter(text, weights)
  const isPerhapsLeave = leave >= perhapsLeave && text.includes('假')
  return probability < learnt.least && !isPerhapsLeave ? undefined : answerTo(matter, text)
}

/** So probable that words of leave get a word: who asked for it and hears nothing is taken for absent. */
const perhapsLeave = 0.5

/** How probable it is that a message of at most 40 characters asks for leave, from 0 to 1. */
export const leaveProbability = (text: string): number => likelyMatter(text, weights).leave
/** How probable it is that it is about other things than attendance. */
export const talkProbability = (text: string): number => 1 - likelyMatter(text, weights).probability

/** So improbable that words which a rule finds unclear are of other things. */
const talkAtMost = 0.05

/** Whether a message surely is about other things: 「健身打卡第三十天」. */
export const isSurelyTalk = (text: string): boolean =>
  text.length <= longestNear && talkProbability(text) > 1 - talkAtMost

const forPerson = /[帮替代](?!我请)/u
const signWord = /签|打.?卡|报.{0,2}到/u

/** The answer within a matter, by the plain words of the message. */
function answerTo(matter: NearMatter, text: string): NearAttendance {
  if (matter === 'late') return 'late'
  const [isOfSigning, isOfLeave] = [signWord.test(text), /假|[来去]不了/u.test(text)]
  if (forPerson.test(text) && (isOfSigning || isOfLeave)) return isOfLeave ? 'otherLeave' : 'other'
  if (/补[学课]/u.test(text)) return 'makeUp'
  if (/签退|早退|先[走撤溜]/u.test(text)) return 'leaving'
  if (matter === 'leave' || (isOfLeave && !isOfSigning)) return 'leave'
  return /迟到|晚到/u.test(text) && !isOfSigning ? 'late' : 'unclear'
}
