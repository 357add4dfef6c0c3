import fc from 'fast-check'
import { compileTracks } from '../../src/matching/verdicts.ts'
import { on, profiles, rules } from '../matching/random-profiles.ts'

/**
 * Judges every track for 317 companies with random answers, as after a change of a rule. To reach: under 100 ms.
 * `--json` prints one line: the median of 15 runs, compiling the rules included, and the number of verdicts.
 */
const companies = fc.sample(profiles, 317)
const runsMs: number[] = []
let verdicts = 0
for (let run = 0; run < 15; run += 1) {
  const start = performance.now()
  verdicts = 0
  const tracks = compileTracks(rules, on)
  for (const profile of companies) for (const track of tracks) if (track.judge(profile).name) verdicts += 1
  runsMs.push(performance.now() - start)
}
const medianMs = Math.round((runsMs.toSorted((a, b) => a - b)[7] ?? 0) * 10) / 10
const figures = { companies: companies.length, verdicts, medianMs }
console.log(process.argv.includes('--json') ? JSON.stringify(figures) : figures)
