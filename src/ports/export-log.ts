/** A file with people's data that somebody took out of the bot. */
export type TakenOut = {
  /** As the log shall name them. */
  byName: string
  /** In Chinese, what and of when: 「2026年第三季度出勤台账」. */
  what: string
  /** Over which road: in private chat or by download from the console. */
  road: 'chat' | 'console'
  /** How many people it names. */
  people: number
}

/** Who took out what and when, so that somebody can answer for it. */
export type ExportLog = {
  /** Written down, durably, before the file is handed over. */
  note(taken: TakenOut): Promise<void>
}
