import { writeFileSync } from 'node:fs'
import { readSamples } from './samples.ts'
import { train } from './training.ts'

/**
 * Learns which words about attendance get an answer while a window is open, from `data/attendance`, and measures it on
 * each author by what the others teach:
 *
 *   npm run -s attendance:train
 *
 * Two runs give the same bytes.
 */
const weightsFile = 'src/features/attendance/check-ins/meanings/near-weights.json'
const { least, hundredths, measured } = train(readSamples())
const rows = hundredths.map(([name, row]) => `${JSON.stringify(name)}:[${row.join(',')}]`)
writeFileSync(weightsFile, `{"least":${least},"hundredths":{\n${rows.join(',\n')}\n}}\n`)
process.stdout.write(`${JSON.stringify(measured, null, 2)}\n`)
