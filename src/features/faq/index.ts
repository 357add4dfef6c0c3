import type { Temporal } from 'temporal-polyfill'
import type { Answer, Feature } from '../../feature.ts'
import type { Message } from '../../ports/chat.ts'
import type { Clock } from '../../ports/clock.ts'
import { fold } from '../../text/fold.ts'
import { type Answerer, hint } from './answers.ts'
import { createDialogues, numberIn, type Turn } from './dialogue.ts'
import type { Entry } from './records.ts'

const inFull = new Set(['完整答案', '完整', '详细', '全部'])

/**
 * Answers questions from the knowledge base in chat: one sure answer, a choice of two or three, or an honest
 * no. What was offered or told stays open to 「2」 and 「完整答案」 for five minutes, from the same person in the
 * same conversation; in a group these two need no mention.
 */
export function faq({ answerer, clock }: { answerer: Answerer; clock: Clock }): Feature {
  const dialogues = createDialogues()

  async function listen(message: Message): Promise<Answer> {
    const at = clock.now()
    const turn = dialogues.last(message)
    return goOn(message, turn, at) ?? answerAnew(message, turn, at)
  }

  /** The answer to what only continues the last turn; undefined for a question of its own. */
  function goOn(message: Message, turn: Turn | undefined, at: Temporal.Instant): string | undefined {
    const chosen = chosenBy(message, turn)
    if (chosen) {
      dialogues.keep(message, { told: chosen, offered: turn?.offered ?? [], at })
      return answerer.tell(chosen, at, 'short')
    }
    return turn?.told && inFull.has(fold(message.text)) ? answerer.tell(turn.told, at, 'full') : undefined
  }

  function answerAnew(message: Message, turn: Turn | undefined, at: Temporal.Instant): string {
    const all = answerer.answer(message.text, at, turn?.told?.programme)
    if (all.length === 0) return hint
    const told = all.findLast(({ kind }) => kind === 'answer')?.entry
    const offered = all.findLast(({ kind }) => kind === 'choices')?.offered ?? []
    dialogues.keep(message, { told, offered, at })
    return all.map(({ text }) => text).join('\n\n')
  }

  return {
    name: 'faq',
    takesQuestions: true,
    listen,
    awaits: message => {
      const turn = dialogues.last(message)
      return (
        chosenBy(message, turn) !== undefined || (turn?.told !== undefined && inFull.has(fold(message.text)))
      )
    },
  }
}

function chosenBy(message: Message, turn: Turn | undefined): Entry | undefined {
  const number = turn && turn.offered.length > 0 ? numberIn(fold(message.text)) : undefined
  return number === undefined ? undefined : turn?.offered[number - 1]
}
