import { tellsField } from './costs.ts'
import { caption } from './head-lines.ts'
import type { LineFacts } from './line-facts.ts'

/** Where addressees over several lines end: each but the last goes on with a list of names. */
export function calledTo(lines: readonly LineFacts[], at: number): number | undefined {
  const next = lines.slice(at, at + mostCalledLines)
  const last = next.findIndex(({ isCalling }) => isCalling)
  const before = next.slice(0, Math.max(0, last))
  return last > 0 && before.every(isListOfNames) ? at + last + 1 : undefined
}
const mostCalledLines = 6
const isListOfNames = (line: LineFacts) => /[、,]/u.test(line.folded) && !line.opensText && !tellsField(line)

/** Where a caption in brackets over several lines ends. */
export function captionTo(lines: readonly LineFacts[], at: number): number | undefined {
  const next = lines.slice(at, at + mostCaptionLines).map(({ folded }) => folded)
  if (!/^\([^)]*$/u.test(next[0] ?? '')) return undefined
  const last = next.findIndex(text => text.endsWith(')'))
  return last > 0 && caption.test(next.slice(0, last + 1).join('')) ? at + last + 1 : undefined
}
const mostCaptionLines = 4
