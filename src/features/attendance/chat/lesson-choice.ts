import type { Temporal } from 'temporal-polyfill'
import type { Answer } from '../../../feature.ts'
import { recentlyUsed } from '../../../lib/recently-used.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import { fold } from '../../../text/fold.ts'

const answerMinutes = 5
const mostAsked = 500
/** 「1」, 「第一节」, 「选 2」. */
const numberAlone =
  /^(?:我?选|第)?\s*(?<number>\d{1,2}|[一二三四五六七八九])\s*(?:节课?|堂课?|个|号)?[\p{P}\s]*$/u

type Choose = (number: number) => Promise<Answer>

/**
 * A number alone from a person who was asked which lesson is meant; kept in memory for five minutes. The same number from
 * others, or without the question, means anything.
 */
export function createLessonChoice(clock: Clock) {
  const asked = recentlyUsed<{ at: Temporal.Instant; choose: Choose }>(mostAsked)
  const keyOf = ({ senderId, groupId = '' }: Message) => JSON.stringify([groupId, senderId])

  function openFor(message: Message) {
    const one = asked.get(keyOf(message))
    return one && one.at.until(clock.now()).total('minutes') < answerMinutes ? one : undefined
  }

  const numberIn = (text: string) => {
    const number = text.length > 10 ? undefined : numberAlone.exec(fold(text))?.groups?.number
    return number === undefined ? undefined : Number(number) || '一二三四五六七八九'.indexOf(number) + 1
  }

  return {
    /** Awaits a number in place of these words. */
    ask: (message: Message, choose: Choose) => void asked.set(keyOf(message), { at: clock.now(), choose }),
    awaits: (message: Message): boolean =>
      openFor(message) !== undefined && numberIn(message.text) !== undefined,
    async listen(message: Message): Promise<Answer> {
      const [one, number] = [openFor(message), numberIn(message.text)]
      return one === undefined || number === undefined ? undefined : one.choose(number)
    },
  }
}

export type LessonChoice = ReturnType<typeof createLessonChoice>
