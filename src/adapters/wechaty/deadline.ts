import { DeadlineError } from '../../ports/chat.ts'

/**
 * What `work` gives, if it does so in time. A remote call of Wechaty has no deadline of its own and may hang for
 * ever. By the machine's time, not the sandbox's: moving that clock breaks no line.
 * @param ms after which it rejects with a {@link DeadlineError}; what `work` does later is dropped
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`${what} took longer than ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
