import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { sayTally } from '../../../src/features/attendance/check-ins/tally-words.ts'
import { attendee, lessonAt } from './lessons.ts'
import { openRoom } from './room.ts'

/** A lesson at which 小美 signed in; it is over, and the organizers have their tally. */
async function openTold() {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00', '开课了')
  await room.forward({ minutes: 60 })
  await room.mei.says('签到')
  await room.forward({ minutes: 95 })
  const told = () => room.outbox.toPerson('chen')
  const before = told().length
  return { ...room, news: () => told().slice(before) }
}

describe('when the tally changes after the organizers have it', () => {
  test('they hear what became what, by whom and why, once', async () => {
    const { chen, forward, news } = await openTold()
    await chen.says('更正 小美 迟到 14:20 才到', '记为迟到')
    await forward({ seconds: 80 })
    expect(news()).toEqual([expect.stringContaining('优空间-小美：到 → 迟到（陈姐：14:20 才到）')])
    expect(news()[0]).toContain('实到 1 人（其中迟到 1 人）')
    await forward({ minutes: 30 })
    expect(news()).toHaveLength(1)
  })
  test('several corrections in a row are one message', async () => {
    const { chen, forward, news } = await openTold()
    await chen.says('补签 新成员 李四', '记为到')
    await forward({ seconds: 40 })
    await chen.says('更正 小美 请假', '记为请假')
    await forward({ seconds: 40 })
    expect(news()).toEqual([])
    await forward({ seconds: 40 })
    expect(news()).toHaveLength(1)
    expect(news()[0]).toMatch(/李四：没有记录 → 到[\s\S]*优空间-小美：到 → 请假（陈姐）/u)
  })
  test('a correction that is taken back is no news', async () => {
    const { chen, forward, news } = await openTold()
    await chen.says('更正 小美 缺勤', '记为缺勤')
    await forward({ seconds: 10 })
    await chen.says('更正 小美 到', '记为到')
    await forward({ seconds: 80 })
    expect(news()).toEqual([])
  })
  test('one organizer who corrects for an hour does not delay the others', async () => {
    const { chen, forward, news } = await openTold()
    for (let minute = 0; minute < 12; minute++) {
      await chen.says(`更正 小美 ${minute % 2 === 0 ? '迟到' : '请假'}`, '记为')
      await forward({ seconds: 50 })
    }
    expect(news().length).toBeGreaterThanOrEqual(1)
  })
  test('the group reads no name', async () => {
    const { chen, forward, outbox } = await openTold()
    const group = outbox.posted.length
    await chen.says('更正 小美 缺勤', '记为缺勤')
    await forward({ minutes: 5 })
    expect(outbox.posted.slice(group).every(({ target }) => 'personId' in target)).toBe(true)
  })
})

describe('the tally in words', () => {
  const lesson = lessonAt('2026-11-28T14:00:00+08:00')
  const at = lesson.endsAt
  const person = (n: number, branch: string, signedAt?: string) =>
    attendee(
      { memberId: `m${n}`, name: `成员${n}`, ...(signedAt ? { tries: [{ at: signedAt }] } : {}) },
      { isExpected: true, isOnRoster: true, branch },
    )

  test('names people by branch, those without one last', () => {
    const people = [
      person(1, '优空间支部', '2026-11-28T05:50:00Z'),
      person(2, '恒丰支部', '2026-11-28T06:20:00Z'),
      person(3, '优空间支部'),
      person(4, ''),
    ]
    const text = sayTally({ lesson, people }, Temporal.Instant.from(at).add({ minutes: 1 }))
    expect(text.split('\n').slice(1)).toEqual([
      '应到 4 人，实到 2 人（其中迟到 1 人），缺勤 2 人',
      '【恒丰支部】应到 1，实到 1',
      '迟到：成员2（14:20）',
      '【优空间支部】应到 2，实到 1',
      '到：成员1',
      '缺勤：成员3',
      '【未登记支部】应到 1，实到 0',
      '缺勤：成员4',
    ])
  })
  test('of very many names those who were missing, and of still more the numbers only', () => {
    const end = Temporal.Instant.from(at).add({ minutes: 1 })
    const many = (count: number, missing: number) =>
      Array.from({ length: count }, (_, n) =>
        person(n, '优空间支部', n < missing ? undefined : '2026-11-28T05:50:00Z'),
      )
    const some = sayTally({ lesson, people: many(400, 20) }, end)
    expect(some).toContain('到：380 人（名单见签到表）')
    expect(some).toContain('缺勤：成员0、')
    const all = sayTally({ lesson, people: many(3000, 2000) }, end)
    expect(all).toContain('缺勤：2000 人（名单见签到表）')
    expect(all.length).toBeLessThan(500)
  })
})
