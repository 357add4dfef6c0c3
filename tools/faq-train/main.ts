import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Refusal } from '../../src/feature.ts'
import { featureNames } from '../../src/features/faq/finder/features/features.ts'
import {
  kindOf,
  type QuestionKind,
  questionKinds,
} from '../../src/features/faq/finder/query/question-kind.ts'
import { loadKnowledge } from '../../src/features/faq/knowledge/knowledge.ts'
import { coursesIn } from './courses.ts'
import { learnFamiliarity } from './familiarity-training.ts'
import { learnRanking, named } from './learning.ts'
import { type Course, learnOutcome, reportOn } from './outcome-training.ts'
import { groupOf, type RankingWeights, reranked, type Sample } from './samples.ts'

const weightsFile = 'src/features/faq/finder/weights.json'

/** Ours is kept tight: people ask otherwise than its own wordings do, and a wrong figure hurts. */
const limitsOfShort = {
  wrong: 0.008,
  wrongEntry: 0.12,
  answeredOutside: 0.004,
  answeredTopics: 0.006,
  answeredNear: 0.11,
  metOutside: 0.012,
  metTopics: 0.03,
  metNear: 0.3,
}
/** A situation has more foreign words: similar ones must be kept apart more strictly. */
const limitsOfLong = {
  wrong: 0.01,
  wrongEntry: 0.14,
  answeredOutside: 0.008,
  answeredTopics: 0.016,
  answeredNear: 0.08,
  metOutside: 0.02,
  metTopics: 0.07,
  metNear: 0.3,
}
const limitsOfLetter = { ...limitsOfLong, metTopics: 0.05 }
const limitsOfCrawled = {
  wrong: 0.02,
  wrongEntry: 1,
  answeredOutside: 0.01,
  answeredTopics: 1,
  answeredNear: 1,
  metOutside: 0.02,
  metTopics: 1,
  metNear: 1,
}

/**
 * Learns `weights.json` from the question sets in a folder (`--sets`) and from the shipped base, left one wording
 * out at a time; prints how each does. `--without NAME` keeps a set out of the learning, for an honest figure on
 * it, and `--dry` writes nothing. Two runs over the same files give the same weights. `--familiarity` learns no more
 * than which words are familiar, from the shipped base alone, and keeps the rest.
 */
function train(): void {
  const { values } = parseArgs({
    options: {
      sets: { type: 'string' },
      without: { type: 'string' },
      dry: { type: 'boolean' },
      familiarity: { type: 'boolean' },
    },
  })
  const familiarity = learnFamiliarity(loadKnowledge('data'))
  if (values.familiarity) {
    write({ ...JSON.parse(readFileSync(weightsFile, 'utf8')), familiarity })
    return
  }
  if (!values.sets) throw new Refusal('请用 --sets 给出问题集所在的文件夹。')
  const courses = coursesIn(values.sets)
  const isLearnt = ({ name, weight }: Course) => weight > 0 && name !== values.without
  const learnt = courses.filter(isLearnt)
  const ranking = rankingsOf(learnt)
  const judged = courses.filter(course => isLearnt(course) || course.setsThresholds === true)
  const outcome = outcomesOf(judged.map(course => inOrder(course, ranking)))
  for (const course of courses)
    process.stdout.write(`${reportOn(inOrder(course, ranking), ({ query }) => outcome[kindOf(query)])}\n`)
  if (values.dry) return
  write({ ranking: ofKinds(kind => named(featureNames, ranking[kind])), outcome, familiarity })
}

function write(weights: object): void {
  writeFileSync(weightsFile, `${JSON.stringify(weights, null, 2)}\n`)
}

const ofKinds = <T>(of: (kind: QuestionKind) => T) =>
  Object.fromEntries(questionKinds.map(kind => [kind, of(kind)])) as Record<QuestionKind, T>

function rankingsOf(courses: readonly Course[]): RankingWeights {
  const weighed = courses.flatMap(({ inside, weight }) =>
    inside.map(sample => ({ sample, weight: weight / inside.length })),
  )
  return ofKinds(kind => {
    const own = weighed.filter(({ sample }) => kindOf(sample.query) === kind)
    const groups = own.map(({ sample, weight }) => groupOf(sample, weight))
    return learnRanking(groups, { rounds: 300, decay: 1e-3 })
  })
}

function inOrder(course: Course, ranking: RankingWeights): Course {
  const resort = (samples: readonly Sample[]) => samples.map(sample => reranked(sample, ranking))
  return {
    ...course,
    inside: resort(course.inside),
    outside: resort(course.outside),
    near: resort(course.near),
    topics: resort(course.topics),
  }
}

function outcomesOf(courses: readonly Course[]) {
  const ours = courses.filter(({ isOurs }) => isOurs)
  return {
    short: learnOutcome(ours, limitsOfShort, ({ query }) => kindOf(query) === 'short'),
    long: learnOutcome(ours, limitsOfLong, ({ query }) => kindOf(query) === 'long'),
    letter: learnOutcome(ours, limitsOfLetter, ({ query }) => kindOf(query) === 'letter'),
    crawled: learnOutcome(
      courses.filter(({ isOurs }) => !isOurs),
      limitsOfCrawled,
    ),
  }
}

train()
