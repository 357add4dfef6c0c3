import { parseArgs } from 'node:util'
import { readStructure } from '../../src/parsing/index.ts'
import { readingOf, sharesOf } from '../documents/set/measure.ts'
import { gbkPdf } from '../documents/set/pages.ts'
import { samplesOf } from '../documents/set/sample.ts'
import { typeset } from '../documents/set/typeset.ts'

/**
 * How well made-up documents of six makers are read, those that the reader was written on and those that were written
 * afterwards, and how long a hundred pages take:
 *
 *   npm run -s documents:eval -- --json
 */
const { values } = parseArgs({ options: { json: { type: 'boolean' } } })
const differences: string[] = []

async function halfOf(half: 'learnt' | 'unseen') {
  const readings = []
  for (const sample of samplesOf(half)) readings.push(await readingOf(sample))
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

const [learnt, unseen] = [await halfOf('learnt'), await halfOf('unseen')]
const result = {
  ...sharesOf([...learnt, ...unseen]),
  seconds100Pages: await secondsOfPages(100),
  learnt: sharesOf(learnt),
  unseen: sharesOf(unseen),
}
if (values.json) console.log(JSON.stringify(result))
else {
  for (const said of differences) console.log(said)
  console.log(result)
}
