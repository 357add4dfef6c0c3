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
  /** From the moment at which its module is loaded, in milliseconds. */
  timeoutMs: number
}

/** A thread starts and loads a module in some 0.2 s; a busy machine takes seconds. */
const loadTimeoutMs = 60_000

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
      const endAfter = (ms: number) => setTimeout(() => fail(`took longer than ${ms} ms`), ms)
      let timer = endAfter(loadTimeoutMs)
      const onMessage = (answer: WorkerStart | WorkerAnswer) => {
        if (!('isLoaded' in answer)) return settle(() => resolve(answer))
        clearTimeout(timer)
        timer = endAfter(timeoutMs)
      }
      const onError = (cause: Error) => fail(`ended its worker: ${cause.message}`)
      const onExit = () => fail('ended its worker')
      function settle(finish: () => void) {
        clearTimeout(timer)
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
          // Told apart from a thread that hangs: it is ended at once.
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
