/**
 * One thing after the other in each conversation, in the order in which it was asked for.
 * @returns a function that takes a turn; `work` must not reject
 */
export function createTurns(): (conversation: string, work: () => Promise<void>) => void {
  const tails = new Map<string, Promise<void>>()
  return (conversation, work) => {
    const tail = (tails.get(conversation) ?? Promise.resolve()).then(work)
    tails.set(conversation, tail)
    void tail.then(() => {
      if (tails.get(conversation) === tail) tails.delete(conversation)
    })
  }
}
