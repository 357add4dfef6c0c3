import { expect, test } from 'vitest'
import { calendarFile, createFeeds } from '../../../../src/features/attendance/lessons/calendar-feeds.ts'
import { createLessons } from '../../../../src/features/attendance/lessons/lessons.ts'
import { openAttendanceRecords } from '../../../../src/features/attendance/lessons/records/records.ts'
import { lessonAt } from '../lessons.ts'
import { openRoom } from '../room.ts'

const place = '优空间二楼; 302, A'

test('a calendar says when, where and what, in UTC, as RFC 5545 has it', () => {
  const lesson = lessonAt('2026-11-28T14:00:00+08:00', {
    place,
    speaker: '王老师',
    materials: ['https://a.cn/x'],
  })
  const file = calendarFile('优空间支部', [
    lesson,
    { ...lesson, id: 'x-2', cancelledAt: '2026-11-27T06:00:00Z' },
  ])
  const unfolded = file.replaceAll(/\r\n[ \t]/gu, '')
  expect(file.split('\r\n').every(line => Buffer.byteLength(line) <= 75)).toBe(true)
  expect(unfolded).toContain('DTSTART:20261128T060000Z\r\nDTEND:20261128T073000Z')
  expect(unfolded).toContain('SUMMARY:周末微党课')
  expect(unfolded).toContain('LOCATION:优空间二楼\\; 302\\, A')
  expect(unfolded).toContain('UID:20261128-abcdef@chuangke')
  expect(unfolded).toContain('X-WR-CALNAME:优空间支部 的活动')
  expect(unfolded).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H')
  expect(unfolded).toContain('STATUS:CANCELLED')
  expect(calendarFile('', [lesson])).toBe(calendarFile('', [lesson]))
})

test.each([
  '一,二;三',
  '反\\斜',
  '支部\r\nBEGIN:VEVENT',
  '支部\nATTENDEE:mailto:a@b.cn',
  '支部\r',
  '支部\u0007',
  '长'.repeat(90),
])('nor can the name of a branch, or a sign that no file may hold: %j', branch => {
  const lesson = lessonAt('2026-11-28T14:00:00+08:00', { title: `课\u0007`, place: `三楼\u0000` })
  const file = calendarFile(branch, [lesson])
  const named = branch
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .replaceAll(/[\\,;]/gu, '\\$&')
  const lines = file.split('\r\n')
  expect(lines.filter(line => /\p{Cc}/u.test(line))).toEqual([])
  expect(lines.every(line => line === '' || /^[A-Z-]+[;:]| /u.test(line))).toBe(true)
  expect(lines.every(line => Buffer.byteLength(line) <= 75)).toBe(true)
  expect(lines.filter(line => /^(?:BEGIN:VEVENT|ATTENDEE)/u.test(line))).toEqual(['BEGIN:VEVENT'])
  expect(file.replaceAll(/\r\n /gu, '')).toContain(`X-WR-CALNAME:${named} 的活动`)
})

test.each(['{开课}', '一,二;三', '反\\斜', '课\r\nBEGIN:VEVENT', '课\nEND:VCALENDAR'])(
  'a title cannot break out of its line in a calendar: %j',
  title => {
    const file = calendarFile('优空间支部', [lessonAt('2026-11-28T14:00:00+08:00', { title })])
    const lines = file.replaceAll(/\r\n[ \t]/gu, '').split(/\r\n|\r|\n/u)
    const escaped = title.replaceAll(/[\\,;]/gu, '\\$&').replaceAll(/\r?\n/gu, '\\n')
    expect(lines.filter(line => line === 'BEGIN:VEVENT')).toHaveLength(1)
    expect(lines.filter(line => line === 'END:VCALENDAR')).toHaveLength(1)
    expect(lines.some(line => line.startsWith(`SUMMARY:${escaped}`))).toBe(true)
  },
)

test('an address is found by its token alone, shows its branch’s lessons, and ends when there is a new one', async () => {
  const { world, chen } = await openRoom()
  await chen.says('开课 周末微党课 明天14:00', '开课了')
  const records = openAttendanceRecords(world.store)
  const lessons = createLessons(records)
  const feeds = createFeeds({ calendars: records.calendars, lessons, clock: world.clock })
  const [ours, all] = [await feeds.renew('优空间支部'), await feeds.renew('')]
  const [lesson] = await lessons.between({
    from: world.clock.now(),
    to: world.clock.now().add({ hours: 48 }),
  })
  expect(await feeds.file(ours.token)).toContain('周末微党课')
  const expected = { whom: 'units' as const, branches: ['恒丰支部'], spaces: [] }
  await lessons.change(lesson?.id ?? '', now => ({ ...now, expected }))
  expect(await feeds.file(ours.token)).not.toContain('周末微党课')
  expect(await feeds.file(all.token)).toContain('周末微党课')
  const fresh = await feeds.renew('优空间支部')
  await expect(feeds.file(ours.token)).rejects.toThrow('没有内容')
  expect(await feeds.file(fresh.token)).toContain('VCALENDAR')
  for (const guess of ['', 'x', '../lessons', 'a'.repeat(22)])
    await expect(feeds.file(guess)).rejects.toThrow('没有内容')
})

test('without a session it answers to a right address only, with a plain sentence otherwise', async () => {
  const { open, world } = await openRoom()
  const feeds = createFeeds({
    calendars: openAttendanceRecords(world.store).calendars,
    lessons: createLessons(openAttendanceRecords(world.store)),
    clock: world.clock,
  })
  const { token } = await feeds.renew('')
  const answer = await open.request(`/calendar/${token}.ics`)
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  const wrong = await open.request('/calendar/AAAAAAAAAAAAAAAAAAAAAA.ics')
  expect([wrong.status, await wrong.text()]).toEqual([404, expect.stringContaining('向组织者要新的')])
})
