/** Counters for monitoring. No name, id or text ever goes in. */
export type Metrics = {
  /** A message came in, for us or not. */
  received(): void
  /** A message was answered, this long after it arrived. */
  answered(seconds: number): void
  /** Counts a refused question. */
  refused(): void
  /** Counts a message that came too fast: unanswered, or answered by a word to wait. */
  dropped(): void
  /** The line announced a message and could not give it. */
  lost(): void
  /** A delivery reached this state. */
  delivered(state: string): void
  /** A reply reached this state. */
  replied(state: string): void
  /** A write; failed: the record was not stored. */
  stored(seconds: number, outcome: 'kept' | 'failed'): void
}

const nothing = () => {}

/** Counts nothing. */
export const noMetrics: Metrics = {
  received: nothing,
  answered: nothing,
  refused: nothing,
  dropped: nothing,
  lost: nothing,
  delivered: nothing,
  replied: nothing,
  stored: nothing,
}
