import { flushCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import type { Log } from '../../src/log.ts'
import type { Collection } from '../../src/ports/store.ts'

/**
 * The store in a process of its own, to be killed. It loads, says `warm`, and waits for a line with a folder;
 * then it says `open`, or `refused` and why, and with a second word `burst` adds one to its records, several at
 * a time, without end, and says `<key> <count>` for each that was acknowledged.
 */
const Counter = z.object({ count: z.int(), note: z.string() })
type Counter = z.infer<typeof Counter>
const note = '周末微党课签到，'.repeat(40)

const say = (line: string) => void process.stdout.write(`${line}\n`)
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } as unknown as Log
const alarms = { raise: (id: string) => say(`alarm ${id}`), clear: () => {}, list: () => [] }

// One that is killed would leave nothing compiled behind.
flushCompileCache()
say('warm')
for await (const line of createInterface(process.stdin)) {
  const { folder, burst } = JSON.parse(line) as { folder: string; burst: boolean }
  try {
    const store = await openLowdbStore({ folder, alarms, log: quiet })
    say('open')
    if (burst) await addForEver(store.collection('counters', Counter))
  } catch (cause) {
    say(`refused ${(cause as Error).message}`)
    process.exit(0)
  }
}

async function addForEver(counters: Collection<Counter>) {
  const writers = Array.from({ length: 24 }, async (_, n) => {
    const key = `lesson-${n % 4}/member-${n}`
    for (;;) {
      const now = await counters.update(key, old => ({ count: (old?.count ?? 0) + 1, note }))
      say(`${key} ${now?.count}`)
    }
  })
  await Promise.all(writers)
}
