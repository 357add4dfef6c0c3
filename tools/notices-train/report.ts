import { writeFileSync } from 'node:fs'
import { compareNotices, type ReadNotice } from '../../src/text/notices/accuracy.ts'
import type { NoticeWeights } from '../../src/text/notices/deadline.ts'
import { readNotice, statedFrom } from '../../src/text/notices/index.ts'
import type { Sample } from './examples.ts'

/** Weights that were learnt without the author of the samples. */
type Learnt = { samples: readonly Sample[]; weights: NoticeWeights }

/** Measures an author on weights that were learnt without that author, and prints it. */
export function measureAuthor(author: string, learn: (author: string) => Learnt): ReadNotice[] {
  const { samples, weights } = learn(author)
  const outcomes = samples.map(({ notice }) => {
    const { publishedOn, documentNumber = null, amounts = [] } = notice
    const labelled = { ...notice, publishedOn: publishedOn.toString(), documentNumber, amounts }
    return { notice: labelled, facts: readNotice(notice, weights) }
  })
  process.stdout.write(`${lineOf(author, outcomes)}\n`)
  return outcomes
}

type Measured = { authors: readonly string[]; learn: (author: string) => Learnt }

/**
 * Measures each author left out in turn, and those that are never learnt from; prints it and draws the reliability.
 */
export function reportOn(leftOut: Measured, heldOut: Measured): void {
  const read = ({ authors, learn }: Measured) => authors.flatMap(author => measureAuthor(author, learn))
  const all = read(leftOut)
  process.stdout.write(`${lineOf('all', all)}\n`)
  const unseen = read(heldOut)
  process.stdout.write(`${lineOf('held out', unseen)}\n`)
  writeFileSync('docs/notices-reliability.svg', diagramOf(binsOf(all)))
  writeFileSync('docs/notices-reliability.md', pageOf({ all, authors: leftOut.authors.length, unseen }))
}

const likeliest = ({ facts }: ReadNotice) => facts.deadlineChoices[0]
const probabilityOf = (outcome: ReadNotice) => likeliest(outcome)?.probability ?? 0
const isRight = (outcome: ReadNotice) => likeliest(outcome)?.day.toString() === outcome.notice.deadline
const isStated = (outcome: ReadNotice) => probabilityOf(outcome) >= statedFrom

const percent = (share: number | null) => (share === null ? '-' : `${(share * 100).toFixed(1)} %`)
const ofBoth = ({ precision, recall }: { precision: number | null; recall: number | null }) =>
  `P ${percent(precision)} R ${percent(recall)}`

function lineOf(name: string, outcomes: readonly ReadNotice[]): string {
  const { scores } = compareNotices(outcomes)
  const withDeadline = outcomes.filter(({ notice }) => notice.deadline !== null)
  const stated = outcomes.filter(isStated)
  const wrong = stated.filter(outcome => !isRight(outcome)).length
  return [
    `${name}: ${outcomes.length} notices, ${withDeadline.length} with a deadline`,
    `stated ${percent(scores.stated)}`,
    `of these right ${percent(scores.deadlineStated.precision)} (${wrong} wrong, at least ${percent(lowerBound(stated.length - wrong, stated.length))})`,
    `among two ${percent(scores.inTwo)}`,
    `number ${ofBoth(scores.documentNumber)}`,
    `amounts ${ofBoth(scores.amounts)}`,
  ].join('; ')
}

/** Normal quantile of 95 %, one-sided. */
const quantile = 1.645

/** Wilson's lower bound of a share of which `right` of `all` were seen; null where none were. */
function lowerBound(right: number, all: number): number | null {
  if (all === 0) return null
  const share = right / all
  const square = quantile ** 2 / all
  const spread = quantile * Math.sqrt((share * (1 - share)) / all + square / (4 * all))
  return (share + square / 2 - spread) / (1 + square)
}

type Bin = { from: number; count: number; mean: number; right: number }

/** Tenths of probability with what they hold. */
function binsOf(outcomes: readonly ReadNotice[]): Bin[] {
  return Array.from({ length: 10 }, (_, at) => {
    const held = outcomes.filter(outcome => Math.min(9, Math.floor(probabilityOf(outcome) * 10)) === at)
    return {
      from: at / 10,
      count: held.length,
      mean: held.reduce((sum, outcome) => sum + probabilityOf(outcome), 0) / Math.max(1, held.length),
      right: held.filter(isRight).length / Math.max(1, held.length),
    }
  }).filter(({ count }) => count > 0)
}

const size = 320
const margin = 40

function diagramOf(bins: readonly Bin[]): string {
  const x = (value: number) => (margin + value * size).toFixed(1)
  const y = (value: number) => (margin + (1 - value) * size).toFixed(1)
  const points = bins.map(
    ({ mean, right, count }) =>
      `<circle cx="${x(mean)}" cy="${y(right)}" r="${(3 + Math.sqrt(count)).toFixed(1)}" fill="#b3261e" fill-opacity="0.7"><title>${count}</title></circle>`,
  )
  const ticks = [0, 0.5, 0.9, 1].map(
    value =>
      `<text x="${x(value)}" y="${size + margin + 18}" text-anchor="middle">${value}</text><text x="${margin - 6}" y="${y(value)}" text-anchor="end" dominant-baseline="middle">${value}</text>`,
  )
  const whole = size + 2 * margin
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${whole} ${whole}" font-family="sans-serif" font-size="12">
<rect x="${margin}" y="${margin}" width="${size}" height="${size}" fill="none" stroke="#999"/>
<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#999" stroke-dasharray="4"/>
${points.join('\n')}
${ticks.join('\n')}
<text x="${whole / 2}" y="${whole - 6}" text-anchor="middle">stated probability</text>
<text x="${whole / 2}" y="24" text-anchor="middle">share that is right, by author left out</text>
</svg>
`
}

function pageOf({
  all,
  authors,
  unseen,
}: Record<'all' | 'unseen', readonly ReadNotice[]> & { authors: number }) {
  const share = percent(unseen.length / (all.length + unseen.length))
  return `# Reliability of deadlines read from notices

Each notice is read with weights that were learnt without its author: ${all.length} notices by ${authors} authors.
\`npm run -s notices:train -- --report\` writes this page.

![Reliability](notices-reliability.svg)

${tableOf(all)}

${lineOf('All', all)}. A deadline is stated from ${statedFrom} on; "at least" is Wilson's lower bound with 95 % certainty.

## Authors who are never learnt from

${unseen.length} notices, ${share} of all, read with the committed weights:

${tableOf(unseen)}

${lineOf('All', unseen)}.
`
}

function tableOf(outcomes: readonly ReadNotice[]): string {
  const rows = binsOf(outcomes).map(
    ({ from, count, mean, right }) =>
      `| ${from.toFixed(1)}–${(from + 0.1).toFixed(1)} | ${count} | ${mean.toFixed(2)} | ${right.toFixed(2)} |`,
  )
  return [
    '| probability of the likeliest day | notices | mean | right |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
  ].join('\n')
}
