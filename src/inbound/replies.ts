import type { Answer } from '../feature.ts'
import type { Reply } from '../ports/chat.ts'
import { readableText } from './received.ts'

/** Above every answer of ours: only a quotation of another person can be longer. */
const longestText = 4000

/** An answer as replies that any line can carry, whatever of what people typed is repeated in it. */
export function repliesOf(answer: Answer): Reply[] {
  if (answer === undefined) return []
  const replies = Array.isArray(answer) ? answer : [typeof answer === 'string' ? { text: answer } : answer]
  return replies.map(reply => (reply.text === undefined ? reply : { ...reply, text: sayable(reply.text) }))
}

function sayable(text: string): string {
  const clean = readableText(text)
  return clean.length > longestText ? `${clean.slice(0, longestText - 1).toWellFormed()}…` : clean
}
