import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { reportPage } from '../../src/console/overview/report.ts'
import { searchPage } from '../../src/console/overview/search.ts'
import type { ConsoleEnv, Feature, Page } from '../../src/feature.ts'
import { createLog } from '../../src/log.ts'
import type { Role } from '../../src/ports/directory.ts'
import { openConsoleApp } from '../console-app.ts'

const clock = { now: () => Temporal.Instant.from('2026-11-28T10:00:00+08:00'), sleep: async () => {} }
const log = createLog('silent')
const pageFor = (path: string, read: Role[]): Page => ({
  ...{ path, title: path, read, write: read },
  routes: new Hono<ConsoleEnv>(),
})
const titles = ['高企认定申报', '<b>高企</b>奖励']
const features: Feature[] = [
  {
    name: 'items',
    search: isFound =>
      titles.filter(title => isFound(title)).map(title => ({ kind: '条目', title, path: '/items/1' })),
    report: async from => ({ title: '推送', figures: [{ label: '从', value: from.toString() }] }),
  },
  {
    name: 'roster',
    search: isFound =>
      isFound('高企王') ? [{ kind: '成员', title: '高企王', path: '/roster/members/1' }] : [],
  },
  {
    name: 'broken',
    search: () => Promise.reject(new Error('broken')),
    report: () => Promise.reject(new Error('broken')),
  },
]

async function read(path: string, roles: Role[] = ['maker', 'organizer']): Promise<string> {
  const pages = () => [pageFor('items', ['organizer', 'reviewer']), pageFor('roster', ['organizer'])]
  const app = openConsoleApp(
    [
      searchPage({ features: () => features, pages, log }),
      reportPage({ features: () => features, clock, log }),
    ],
    () => ({ id: 'chen', name: '陈姐', roles }),
  )
  return (await app.request(path)).text()
}
const search = (query: string, roles?: Role[]) => read(`/search?q=${encodeURIComponent(query)}`, roles)

test('records of every feature are found by all their words, in any characters', async () => {
  const page = await search('高企 申報')
  expect(page).toContain('<a href="/items/1">高企认定申报</a>')
  expect(page).not.toContain('高企王')
  expect(await search('高企')).toContain('&lt;b&gt;高企&lt;/b&gt;奖励')
  expect(await search('没有的词')).toContain('没有找到「没有的词」')
})

test('nobody is shown a title of a page that they may not open', async () => {
  expect(await search('高企')).toContain('高企王')
  expect(await search('高企', ['maker', 'reviewer'])).not.toContain('高企王')
})

test('the report is of one month in Shanghai, and says where a part is missing', async () => {
  const page = await read('/report?month=2026-10')
  expect(page).toContain('2026年10月 月报')
  expect(page).toContain('2026-09-30T16:00:00Z')
  expect(page).toContain('有一部分没算出来')
  expect(await read('/report?month=13')).toContain('2026年11月 月报')
})
