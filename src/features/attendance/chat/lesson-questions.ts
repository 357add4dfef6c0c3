import { Temporal } from 'temporal-polyfill'
import type { Answer } from '../../../feature.ts'
import type { Message } from '../../../ports/chat.ts'
import type { Clock } from '../../../ports/clock.ts'
import type { Directory } from '../../../ports/directory.ts'
import type { FormSignUps } from '../../../ports/sign-ups.ts'
import { isBareQuestion } from '../../../text/asides/bare-questions.ts'
import { inShanghai } from '../../../text/dates/time.ts'
import { comingDay } from '../../../text/dates/tokens/calendar.ts'
import { dayTokens } from '../../../text/dates/tokens/day-tokens.ts'
import { fold } from '../../../text/fold.ts'
import { routeOf } from '../../../text/question-routes.ts'
import { attendanceActs } from '../check-ins/meanings/own-words.ts'
import type { People } from '../check-ins/people.ts'
import { acceptedAttempt, statusOf } from '../check-ins/rules.ts'
import { standingIn } from '../check-ins/sign-up-rules.ts'
import { clockTime, sayLesson, stateWords } from '../check-ins/words.ts'
import { detailLines } from '../lessons/details.ts'
import type { Lessons } from '../lessons/lessons.ts'
import type { Lesson } from '../lessons/records/records.ts'

type Parts = {
  lessons: Lessons
  people: People
  directory: Directory
  forms: Pick<FormSignUps, 'own'>
  clock: Clock
}

const aheadDays = 60
/** How long ahead a lesson is meant by a question that names nothing. */
const bareAheadDays = 7
const backDays = 30
const mostTold = 3
const nothingAhead = '接下来还没有排课。开课时我会在群里通知。'
const howToLeave = '请假发「请假」加上原因，例如「请假 出差」，课前课中都可以；只记你本人。'
const howToSeeOwn = '看自己到了几次，私聊我发「我的出勤」。'

/** Questions about the plan of a lesson: not how to sign in, nor who was there. */
const asksOfPlan =
  /几点|时候|哪天|几号|哪里|哪儿|在哪|地点|地址|时间|谁|讲什么|讲啥|什么课|啥课|有课|有没有|安排|有哪些|还有|下一?[次节堂]|什么活动/u
const asksOfSignIn = new RegExp(`${attendanceActs}|补课|记录|课件|台账|早退`, 'u')

/**
 * Answers questions about lessons, one's own sign-up and one's own sign-in; `answerBare` answers what names nothing, as
 * 「几点」, with the lesson of the coming week.
 */
export function lessonQuestions({ lessons, people, directory, forms, clock }: Parts) {
  async function lessonsFrom(message: Message, from: number, to: number): Promise<Lesson[]> {
    const now = clock.now()
    const span = { from: now.add({ hours: 24 * from }), to: now.add({ hours: 24 * to }) }
    const found = await lessons.between(span, message.groupId)
    return found.filter(({ cancelledAt }) => cancelledAt === undefined)
  }

  async function coming(message: Message, days = aheadDays): Promise<Lesson[]> {
    const now = clock.now()
    return (await lessonsFrom(message, 0, days)).filter(
      ({ endsAt }) => Temporal.Instant.compare(endsAt, now) > 0,
    )
  }

  async function tellPlan(message: Message): Promise<Answer> {
    const folded = fold(message.text)
    if (!asksOfPlan.test(folded) || asksOfSignIn.test(folded)) return undefined
    const ahead = await coming(message)
    const [next] = ahead
    if (!next) return nothingAhead
    const day = dayIn(folded, inShanghai(clock.now()).toPlainDate())
    const onDay = day ? ahead.filter(lesson => dayOf(lesson).equals(day)) : [next]
    if (onDay.length === 0) return `那天没有课。下一次是${sayWhole(next)}`
    return onDay.slice(0, mostTold).map(sayWhole).join('\n')
  }

  const sayWhole = (lesson: Lesson) => [sayLesson(lesson, clock.now()), ...detailLines(lesson)].join('\n')

  async function tellSignUp(message: Message): Promise<Answer> {
    const open = (await coming(message)).filter(({ signUp }) => signUp !== undefined)
    const ofForms = await forms.own(message)
    if (open.length + ofForms.length === 0) return '接下来没有要报名的活动。'
    const { id } = await directory.recognise(message)
    const lines = await Promise.all(
      open.slice(0, mostTold).map(async lesson => {
        const { state, before } = standingIn(await people.signUps(lesson), id)
        const words =
          state === 'in' ? '报上名了' : state === 'waiting' ? `排在候补第 ${before + 1} 位` : '还没有报名'
        return `${sayLesson(lesson, clock.now())}：你${words}。`
      }),
    )
    return [...lines, ...ofForms].join('\n')
  }

  async function tellSignIn(message: Message): Promise<Answer> {
    const now = clock.now()
    const begun = (await lessonsFrom(message, -backDays, 1)).filter(({ startsAt }) => {
      const minutes = now.until(startsAt).total('minutes')
      return minutes <= 15
    })
    const last = begun.at(-1)
    if (!last) return '最近没有课，还没有要签到的。'
    const { id } = await directory.recognise(message)
    const checkIn = await people.checkIn(last, id)
    const signed = checkIn && acceptedAttempt(last, checkIn)
    const which = sayLesson(last, now)
    if (signed) return `${which}：收到你 ${clockTime(signed.at)} 的签到了。`
    const status = checkIn && statusOf(last, { checkIn, isExpected: true }, now)
    if (status && status.state !== 'absent' && status.state !== 'awaited')
      return `${which}：你的记录是「${stateWords[status.state]}」。`
    return `${which}：还没有收到你的签到。人在现场的话，请在群里再发一次「签到」；已经下课的，请找组织者更正。`
  }

  async function answerBare(message: Message): Promise<string | undefined> {
    if (!isBareQuestion(message.text) || !asksOfPlan.test(fold(message.text))) return undefined
    const [next] = await coming(message, bareAheadDays)
    return next && sayWhole(next)
  }

  function answer(message: Message): Promise<Answer> | Answer {
    switch (routeOf(message.text)) {
      case 'lesson':
        return tellPlan(message)
      case 'signed-up':
        return tellSignUp(message)
      case 'signed-in':
        return tellSignIn(message)
      case 'leave':
        return howToLeave
      case 'attendance':
        return howToSeeOwn
      default:
        return undefined
    }
  }

  return { answer, answerBare }
}

const dayOf = ({ startsAt }: Lesson) => inShanghai(Temporal.Instant.from(startsAt)).toPlainDate()

/** The day that a question names, if it names one. */
function dayIn(folded: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const [day] = dayTokens(folded, ['monthDay', 'nearMonth', 'weekday', 'dayOnly', 'nearDay'])
  if (!day) return /今晚|下午|上午/u.test(folded) ? today : undefined
  try {
    return comingDay(day, { today, from: today })
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}
