import { type Command, inTopic } from '../../../feature.ts'
import { memoize } from '../../../lib/memoize.ts'
import { commandByMeaning } from '../../../listeners.ts'
import { type Message, passedOn } from '../../../ports/chat.ts'
import { fold } from '../../../text/fold.ts'
import { intentsOf } from '../../../text/intents.ts'
import { isLeftToTalk } from '../check-ins/meanings/aside-meaning.ts'
import { nearAttendance } from '../check-ins/meanings/near-attendance.ts'
import { isNearCode } from '../check-ins/meanings/near-code.ts'
import { attendanceActs } from '../check-ins/meanings/own-words.ts'
import { mayBeName, signInMeaning } from '../check-ins/meanings/sign-in-meaning.ts'
import { isLeaving, isSignOut } from '../check-ins/meanings/sign-out-meaning.ts'
import { asideWords, clockTime, codeWords } from '../check-ins/words.ts'
import { asksForCode } from '../lessons/codes.ts'
import type { Lessons } from '../lessons/lessons.ts'
import type { Lesson } from '../lessons/records/records.ts'
import { opensBeforeMinutes, phaseOf, sentAtOf, windowOf } from '../lessons/window.ts'
import { noSignOutWords } from './sign-out.ts'

/** Asked of everything that is said in a bound group, and much of it is said by many. */
const isNear = memoize(
  text => (nearAttendance(text) !== undefined || isNearCode(text)) && !isSignOut(text) && !isLeaving(text),
  { most: 200, longest: 100 },
)

/**
 * Answers words about attendance that no reader took, while a window is open in their group. The same words of several
 * people make one answer. Undefined for talk, in private, and where no window is open.
 */
export type NearWords = (message: Message) => Promise<string | undefined>

/** A question beside an act of attendance is about the lesson. */
const act = new RegExp(`${attendanceActs}|请假`, 'u')
/** Whether a question to the bot, 「病假怎么算」, only has words in common with attendance. */
const asksOfOther = (text: string) => intentsOf(fold(text)) !== 0 && !act.test(text)

/** Beside these a code is about signing in also where a lesson asks for none. */
const signOrArrival = /签|打卡|[到来]了/u

/** 「我签到了吗」, 「签上没有」; not 「可以签到了吗」. */
const asksWhetherSigned =
  /(?<![能以始])(?:签到?|打卡)(?:成功了?|上了?|了)[吗么]|(?:签到?|打卡)(?:成功|上)?了?没有?[?？]?$/u
const asksForEnd = /截止|几点(?:结束|关)/u

export function createNearWords(lessons: Lessons): NearWords {
  return async message => {
    const { groupId, text } = message
    if (groupId === undefined || !isNear(text)) return undefined
    if (message.mentionsBot && asksOfOther(text)) return undefined
    const at = sentAtOf(message)
    const read = signInMeaning(text, mayBeName)
    if (read && isLeftToTalk(read, message, at)) return undefined
    const near = await lessons.between({ from: at, to: at.add({ minutes: opensBeforeMinutes + 1 }) }, groupId)
    const open = near.filter(lesson => phaseOf(lesson, at) === 'open')
    if (open.length === 0) return undefined
    const hasCode = open.some(asksForCode)
    const isOfCode = isNearCode(text)
    const kind = nearAttendance(text)
    if (kind === 'unclear' && asksWhetherSigned.test(text)) return asideWords.hasSigned
    const end = kind === 'unclear' && asksForEnd.test(text) ? sayEnd(open) : ''
    if (hasCode && (isOfCode || kind === 'unclear')) return `${end}${codeWords.get('missing')}`
    if (isOfCode && !signOrArrival.test(text)) return undefined
    if (kind === 'leaving' && !open.some(({ takesSignOut }) => takesSignOut)) return noSignOutWords
    return kind && `${end}${asideWords[kind]}`
  }
}

/** The end of sign-in, where all open lessons have the same. */
function sayEnd(open: readonly Lesson[]): string {
  const ends = [...new Set(open.map(lesson => clockTime(windowOf(lesson).closesAt)))]
  return ends.length === 1 ? `签到到 ${ends.join('')} 为止。` : ''
}

/** Takes the same words without a mention; what mentions the bot is a question first. */
export function nearCommands(lessons: Lessons): Command[] {
  const sayNear = createNearWords(lessons)
  return inTopic('签到', [
    commandByMeaning(
      'group',
      (text, isPrivate) => (!isPrivate && isNear(text) ? '' : undefined),
      async message => (message.mentionsBot ? undefined : await sayNear(message)) ?? passedOn,
    ),
  ])
}
