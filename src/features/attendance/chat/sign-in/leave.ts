import { Temporal } from 'temporal-polyfill'
import type { Answer } from '../../../../feature.ts'
import { type Message, type PassedOn, passedOn } from '../../../../ports/chat.ts'
import type { Clock } from '../../../../ports/clock.ts'
import type { Directory } from '../../../../ports/directory.ts'
import { inShanghai, weekdayName } from '../../../../text/dates/time.ts'
import { askLeave } from '../../check-ins/check-in.ts'
import { leaveDoubt } from '../../check-ins/meanings/plain-leave.ts'
import type { People } from '../../check-ins/people.ts'
import { statusOf } from '../../check-ins/rules.ts'
import { asideWords, sayLesson, sayWhich, stateWords } from '../../check-ins/words.ts'
import type { Lessons } from '../../lessons/lessons.ts'
import type { Lesson } from '../../lessons/records/records.ts'
import { phaseOf, sentAtOf, windowOf } from '../../lessons/window.ts'
import { excuseAheadHours, isAhead, leaveAheadDays, noLeaveWords } from '../closed-window.ts'
import type { LessonChoice } from '../lesson-choice.ts'

type Parts = { lessons: Lessons; people: People; directory: Directory; clock: Clock; choice: LessonChoice }

/** Leave for a lesson under way or to come, and its taking back. */
export function createLeave({ lessons, people, directory, clock, choice }: Parts) {
  /**
   * 「请个假，孩子发烧」 asks for leave where a lesson is under way or comes within a day; else it is talk.
   * @param weekday which the message names, 「六」: leave where the next lesson is on that day, within a week
   */
  async function handleExcuse(
    message: Message,
    { reason, weekday }: { reason: string; weekday?: string },
  ): Promise<Answer | PassedOn> {
    const next = await nextWithin(weekday === undefined ? excuseAheadHours : 24 * 6, message)
    const isMeant =
      next !== undefined &&
      (weekday === undefined || weekday === weekdayName(inShanghai(Temporal.Instant.from(next.startsAt))))
    return isMeant ? handleLeave(message, reason) : passedOn
  }

  /** The lesson that is under way or comes next. */
  async function nextWithin(hours: number, message: Message): Promise<Lesson | undefined> {
    const at = sentAtOf(message)
    const soon = await lessons.between({ from: at, to: at.add({ hours }) }, message.groupId)
    return soon.find(one => isAhead(one, at))
  }

  /** Leave is over with a sign-in. */
  const handleBack = async (message: Message): Promise<Answer | PassedOn> =>
    (await nextWithin(24 * leaveAheadDays, message)) ? asideWords.back : passedOn

  /** 「请假怎么请」 is told how to ask for leave, and 「请假扣钱」 is left to the others. */
  async function handleLeave(message: Message, rest: string): Promise<Answer | PassedOn> {
    const next = await nextWithin(excuseAheadHours, message)
    const isOpen = next !== undefined && phaseOf(next, sentAtOf(message)) === 'open'
    const doubt = leaveDoubt(message.text, rest, isOpen)
    if (doubt === undefined) return takeLeave(message, rest)
    return doubt === 'talk' || message.mentionsBot ? passedOn : asideWords.leave
  }

  async function takeLeave(message: Message, rest: string): Promise<Answer> {
    const at = sentAtOf(message)
    const span = { from: at, to: at.add({ hours: 24 * leaveAheadDays }) }
    const coming = (await lessons.between(span, message.groupId)).filter(one => isAhead(one, at))
    const [next] = coming
    if (!next) return noLeaveWords
    const numbered = rest.match(/^(?<number>\d{1,2})(?:\s+|$)(?<reason>.*)$/su)?.groups
    const reason = (numbered?.reason ?? rest).replaceAll(/\s+/gu, ' ').trim()
    // Only lessons that run at once need a choice: who asks for leave means the next one.
    const { closesAt } = windowOf(next)
    const atOnce = coming.filter(
      lesson => windowOf(lesson).startsAt.epochMilliseconds < closesAt.epochMilliseconds,
    )
    const chosen = atOnce[numbered ? Number(numbered.number) - 1 : 0]
    if (!chosen || (atOnce.length > 1 && !numbered)) {
      const choose = (number: number) => takeLeave(message, `${number} ${reason}`)
      if (!numbered) choice.ask(message, { most: atOnce.length, choose })
      return sayWhich('请假', atOnce, clock.now())
    }
    if (reason === '') return `请把原因一起发，例如「请假 出差」，我记到${sayLesson(chosen, clock.now())}。`
    return keepLeave(message, chosen, { at: at.toString(), reason: [...reason].slice(0, 100).join('') })
  }

  async function keepLeave(message: Message, lesson: Lesson, leave: { at: string; reason: string }) {
    const { id: memberId, name } = await directory.recognise(message)
    const { groupId } = message
    const who = { memberId, name, ...(groupId ? { groupId } : {}) }
    const checkIn = await people.take(lesson, memberId, (asIs, now) => askLeave(asIs, now, { who, leave }))
    if (message.groupId && !message.mentionsBot) return undefined
    const standing = checkIn && statusOf(lesson, { checkIn, isExpected: false }, clock.now())
    const state = standing?.state ?? 'leave'
    const also = state === 'leave' ? '' : `不过你的记录是「${stateWords[state]}」，以它为准。`
    return `请假记下了：${sayLesson(lesson, clock.now())}。${also}`
  }

  return { handleLeave, handleExcuse, handleBack }
}
