/** Work in order: of all that comes in, and then of each conversation on its own. Nothing here rejects. */
export function createChains(failed: (cause: unknown) => void) {
  const tails = new Map<string, Promise<void>>()
  let intake: Promise<void> = Promise.resolve()

  return {
    /** One after the other, whatever the conversation; for short work. */
    intake(work: () => Promise<void>) {
      intake = intake.then(work).catch(failed)
    },
    link(conversation: string, work: () => Promise<void>) {
      const tail = (tails.get(conversation) ?? Promise.resolve()).then(work).catch(failed)
      tails.set(conversation, tail)
      void tail.then(() => {
        if (tails.get(conversation) === tail) tails.delete(conversation)
      })
    },
  }
}
