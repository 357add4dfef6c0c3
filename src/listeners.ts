import type { Answer, Command, Listener } from './feature.ts'
import type { Message } from './ports/chat.ts'

/** One listener of several: the first that has an answer gives it. */
export function inOrder(...listeners: readonly Listener[]): Listener {
  function ask(first: number, message: Message): Promise<Answer> | Answer {
    for (let at = first; at < listeners.length; at++) {
      const answer = listeners[at]?.(message)
      if (answer instanceof Promise) return answerOrAsk(answer, at + 1, message)
      if (answer !== undefined) return answer
    }
    return undefined
  }

  async function answerOrAsk(answer: Promise<Answer>, next: number, message: Message): Promise<Answer> {
    return (await answer) ?? ask(next, message)
  }

  return message => ask(0, message)
}

/** A maker's command without a word of its own: `matches` recognizes it, 「帮助」 does not list it. It is repeatable. */
export const commandByMeaning = (
  where: Command['where'],
  matches: Required<Command>['matches'],
  run: Command['run'],
): Command => ({
  words: [],
  takes: 'text',
  role: 'maker',
  where,
  help: '',
  repeatable: true,
  matches,
  run,
})
