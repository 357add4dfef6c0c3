import { readNotice } from '../../src/text/notices/index.ts'
import { readMarkedNotices } from '../../tools/notices-train/labelled.ts'

/**
 * Reads notices of full length, some 450 characters and six dates each. To reach: under 5 ms for one.
 * `--json` prints one line: the median and the longest of the means of 15 runs, after one that compiles, and the median
 * of their processor time, which tells what a loaded machine hides.
 */
const notices = ['a', 'b', 'c', 'd'].flatMap(author =>
  readMarkedNotices(`data/notices/${author}.txt`, author),
)
const runsMs: number[] = []
const cpuRunsMs: number[] = []
for (let run = 0; run <= 15; run += 1) {
  const [start, cpuStart] = [performance.now(), process.cpuUsage()]
  for (const notice of notices) readNotice(notice)
  const { user, system } = process.cpuUsage(cpuStart)
  if (run === 0) continue
  runsMs.push((performance.now() - start) / notices.length)
  cpuRunsMs.push((user + system) / 1000 / notices.length)
}
const ascending = (values: readonly number[]) => values.toSorted((a, b) => a - b)
const sorted = ascending(runsMs)
const hundredths = (ms: number | undefined) => Math.round((ms ?? 0) * 100) / 100
const figures = {
  notices: notices.length,
  medianMs: hundredths(sorted[7]),
  cpuMedianMs: hundredths(ascending(cpuRunsMs)[7]),
  longestMs: hundredths(sorted.at(-1)),
}
console.log(process.argv.includes('--json') ? JSON.stringify(figures) : figures)
