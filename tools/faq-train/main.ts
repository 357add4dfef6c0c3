import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Refusal } from '../../src/feature.ts'
import { featureNames } from '../../src/features/faq/finder/features.ts'
import { coursesIn } from './courses.ts'
import { learnRanking, named } from './learning.ts'
import { learnOutcome, reportOn } from './outcome-training.ts'
import { groupOf, reranked, type Sample } from './samples.ts'

const weightsFile = 'src/features/faq/finder/weights.json'

/**
 * Learns `weights.json` from the question sets in a folder (`--sets`) and from the shipped base, left one wording
 * out at a time; prints how each does. `--without NAME` keeps a set out of the learning, for an honest figure on
 * it, and `--dry` writes nothing. Two runs over the same files give the same weights.
 */
function train(): void {
  const { values } = parseArgs({
    options: { sets: { type: 'string' }, without: { type: 'string' }, dry: { type: 'boolean' } },
  })
  if (!values.sets) throw new Refusal('请用 --sets 给出问题集所在的文件夹。')
  const courses = coursesIn(values.sets)
  const isLearnt = ({ name }: { name: string }) => name !== values.without
  const groups = courses
    .filter(isLearnt)
    .flatMap(({ inside, weight }) => inside.map(sample => groupOf(sample, weight / inside.length)))
  const ranking = learnRanking(groups, { rounds: 300, decay: 1e-3 })
  const resort = (samples: readonly Sample[]) => samples.map(sample => reranked(sample, ranking))
  const sorted = courses.map(course => ({
    ...course,
    inside: resort(course.inside),
    outside: resort(course.outside),
    near: resort(course.near),
    topics: resort(course.topics),
  }))
  const learnt = sorted.filter(isLearnt)
  const outcome = {
    edited: learnOutcome(learnt.filter(({ isOurs }) => isOurs)),
    crawled: learnOutcome(learnt.filter(({ isOurs }) => !isOurs)),
  }
  for (const course of sorted)
    process.stdout.write(`${reportOn(course, course.isOurs ? outcome.edited : outcome.crawled)}\n`)
  if (values.dry) return
  writeFileSync(
    weightsFile,
    `${JSON.stringify({ ranking: named(featureNames, ranking), outcome }, null, 2)}\n`,
  )
}

train()
