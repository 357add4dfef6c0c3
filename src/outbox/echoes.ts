import type { Reply } from '../ports/chat.ts'
import type { Ledger } from './ledger.ts'
import type { Entry } from './records.ts'
import { type Awaiting, type Echo, heardBack } from './rules.ts'

export type Echoes = ReturnType<typeof createEchoes>

/** The messages of ours that we have not heard back yet. */
export function createEchoes(ledger: Ledger) {
  const awaiting = new Map<string, Awaiting>()

  return {
    expect({ key, value: { target, messageId } }: Entry, { text, file }: Reply) {
      awaiting.set(key, { key, target, text: text ?? file?.name ?? '', messageId })
    },
    /** The line took it and told us the message's id. */
    learn(key: string, messageId: string) {
      const known = awaiting.get(key)
      if (known) awaiting.set(key, { ...known, messageId })
    },
    match: (echo: Echo): string | undefined =>
      awaiting.size === 0 ? undefined : heardBack(awaiting.values(), echo)?.key,
    forget: (key: string) => void awaiting.delete(key),
    /** Lets go of those whose echo is not to be expected any more. */
    async prune() {
      const left = new Set((await ledger.unfinished()).map(({ key }) => key))
      for (const key of awaiting.keys()) if (!left.has(key)) awaiting.delete(key)
    },
  }
}
