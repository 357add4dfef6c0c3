import { setTimeout as wait } from 'node:timers/promises'

type Turn = { done: Promise<unknown>; endedAt: number }

/** One thing at a time for each host, with a pause between two; different hosts do not wait for each other. */
export function createTurns() {
  const last = new Map<string, Turn>()

  return function inTurn<T>(host: string, gapMs: number, work: () => Promise<T>): Promise<T> {
    const before = last.get(host)
    const mine: Turn = { done: Promise.resolve(), endedAt: 0 }
    const result = run()
    mine.done = result.catch(() => {})
    last.set(host, mine)
    return result

    async function run(): Promise<T> {
      await before?.done
      const pauseMs = (before?.endedAt ?? 0) + gapMs - performance.now()
      if (before !== undefined && pauseMs > 0) await wait(pauseMs)
      try {
        return await work()
      } finally {
        mine.endedAt = performance.now()
      }
    }
  }
}
