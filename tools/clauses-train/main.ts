import { writeFileSync } from 'node:fs'
import { readSamples } from './samples.ts'
import { trainCertainty } from './training.ts'

/**
 * Learns when a clause is certain enough to be quoted, and measures that on documents that were held out
 * beside the table of thresholds before:
 *
 *   npm run -s clauses:train
 *
 * Two runs give the same bytes.
 */
const weightsFile = 'src/features/faq/quotes/certainty.json'
const { weights, measured } = trainCertainty(readSamples())
writeFileSync(weightsFile, `${JSON.stringify(weights, null, 2)}\n`)
process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`)
