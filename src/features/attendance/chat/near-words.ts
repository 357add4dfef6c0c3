import type { Message } from '../../../ports/chat.ts'
import { isNearCode, nearAttendance } from '../check-ins/meanings/near-attendance.ts'
import { asideWords, codeWords } from '../check-ins/words.ts'
import { asksForCode } from '../lessons/codes.ts'
import type { Lessons } from '../lessons/lessons.ts'
import { opensBeforeMinutes, phaseOf, sentAtOf } from '../lessons/window.ts'

/**
 * Answers words about attendance that no reader took, while a window is open in their group. The same words of several
 * people make one answer.
 * @returns undefined for talk, in private, and where no window is open
 */
export function createNearWords(lessons: Lessons) {
  return async (message: Message): Promise<string | undefined> => {
    const { groupId, text } = message
    const kind = nearAttendance(text)
    if (groupId === undefined || !(kind || isNearCode(text))) return undefined
    const at = sentAtOf(message)
    const near = await lessons.between({ from: at, to: at.add({ minutes: opensBeforeMinutes + 1 }) }, groupId)
    const open = near.filter(lesson => phaseOf(lesson, at) === 'open')
    if (open.length === 0) return undefined
    if (isNearCode(text) && open.some(asksForCode)) return codeWords.get('missing')
    if (kind === 'leaving' && !open.some(({ takesSignOut }) => takesSignOut)) return undefined
    return kind && asideWords[kind]
  }
}
