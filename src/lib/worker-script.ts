import { parentPort } from 'node:worker_threads'
import type { WorkerAnswer } from './worker.ts'

/** Posts the result of `work`, or the error that it threw, to the thread that started this worker. */
export async function answerFromWorker<T>(work: () => T | Promise<T>): Promise<void> {
  parentPort?.postMessage(await answerOf(work))
}

async function answerOf<T>(work: () => T | Promise<T>): Promise<WorkerAnswer<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (cause) {
    const { name, message } = cause instanceof Error ? cause : new Error(String(cause))
    return { ok: false, name, message }
  }
}
