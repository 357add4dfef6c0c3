import type { Message } from '../../../ports/chat.ts'
import { fold } from '../../../text/fold.ts'
import { intentsOf } from '../../../text/intents.ts'
import { isNearCode, nearAttendance } from '../check-ins/meanings/near-attendance.ts'
import { asideWords, codeWords } from '../check-ins/words.ts'
import { asksForCode } from '../lessons/codes.ts'
import type { Lessons } from '../lessons/lessons.ts'
import { opensBeforeMinutes, phaseOf, sentAtOf } from '../lessons/window.ts'

/**
 * Answers words about attendance that no reader took, while a window is open in their group. The same words of several
 * people make one answer. Undefined for talk, in private, and where no window is open.
 */
export type NearWords = (message: Message) => Promise<string | undefined>

/** Acts of attendance by their full names: a question beside one is about the lesson. */
const act = /签到|签退|打卡|请假|迟到|缺席|补[学签]/u
/** Whether a question to the bot, 「病假怎么算」, only has words in common with attendance. */
const asksOfOther = (text: string) => intentsOf(fold(text)) !== 0 && !act.test(text)

export function createNearWords(lessons: Lessons): NearWords {
  return async message => {
    const { groupId, text } = message
    const kind = nearAttendance(text)
    if (groupId === undefined || !(kind || isNearCode(text))) return undefined
    if (message.mentionsBot && asksOfOther(text)) return undefined
    const at = sentAtOf(message)
    const near = await lessons.between({ from: at, to: at.add({ minutes: opensBeforeMinutes + 1 }) }, groupId)
    const open = near.filter(lesson => phaseOf(lesson, at) === 'open')
    if (open.length === 0) return undefined
    if (isNearCode(text) && open.some(asksForCode)) return codeWords.get('missing')
    if (kind === 'leaving' && !open.some(({ takesSignOut }) => takesSignOut)) return undefined
    return kind && asideWords[kind]
  }
}
