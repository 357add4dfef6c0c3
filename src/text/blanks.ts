/** Longer runs of blanks say nothing more, and patterns that skip blanks take a time that grows faster than they do. */
const longRun = /(\s{40})\s+/gu

/** Cuts runs of blanks and line breaks to 40. */
export const withoutLongBlanks = (text: string): string => text.replaceAll(longRun, '$1')
