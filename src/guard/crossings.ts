import { type Clause, clauseLikeness, type ParsedText, pairsOf } from './clauses.ts'

/** Number of characters of a head and of a tail that make them known. */
const leastHead = 4
const leastTail = 2

/**
 * Finds statements of one thing said of another: two halves of two clauses in one (「不超过的部分减半」 of 「不超过的
 * 部分免税，超过的部分减半」), a case with the consequence of another case, and steps in the wrong order.
 */
export function crossingFaults(said: ParsedText, source: ParsedText): string[] {
  return [
    ...said.clauses
      .filter(({ text }) => isSpliced(text, source.clauses))
      .map(({ text }) => `two halves of two statements: ${text}`),
    ...crossedCases(said, source),
    ...turnedSteps(said, source),
  ]
}

/** Whether a clause is the beginning of one clause of the entries and the end of another, and no clause has both. */
function isSpliced(text: string, clauses: readonly Clause[]): boolean {
  const sides = clauses.map(clause => ({
    text: clause.text,
    head: commonHead(text, clause.text),
    tail: commonTail(text, clause.text),
  }))
  const isWhole = sides.some(({ head, tail }) => head + tail >= text.length || head === text.length)
  if (isWhole) return false
  return sides.some(
    one =>
      one.head >= leastHead &&
      one.head < one.text.length &&
      sides.some(
        other =>
          other !== one &&
          other.tail >= leastTail &&
          other.tail < other.text.length &&
          one.head + other.tail >= text.length &&
          other.head < leastTail &&
          one.tail === 0,
      ),
  )
}

function commonHead(one: string, other: string): number {
  let length = 0
  while (length < one.length && length < other.length && one[length] === other[length]) length++
  return length
}

function commonTail(one: string, other: string): number {
  let length = 0
  while (length < one.length && length < other.length && one.at(-1 - length) === other.at(-1 - length))
    length++
  return length
}

/** 「只搬一部分的，资格继续有效」: the consequence of the case beside it. */
function crossedCases(said: ParsedText, source: ParsedText): string[] {
  const isCase = ({ text }: Clause) => /的(?:话)?$/u.test(text)
  const rules = source.clauses.flatMap((clause, at) => {
    const next = source.clauses[at + 1]
    return isCase(clause) && next !== undefined ? [{ when: clause, result: next }] : []
  })
  if (rules.length < 2) return []
  return said.clauses.flatMap((clause, at) => {
    const next = said.clauses[at + 1]
    if (!isCase(clause) || next === undefined || next.sentence !== clause.sentence) return []
    const own = nearest(rules, ({ when }) => clauseLikeness(when.marks, clause.marks))
    const meant = nearest(rules, ({ result }) => clauseLikeness(result.marks, next.marks))
    const isCrossed = own && meant && own !== meant && clauseLikeness(own.result.marks, next.marks) < 0.4
    return isCrossed ? [`the consequence of another case: ${clause.text}，${next.text}`] : []
  })
}

/** The one with the highest worth, if that is much. */
function nearest<T>(list: readonly T[], worth: (item: T) => number): T | undefined {
  const [best] = list.map(item => ({ item, is: worth(item) })).sort((a, b) => b.is - a.is)
  return best && best.is >= 0.6 ? best.item : undefined
}

const steps = /先([^，。；;\n再]{2,24})[，,]?再([^，。；;\n]{2,24})/gu

/** 「先提请求，再备案」 where the entries have it the other way about. */
function turnedSteps(said: ParsedText, source: ParsedText): string[] {
  const stepsIn = (text: string) =>
    [...text.matchAll(steps)].map(([, first = '', second = '']) => ({
      first: pairsOf(first),
      second: pairsOf(second),
    }))
  const theirs = stepsIn(source.flat)
  return stepsIn(said.flat)
    .filter(own =>
      theirs.some(
        ({ first, second }) =>
          clauseLikeness(own.first, second) > clauseLikeness(own.first, first) &&
          clauseLikeness(own.second, first) > clauseLikeness(own.second, second),
      ),
    )
    .map(() => 'steps in another order')
}
