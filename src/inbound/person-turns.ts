import { withTimeout } from '../lib/timeout.ts'
import type { Message } from '../ports/chat.ts'
import type { PersonTurns } from '../ports/person-turns.ts'

const handlingLimitMs = 30_000
/** A handler that hangs keeps later messages of its sender waiting no longer than this. */
const hangingLimitMs = 300_000

/** A message that was received and is not handled yet. */
type Turn = {
  message: Message
  conversation: string
  /** Its handler is waiting in `between`: two that waited for each other would wait for ever. */
  isBetween: boolean
  handled: Promise<unknown>
}

export type MessageTurns = ReturnType<typeof createPersonTurns>

/** The messages under way, by the person who sent them. */
export function createPersonTurns() {
  const underWay = new Map<string, Set<Turn>>()
  const gates = new Map<string, Promise<unknown>>()

  const turnsOf = (senderIds: readonly string[]) =>
    senderIds.flatMap(senderId => [...(underWay.get(senderId) ?? [])])

  /** @returns whether all were handled in time */
  async function handled(turns: readonly Turn[], timeoutMs: number): Promise<boolean> {
    if (turns.length === 0) return true
    const all = Promise.all(turns.map(turn => turn.handled))
    return withTimeout(() => all, { timeoutMs, what: 'handling what a person said' }).then(
      () => true,
      () => false,
    )
  }

  const between: PersonTurns['between'] = (senderIds, own, work) => {
    const turns = turnsOf(senderIds)
    const ownTurn = turns.find(({ message }) => message.id === own?.id)
    if (ownTurn) ownTurn.isBetween = true
    const earlier = turns.filter(turn => !turn.isBetween && turn.conversation !== ownTurn?.conversation)
    const done = handled(earlier, handlingLimitMs).then(async areHandled => ({
      areHandled,
      result: await work(areHandled),
    }))
    const again = async () => {
      const { areHandled } = await done
      if (!areHandled && (await handled(earlier, hangingLimitMs))) await work(true)
    }
    // A fault of the first is passed on below; after one of the second, who asked for it goes on by itself.
    const settled = again().catch(() => {})
    for (const senderId of senderIds) close(senderId, settled)
    return done.then(({ result }) => result)
  }

  /** Messages of this person that are received from now on wait. */
  function close(senderId: string, until: Promise<unknown>): void {
    const gate = Promise.allSettled([gates.get(senderId), until])
    gates.set(senderId, gate)
    void gate.then(() => {
      if (gates.get(senderId) === gate) gates.delete(senderId)
    })
  }

  return {
    between,

    /**
     * Notes a message that was received, until it is handled.
     * @param handle handles it, and begins once `gate` has resolved where there is one; must not reject
     */
    enter<T>(
      message: Message,
      conversation: string,
      handle: (gate: Promise<unknown> | undefined) => Promise<T>,
    ): Promise<T> {
      const done = handle(gates.get(message.senderId))
      const turn: Turn = { message, conversation, isBetween: false, handled: done }
      const all = underWay.get(message.senderId) ?? new Set()
      underWay.set(message.senderId, all.add(turn))
      void done.then(() => {
        all.delete(turn)
        if (all.size === 0 && underWay.get(message.senderId) === all) underWay.delete(message.senderId)
      })
      return done
    },

    /** Resolves when every message received so far is handled. */
    async settle(): Promise<void> {
      await Promise.all(turnsOf([...underWay.keys()]).map(turn => turn.handled))
    },
  }
}
