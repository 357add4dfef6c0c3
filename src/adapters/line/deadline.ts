import { TimeoutError, withTimeout } from '../../lib/timeout.ts'
import { DeadlineError } from '../../ports/chat.ts'

/**
 * The result of `work` if it ends in time. A remote call of Wechaty has no deadline of its own and may hang for
 * ever. By the machine's time, not the sandbox's: moving that clock breaks no line.
 * @param ms after which it rejects with a {@link DeadlineError}; what `work` does later is dropped
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  try {
    return await withTimeout(() => work, { timeoutMs: ms, what })
  } catch (cause) {
    if (cause instanceof TimeoutError) throw new DeadlineError(cause.message, { cause })
    throw cause
  }
}
