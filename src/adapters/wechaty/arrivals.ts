type Arrival = { id: string; isRead: boolean; timer: NodeJS.Timeout }

/**
 * Puts messages back into the order in which the line announced them. Wechaty reads each one on its own, so the
 * first in a group, which waits for the member list, would overtake nothing and be overtaken by all.
 * @param options.waitMs how long one message may hold up the others
 * @param options.take gets each id that was read, in order
 * @param options.lose gets each id that was announced and could not be read in time (field notes W17)
 */
export function createArrivals(options: { waitMs: number; take(id: string): void; lose(id: string): void }) {
  const waiting: Arrival[] = []

  function drain() {
    while (waiting[0]?.isRead) options.take(waiting.shift()?.id ?? '')
  }

  function giveUp(arrival: Arrival) {
    waiting.splice(waiting.indexOf(arrival), 1)
    options.lose(arrival.id)
    drain()
  }

  return {
    announce(id: string) {
      const arrival: Arrival = { id, isRead: false, timer: setTimeout(() => giveUp(arrival), options.waitMs) }
      waiting.push(arrival)
    },
    /** One that was given up before is taken all the same: late is better than never. */
    read(id: string) {
      const arrival = waiting.find(one => one.id === id && !one.isRead)
      if (!arrival) return options.take(id)
      arrival.isRead = true
      clearTimeout(arrival.timer)
      drain()
    },
    stop() {
      for (const { timer } of waiting.splice(0)) clearTimeout(timer)
    },
  }
}
