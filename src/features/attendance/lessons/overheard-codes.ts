import type { Message } from '../../../ports/chat.ts'
import { fourDigitsIn } from '../check-ins/meanings/typed-codes.ts'
import { asksForCode, isCodeOf, noteCode } from './codes.ts'
import type { Lessons } from './lessons.ts'
import { opensBeforeMinutes, phaseOf, sentAtOf } from './window.ts'

/**
 * Notes codes that stand in any bound group, whatever else is said there: a member who is not at the lesson may copy
 * them from 「快签，码是 3618」 as well as from a sign-in.
 */
export function createCodeWatch(lessons: Lessons) {
  async function note(digits: readonly string[], message: Message): Promise<void> {
    const at = sentAtOf(message)
    const near = await lessons.between({ from: at, to: at.add({ minutes: opensBeforeMinutes + 1 }) })
    for (const lesson of near.filter(one => phaseOf(one, at) === 'open' && asksForCode(one)))
      for (const code of digits.filter(one => isCodeOf(lesson, one, at)))
        await lessons.change(lesson.id, now => noteCode(now, code, at))
  }

  return (message: Message): Promise<void> | undefined => {
    const digits = fourDigitsIn(message.text)
    return digits.length === 0 ? undefined : note(digits, message)
  }
}
