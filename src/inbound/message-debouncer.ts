import type { Message } from '../ports/chat.ts'
import type { Clock } from '../ports/clock.ts'
import { speakerKey } from '../ports/conversation-keys.ts'
import { type BurstWaits, isContinuation, waitMsFor } from './questions.ts'

/** Key of a burst: group and sender, so that two people or two groups never mix. */
type Parts<Piece> = { waits: BurstWaits; clock: Clock; due(pieces: Piece[]): void }

/** Gathers the messages in which one person types one question. */
export function createMessageDebouncer<Piece extends { message: Message }>({
  waits,
  clock,
  due,
}: Parts<Piece>) {
  const open = new Map<string, { pieces: Piece[]; waiting: AbortController }>()

  /** Removes and returns the pending messages, oldest first. */
  function take(message: Message): Piece[] {
    const burst = open.get(speakerKey(message))
    open.delete(speakerKey(message))
    burst?.waiting.abort()
    return burst?.pieces ?? []
  }

  async function wait(key: string, ms: number): Promise<void> {
    const burst = open.get(key)
    if (!burst) return
    await clock.sleep(ms, burst.waiting.signal)
    // Otherwise it was taken, or has grown and waits anew.
    if (open.get(key) === burst) due(burst.pieces)
  }

  return {
    take,
    /** Whether this is still the burst that waits: it may have been taken, or have grown, since it fell due. */
    isOpen: (pieces: Piece[]) =>
      pieces[0] !== undefined && open.get(speakerKey(pieces[0].message))?.pieces === pieces,
    /**
     * Puts a piece to what it goes on with.
     * @returns `before`, what it does not go on with; `now`, what is complete with it; nothing while it waits, and
     *   `due` is called in time then.
     */
    add(piece: Piece): { before: Piece[]; now: Piece[] } {
      const key = speakerKey(piece.message)
      const earlier = take(piece.message)
      const last = earlier.at(-1)
      const isMore = last !== undefined && isContinuation(last.message, piece.message)
      const pieces = isMore ? [...earlier, piece] : [piece]
      const before = isMore ? [] : earlier
      const ms = waitMsFor(
        pieces.map(({ message }) => message.text),
        waits,
      )
      if (ms === 0) return { before, now: pieces }
      open.set(key, { pieces, waiting: new AbortController() })
      void wait(key, ms)
      return { before, now: [] }
    },
  }
}
