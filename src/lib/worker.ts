import { Worker } from 'node:worker_threads'
import { createSemaphore } from './queue.ts'
import { TimeoutError, withTimeout } from './timeout.ts'

export type WorkerLimits = {
  /** From the worker's start, in milliseconds. */
  timeoutMs: number
  /** Of the JavaScript heap. */
  maxHeapMb: number
}

/** Thrown when a worker ends without a result: it ran out of time or memory, or crashed. */
export class WorkerLimitError extends Error {
  override name = 'WorkerLimitError'
}

/** What a worker posts: its result, or the name and message of the error that its work threw. */
export type WorkerAnswer<T> = { ok: true; value: T } | { ok: false; name: string; message: string }

/** Each worker may use much memory: more of them wait. */
const inTurn = createSemaphore(2)

/**
 * Runs a script in a worker of its own, ended at its limits. The script gets `input` as `workerData` and posts one
 * {@link WorkerAnswer}.
 * @throws {@link WorkerLimitError}; an Error with the name and message of what the script threw
 */
export function runInWorker<T>(script: URL, input: unknown, limits: WorkerLimits): Promise<T> {
  return inTurn(async () => {
    const worker = new Worker(script, {
      workerData: input,
      resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb, stackSizeMb: 4 },
      env: {},
      execArgv: [],
    })
    try {
      const answer = await withTimeout(() => answerOf<T>(worker), {
        timeoutMs: limits.timeoutMs,
        what: 'parsing',
      })
      if (answer.ok) return answer.value
      throw Object.assign(new Error(answer.message), { name: answer.name })
    } catch (cause) {
      if (cause instanceof TimeoutError) throw new WorkerLimitError(cause.message, { cause })
      throw cause
    } finally {
      await worker.terminate()
    }
  })
}

function answerOf<T>(worker: Worker): Promise<WorkerAnswer<T>> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', cause => reject(new WorkerLimitError(cause.message, { cause })))
    worker.once('exit', code => reject(new WorkerLimitError(`the worker ended with code ${code}`)))
  })
}
