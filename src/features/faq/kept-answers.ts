import type { Temporal } from 'temporal-polyfill'
import { recentlyUsed } from '../../lib/recently-used.ts'
import { dayInShanghai } from '../../text/dates/time.ts'
import type { Answerer, Said } from './answers.ts'

/** Messages whose answers are kept; the least recently asked is dropped. About 4 KB each. */
const mostKept = 300
/** UTF-16 units; longer messages are hardly ever the same twice. */
const longestKept = 100

/**
 * An answerer that works out once what many ask in the same words, as they do after a push.
 * @param answerer its answers depend on the message, the topic, the day in Shanghai and the state alone
 * @param stateOf another text after each change of what is answered from
 */
export function keepingAnswers(answerer: Answerer, stateOf: () => string): Answerer {
  const kept = recentlyUsed<readonly Said[]>(mostKept)
  let keptState = ''

  async function answer(text: string, at: Temporal.Instant, topic?: string): Promise<Said[]> {
    const state = `${dayInShanghai(at)} ${stateOf()}`
    if (state !== keptState) kept.clear()
    keptState = state
    const key = JSON.stringify([text, topic])
    const known = kept.get(key)
    if (known) return [...known]
    const said = await answerer.answer(text, at, topic)
    // An edit may have come in between, or the next day.
    if (text.length <= longestKept && keptState === state && state.endsWith(` ${stateOf()}`))
      kept.set(key, said)
    return [...said]
  }

  return { ...answerer, answer }
}
