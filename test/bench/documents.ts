import { parseArgs } from 'node:util'
import { readStructure } from '../../src/parsing/index.ts'
import { type Reading, readingOf, sharesOf } from '../documents/set/measure.ts'
import { gbkPdf } from '../documents/set/pages.ts'
import { type SampleGroup, sampleGroups, samplesOf } from '../documents/set/sample.ts'
import { typeset } from '../documents/set/typeset.ts'

/**
 * How well made-up documents are read, in groups (see `SampleGroup`), and how long a hundred pages take:
 *
 *   npm run -s documents:eval -- --json
 */
const { values } = parseArgs({ options: { json: { type: 'boolean' }, group: { type: 'string' } } })
const chosen = sampleGroups.filter(group => values.group === undefined || values.group === group)
const differences: string[] = []

async function readingsOf(group: SampleGroup) {
  const readings = []
  for (const sample of samplesOf(group)) readings.push(await readingOf(sample))
  differences.push(...readings.flatMap(each => each.differences.map(said => `${each.name} ${said}`)))
  return readings
}

async function secondsOfPages(pages: number): Promise<number> {
  const [sample] = samplesOf('learnt').filter(({ maker }) => maker === 'gbk')
  const page = typeset(sample?.blocks ?? [])[0] ?? []
  const bytes = gbkPdf(Array.from({ length: pages }, () => page))
  const start = performance.now()
  await readStructure(bytes, 'long.pdf')
  return Math.round((performance.now() - start) / 10) / 100
}

const read: [SampleGroup, Reading[]][] = []
for (const group of chosen) read.push([group, await readingsOf(group)])
const result = {
  ...sharesOf(read.flatMap(([, readings]) => readings)),
  seconds100Pages: await secondsOfPages(100),
  ...Object.fromEntries(read.map(([group, readings]) => [group, sharesOf(readings)])),
}
if (values.json) console.log(JSON.stringify(result))
else {
  for (const said of differences) console.log(said)
  console.log(result)
}
