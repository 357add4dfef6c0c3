import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { createSiteCache } from '../../../src/features/site/cache.ts'
import { createPublicTexts } from '../../../src/features/site/names.ts'
import { type SiteSources, siteContentOf } from '../../../src/features/site/sources.ts'
import { openPublicTitles } from '../../../src/features/site/titles.ts'
import type { Stream } from '../../../src/ports/items.ts'
import { renderSite } from '../../../src/site/render.ts'
import { createNamedPersonMask } from '../../../src/text/names/named-persons.ts'
import { createPersonMask } from '../../../src/text/names/person-names.ts'
import { createWorld } from '../../conversation.ts'
import { sampleItem } from '../../sample-item.ts'

const now = Temporal.Instant.from('2026-11-29T09:00:00+08:00')
const organizer = { id: 'm-chen', name: '陈静', road: 'console', isOffice: false } as const
const strangers = /孙一丁|钱多多|赵铁柱|周杰伟|吴小莉|郑大勇|冯小刚|韩梅梅/u

const item = (id: string, stream: Stream, title: string) =>
  sampleItem(id, {
    stream,
    title,
    link: 'https://example.cn/a',
    from: '某公司',
    publishedOn: Temporal.PlainDate.from('2026-11-28'),
    deadline: { value: Temporal.PlainDate.from('2026-12-20'), sentence: '' },
    approvedAt: now.subtract({ hours: 3 }),
  })
const items = [
  item('1', '政策', '关于赵铁柱同志申报项目的通知'),
  item('2', '企业动态', '钱多多的公司拿了奖'),
  item('3', '科技服务', '检测打折'),
]

/** Whatever a stranger's name can stand in. Known: 林小美. */
function openSources() {
  const { store, clock } = createWorld(now.toString())
  const titles = openPublicTitles(store, clock)
  const withoutNames = async (text: string) => text.replaceAll('林小美', '〔成员〕')
  const sources: SiteSources = {
    items: {
      approvedBetween: async stream => items.filter(one => one.stream === stream),
      get: async id => items.find(one => one.id === id),
    },
    archive: async () => [
      {
        number: 1,
        title: '政策速递',
        sentAt: now,
        parts: ['请找吴小莉办理，或者林小美。'],
        items: [{ id: '1', revision: 1 }],
        corrections: [
          {
            title: '更正',
            sentAt: now,
            parts: ['更正：上一条写错了。\n\n原来写的是：20万元\n\n应该是：30万元，冯小刚和林小美说的。'],
          },
        ],
      },
      {
        number: 2,
        title: '钱多多专题',
        sentAt: now,
        parts: ['钱多多的公司拿了奖'],
        items: [{ id: '2', revision: 2 }],
        corrections: [{ title: '更正', sentAt: now, parts: ['更正：钱多多的奖是二等。'] }],
      },
    ],
    answers: () => [
      {
        ...{ id: 'e1', programme: '高企', question: '高企怎么报', text: '联系人：郑大勇，林小美。' },
        otherQuestions: ['国高怎么报', '冯小刚的公司能报吗'],
        past: [{ until: '2026-11-20', text: '以前问郑大勇，最高20万元。' }],
      },
    ],
    features: () => [
      {
        name: 'attendance',
        calendar: async () => [
          { at: now.add({ hours: 5 }), kind: '课程', title: '孙一丁分享会', path: '/lessons/1' },
          { at: now.add({ hours: 6 }), kind: '推送', title: '周杰伟专访', path: '/x' },
          { at: now.add({ hours: 7 }), kind: '截止', title: '报名「韩梅梅沙龙」', path: '/forms/7' },
        ],
      },
    ],
    signUps: async () => [
      { number: 7, title: '韩梅梅沙龙', limits: '上午周杰伟场', closesAt: now.add({ hours: 50 }) },
    ],
    report: async () => [],
    pledges: async () => [{ kind: '承诺', text: '跟冯小刚学一学', byline: '优空间的一位成员' }],
    documents: () => [
      {
        ...{ number: 1, title: '关于周杰伟同志任职的通知', documentNumber: '', issuer: '', dated: '' },
        ...{ inForce: '', state: 'current', replacedBy: undefined, source: '', changing: [] },
        clauses: [
          { name: '第一条', text: '第一条 联系人：郑大勇，林小美，最高30万元。' },
          { name: '第二条', text: '第二条 推进万众创新、专业化服务，单张合同不超过5万元。' },
          { name: '第三条表第一行', text: '姓名 | 单位' },
          { name: '第三条表第二行', text: '冯小刚 | 万众公司' },
        ],
      },
    ],
    titles,
    publicTexts: createPublicTexts({
      withoutNames,
      maskPersons: createPersonMask(['国高怎么报，高企']),
      maskNamedPersons: createNamedPersonMask(['国高怎么报，高企']),
    }),
    clock,
  }
  return { sources, titles }
}

async function outputOf(sources: SiteSources): Promise<string> {
  const files = await renderSite(await siteContentOf(sources), {
    hasServer: false,
    publicUrl: 'https://e.example.cn',
  })
  return [...files].map(([path, { body }]) => `${path}\n${new TextDecoder().decode(body)}`).join('\n')
}

test('nothing names a person, known or not, wherever the name was typed', async () => {
  const output = await outputOf(openSources().sources)
  expect(output).not.toMatch(strangers)
  expect(output).not.toContain('林小美')
  for (const said of [
    '微党课',
    '7 号报名表',
    '报名 7 号',
    '国高怎么报',
    '第 2 号',
    '最高30万元',
    '11月20日改之前',
    '最高20万元',
    '推进万众创新、专业化服务，单张合同不超过5万元',
    '万众公司',
  ])
    expect(output).toContain(said)
})

test('titles and companies are shown once an organizer made them public, names still left out', async () => {
  const { sources, titles } = openSources()
  expect(await outputOf(sources)).not.toMatch(/检测打折|拿了奖|分享会|沙龙/u)
  await titles.publish('lesson', '孙一丁分享会', organizer)
  await titles.publish('form', '韩梅梅沙龙', organizer)
  await titles.publish('item', '检测打折', organizer)
  await titles.publish('item', '钱多多的公司拿了奖', organizer)
  const output = await outputOf(sources)
  for (const said of ['检测打折', '某某的公司拿了奖', '某某分享会', '某某沙龙'])
    expect(output).toContain(said)
  expect(output).not.toMatch(strangers)
  await titles.hide('item', '钱多多的公司拿了奖')
  expect(await outputOf(sources)).not.toContain('拿了奖')
})

test('a title that names a person is hidden again when they are erased', async () => {
  const { sources, titles } = openSources()
  await titles.publish('lesson', '孙一丁分享会', organizer)
  await titles.forget({ names: ['孙一丁', '陈静'] })
  expect(await outputOf(sources)).not.toContain('分享会')
})

test('what was taken back is gone for the first reader too, however long nobody read', async () => {
  const { log } = createWorld()
  let [nowMs, day] = [0, '2026-11-29']
  const site = createSiteCache({
    gather: async () => ({ ...noContent, day }),
    render: async content => renderSite(content, { hasServer: true, publicUrl: content.day }),
    nowMs: () => nowMs,
    log,
  })
  const shown = async () => new TextDecoder().decode((await site()).get('robots.txt')?.body)
  expect(await shown()).toContain('2026-11-29')
  day = '2026-11-30'
  nowMs = 29_000
  expect(await shown()).toContain('2026-11-29')
  nowMs = 3_600_000
  expect(await shown()).toContain('2026-11-30')
})

const noContent = {
  ...{ items: [], digests: [], answers: [], events: [], signUps: [], pledges: [], documents: [], report: [] },
}

test('a correction of a digest stands at the top of its page, in one line and without names; none of a hidden one', async () => {
  const { sources } = openSources()
  const { digests } = await siteContentOf(sources)
  const [open, hidden] = digests
  expect(open?.corrections[0]).toMatch(
    /^2026年11月29日发到群里：上一条写错了。 原来写的是：20万元 应该是：30万元，/u,
  )
  expect(open?.corrections.join('')).not.toMatch(/林小美|冯小刚/u)
  expect(hidden?.corrections).toEqual([])
  const files = await renderSite(await siteContentOf(sources), { hasServer: false, publicUrl: undefined })
  const page = new TextDecoder().decode(files.get('digests/1.html')?.body)
  expect(page.indexOf('更正：</strong>2026年11月29日发到群里')).toBeGreaterThan(0)
  expect(page.indexOf('应该是：30万元')).toBeLessThan(page.indexOf('请找'))
})
