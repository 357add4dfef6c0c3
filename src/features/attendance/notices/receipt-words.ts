import type { Temporal } from 'temporal-polyfill'
import { acceptedAttempt, type LessonWithPeople, rowsOf, type State, tallyOf } from '../check-ins/rules.ts'
import { placesTaken, standingIn } from '../check-ins/sign-up-rules.ts'
import { clockTime, hasName, sayNames, sayNumbers } from '../check-ins/words.ts'
import type { LessonNotice, Receipt } from '../lessons/records/check-in-records.ts'
import type { Lesson } from '../lessons/records/records.ts'
import type { SignUp, SignUpList } from '../lessons/records/sign-up-records.ts'
import { windowOf } from '../lessons/window.ts'

type Setting = { now: Temporal.Instant; signUps: SignUpList; hasRoster: boolean }

/** One message for the people whom a receipt counts and those whom it could not count, with what to do. */
export function sayReceipt(
  held: LessonWithPeople,
  { notices }: Receipt,
  { now, signUps, hasRoster }: Setting,
): string {
  const about = (what: LessonNotice['about']) => idsIn(notices, what)
  const nameOf = namesIn(held, signUps)
  const signUpNames = (what: LessonNotice['about'], ...states: SignUp['state'][]) =>
    about(what)
      .filter(memberId => states.some(state => state === standingIn(signUps, memberId).state))
      .map(nameOf)
  const { lesson } = held
  const head = notices.some(({ about: what }) => !signUpThings.includes(what))
    ? `${sayNumbers(tallyOf(held, now))}。`
    : sayPlaces(lesson, signUps)
  return [
    `「${lesson.title}」${head}`,
    ...signInLines(held, notices, { now, hasRoster }),
    ...line('补学收到', about('made-up').map(nameOf), '等组织者确认。'),
    ...line('报名成功', signUpNames('signed-up', 'in')),
    ...line('排在候补', signUpNames('signed-up', 'waiting'), '有人退出会自动补上。'),
    ...line('退出报名', signUpNames('signed-off', 'out')),
    ...line('候补转正', signUpNames('moved-up', 'in'), '请准时来；来不了发「取消报名」。'),
  ].join('\n')
}

const unreadHint = '名字没取到的请发「我是 姓名 众创空间」，我好对上。'
const signUpThings: LessonNotice['about'][] = ['signed-up', 'signed-off', 'moved-up']

function signInLines(
  held: LessonWithPeople,
  notices: readonly LessonNotice[],
  { now, hasRoster }: Omit<Setting, 'signUps'>,
): string[] {
  const { lesson } = held
  const rows = new Map(rowsOf(held, now).map(row => [row.memberId, row]))
  const people = new Map(held.people.map(one => [one.memberId, one]))
  const nameOf = (memberId: string) => people.get(memberId)?.name ?? ''
  const inState = (what: LessonNotice['about'], ...states: State[]) =>
    idsIn(notices, what).filter(memberId =>
      states.some(state => state === rows.get(memberId)?.standing.state),
    )
  const isSigned = (memberId: string) => {
    const checkIn = people.get(memberId)?.checkIn
    return checkIn !== undefined && acceptedAttempt(lesson, checkIn) !== undefined
  }
  const missed = idsIn(notices, 'missed').filter(memberId => !isSigned(memberId))
  const counted = inState('signed', 'present', 'late')
  const strangers = hasRoster ? counted.filter(memberId => !people.get(memberId)?.isOnRoster) : []
  const closedAt = clockTime(windowOf(lesson).closesAt)
  return [
    ...line('刚签到', inState('signed', 'present').map(nameOf)),
    ...line('迟到', inState('signed', 'late').map(nameOf)),
    ...line('签退', inState('left', 'present', 'late').map(nameOf)),
    ...line('请假', inState('leave', 'leave').map(nameOf)),
    ...line('签到过，请假也记下了', inState('leave', 'present', 'late').map(nameOf)),
    ...line(
      '没能记上',
      inState('signed', 'tried', 'absent', 'unverified').map(nameOf),
      `签到 ${closedAt} 已截止，人到了的请联系组织者补签。`,
    ),
    ...line('数字没对上', missed.map(nameOf), '请看屏幕上现在的数字，再发一次。'),
    ...line('名单上没对上', strangers.map(nameOf), '签到记下了；请发「我是 姓名 众创空间」，我好对上名字。'),
  ]
}

/** The key of what a receipt tells the organizers of make-ups. */
export const madeUpKey = ({ id }: Pick<Lesson, 'id'>, receiptNumber: number): string =>
  `lesson-${id}-receipt-${receiptNumber}-made-up`

/** Make-ups for organizers to decide; undefined where none was sent. */
export function sayMakeUps({ lesson, people }: LessonWithPeople, { notices }: Receipt): string | undefined {
  const ids = idsIn(notices, 'made-up')
  const sent = people.filter(
    ({ memberId, checkIn }) => ids.includes(memberId) && checkIn?.makeUp && !checkIn.makeUp.decision,
  )
  if (sent.length === 0) return undefined
  const lines = sent.map(({ name, checkIn }) => `${name}：${checkIn?.makeUp?.words ?? ''}`)
  const example = sent[0]?.name ?? ''
  return `「${lesson.title}」有 ${sent.length} 份补学等确认：\n${lines.join('\n')}\n可以的发「确认补学 ${example}」，要重写的发「退回补学 ${example} 原因」。`
}

function sayPlaces({ signUp }: Lesson, signUps: SignUpList): string {
  const taken = placesTaken(signUps)
  const { capacity } = signUp ?? {}
  if (capacity === undefined) return `已报名 ${taken} 人。`
  return taken >= capacity
    ? `已报名 ${taken} 人，名额满了。`
    : `已报名 ${taken} 人，还有 ${capacity - taken} 个名额。`
}

const idsIn = (notices: readonly LessonNotice[], what: LessonNotice['about']) => [
  ...new Set(notices.filter(one => one.about === what).map(({ memberId }) => memberId)),
]

function namesIn(held: LessonWithPeople, { entries }: SignUpList): (memberId: string) => string {
  const known = new Map([...entries, ...held.people].map(({ memberId, name }) => [memberId, name]))
  return memberId => known.get(memberId) ?? ''
}

/** Sorted by name, as people look for their own. */
function line(title: string, people: readonly string[], then = ''): string[] {
  if (people.length === 0) return []
  const sorted = people.toSorted((a, b) => a.localeCompare(b, 'zh-Hans-CN')).map(name => ({ name }))
  const next = then === '' && !sorted.every(hasName) ? unreadHint : then
  return [`${title} ${people.length} 人：${sayNames(sorted)}${next === '' ? '' : `。${next}`}`]
}
