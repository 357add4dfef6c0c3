import { parseArgs } from 'node:util'
import { type Rig, startEchoRig, startOurRig } from './parts/gateway-rigs.ts'

// Our bot answering a real FAQ question against ten lines of raw Wechaty that echo it: each over a gateway of the
// same kind, real gRPC with TLS on loopback, taking turns so that what else the machine does hits both alike.
//
//   npm run -s bench:gateway -- [--json] [--answers 20000]

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, answers: { type: 'string', default: '20000' } },
})

/** Both run for weeks: what is measured is code that the machine has had time to compile. */
const warmUp = 3000
const atOnce = 64
const burstRounds = 8
const burstCount = 1500
/** Answered in all before memory is looked at; what the bursts leave of them, both sides answer side by side. */
const answersForMemory = Number(values.answers)
/** On a machine that is busy otherwise there are fewer rounds, and memory is looked at after fewer answers. */
const mostSeconds = 150
/** After this it ends without figures, whatever hangs. */
const endSeconds = 300
const startedAt = performance.now()
const steadyRounds = 3
const steadySeconds = 8
const perSecond = 20

type Figures = { perSecond: number[]; latenciesMs: number[]; residentKb: number }
type Side = { rig: Rig; figures: Figures }

const rigs = await startRigs()
const end = setTimeout(() => void giveUp(), endSeconds * 1000)
try {
  const [raw, ours] = rigs.map(rig => ({ rig, figures: { perSecond: [], latenciesMs: [], residentKb: 0 } }))
  if (raw && ours) {
    await measure([raw, ours])
    report(raw.figures, ours.figures)
  }
} finally {
  clearTimeout(end)
  await Promise.all(rigs.map(rig => rig.stop()))
}

/** Both, or neither: one that runs alone would go on after the bench. */
async function startRigs(): Promise<Rig[]> {
  const started = await Promise.allSettled([startEchoRig(), startOurRig()])
  const running = started.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = started.find(one => one.status === 'rejected')
  if (!failed) return running
  await Promise.all(running.map(rig => rig.stop()))
  throw failed.reason
}

async function giveUp() {
  console.error(`no figures within ${endSeconds} s`)
  await Promise.all(rigs.map(rig => rig.stop()))
  process.exit(1)
}

function isTimeUp(): boolean {
  return performance.now() - startedAt > mostSeconds * 1000
}

async function measure(sides: [Side, Side]) {
  for (const { rig } of sides) await rig.carryOut({ kind: 'burst', count: warmUp, atOnce })
  await takeTurns(sides, burstRounds, async ({ rig, figures }) => {
    const { elapsedMs } = await rig.carryOut({ kind: 'burst', count: burstCount, atOnce })
    figures.perSecond.push((burstCount * 1000) / elapsedMs)
  })
  await answerSideBySide(sides, Math.max(answersForMemory - warmUp - burstRounds * burstCount, 0))
  for (const { rig, figures } of sides) figures.residentKb = rig.residentKb()
  await takeTurns(sides, steadyRounds, async ({ rig, figures }) => {
    const { latenciesMs } = await rig.carryOut({ kind: 'steady', perSecond, seconds: steadySeconds })
    figures.latenciesMs.push(...latenciesMs)
  })
}

/** The same number on both sides, however long one takes. */
async function answerSideBySide(sides: Side[], count: number) {
  for (let left = count; left > 0; left -= burstCount) {
    if (isTimeUp()) {
      return console.error(`memory is that after ${answersForMemory - left} answers: no time for more`)
    }
    const next = Math.min(left, burstCount)
    await Promise.all(sides.map(({ rig }) => rig.carryOut({ kind: 'burst', count: next, atOnce })))
  }
}

/** The order of the sides alternates round by round. */
async function takeTurns(sides: Side[], rounds: number, turn: (side: Side) => Promise<void>) {
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0 && isTimeUp()) return console.error(`${round} rounds of ${rounds}: no time for more`)
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) await turn(side)
  }
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function report(raw: Figures, ours: Figures) {
  const of = (figures: Figures) => ({
    throughput: quantile(figures.perSecond, 0.5),
    p50: quantile(figures.latenciesMs, 0.5),
    p99: quantile(figures.latenciesMs, 0.99),
    rss: figures.residentKb,
  })
  const [a, b] = [of(raw), of(ours)]
  const rounded = (value: number) => Math.round(value * 100) / 100
  const result = {
    throughputRatio: rounded(b.throughput / a.throughput),
    p50Ratio: rounded(b.p50 / a.p50),
    p99Ratio: rounded(b.p99 / a.p99),
    rssRatio: rounded(b.rss / a.rss),
    rawThroughputPerSecond: Math.round(a.throughput),
    rawP50Ms: rounded(a.p50),
  }
  if (values.json) return console.log(JSON.stringify(result))
  console.log('                          raw echo        ours      ratio')
  const line = (what: string, x: number, y: number, ratio: number) =>
    console.log(
      `${what.padEnd(22)}${x.toFixed(1).padStart(12)}${y.toFixed(1).padStart(12)}${String(ratio).padStart(11)}`,
    )
  line('answers per second', a.throughput, b.throughput, result.throughputRatio)
  line('p50 at 20/s, ms', a.p50, b.p50, result.p50Ratio)
  line('p99 at 20/s, ms', a.p99, b.p99, result.p99Ratio)
  line('resident, MB', a.rss / 1024, b.rss / 1024, result.rssRatio)
}
