/** Somebody, by everything under which records may be kept of them. */
export type Somebody = {
  /** Our own id. */
  memberId: string
  /** Ids on chat platforms; none for who never spoke to us. */
  chatIds: readonly string[]
}

/**
 * What a feature keeps about people. Everything here may be asked again, after a crash in the middle too, and then
 * finds less or nothing to do.
 */
export type PersonalData = {
  /** What is kept of this person, in Chinese for themselves, a line each: 「签到记录 12 条」. None: nothing. */
  kept(somebody: Somebody): Promise<string[]>
  /** Erases it. What totals need stays, under no name and no id that leads back. */
  forget(somebody: Somebody): Promise<void>
  /** Two members turned out to be one: what was kept under `from` is kept under `into` from now on. */
  merge(from: string, into: string): Promise<void>
}
