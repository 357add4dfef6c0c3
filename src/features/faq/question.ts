import { fold } from '../../text/fold.ts'
import { asks } from '../../text/intents.ts'
import { unitsOf } from '../../text/tokens.ts'

/** More questions than these in one message are a list, not a question. */
const mostQuestions = 4
/** Shorter pieces are no question by themselves: 「好吗？」「行不行」. */
const leastUnits = 4

const sentenceEnd =
  /[？?！!。；;\n]+|(?:另外|顺便(?:问(?:一?下)?)?|还有就是|再问(?:一?[下个])?|还想问(?:一?下)?)[，,：:]?/u
const clauseEnd = /[，,、\s]+|(?<=.)还有(?=[^没吗什啥哪谁])/u

/**
 * The questions in a message, in order; none where there are no words to be read (emoji, a link, a card).
 * A sentence that asks nothing goes with the question after it: 「我是做软件的，高企怎么报？」 is one. Clauses that each ask
 * something are questions of their own: 「加计按多少扣 几月份能扣」.
 */
export function questionsIn(text: string): string[] {
  const words = readable(text)
  const clauses = words.split(sentenceEnd).flatMap(clausesOf)
  const { whole, open } = clauses.reduce<Gathered>(gather, { whole: [], open: '' })
  const questions = open === '' ? whole : [...whole.slice(0, -1), joined(whole.at(-1), open)]
  if (questions.length === 0) return []
  return questions.length === 1 || questions.length > mostQuestions ? [asOne(words)] : questions
}

type Gathered = { whole: string[]; open: string }

/** Adds a clause: to a question that it ends, or to what is still open. */
function gather({ whole, open }: Gathered, clause: string): Gathered {
  const so = joined(open, clause)
  if (!asksSomething(clause)) return { whole, open: so }
  // 「……拿去多扣，行不行」 asks about what stands before it.
  if (open === '' && lengthOf(clause) < leastUnits && whole.length > 0)
    return { whole: [...whole.slice(0, -1), joined(whole.at(-1), clause)], open: '' }
  return lengthOf(so) < leastUnits ? { whole, open: so } : { whole: [...whole, so], open: '' }
}

function clausesOf(sentence: string): string[] {
  return sentence
    .split(clauseEnd)
    .map(clause => clause.trim())
    .filter(clause => lengthOf(clause) > 0)
}

const joined = (before: string | undefined, after: string) => (before ? `${before}，${after}` : after)

const asOne = (words: string) => words.replace(/\s+/gu, ' ').trim()

const lengthOf = (text: string) => unitsOf(fold(text)).length

/** In a list of questions a clause may ask in fewer words: 「几分才算过」「老优惠还能用不」. */
const asksInList = /几[分人项件平张级名位]|不$/u
const asksSomething = (clause: string) => asks(fold(clause)) || asksInList.test(fold(clause))

/** Characters of one message that are read for its questions, about a page. */
const longestRead = 1000
/** The share of the end in {@link longestRead}: a question stands in front of a pasted document or behind it. */
const readOfEnd = 300

/** The beginning and the end of what is longer than {@link longestRead}, so that no answer blocks the others. */
export function withoutMiddle(text: string): string {
  if (text.length <= longestRead) return text
  const [begin, end] = [text.slice(0, longestRead - readOfEnd), text.slice(-readOfEnd)]
  // Half a character is left out.
  return `${begin.replace(/[\ud800-\udbff]$/, '')}……\n${end.replace(/^[\udc00-\udfff]/, '')}`
}

/** Whether words in the middle of a message are left out; the markup of a card has none. */
export const isCut = (text: string): boolean =>
  text.length > longestRead && bare(text).trim().length > longestRead

/** Markup is taken out first: a cut through it would leave half a tag in the question. */
const readable = (text: string) => withoutMiddle(bare(text))

/** Without what cannot be read aloud: the markup of a quoted card, links, the names of others who were @-ed. */
function bare(text: string): string {
  return text
    .replace(/<[^<>]{0,2000}>/gu, ' ')
    .replace(/https?:\/\/\S+/giu, ' ')
    .replace(/@[^\s@]{1,30}[\s\u2005]/gu, ' ')
}
