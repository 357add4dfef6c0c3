import { createHash } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { Standing } from '../../../src/ports/attendance.ts'
import { openBook } from '../../ledger/calc.ts'
import { sampleLessons, sampleRoster } from '../../ledger/sample.ts'
import { openTally } from './room.ts'

describe('台账', () => {
  test('of a quarter is a file that says who took it out, and the numbers in words', async () => {
    const { chen, taken } = openTally()
    const [reply] = await chen.says('台账 第三季度', '2026年第三季度：13 次课，40 人。')
    const people = sampleLessons(13, sampleRoster(40)).flatMap(({ attendees }) => attendees)
    const how = (...of: Standing[]) =>
      people.filter(({ isExpected, standing }) => isExpected && of.includes(standing)).length
    const came = (standing: Standing) => people.filter(one => one.standing === standing).length
    const attended = came('present') + came('late')
    const expected = how('present', 'late', 'made-up', 'leave', 'absent', 'unverified')
    expect(reply?.text).toContain(
      `应到 ${expected} 人次，实到 ${attended}（迟到 ${came('late')}），补学 ${how('made-up')}`,
    )
    expect(reply?.text).toContain(`缺勤 ${how('absent')}，未核对 ${how('unverified')}`)
    expect(reply?.file?.name).toBe('出勤台账-2026年第三季度.xlsx')
    const book = await openBook(reply?.file?.bytes ?? new Uint8Array())
    expect(book.getWorksheet('汇总')?.getCell('A3').value).toContain('导出：陈静，2026年10月2日 09:30')
    expect(taken).toEqual([{ byName: '陈静', what: '2026年第三季度出勤台账', road: 'chat', people: 40 }])
  })
  test('of a month has the lessons of that month', async () => {
    const { chen } = openTally()
    const [reply] = await chen.says('台账 2026年8月', '2026年8月：5 次课')
    const book = await openBook(reply?.file?.bytes ?? new Uint8Array())
    expect(book.worksheets).toHaveLength(2 + 5)
  })
  test('where no one is expected tells how many came, and no rate', async () => {
    const members = sampleRoster(5)
    const lessons = sampleLessons(1, members).map(lesson => ({
      ...lesson,
      attendees: lesson.attendees.map(one => ({ ...one, standing: 'present' as const, isExpected: false })),
    }))
    const { chen } = openTally({ members, lessons })
    const [reply] = await chen.says('台账 第三季度', '1 次课')
    expect(reply?.text?.split('\n')[1]).toBe(`实到 ${lessons[0]?.attendees.length} 人次。`)
  })
  test('tells the leave of people who were not expected, as the report does', async () => {
    const members = sampleRoster(3)
    const lessons = sampleLessons(1, members).map(lesson => ({
      ...lesson,
      attendees: lesson.attendees.map(one => ({ ...one, standing: 'leave' as const, isExpected: false })),
    }))
    const { chen, feature } = openTally({ members, lessons })
    const [reply] = await chen.says('台账 第三季度', '1 次课')
    const count = lessons[0]?.attendees.length
    expect(reply?.text?.split('\n')[1]).toBe(`实到 0 人次，不在应到的请假 ${count}。`)
    const from = Temporal.Instant.from('2026-07-01T00:00:00+08:00')
    const report = await feature.report?.(from, from.add({ hours: 24 * 31 }))
    expect(report?.figures).toContainEqual({ label: '请假', value: `${count} 人次` })
    expect(report?.note).toContain(`请假里有 ${count} 人次不在应到名单里`)
  })
  test('of nothing says so, and nothing is taken out', async () => {
    const { chen, taken } = openTally()
    await chen.says('台账', '2026年10月还没有上完的课')
    await chen.says('台账 2026年12月', '还没到')
    await chen.says('台账 优空间', '没看懂「优空间」')
    expect(taken).toEqual([])
  })
  test('is for organizers, in private', async () => {
    const { lin, person, taken } = openTally()
    await lin.says('台账 本季度', '只有组织者能办')
    await person('chen', '陈静', '优空间创客群').says('台账 本季度', '请私聊我')
    expect(taken).toEqual([])
  })
  test('that is too large for a chat is to be had on the console', async () => {
    const members = sampleRoster(300)
    const long = (n: number) => createHash('sha512').update(String(n)).digest('base64')
    const noise = (n: number) => Array.from({ length: 300 }, (_, k) => long(n * 300 + k)).join('')
    const lessons = sampleLessons(1, members).map(lesson => ({
      ...lesson,
      attendees: lesson.attendees.map((one, n) => ({ ...one, remarks: [noise(n)] })),
    }))
    const { chen } = openTally({ members, lessons })
    const [reply] = await chen.says('台账 第三季度', '在控制台的「台账」页下载')
    expect(reply?.file).toBeUndefined()
  })
})

describe('出勤图', () => {
  test('is pictures by week, by branch and of members, and who took names out is noted', async () => {
    const { chen, taken } = openTally()
    const replies = await chen.says(
      '出勤图 第三季度',
      '2026年第三季度：13 次课',
      '每周出勤-2026年第三季度.png',
      '各支部出勤-2026年第三季度.png',
      '成员出勤-2026年第三季度.png',
    )
    for (const { file } of replies.slice(1)) {
      const png = Buffer.from(file?.bytes ?? [])
      expect(png.subarray(1, 4).toString()).toBe('PNG')
      expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(960)
    }
    expect(taken).toMatchObject([{ what: '2026年第三季度出勤图', people: 40 }])
  })
  test('of one branch is its members', async () => {
    const { chen } = openTally()
    await chen.says('出勤图 第三季度 优空间支部', '13 次课', '优空间支部出勤-2026年第三季度.png')
    await chen.says('出勤图 第三季度 没有的支部', '没有「没有的支部」的人')
  })
  test('of many people is the branches lesson by lesson, without names', async () => {
    const { chen, taken } = openTally({ members: sampleRoster(200) })
    await chen.says('出勤图 第三季度', '人多，按支部画', '每周出勤', '各支部出勤', '各支部每课出勤率')
    expect(taken).toEqual([])
  })
})

describe('我的出勤', () => {
  test('is one’s own year in a few lines', async () => {
    const { lin } = openTally()
    const [reply] = await lin.says('我的出勤', '林伟，2026年的出勤：')
    expect(reply?.text).toMatch(
      /应到 12 次，实到 10（迟到 2），请假 1，未核对 1，出勤率 91%。\n未核对：9月26日「周末微党课」/u,
    )
    expect(reply?.text).not.toContain('黄芳')
  })
  test('names what was missed, and what can be done about it', async () => {
    const { person } = openTally()
    const texts = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        const [reply] = await person(`m${n}`, `成员${n}`).send(
          person(`m${n}`, `成员${n}`).message('我的出勤'),
        )
        return reply?.text ?? ''
      }),
    )
    const missing = texts.filter(text => text.includes('缺勤 '))
    expect(missing.length).toBeGreaterThan(0)
    for (const text of missing) expect(text).toMatch(/缺勤：\d+月\d+日「[^」]+」[\s\S]*发「补学」/u)
    const unknown = texts.filter(text => text.includes('未核对 '))
    for (const text of unknown) expect(text).toContain('未核对不算缺勤')
  })
  test('of a new member says how it begins', async () => {
    const { person } = openTally()
    await person('new', '新人').says('我的出勤', '2026年还没有你的出勤记录')
  })
  test('is not told in a group', async () => {
    const { person } = openTally()
    await person('m1', '林伟', '优空间创客群').says('我的出勤', '请私聊我')
  })
})
