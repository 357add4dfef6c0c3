import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { readStructure } from '../../src/parsing/index.ts'
import { type Reading, readingOf, sharesOf } from '../documents/set/measure.ts'
import { gbkPdf } from '../documents/set/pages.ts'
import { type SampleGroup, sampleGroups, samplesOf } from '../documents/set/sample.ts'
import { typeset } from '../documents/set/typeset.ts'
import { measures, openDocumentsWorld } from '../features/documents/world.ts'

/**
 * How well made-up documents are read, in groups (see `SampleGroup`), how long a hundred pages take, and
 * how soon a changed clause is known:
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

/** How long a document of many pages takes, and the longest delay of the main thread meanwhile. */
async function readPages(pages: number) {
  const [sample] = samplesOf('learnt').filter(({ maker }) => maker === 'gbk')
  const page = typeset(sample?.blocks ?? [])[0] ?? []
  const bytes = gbkPdf(Array.from({ length: pages }, () => page))
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  const start = performance.now()
  await readStructure(bytes, 'long.pdf')
  const seconds = Math.round((performance.now() - start) / 10) / 100
  delays.disable()
  return { seconds, longestDelayMs: Math.round(delays.max / 1e6) }
}

/** From the upload of a newer version until the clause that it changes is known as changed, in milliseconds. */
async function msOfRadar(): Promise<number> {
  const { atChen, atHe, documents } = await openDocumentsWorld()
  await atChen.upload('old.txt', measures('30万元', '', '榕示科〔2026〕12号'))
  await atHe.post('/documents/1/approve', { revision: '1', isValidityChecked: 'yes' })
  const start = performance.now()
  await atChen.upload('new.txt', measures('50万元', '', '榕示科〔2026〕31号'), { supersedes: '1' })
  const { state } = documents.clauses.resolve('榕示科〔2026〕12号 第三条（一）')
  const taken = Math.round(performance.now() - start)
  if (state !== 'changed') throw new Error(`the changed clause is ${state}`)
  return taken
}

const read: [SampleGroup, Reading[]][] = []
for (const group of chosen) read.push([group, await readingsOf(group)])
const { seconds, longestDelayMs } = await readPages(100)
const result = {
  ...sharesOf(read.flatMap(([, readings]) => readings)),
  seconds100Pages: seconds,
  longestDelayMs100Pages: longestDelayMs,
  radarMs: await msOfRadar(),
  ...Object.fromEntries(read.map(([group, readings]) => [group, sharesOf(readings)])),
}
if (values.json) console.log(JSON.stringify(result))
else {
  for (const said of differences) console.log(said)
  console.log(result)
}
