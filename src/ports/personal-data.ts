/** Begins the lines that show what a record says; the lines without it name the kinds only. */
export const contentMark = '· '

/** One person, by all ids and names under which records may exist. */
export type PersonIds = {
  /** Our own id. */
  memberId: string
  /** Ids on chat platforms; none for who never spoke to us. */
  chatIds: readonly string[]
  /** Present and past names on the roster and in groups, for texts that name people. */
  names: readonly string[]
  /** Those of `names` by which records know this person, and no other, as the doer of something. Default: `names`. */
  doerNames?: readonly string[]
}

/**
 * Personal data of a feature. Every call may be repeated, after a crash in the middle too, and then
 * finds less or nothing to do.
 */
export type PersonalData = {
  /**
   * Records of this person, in Chinese for themselves: a line for each kind, 「签到记录 12 条」, and below it a line
   * for each record, behind {@link contentMark}. None: nothing.
   */
  kept(person: PersonIds): Promise<string[]>
  /**
   * Erases it. What totals need stays, under no name and no id that leads back.
   * @param alias drawn for this erasure and the same when it is asked again; made into ids that cannot be traced, one
   *   for each record, by hashing it together with the record's
   */
  forget(person: PersonIds, alias: string): Promise<void>
  /**
   * Members turned out to be other known members: records under a key of `moves` are kept under its value from
   * now on. Many at once, as when a first roster is matched; it runs in the background.
   */
  merge(moves: ReadonlyMap<string, string>): Promise<void>
}
