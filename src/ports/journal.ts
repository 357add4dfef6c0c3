/**
 * Short lines that outlive this process and cost microseconds. They are kept here until the store, which takes
 * milliseconds, has them.
 */
export type Journal = {
  /** Lines still kept, oldest first, added by this process or an earlier one. */
  lines(): string[]
  /**
   * A kill at any moment after it returned loses nothing; a power cut may lose the last few seconds.
   * @param line without line breaks
   * @throws when there is no room
   */
  add(line: string): void
  /** Forgets all but these lines: the others are kept elsewhere by now. A kill leaves all or these. @throws as above */
  keepOnly(lines: readonly string[]): void
}
