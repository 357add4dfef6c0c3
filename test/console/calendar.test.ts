import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { calendarPage } from '../../src/console/overview/calendar.ts'
import type { Feature } from '../../src/feature.ts'
import { createLog } from '../../src/log.ts'
import { openConsoleApp } from '../console-app.ts'

const now = Temporal.Instant.from('2026-11-28T10:00:00+08:00')
const at = (text: string) => Temporal.Instant.from(`2026-11-${text}:00+08:00`)

const features: Feature[] = [
  {
    name: 'digest',
    calendar: async () => [{ at: at('27T16:30'), kind: '推送', title: '一周政策', path: '/push' }],
  },
  {
    name: 'attendance',
    calendar: async () => [{ at: at('28T14:00'), kind: '课程', title: '<b>微党课</b>', path: '/lessons/1' }],
  },
  { name: 'items', calendar: () => Promise.reject(new Error('broken')) },
  {
    name: 'more',
    calendar: async () => [
      { at: at('30T00:00'), isAllDay: true, kind: '截止', title: '高企认定', path: '/items/3' },
    ],
  },
]

async function read(path: string): Promise<string> {
  const page = calendarPage({
    features: () => features,
    clock: { now: () => now, sleep: async () => {} },
    log: createLog('silent'),
  })
  const app = openConsoleApp([page], () => ({ id: 'chen', name: '陈姐', roles: ['maker', 'organizer'] }))
  return (await app.request(path)).text()
}

test('the calendar shows what every feature has, by day, and one that fails takes nothing away', async () => {
  const page = await read('/calendar')
  const order = [
    '11月27日 周五',
    '16:30 推送',
    '今天 11月28日 周六',
    '14:00 课程',
    '11月30日 周一',
    '全天 截止',
  ]
  const places = order.map(words => page.indexOf(words))
  expect(places).not.toContain(-1)
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(page).not.toContain('<b>微党课</b>')
})

test('an unknown month is the present one', async () => {
  expect(await read('/calendar?month=2026-13')).toContain('2026 年 11 月')
})
