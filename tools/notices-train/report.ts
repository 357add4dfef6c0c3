import { writeFileSync } from 'node:fs'
import { type NoticeWeights, readDeadline } from '../../src/text/notices/deadline.ts'
import { statedFrom } from '../../src/text/notices/index.ts'
import type { Sample } from './examples.ts'

/** Result for one notice: the probability of its likeliest day, and whether that is right. */
type Outcome = {
  probability: number
  isRight: boolean
  isStated: boolean
  inTwo: boolean
  hasDeadline: boolean
}
type Learnt = { samples: readonly Sample[]; weights: NoticeWeights }

/** Measures an author on weights that were learnt without that author, and prints it. */
export function measureAuthor(author: string, learn: (author: string) => Learnt): Outcome[] {
  const { samples, weights } = learn(author)
  const outcomes = samples.map(sample => outcomeOf(sample, weights))
  process.stdout.write(`${lineOf(author, outcomes)}\n`)
  return outcomes
}

/** Measures each author left out in turn; prints it and draws the reliability. */
export function reportOn(authors: readonly string[], learn: (author: string) => Learnt): void {
  const all = authors.flatMap(author => measureAuthor(author, learn))
  process.stdout.write(`${lineOf('all', all)}\n`)
  writeFileSync('docs/notices-reliability.svg', diagramOf(binsOf(all)))
  writeFileSync('docs/notices-reliability.md', tableOf(all))
}

function outcomeOf({ whole, deadline }: Sample, weights: NoticeWeights): Outcome {
  const { choices } = readDeadline(whole, weights)
  const days = choices.map(({ day }) => day.toString())
  const probability = choices[0]?.probability ?? 0
  return {
    probability,
    isRight: deadline !== null && days[0] === deadline,
    isStated: probability >= statedFrom,
    inTwo: deadline !== null && days.slice(0, 2).includes(deadline),
    hasDeadline: deadline !== null,
  }
}

const percent = (part: number, whole: number) =>
  whole === 0 ? '-' : `${((part / whole) * 100).toFixed(1)} %`

function lineOf(name: string, outcomes: readonly Outcome[]): string {
  const withDeadline = outcomes.filter(({ hasDeadline }) => hasDeadline)
  const stated = outcomes.filter(({ isStated }) => isStated)
  const right = stated.filter(({ isRight }) => isRight).length
  return [
    `${name}: ${outcomes.length} notices, ${withDeadline.length} with a deadline`,
    `stated ${percent(withDeadline.filter(({ isStated }) => isStated).length, withDeadline.length)}`,
    `of these right ${percent(right, stated.length)} (${stated.length - right} wrong)`,
    `among two ${percent(withDeadline.filter(({ inTwo }) => inTwo).length, withDeadline.length)}`,
  ].join('; ')
}

type Bin = { from: number; count: number; mean: number; right: number }

/** Tenths of probability with what they hold. */
function binsOf(outcomes: readonly Outcome[]): Bin[] {
  return Array.from({ length: 10 }, (_, at) => {
    const held = outcomes.filter(({ probability }) => Math.min(9, Math.floor(probability * 10)) === at)
    return {
      from: at / 10,
      count: held.length,
      mean: held.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, held.length),
      right: held.filter(({ isRight }) => isRight).length / Math.max(1, held.length),
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

function tableOf(outcomes: readonly Outcome[]): string {
  const rows = binsOf(outcomes).map(
    ({ from, count, mean, right }) =>
      `| ${from.toFixed(1)}–${(from + 0.1).toFixed(1)} | ${count} | ${mean.toFixed(2)} | ${right.toFixed(2)} |`,
  )
  return `# Reliability of deadlines read from notices

Each notice is read with weights that were learnt without its author: ${outcomes.length} notices by ${authorsSaid}.
\`npm run -s notices:train -- --report\` writes this page.

![Reliability](notices-reliability.svg)

| probability of the likeliest day | notices | mean | right |
| --- | ---: | ---: | ---: |
${rows.join('\n')}

${lineOf('All', outcomes)}. A deadline is stated from ${statedFrom} on.
`
}

const authorsSaid = 'six authors'
