import { Worker } from 'node:worker_threads'
import { createSemaphore } from './queue.ts'
import type { WorkerAnswer, WorkerCall, WorkerStart } from './worker-main.ts'

/** Thrown where a task took too long or too much memory; its worker is gone. */
export class TaskLimitError extends Error {
  override name = 'TaskLimitError'
}

/** Thrown where the function itself threw; `thrown` is the name of its error. */
export class TaskFault extends Error {
  override name = 'TaskFault'
  readonly thrown: string

  constructor({ name, message }: { name: string; message: string }) {
    super(message)
    this.thrown = name
  }
}

/** A function of a module that runs in a worker thread. */
export type Task = {
  module: URL
  name: string
  args: unknown[]
  /**
   * Limit of the time in which its thread computes or waits for events, in milliseconds, from the moment at which its
   * module is loaded. Time in which the thread gets no processor does not count, up to two minutes.
   */
  timeoutMs: number
}

/** A thread starts and loads a module in some 0.2 s; a busy machine takes seconds. */
const loadTimeoutMs = 60_000

/** A thread that gets no processor may take longer by this. */
const mostStarvedMs = 120_000
/** Shortest time until a thread is measured again. */
const leastWaitMs = 50

type RunnerOptions = {
  /** Threads at a time. */
  threads: number
  /** Heap of each thread, in MiB. */
  memoryMb: number
  /** Threads wait for the next task. Default true. */
  keepsThreads?: boolean
}

/**
 * Runs functions on untrusted input in worker threads, so that no input stops the main thread or takes its memory. A
 * worker is used again until a task breaks its limits.
 */
export function createTaskRunner({ threads, memoryMb, keepsThreads = true }: RunnerOptions) {
  const permit = createSemaphore(threads)
  const idle: Worker[] = []

  function startWorker(): Worker {
    const worker = new Worker(new URL('./worker-main.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
      // Its warnings would be printed beside ours.
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    worker.unref()
    return worker
  }

  function call(worker: Worker, { module, name, args, timeoutMs }: Task): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => settle(() => reject(new TaskLimitError(`${name} ${why}`)))
      const watch = (ms: number) => watchTime(worker, ms, () => fail(`took longer than ${ms} ms`))
      let unwatch = watch(loadTimeoutMs)
      const onMessage = (answer: WorkerStart | WorkerAnswer) => {
        if (!('isLoaded' in answer)) return settle(() => resolve(answer))
        unwatch()
        unwatch = watch(timeoutMs)
      }
      const onError = (cause: Error) => fail(`ended its worker: ${cause.message}`)
      const onExit = () => fail('ended its worker')
      function settle(finish: () => void) {
        unwatch()
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        finish()
      }
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      worker.ref()
      worker.postMessage({ module: module.href, name, args } satisfies WorkerCall)
    })
  }

  return {
    /**
     * Runs a task; its arguments and result are cloned.
     * @throws {@link TaskLimitError} {@link TaskFault}
     */
    run<T>(task: Task): Promise<T> {
      return permit(async () => {
        const worker = idle.pop() ?? startWorker()
        let answer: WorkerAnswer
        try {
          answer = await call(worker, task)
        } catch (cause) {
          // Ends the thread at once, so that it does not pass for one that hangs.
          worker.removeAllListeners().on('error', () => {})
          void worker.terminate()
          throw cause
        }
        worker.unref()
        if (keepsThreads) idle.push(worker)
        else void worker.terminate()
        if ('error' in answer) throw new TaskFault(answer.error)
        return answer.result as T
      })
    },
  }
}

/**
 * Calls `onLimit` once a thread has computed or waited for events for `limitMs`, or some time later by the clock.
 * @returns ends the watch
 */
function watchTime(worker: Worker, limitMs: number, onLimit: () => void): () => void {
  const startMs = spentMs(worker)
  let timer = setTimeout(check, limitMs)
  const last = setTimeout(onLimit, limitMs + mostStarvedMs)
  let isOver = false

  async function check() {
    // The thread answers also while it computes; before that, what it sent earlier is received.
    const leftMs = limitMs - ((await spentMs(worker)) - (await startMs))
    if (isOver) return
    if (leftMs > 0) timer = setTimeout(check, Math.max(leftMs, leastWaitMs))
    else onLimit()
  }

  return () => {
    isOver = true
    clearTimeout(timer)
    clearTimeout(last)
  }
}

/** Time in which a thread has computed or waited for events since its start, in milliseconds. */
async function spentMs(worker: Worker): Promise<number> {
  try {
    const { user, system } = await worker.cpuUsage()
    return (user + system) / 1000 + worker.performance.eventLoopUtilization().idle
  } catch {
    // The thread has not started yet, or has ended, which its own event tells.
    return 0
  }
}
