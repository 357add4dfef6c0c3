/** Thrown when work does not end within its time. */
export class TimeoutError extends Error {
  override name = 'TimeoutError'
}

type TimeoutOptions = {
  /** In milliseconds from 1. */
  timeoutMs: number
  /** Names the work in the error's message. */
  what: string
  /** Ends the wait early; its reason is what is thrown then. */
  signal?: AbortSignal | undefined
  /** Resolves `ms` later, and at once when `signal` aborts. Default: by the machine's clock. */
  sleep?(ms: number, signal: AbortSignal): Promise<void>
}

/**
 * Gives the result of `work` if it ends in time. The signal that `work` gets aborts at the time limit, and when
 * `options.signal` does; the result of work that goes on after that is dropped.
 * @throws {@link TimeoutError} after `timeoutMs`
 */
export async function withTimeout<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, what, signal, sleep }: TimeoutOptions,
): Promise<T> {
  signal?.throwIfAborted()
  const limit = new AbortController()
  return unlessEnded(
    () => work(limit.signal),
    endWork => {
      function end(reason: unknown) {
        limit.abort(reason)
        endWork(reason)
      }
      const stopListening = signal && onAbort(signal, () => end(signal.reason))
      const stopTimer = startTimer(timeoutMs, sleep, () =>
        end(new TimeoutError(`${what} took longer than ${timeoutMs} ms`)),
      )
      return () => {
        stopTimer()
        stopListening?.()
      }
    },
  )
}

/**
 * Settles as `work` does, unless it is ended before; a later result is dropped.
 * @param watch begins to look for the end and returns how to stop looking; `end` rejects with its reason
 */
export function unlessEnded<T>(
  work: () => Promise<T>,
  watch: (end: (reason: unknown) => void) => () => void,
): Promise<T> {
  // One promise beside the work's own: several limits begin and end with each message.
  return new Promise((resolve, reject) => {
    const stop = watch(reason =>
      // Work that has ended in this turn goes first; and `watch` may end it before it has told how to stop.
      queueMicrotask(() => {
        stop()
        reject(reason)
      }),
    )
    function settle(pass: () => void) {
      stop()
      pass()
    }
    try {
      work().then(
        result => settle(() => resolve(result)),
        cause => settle(() => reject(cause)),
      )
    } catch (cause) {
      settle(() => reject(cause))
    }
  })
}

/**
 * Starts a timer, by the machine's clock without an abort signal of its own: several time limits
 * begin and end with each message.
 */
export function startTimer(ms: number, sleep: TimeoutOptions['sleep'], due: () => void): () => void {
  if (!sleep) {
    const timer = setTimeout(due, ms)
    return () => clearTimeout(timer)
  }
  const stopped = new AbortController()
  void sleep(ms, stopped.signal).then(() => {
    if (!stopped.signal.aborted) due()
  })
  return () => stopped.abort()
}

/**
 * Gives the result of `work` if it ends before `signal` aborts; a later result is dropped.
 * @throws the signal's reason
 */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return unlessEnded(
    () => work,
    end => onAbort(signal, () => end(signal.reason)),
  )
}

const callbacksOf = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls `callback` once when `signal` aborts, and at once where it has. All callbacks of a signal share one event
 * listener: the signals here live as long as the process or the connection, each message waits under several of
 * them, and to add and remove a listener costs as much as the rest of the wait.
 * @returns takes the callback back
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback()
    return () => {}
  }
  const callbacks = callbacksOf.get(signal) ?? listenOnce(signal)
  callbacks.add(callback)
  return () => callbacks.delete(callback)
}

function listenOnce(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>()
  callbacksOf.set(signal, callbacks)
  const callAll = () => {
    for (const callback of callbacks) callback()
  }
  signal.addEventListener('abort', callAll, { once: true })
  return callbacks
}
