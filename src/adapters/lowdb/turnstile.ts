export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>

/** Lets so many through at once and the rest in order: a thousand open files would meet the system's limit. */
export function createTurnstile(places: number): Turnstile {
  const queue: (() => void)[] = []
  let free = places
  return async work => {
    if (free > 0) free -= 1
    else await new Promise<void>(enter => queue.push(enter))
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else free += 1
    }
  }
}
