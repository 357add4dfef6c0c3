import { createTurns } from './turns.ts'

/**
 * Work that does not hold up its conversation: five hundred sign-ins in one group are kept together, in one write of
 * the store, instead of one after the other. Each person's own goes on in order.
 */
export function createBackgroundTasks() {
  const takeTurn = createTurns()
  const underWay = new Map<string, Set<Promise<void>>>()

  return {
    /** @param work must not reject */
    begin(conversation: string, person: string, work: () => Promise<void>) {
      const all = underWay.get(conversation) ?? new Set()
      underWay.set(conversation, all)
      const done = new Promise<void>(resolve =>
        takeTurn(JSON.stringify([conversation, person]), () => work().then(resolve)),
      )
      all.add(done)
      void done.then(() => {
        all.delete(done)
        if (all.size === 0 && underWay.get(conversation) === all) underWay.delete(conversation)
      })
    },
    /** Resolves when all that was begun before in this conversation is done: who ends a lesson ends it after them. */
    async settled(conversation: string): Promise<void> {
      await Promise.all(underWay.get(conversation) ?? [])
    },
  }
}
