/** Order to a chaos gateway; it answers `{ done: number }` once carried out. */
export type Order = {
  number: number
  said?: { groupId?: string; from: string; text: string; mention?: boolean }
  /** Holds back the nth message of the bot's from now on, or its receipt, until released or killed. */
  hold?: { at: 'before' | 'after'; nth: number }
  release?: boolean
  /** Delivers what people said last once more, under the same ids or fresh ones. */
  redeliver?: { count: number; fresh: boolean }
  isLoggedIn?: boolean
  /** Moves its clock ahead. */
  forwardMs?: number
  dump?: boolean
}

/** Messages by group, and those of the organizer's private chat. */
export type Dump = Record<string, { from: string; text: string }[]>
