/** Work in order, of each chain on its own. Nothing here rejects. */
export function createChains(failed: (cause: unknown) => void) {
  const tails = new Map<string, Promise<void>>()

  return {
    link(chain: string, work: () => Promise<void>) {
      const tail = (tails.get(chain) ?? Promise.resolve()).then(work).catch(failed)
      tails.set(chain, tail)
      void tail.then(() => {
        if (tails.get(chain) === tail) tails.delete(chain)
      })
    },
  }
}
