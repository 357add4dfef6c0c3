import type { Temporal } from 'temporal-polyfill'
import type { Answer } from '../../../feature.ts'
import { type Message, type PassedOn, passedOn } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import { signOut } from '../check-ins/check-in.ts'
import type { People } from '../check-ins/people.ts'
import { acceptedAttempt, presenceOf } from '../check-ins/rules.ts'
import { asideWords, sayLesson } from '../check-ins/words.ts'
import type { Lessons } from '../lessons/lessons.ts'
import { phaseOf, sentAtOf, signOutMinutes, takesSignOutAt } from '../lessons/window.ts'

export const noSignOutWords = '这节课不用签退。'

type Parts = { lessons: Lessons; people: People; directory: Directory; clock: Clock }

/** Words of makers who leave a lesson that takes 签退. */
export function createSignOut({ lessons, people, directory, clock }: Parts) {
  async function aroundOf({ groupId }: Message, at: Temporal.Instant) {
    const span = { from: at.subtract({ minutes: signOutMinutes }), to: at.add({ minutes: 15 }) }
    const around = await lessons.between(span, groupId)
    return { around, lesson: around.findLast(one => takesSignOutAt(one, at)) }
  }

  return {
    /**
     * @param isLoose whether other words than the command said it, which mean nothing while no lesson is under way
     */
    async handleSignOut(message: Message, isLoose = false): Promise<Answer | PassedOn> {
      const at = sentAtOf(message)
      const { around, lesson } = await aroundOf(message, at)
      if (!lesson) {
        if (around.some(one => phaseOf(one, at) === 'open')) return noSignOutWords
        return isLoose ? passedOn : undefined
      }
      const { id: memberId, name } = await directory.recognise(message)
      const before = await people.checkIn(lesson, memberId)
      if (!before || !acceptedAttempt(lesson, before)) return '还没签到的不能签退，人到了先发「签到」。'
      const { groupId } = message
      const who = { memberId, name, ...(groupId ? { groupId } : {}) }
      const checkIn = await people.take(lesson, memberId, (asIs, now) =>
        signOut(asIs, now, { who, at: at.toString() }),
      )
      const presence = checkIn && presenceOf(lesson, checkIn)
      if (!message.mentionsBot || !presence) return undefined
      return `签退记下了：${sayLesson(lesson, clock.now())}，在场 ${presence.minutes} 分钟。`
    },

    /** Tells a person who is there what to send; records nothing. */
    async handleLeaving(message: Message): Promise<Answer | PassedOn> {
      const { lesson } = await aroundOf(message, sentAtOf(message))
      if (!lesson) return passedOn
      const { id } = await directory.recognise(message)
      const checkIn = await people.checkIn(lesson, id)
      const isThere = checkIn && acceptedAttempt(lesson, checkIn) && checkIn.leftAt === undefined
      return isThere ? asideWords.leaving : passedOn
    },
  }
}
