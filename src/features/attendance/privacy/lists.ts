import { Temporal } from 'temporal-polyfill'
import { contentMark } from '../../../ports/personal-data.ts'
import { sayFullTime } from '../../../text/dates/time.ts'
import { type Lesson, type LessonRecords, registerKey, signUpKey } from '../lessons/records/records.ts'
import type { SignUp } from '../lessons/records/sign-up-records.ts'

const stateWords: Readonly<Record<SignUp['state'], string>> = {
  in: '报了名',
  waiting: '报了名，在候补',
  out: '取消了报名',
}

/** A lesson, and whether this member did anything there that has a record of its own. */
export type LessonOfMember = { lesson: Lesson; hasCheckIn: boolean }

/**
 * Lists on which a member stands, in lines for themselves: sign-ups, and registers of
 * lessons without a record of theirs.
 */
export async function sayLists(
  { signUps, registers }: Pick<LessonRecords, 'signUps' | 'registers'>,
  lessons: readonly LessonOfMember[],
  memberId: string,
): Promise<string[]> {
  const isTheirs = (one: { memberId: string }) => one.memberId === memberId
  const signedUp: string[] = []
  const expected: string[] = []
  for (const { lesson, hasCheckIn } of lessons) {
    const entry = (await signUps.get(signUpKey(lesson.id)))?.entries.find(isTheirs)
    if (entry) {
      const at = sayFullTime(Temporal.Instant.from(entry.at))
      signedUp.push(`${sayLesson(lesson)}：${stateWords[entry.state]}，${at}`)
    }
    const isOnRegister = (await registers.get(registerKey(lesson.id)))?.people.some(isTheirs)
    if (isOnRegister && !hasCheckIn && !entry) expected.push(sayLesson(lesson))
  }
  return [
    ...(signedUp.length > 0 ? [`报名：${signedUp.length} 节课`, ...signedUp] : []),
    ...(expected.length > 0 ? [`在名单上、没有签到的：${expected.length} 节课`, ...expected] : []),
  ]
}

const sayLesson = ({ title, startsAt }: Lesson) =>
  `${contentMark}${title}，${sayFullTime(Temporal.Instant.from(startsAt))}`
