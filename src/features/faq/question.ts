import { fold } from '../../text/fold.ts'
import { intentsOf } from '../../text/intents.ts'
import { unitsOf } from '../../text/tokens.ts'

/** More questions than these in one message are a list, not a question. */
const mostQuestions = 3
/** Shorter pieces are no question by themselves: 「好吗？」. */
const leastUnits = 4

/**
 * The questions in a message, in order; none where there are no words to be read (emoji, a link, a card).
 * A sentence that asks nothing goes with the question after it: 「我是做软件的。高企怎么报？」 is one.
 */
export function questionsIn(text: string): string[] {
  const sentences = readable(text)
    .split(/[？?！!。；;\n]+|(?:另外|顺便问(?:一?下)?|还有就是|再问(?:一?下)?)[，,：:]?/u)
    .map(sentence => sentence.trim())
    .filter(sentence => unitsOf(fold(sentence)).length > 0)
  const questions: string[] = []
  let before: string[] = []
  for (const sentence of sentences) {
    before.push(sentence)
    if (!asksSomething(sentence)) continue
    questions.push(before.join('，'))
    before = []
  }
  if (before.length > 0) questions.push(`${questions.pop() ?? ''}，${before.join('，')}`.replace(/^，/u, ''))
  return questions.length > mostQuestions ? [questions.join('，')] : questions
}

function asksSomething(sentence: string): boolean {
  const folded = fold(sentence)
  return intentsOf(folded) !== 0 && unitsOf(folded).length >= leastUnits
}

/** Without what cannot be read aloud: the markup of a quoted card, links, the names of others who were @-ed. */
function readable(text: string): string {
  return text
    .slice(0, 100_000)
    .replace(/<[^<>]{0,2000}>/gu, ' ')
    .replace(/https?:\/\/\S+/giu, ' ')
    .replace(/@[^\s@]{1,30}[\s\u2005]/gu, ' ')
}
