import { fold } from '../../text/fold.ts'
import { asksAnything } from '../../text/intents.ts'
import { continuedQuestions, replacementKind } from './dialogue/continued-question.ts'
import type { SearchEntries } from './search.ts'

/** `isCarried`: made of 「高企呢」 and the question before it, so that it is about another programme than that. */
export type PartQuestion = { question: string; isCarried: boolean }

const lastClause = /[，,、？?。；;\s]+(?=[^，,、？?。；;\s]{2,9}[？?。!！~\s]{0,3}$)/u

/**
 * Questions of a message in which 「高企呢」, behind a question about another programme, asks the same:
 * 「科小截止了吗，高企呢」 becomes 「科小截止了吗」 and 「高企截止了吗」.
 */
export function carryingQuestions(search: SearchEntries) {
  const programmeOf = async (question: string) => {
    const { programme, ambiguousWord, kind } = await search(question)
    return kind === 'none' ? undefined : (programme ?? ambiguousWord)
  }

  /** The question that a clause stands for behind another; undefined where it names no other programme. */
  async function carry(before: string, clause: string): Promise<PartQuestion | undefined> {
    if (replacementKind(clause) !== 'replacement' || !asksAnything(fold(before))) return undefined
    const [named] = continuedQuestions(clause, { asked: before, base: before }, false)
    if (named?.countsFor !== 'named') return undefined
    const other = await programmeOf(named.question)
    const isOther = other !== undefined && other !== (await programmeOf(before))
    return isOther ? { question: named.question, isCarried: true } : undefined
  }

  async function split(question: string): Promise<PartQuestion[]> {
    const alone = [{ question, isCarried: false }]
    const found = lastClause.exec(question)
    if (!found) return alone
    const before = question.slice(0, found.index)
    const clause = question.slice(found.index + found[0].length)
    if (replacementKind(clause) !== 'replacement') return alone
    const all = await split(before)
    const next = await carry(all.at(-1)?.question ?? before, clause)
    return next === undefined ? alone : [...all, next]
  }

  return async (questions: readonly string[]): Promise<PartQuestion[]> => {
    const all: PartQuestion[] = []
    for (const question of questions) {
      const before = all.at(-1)?.question
      const next = before === undefined ? undefined : await carry(before, question)
      all.push(...(next === undefined ? await split(question) : [next]))
    }
    return all
  }
}
