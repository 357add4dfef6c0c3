/**
 * Short lines that must outlive this process and cost next to nothing: what the store takes milliseconds to keep for
 * good is kept here until it has.
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
