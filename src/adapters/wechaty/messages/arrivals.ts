type Arrival<T> = { id: string; read: { what: T } | undefined; timer: NodeJS.Timeout }

/**
 * Puts messages back into the order in which the line announced them. Each is read on its own, so the first, for which
 * the gateway takes long, would be overtaken by all.
 * @param options.waitMs how long one message may hold up the others
 * @param options.take gets what was read, in order
 * @param options.lose gets each id that was announced and could not be read in time
 */
export function createArrivals<T>(options: { waitMs: number; take(what: T): void; lose(id: string): void }) {
  const waiting: Arrival<T>[] = []

  function drain() {
    for (let first = waiting[0]; first?.read; first = waiting[0]) {
      waiting.shift()
      options.take(first.read.what)
    }
  }

  function giveUp(arrival: Arrival<T>) {
    waiting.splice(waiting.indexOf(arrival), 1)
    clearTimeout(arrival.timer)
    options.lose(arrival.id)
    drain()
  }

  return {
    announce(id: string) {
      const timer = setTimeout(() => giveUp(arrival), options.waitMs)
      const arrival: Arrival<T> = { id, read: undefined, timer }
      waiting.push(arrival)
    },
    /** A message that arrives after its timeout is still delivered, out of order. */
    read(id: string, what: T) {
      const arrival = waiting.find(one => one.id === id && !one.read)
      if (!arrival) return options.take(what)
      arrival.read = { what }
      clearTimeout(arrival.timer)
      drain()
    },
    /** Marks a message as unreadable, so that later ones need not wait for it. */
    fail(id: string) {
      const arrival = waiting.find(one => one.id === id && !one.read)
      if (arrival) giveUp(arrival)
    },
    stop() {
      for (const { timer } of waiting.splice(0)) clearTimeout(timer)
    },
  }
}
