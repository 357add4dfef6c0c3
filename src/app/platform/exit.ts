import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'

/** Requests of files and names that run on threads which Node's own exit waits for, without a limit. */
const lookUp = /^(?:FSReq|GetAddrInfoReq|GetNameInfoReq)/u
const lookEveryMs = 20

/**
 * Kills this process `limitMs` from now. A thread of its own does it: neither a main thread that is busy nor a dead
 * disk or name server delays it.
 */
export function limitStop(limitMs: number): void {
  const kill = `setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${limitMs})`
  new Worker(kill, { eval: true }).unref()
}

/** Exits with 0 as soon as no file and no name is being looked up. Call {@link limitStop} before. */
export async function exitAfterLookUps(): Promise<never> {
  while (process.getActiveResourcesInfo().some(kind => lookUp.test(kind))) await wait(lookEveryMs)
  process.exit(0)
}
