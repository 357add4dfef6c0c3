/** Thrown when work does not end within its time. */
export class TimeoutError extends Error {
  override name = 'TimeoutError'
}

type TimeoutOptions = {
  /** By the machine's clock, in milliseconds from 1. */
  timeoutMs: number
  /** Names the work in the error's message. */
  what: string
  /** Ends the wait early; its reason is what is thrown then. */
  signal?: AbortSignal | undefined
}

/**
 * Gives the result of `work` if it ends in time. The signal that `work` gets aborts at the time limit, and when
 * `options.signal` does; the result of work that goes on after that is dropped.
 * @throws {@link TimeoutError} after `timeoutMs`
 */
export async function withTimeout<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { timeoutMs, what, signal }: TimeoutOptions,
): Promise<T> {
  const limit = new AbortController()
  const combined = signal ? AbortSignal.any([limit.signal, signal]) : limit.signal
  combined.throwIfAborted()
  const timer = setTimeout(
    () => limit.abort(new TimeoutError(`${what} took longer than ${timeoutMs} ms`)),
    timeoutMs,
  )
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(combined.reason)
  combined.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work(combined), aborted.promise])
  } finally {
    clearTimeout(timer)
    combined.removeEventListener('abort', abort)
  }
}
