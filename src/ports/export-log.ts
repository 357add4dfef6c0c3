/** An export of personal data. */
export type ExportedData = {
  /** As the log shall name them. */
  byName: string
  /** In Chinese, what and of when: 「2026年第三季度出勤台账」. */
  what: string
  /** Asked for in private chat, downloaded from the console, or sent to the organizers when a lesson ended. */
  road: 'chat' | 'console' | 'sent'
  /** How many people it names. */
  people: number
}

/** The log of exports: who, what, when. */
export type ExportLog = {
  /** Written down, durably, before the file is handed over. */
  note(taken: ExportedData): Promise<void>
}
