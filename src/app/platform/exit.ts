import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'

/** Requests of files and names that run on threads which Node's own exit waits for, without a limit. */
const lookUp = /^(?:FSReq|GetAddrInfoReq|GetNameInfoReq)/u
const pollMs = 20

const stopSignals = ['SIGINT', 'SIGTERM'] as const
let handler: (() => void) | undefined

/**
 * Calls `stop` on SIGINT and SIGTERM, in place of an earlier `stop`. The main thread calls it: while that is busy,
 * no signal is heard. A process without a handler is ended by the system at once, but for the first one of a
 * container, where such signals are lost.
 */
export function onStopSignal(stop: () => void): void {
  for (const signal of stopSignals) {
    if (handler) process.off(signal, handler)
    process.on(signal, stop)
  }
  handler = stop
}

/**
 * Kills this process `limitMs` from now. A thread of its own does it: neither a main thread that is busy nor an
 * unresponsive disk or name server delays it.
 */
export function limitStop(limitMs: number): void {
  const kill = `setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${limitMs})`
  new Worker(kill, { eval: true }).unref()
}

/** Exits with 0 as soon as no file and no name is being looked up. Call {@link limitStop} before. */
export async function exitAfterLookUps(): Promise<never> {
  while (process.getActiveResourcesInfo().some(kind => lookUp.test(kind))) await wait(pollMs)
  process.exit(0)
}
