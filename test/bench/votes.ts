import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createAlarms } from '../../src/alarms.ts'
import { createListener } from '../../src/console/listener.ts'
import { verifyVote } from '../../src/votes/verify.ts'
import { createQuietLog, createWorld } from '../conversation.ts'
import { openVote } from '../features/votes/town.ts'

/** 1,000 voters post their ballots over HTTP, evenly over a number of seconds, each written to this disk. */
const voters = 1000
const seconds = Number(process.argv[2] ?? 60)

const folder = mkdtempSync(join(tmpdir(), 'chuangke-bench-'))
const log = createQuietLog()
const store = await openLowdbStore({ folder, alarms: createAlarms({ clock: createWorld().clock, log }), log })
const town = await openVote({}, { members: voters, world: { store, log } })
const listener = createListener(town.open, '')
const sweeping = setInterval(() => void town.actions.sweep(), 20_000)
const url = await listener.listen({ host: '127.0.0.1', port: 0 })
try {
  const tokens: string[] = []
  for (let n = 0; n < voters; n += 1) tokens.push(await town.actions.offerLink(1, `m-p${n}`))
  const tookMs = await Promise.all(
    tokens.map(async (token, n) => {
      await new Promise(resolve => setTimeout(resolve, (n * seconds * 1000) / voters))
      const startedAt = performance.now()
      const body = new URLSearchParams({ choice: n % 3 === 0 ? 'n1' : 'n2' })
      const answer = await fetch(`${url}/open/vote/1/${token}`, { method: 'POST', body })
      if (!(await answer.text()).includes('回执号')) throw new Error(`voter ${n} was refused`)
      return performance.now() - startedAt
    }),
  )
  await town.forward({ hours: 72 })
  const { problems, tally } = verifyVote(await town.actions.exported(1))
  const sorted = tookMs.sort((a, b) => a - b)
  const disk = await plainWrites()
  process.stdout.write(
    `${voters} voters in ${seconds} s: p50 ${at(sorted, 0.5)} ms, p99 ${at(sorted, 0.99)} ms; ${tally.ballots} counted, ${problems.length} problems; one plain write to this disk now: p50 ${at(disk, 0.5)} ms, p99 ${at(disk, 0.99)} ms\n`,
  )
} finally {
  clearInterval(sweeping)
  await listener.close()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}

function at(sorted: readonly number[], share: number): string {
  return (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
}

/** How long the disk takes for 1 kB that survives a power cut, in ms, ascending: a ballot cannot be quicker. */
async function plainWrites(): Promise<number[]> {
  const tookMs: number[] = []
  for (let n = 0; n < 200; n += 1) {
    const startedAt = performance.now()
    const file = await open(join(folder, 'plain'), 'w')
    await file.writeFile('x'.repeat(1024))
    await file.sync()
    await file.close()
    tookMs.push(performance.now() - startedAt)
  }
  return tookMs.sort((a, b) => a - b)
}
