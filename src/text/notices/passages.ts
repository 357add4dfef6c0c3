/** A sentence of a notice, as it stands in the folded text, and what stands over it. */
export type NoticeSentence = {
  start: number
  end: number
  text: string
  /** The heading that it stands under; empty where there is none. */
  heading: string
  /** True for a part of an attachment. */
  isAttached: boolean
}

const longestHeading = 24
const numbered = /^\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、)])\s*/u
const attachment = /^\s*(?:附件?\s*\d*\s*:|附件\s*\d*\s*$)/u

/** Cuts a folded text into sentences; a line is at least one, and a heading is one by itself. */
export function passagesOf(text: string): NoticeSentence[] {
  const passages: NoticeSentence[] = []
  let heading = ''
  let isAttached = false
  for (const line of text.matchAll(/[^\n]+/gu)) {
    if (attachment.test(line[0])) isAttached = true
    if (isHeading(line[0])) heading = line[0].trim()
    for (const sentence of line[0].matchAll(/[^。;!?]+[。;!?]*/gu)) {
      const start = line.index + sentence.index
      passages.push({ start, end: start + sentence[0].length, text: sentence[0], heading, isAttached })
    }
  }
  return passages
}

/** A short line without a full stop, numbered or with a colon at its end, or so short that it says nothing else. */
function isHeading(line: string): boolean {
  const words = line.trim().replace(numbered, '')
  if (words === '' || words.length > longestHeading || /[。;,]|\d{1,2}月|\d{4}[-./]/u.test(words))
    return false
  return numbered.test(line) || words.endsWith(':') || words.length <= 12
}
