import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { mountPage } from '../../../src/console/access.ts'
import type { ConsoleEnv } from '../../../src/feature.ts'
import type { Role } from '../../../src/ports/directory.ts'
import { openBook } from '../../ledger/calc.ts'
import { sampleLessons, sampleRoster } from '../../ledger/sample.ts'
import { openTally } from './room.ts'

function openPage(given: Parameters<typeof openTally>[0] = {}, roles: Role[] = ['maker', 'organizer']) {
  const room = openTally(given)
  const [page] = room.feature.pages ?? []
  if (!page) throw new Error('no page')
  const app = new Hono<ConsoleEnv>()
  app.use(async (c, next) => {
    c.set('person', { id: 'chen', name: '陈静', roles })
    await next()
  })
  mountPage(app, page)
  const get = async (path: string) => app.request(path)
  return { ...room, get, read: async (path: string) => (await get(path)).text() }
}

describe('the page', () => {
  test('begins with this quarter, which may be empty, and says what would be there', async () => {
    const { read } = openPage()
    expect(await read('/tally')).toContain('这段时间还没有上完的课')
  })
  test('shows the numbers of a period by branch, space and lesson, with pictures and the file', async () => {
    const page = await openPage().read('/tally?period=2026-Q3')
    expect(page).toMatch(/应到 \d+ 人次，实到 \d+（迟到 \d+）/u)
    for (const words of [
      '优空间支部',
      '恒丰大厦',
      '7月4日 周末微党课',
      '出勤率 =（实到 − 自愿参加）÷（应到 − 未核对）',
    ])
      expect(page).toContain(words)
    for (const name of ['weeks', 'branches', 'spaces', 'members'])
      expect(page).toContain(`src="/tally/pictures/${name}.svg?period=2026-Q3`)
    expect(page).toContain('href="/tally/ledger.xlsx?period=2026-Q3"')
    expect(page).toMatch(/<option value="2026-Q3" selected>/u)
  })
  test('draws what it links to, and nothing in it needs style or script', async () => {
    const { get, read } = openPage()
    const page = await read('/tally?period=2026-Q3')
    const links = [...page.matchAll(/(?:src|srcset)="(\/tally\/pictures[^"]+)"/gu)].map(
      ([, link = '']) => link,
    )
    expect(links).toHaveLength(8)
    for (const link of links) {
      const answer = await get(link.replaceAll('&amp;', '&'))
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'image/svg+xml; charset=utf-8',
      ])
      expect(await answer.text()).not.toMatch(/ style=|<script/u)
    }
  })
  test('shows the members of one branch', async () => {
    const page = await openPage().read(`/tally?period=2026-Q3&unit=${encodeURIComponent('优空间支部')}`)
    expect(page).toContain('优空间支部逐课出勤')
    expect(page).toContain(`unit=${encodeURIComponent('优空间支部')}&amp;part=0`)
  })
  test('of very many members shows the branches first', async () => {
    const page = await openPage({ members: sampleRoster(200) }).read('/tally?period=2026-Q3')
    expect(page).toContain('branch-map.svg')
    expect(page).not.toContain('members.svg')
  })
  test('says what is wrong with a period, and shows another', async () => {
    const { get } = openPage()
    const answer = await get('/tally?period=2026-13')
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('没看懂「2026-13」')
  })
  test('hands out the file, and writes down to whom', async () => {
    const { get, taken } = openPage()
    const answer = await get('/tally/ledger.xlsx?period=2026-Q3')
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('出勤台账-2026年第三季度'))
    const book = await openBook(new Uint8Array(await answer.arrayBuffer()))
    expect(book.getWorksheet('成员出勤')?.getCell('B5').value).toBe('陈秀')
    expect(taken).toEqual([{ byName: '陈静', what: '2026年第三季度出勤台账', road: 'console', people: 40 }])
  })
  test('is for organizers', async () => {
    const { get, taken } = openPage({}, ['maker', 'reviewer'])
    for (const path of [
      '/tally',
      '/tally/ledger.xlsx?period=2026-Q3',
      '/tally/pictures/members.svg?period=2026-Q3',
    ])
      expect((await get(path)).status).toBe(403)
    expect(taken).toEqual([])
  })
  test('shows names as text, whatever they are', async () => {
    const members = sampleRoster(2).map(member => ({ ...member, branch: '<img src=x onerror=alert(1)>' }))
    const { read } = openPage({ members, lessons: sampleLessons(3, members) })
    expect(await read('/tally?period=2026-Q3')).not.toContain('<img src=x')
    expect(await read('/tally/pictures/branches.svg?period=2026-Q3')).not.toContain('<img')
  })
})
