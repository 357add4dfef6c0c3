import type { Message } from '../../ports/chat.ts'
import type { Directory } from '../../ports/directory.ts'
import { fold } from '../../text/fold.ts'
import { type Chapter, readChapters } from './chapters.ts'

const longest = 30
const asks = /怎么|怎样|如何|咋|在哪|哪里|哪儿/u
/** Words of a question that say nothing of its matter. */
const fillers =
  /请问|想问|怎么办|怎么样|怎么|怎样|如何|咋|在哪里?|哪里|哪儿|什么地方|可以|应该|才能|一下|我们?|你|想|要|能|让|把|给|的|了|吗|呢|啊|吧|去|到|里|看|弄|一个|一位|个|位|[^\p{Script=Han}a-z0-9]/gu
/** Chapters for those who look after the machine, and what is said to everybody. */
const leftOut: ReadonlySet<string> = new Set(['install', 'privacy', 'auditor'])
/** Other features tell a person's own matters. */
const ownMatter = /我的/u
/** Some line has all of fewer characters by chance. */
const fewestCharacters = 3
/** The least weight of the characters, and of the pairs of them, of a question that a line must have. */
const leastOfCharacters = 0.9
const leastOfPairs = 0.45

type Grams = { characters: ReadonlySet<string>; pairs: ReadonlySet<string> }
type Line = Grams & { chapter: Chapter; text: string }

type Parts = {
  directory: Pick<Directory, 'rolesOf'>
  /** The programmes that a folded text names: a question about one is for the knowledge base. */
  programmesIn(folded: string): readonly string[]
}

/**
 * Answers how the console and the groups are run, from a line of the manual: to organizers and reviewers in private, to
 * whose question nothing else has an answer.
 * @returns undefined for other people and questions
 */
export function manualAnswers({
  directory,
  programmesIn,
}: Parts): (message: Message) => Promise<string | undefined> {
  let find: ReturnType<typeof createLineFinder> | undefined

  return async ({ groupId, senderId, text }) => {
    if (groupId !== undefined || text.length > longest || !asks.test(text) || ownMatter.test(text))
      return undefined
    const roles = await directory.rolesOf(senderId)
    if (!roles.includes('organizer') && !roles.includes('reviewer')) return undefined
    if (programmesIn(fold(text)).length > 0) return undefined
    find ??= createLineFinder(readChapters())
    const line = find(text)
    return line && `${plain(line.text)}\n—— 手册「${line.chapter.title}」，全文在控制台「帮助」里。`
  }
}

/** @returns the line that has most of a question, rare words weighing more; undefined where none has enough */
export function createLineFinder(chapters: readonly Chapter[]): (question: string) => Line | undefined {
  const lines = chapters.filter(({ slug }) => !leftOut.has(slug)).flatMap(linesOf)
  const counts = new Map<string, number>()
  for (const { characters, pairs } of lines)
    for (const gram of [...characters, ...pairs]) counts.set(gram, (counts.get(gram) ?? 0) + 1)
  const weightOf = (gram: string) => Math.log((lines.length + 1) / ((counts.get(gram) ?? 0) + 0.5))
  const sum = (grams: Iterable<string>) => [...grams].reduce((total, gram) => total + weightOf(gram), 0)
  const share = (asked: ReadonlySet<string>, has: ReadonlySet<string>) =>
    asked.size === 0 ? 0 : sum(asked.intersection(has)) / sum(asked)

  return question => {
    const asked = gramsOf(fold(question).split(fillers))
    if (asked.characters.size < fewestCharacters) return undefined
    const [best] = lines
      .map(line => ({
        line,
        characters: share(asked.characters, line.characters),
        pairs: share(asked.pairs, line.pairs),
      }))
      .filter(({ characters, pairs }) => characters >= leastOfCharacters && pairs >= leastOfPairs)
      .toSorted((a, b) => b.characters + b.pairs - a.characters - a.pairs)
    return best?.line
  }
}

/** Headings, pictures and the rules of tables tell nothing. */
const linesOf = (chapter: Chapter): Line[] =>
  chapter.text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !/^[#!]|^\|[-| ]+\|$/u.test(line))
    .map(text => ({
      ...{ chapter, text },
      ...gramsOf([fold(chapter.title + text).replace(/[^\p{Script=Han}a-z0-9]/gu, '')]),
    }))

function gramsOf(pieces: readonly string[]): Grams {
  const letters = pieces.map(piece => [...piece])
  return {
    characters: new Set(letters.flat()),
    pairs: new Set(letters.flatMap(all => all.slice(1).map((one, at) => `${all[at]}${one}`))),
  }
}

/** A line without the marks of Markdown. */
const plain = (line: string): string =>
  line
    .replace(/^(?:[-*]|\d+\.)\s+/u, '')
    .replace(/^\||\|$/gu, '')
    .replace(/\s*\|\s*/gu, '：')
    .replace(/\*\*|`/gu, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .trim()
