import { startTimer, unlessEnded } from '../../lib/timeout.ts'
import { DeadlineError } from '../../ports/chat.ts'

/**
 * The result of `work` if it ends in time. A remote call of Wechaty has no deadline of its own and may hang for
 * ever. By the machine's time, not the sandbox's: moving that clock breaks no line.
 * @param ms after which it rejects with a {@link DeadlineError}; what `work` does later is dropped
 */
export function withDeadline<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  return unlessEnded(
    () => work,
    end => startTimer(ms, undefined, () => end(new DeadlineError(`${what} took longer than ${ms} ms`))),
  )
}
