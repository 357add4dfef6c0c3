import type { Answer } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import type { FormSignUps } from '../../../ports/sign-ups.ts'
import { isOwnLeave, type SignInMeaning } from '../check-ins/sign-in-meaning.ts'
import { asideWords } from '../check-ins/words.ts'
import type { Lessons } from '../lessons/lessons.ts'
import { sentAtOf } from '../lessons/window.ts'

export const excuseAheadHours = 24
export const noLessonWords = '现在没有要签到的课。下次开课我会在群里说，到时发「签到」就行。'
/** 「今晚来不了」 speaks of a day, and of no place on a form that may be weeks away. */
const ofSomeDay = /[今明后]|[早晚]上|[上中下]午|晚|加班|课/u

type Parts = { lessons: Lessons; forms: FormSignUps }

/** Answers to other words for attendance while no window is open here, which are talk unless they are for the bot. */
export function createClosedWindow({ lessons, forms }: Parts) {
  /** 「来不了」 without a lesson gives back a place on a form, also in private. */
  async function leaveForm(message: Message): Promise<Answer> {
    const at = sentAtOf(message)
    const soon = await lessons.between({ from: at, to: at.add({ hours: excuseAheadHours }) }, message.groupId)
    if (soon.length === 0)
      return isOwnLeave(message.text) ? (await forms.leave(message, '', true)) || undefined : undefined
    return message.groupId === undefined
      ? '课来不了的话，发「请假 原因」，我记下来。要退活动的报名，发「不去了」和活动的名字。'
      : undefined
  }

  return async (message: Message, { kind }: SignInMeaning): Promise<Answer> => {
    const isPlace = kind === 'leave' && !message.text.includes('假') && !ofSomeDay.test(message.text)
    const told = isPlace ? await leaveForm(message) : undefined
    if (told !== undefined || !message.mentionsBot || message.groupId === undefined) return told
    if (kind === 'wrong' || kind === 'leave') return asideWords[kind]
    return kind === 'digits' ? undefined : noLessonWords
  }
}
