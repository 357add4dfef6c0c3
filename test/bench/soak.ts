import { parseArgs } from 'node:util'
import { startOurRig } from './parts/gateway-rigs.ts'

// Whether the memory of our bot grows while it answers 20 questions a second over a real gateway.
//
//   npm run -s bench:soak -- [--minutes 20] [--json]

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, minutes: { type: 'string', default: '20' } },
})

const perSecond = 20
const sampleSeconds = 10
/** Share of the time at the start that is left out: compiling and caching are no leak. */
const settlingShare = 0.25
/** Growth over the measured time that still counts as flat: garbage varies by more. */
const flatShare = 0.05

type Sample = { minute: number; residentMb: number }

const rig = await startOurRig()
try {
  const samples = await takeSamples(Number(values.minutes))
  report(samples.slice(Math.floor(samples.length * settlingShare)))
} finally {
  await rig.stop()
}

async function takeSamples(minutes: number): Promise<Sample[]> {
  const samples: Sample[] = []
  const startedAt = performance.now()
  const minute = () => (performance.now() - startedAt) / 60_000
  while (minute() < minutes) {
    await rig.carryOut({ kind: 'steady', perSecond, seconds: sampleSeconds })
    samples.push({ minute: minute(), residentMb: rig.residentKb() / 1024 })
  }
  return samples
}

/** The slope of the straight line that fits best. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
  const middle = mean(samples.map(({ minute }) => minute))
  const level = mean(samples.map(({ residentMb }) => residentMb))
  const spread = samples.reduce((sum, { minute }) => sum + (minute - middle) ** 2, 0)
  const product = samples.reduce(
    (sum, { minute, residentMb }) => sum + (minute - middle) * (residentMb - level),
    0,
  )
  return product / spread
}

function report(samples: readonly Sample[]) {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || samples.length < 3) throw new Error('too short to see a slope: --minutes 2 at least')
  const mbPerMinute = slopeOf(samples)
  const isFlat = mbPerMinute * (last.minute - first.minute) < flatShare * first.residentMb
  const rounded = (value: number) => Math.round(value * 100) / 100
  const result = {
    mbPerMinute: rounded(mbPerMinute),
    firstMb: rounded(first.residentMb),
    lastMb: rounded(last.residentMb),
    minutes: rounded(last.minute),
    isFlat,
  }
  if (values.json) console.log(JSON.stringify(result))
  else {
    console.log(`resident memory after ${result.minutes} minutes at ${perSecond} questions a second`)
    console.log(`  from ${result.firstMb} MB to ${result.lastMb} MB: ${result.mbPerMinute} MB a minute`)
    console.log(`  ${isFlat ? 'flat' : 'it grows'}`)
  }
  if (!isFlat) process.exitCode = 1
}
