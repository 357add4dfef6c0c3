import type { Reply, Target } from '../ports/chat.ts'
import type { DeliveryLedger } from './ledger.ts'
import type { StoredDelivery } from './records.ts'
import { type Awaiting, type Echo, heardBack, targetId } from './rules.ts'

/** A line may echo a message before it has told us the message's id: so many ids are remembered meanwhile. */
const mostEarly = 200

export type Echoes = ReturnType<typeof createEchoes>

/** The messages of ours that we have not heard back yet. */
export function createEchoes(ledger: DeliveryLedger) {
  const awaiting = new Map<string, Awaiting>()
  /** By target too, since some gateways use an id again in another chat. */
  const early = new Set<string>()
  const earlyKey = (target: Target, messageId: string) => `${targetId(target)} ${messageId}`

  function remember({ target, messageId }: Echo) {
    early.add(earlyKey(target, messageId))
    const [oldest] = early
    if (early.size > mostEarly && oldest !== undefined) early.delete(oldest)
  }

  return {
    expect({ key, value: { target, messageId } }: StoredDelivery, { text, file }: Reply) {
      awaiting.set(key, { key, target, text: text ?? file?.name ?? '', messageId })
    },
    /**
     * The line took it and told us the message's id.
     * @returns whether that was heard back already, as a picture is, which has no words to be known by
     */
    learn(key: string, messageId: string): boolean {
      const known = awaiting.get(key)
      if (known) awaiting.set(key, { ...known, messageId })
      return known !== undefined && early.delete(earlyKey(known.target, messageId))
    },
    match(echo: Echo): string | undefined {
      if (awaiting.size === 0) return undefined
      const found = heardBack(awaiting.values(), echo)
      if (!found) remember(echo)
      return found?.key
    },
    /** Writes down that it arrived, and waits for it no more. */
    async confirm(key: string, messageId: string) {
      await ledger.record(key, 'echoed', { messageId })
      awaiting.delete(key)
    },
    /** Lets go of those whose echo is not to be expected any more. */
    async prune() {
      const left = new Set((await ledger.unfinished()).map(({ key }) => key))
      for (const key of awaiting.keys()) if (!left.has(key)) awaiting.delete(key)
    },
  }
}
