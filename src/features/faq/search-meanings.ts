import { fold } from '../../text/fold.ts'
import type { Finding } from './finder/finder.ts'
import type { LiveEntries } from './live-entries.ts'
import type { SearchEntries } from './search.ts'

type Choice = Finding['choices'][number]

/**
 * A search that looks again where a word may mean several things: in the programme that was just spoken of, 「要备案吗」
 * after 加计扣除, and for each meaning that is offered, so that the entry behind it answers what was asked.
 */
export function searchingMeanings(
  search: SearchEntries,
  live: Pick<LiveEntries, 'programme'>,
): SearchEntries {
  async function answerInTopic(finding: Finding, question: string, topic: string | undefined) {
    const name = topic === undefined ? undefined : live.programme(topic)?.name
    const isOffered = finding.choices.some(({ found }) => found.item.programme === topic)
    if (name === undefined || isOffered) return undefined
    const inTopic = await search(`${name}${question}`)
    const isOfTopic = inTopic.ranked[0]?.item.programme === topic
    return inTopic.kind !== 'none' && isOfTopic ? inTopic : undefined
  }

  async function choiceFor(choice: Choice, question: string, word: string): Promise<Choice> {
    if (choice.meaning === undefined) return choice
    const name = choice.meaning.replace(/（[^）]*）|[「」]/gu, '')
    const folded = fold(question)
    const asked = folded.includes(word) ? folded.replace(word, name) : `${name}${folded}`
    const { kind, ranked } = await search(asked)
    const [best] = ranked
    const isSure = kind === 'answer' && best?.item.programme === choice.found.item.programme
    return isSure && best ? { ...choice, found: best } : choice
  }

  return async (question, topic) => {
    const finding = await search(question, topic)
    const word = finding.ambiguousWord
    if (word === undefined || finding.kind !== 'choices') return finding
    const inTopic = await answerInTopic(finding, question, topic)
    if (inTopic) return inTopic
    const choices: Choice[] = []
    for (const choice of finding.choices) choices.push(await choiceFor(choice, question, word))
    return { ...finding, choices }
  }
}
