import { fold } from '../../text/fold.ts'
import type { Topic } from './topics.ts'

/** Words under which newcomers look for help. */
export type OtherNames = {
  /** Words that ask for everything: 「指令」. */
  overview: readonly string[]
  /** Words and the topics that they may mean; of these the first that the person has is shown. */
  topics: readonly (readonly [words: readonly string[], topics: readonly string[]])[]
}

type Options = {
  otherNames: OtherNames
  /** Whether a longer wording that contains a name is enough: 「怎么签到」. */
  isPartEnough: boolean
}

/** The topic that these words name by its title, a command or another name. */
export function findTopic(
  topics: readonly Topic[],
  said: string,
  { otherNames, isPartEnough }: Options,
): Topic | 'overview' | undefined {
  const named = (name: string) => topics.find(topic => topic.name === name)
  const meant = new Map<string, Topic | 'overview'>()
  const add = (word: string, topic: Topic | 'overview' | undefined) => {
    if (topic && !meant.has(fold(word))) meant.set(fold(word), topic)
  }
  for (const topic of topics) add(topic.name, topic)
  for (const topic of topics) for (const word of topic.words) add(word, topic)
  for (const [words, names] of otherNames.topics) {
    const topic = names.map(named).find(one => one !== undefined)
    for (const word of words) add(word, topic)
  }
  for (const word of otherNames.overview) add(word, 'overview')
  const folded = fold(said)
  const exact = meant.get(folded)
  if (exact || !isPartEnough) return exact
  const within = [...meant.keys()].filter(word => folded.includes(word))
  const longest = within.sort((a, b) => b.length - a.length)[0]
  return longest === undefined ? undefined : meant.get(longest)
}
