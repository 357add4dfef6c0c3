import type { Temporal } from 'temporal-polyfill'
import type { Answer } from '../../../feature.ts'
import { recentlyUsed } from '../../../lib/recently-used.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import { speakerKey } from '../../../ports/conversation-keys.ts'
import { fold } from '../../../text/fold.ts'

const answerMinutes = 5
const mostAsked = 500
const digits = '\\d{1,2}|[一二三四五六七八九]'
/** 「1」, 「第一节」, 「选 2」, 「第2个」; 「3个」 and 「3号」 are said of other things. */
const numberAlone = new RegExp(
  `^(?:(?:我?选|第)\\s*(?<ordinal>${digits})\\s*(?:节课?|堂课?|个|号)?|(?<number>${digits})\\s*(?:节课?|堂课?)?)[\\p{P}\\s]*$`,
  'u',
)

/** `most`: the last number of the list that was shown. */
type Question = { most: number; choose: (number: number) => Promise<Answer> }

/**
 * A number alone from a person who was asked which lesson is meant; kept in memory for five minutes. The same
 * number from others, or without the question, means anything. A number of the list answers the question for good,
 * once it is dealt with; another number leaves it open.
 */
export function createLessonChoice(clock: Clock) {
  const asked = recentlyUsed<Question & { at: Temporal.Instant }>(mostAsked)

  function openFor(message: Message) {
    const one = asked.get(speakerKey(message))
    return one && one.at.until(clock.now()).total('minutes') < answerMinutes ? one : undefined
  }

  const numberIn = (text: string) => {
    const said = text.length > 10 ? undefined : numberAlone.exec(fold(text))?.groups
    const number = said?.ordinal ?? said?.number
    return number === undefined ? undefined : Number(number) || '一二三四五六七八九'.indexOf(number) + 1
  }

  async function choose(message: Message, one: Question, number: number): Promise<Answer> {
    const answer = await one.choose(number)
    const isOfList = number >= 1 && number <= one.most
    if (isOfList && asked.get(speakerKey(message)) === one) asked.delete(speakerKey(message))
    return answer
  }

  return {
    /** Awaits a number in place of these words. */
    ask: (message: Message, question: Question) =>
      void asked.set(speakerKey(message), { ...question, at: clock.now() }),
    awaits: (message: Message): boolean =>
      openFor(message) !== undefined && numberIn(message.text) !== undefined,
    listen(message: Message): Promise<Answer> | undefined {
      const [one, number] = [openFor(message), numberIn(message.text)]
      return one === undefined || number === undefined ? undefined : choose(message, one, number)
    },
  }
}

export type LessonChoice = ReturnType<typeof createLessonChoice>
