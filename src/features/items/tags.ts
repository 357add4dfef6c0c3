import { fold } from '../../text/fold.ts'

/** Words of tags: the words of each programme, and of each topic. */
export type TagWords = {
  programmes: readonly { id: string; words: readonly string[] }[]
  topics: readonly { name: string; words: readonly string[] }[]
}
export type Tags = { programmeIds: string[]; topics: string[] }

/** In a text many things are mentioned in passing: a name must come so often, or stand in the title. */
const timesInText = 2
const mostProgrammes = 4
/** Shorter words (「加计」, 「高企」) are part of too many others to count outside titles. */
const shortestInText = 3

/** Says by the knowledge base's own names which programmes and topics a text is about, the most mentioned first. */
export function createTagger({ programmes, topics }: TagWords): (title: string, text: string) => Tags {
  const named = programmes.map(({ id, words }) => ({ name: id, words: folded(words) }))
  const about = topics.map(({ name, words }) => ({ name, words: folded(words) }))

  return (title, text) => {
    const head = fold(title)
    const body = fold(text)
    return {
      programmeIds: found(named, head, body).slice(0, mostProgrammes),
      topics: found(about, head, body),
    }
  }
}

/** Longer words first, so that 「科技型中小企业」 is not counted as something else inside it. */
const folded = (words: readonly string[]) =>
  [...new Set(words.map(fold))].filter(word => word.length > 1).sort((a, b) => b.length - a.length)

function found(
  all: readonly { name: string; words: readonly string[] }[],
  head: string,
  body: string,
): string[] {
  return all
    .map(({ name, words }) => {
      const inTitle = words.some(word => head.includes(word))
      const inText = Math.max(
        0,
        ...words.map(word => (word.length < shortestInText ? 0 : timesIn(body, word))),
      )
      return { name, score: (inTitle ? 100 : 0) + (inText >= timesInText ? inText : 0) }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ name }) => name)
}

const timesIn = (text: string, word: string) => text.split(word).length - 1
