import type { Temporal } from 'temporal-polyfill'
import type { Notice, Receipt } from './check-in-records.ts'
import { type Held, rowsOf, type State, signedTry, tallyOf } from './rules.ts'
import { windowOf } from './window.ts'
import { clockTime, sayNumbers } from './words.ts'

/** One message for everybody whom a receipt counts, and whom it could not, with what to do. */
export function sayReceipt(held: Held, { notices }: Receipt, now: Temporal.Instant): string {
  const { lesson } = held
  const rows = new Map(rowsOf(held, now).map(row => [row.memberId, row]))
  const people = new Map(held.people.map(one => [one.memberId, one]))
  const about = (what: Notice['about']) => [
    ...new Set(notices.filter(one => one.about === what).map(({ memberId }) => memberId)),
  ]
  const nameOf = (memberId: string) => people.get(memberId)?.name ?? ''
  const names = (what: Notice['about'], ...states: State[]) =>
    about(what).flatMap(memberId => {
      const state = rows.get(memberId)?.standing.state
      return state && states.includes(state) ? [nameOf(memberId)] : []
    })
  const isSigned = (memberId: string) => {
    const checkIn = people.get(memberId)?.checkIn
    return checkIn !== undefined && signedTry(lesson, checkIn) !== undefined
  }
  const missed = about('missed').filter(memberId => !isSigned(memberId))
  const tried = about('signed').filter(memberId =>
    ['tried', 'absent', 'unverified'].includes(rows.get(memberId)?.standing.state ?? ''),
  )
  const closedAt = clockTime(windowOf(lesson).closesAt)
  return [
    `「${lesson.title}」${sayNumbers(tallyOf(held, now))}。`,
    ...line('刚签到', names('signed', 'present')),
    ...line('迟到', names('signed', 'late')),
    ...line('请假', names('leave', 'leave')),
    ...line('签到过，请假也记下了', names('leave', 'present', 'late')),
    ...line('没能记上', tried.map(nameOf), `签到 ${closedAt} 已截止，人到了的请联系组织者补签。`),
    ...line('数字没对上', missed.map(nameOf), '请看屏幕上现在的数字，再发一次。'),
  ].join('\n')
}

function line(title: string, people: readonly string[], then = ''): string[] {
  if (people.length === 0) return []
  return [`${title} ${people.length} 人：${people.join('、')}${then === '' ? '' : `。${then}`}`]
}
