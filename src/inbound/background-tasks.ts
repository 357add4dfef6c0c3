import { createKeyedQueue } from '../lib/queue.ts'

/**
 * Runs repeatable commands beside their conversation, so that hundreds of sign-ins share a few writes of the store; in
 * order for each person.
 */
export function createBackgroundTasks() {
  const people = createKeyedQueue()
  const underWay = new Map<string, Set<Promise<void>>>()

  return {
    /** @param work must not reject */
    run(conversation: string, person: string, work: () => Promise<void>) {
      const all = underWay.get(conversation) ?? new Set()
      underWay.set(conversation, all)
      const done = people.run(JSON.stringify([conversation, person]), work)
      all.add(done)
      void done.then(() => {
        all.delete(done)
        if (all.size === 0 && underWay.get(conversation) === all) underWay.delete(conversation)
      })
    },
    /** Resolves when all work that was started before in this conversation has ended; undefined where there is none. */
    drain(conversation: string): Promise<unknown> | undefined {
      const all = underWay.get(conversation)
      return all && Promise.all(all)
    },
  }
}
