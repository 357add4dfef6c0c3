import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { latestNoticeIn } from '../../../src/features/faq/index.ts'
import type { Item } from '../../../src/ports/items.ts'
import { inShanghai } from '../../../src/text/dates/time.ts'
import { createWorld } from '../../conversation.ts'
import { sampleItem } from '../../sample-item.ts'
import { knowledge } from '../../shipped-knowledge.ts'
import { openFaqChat } from './chat.ts'

const title = '关于组织申报2027年高新技术企业的通知'

function open() {
  const world = createWorld()
  const today = inShanghai(world.clock.now()).toPlainDate()
  const items: Item[] = []
  const approve = (days: number, more: Partial<Item> = {}) =>
    items.push(
      sampleItem(String(items.length + 1), {
        title,
        link: 'https://example.gov.cn/1',
        publishedOn: today,
        deadline: { value: today.add({ days }), sentence: '' },
        programmeIds: [programme],
        approvedAt: world.clock.now(),
        ...more,
      }),
    )
  const { mei } = openFaqChat({
    world,
    latestNotice: latestNoticeIn({
      items: {
        onProgramme: async id =>
          items.filter(({ programmeIds, state }) => state === 'approved' && programmeIds.includes(id)),
      },
      clock: world.clock,
      nameOfProgramme: id => knowledge.programmes.find(one => one.id === id)?.name ?? id,
    }),
  })
  return { mei, approve, items }
}

const programme =
  knowledge.entries.find(({ documents }) => documents.some(({ number }) => number === '国科发火〔2016〕32号'))
    ?.programme ?? ''

test('an approved notice on the programme is told before the entry, within the limit of a group', async () => {
  const { mei, approve } = open()
  approve(5)
  const [reply] = await mei.asks('高企怎么报', `最新通知：${title}，截止`)
  expect(reply?.text).toContain('https://example.gov.cn/1')
  expect(reply?.text).toContain('国科发火〔2016〕32号')
  expect([...(reply?.text ?? '')].length).toBeLessThanOrEqual(300)
  await mei.says('完整答案', `最新通知：${title}`)
})

test('the last day itself still counts', async () => {
  const { mei, approve } = open()
  approve(0)
  await mei.asks('高企怎么报', '最新通知：')
})

test.each<[string, number, Partial<Item>]>([
  ['past its last day', -1, {}],
  ['withdrawn', 5, { state: 'withdrawn' }],
  ['on another programme', 5, { programmeIds: ['another'] }],
  ['on no programme', 5, { programmeIds: [] }],
])('a notice %s is not told', async (_, days, more) => {
  const { mei, approve } = open()
  approve(days, more)
  const [reply] = await mei.asks('高企怎么报', '国科发火〔2016〕32号')
  expect(reply?.text).not.toContain('最新通知：')
})

test('of several the one approved last is told, its publisher where it has no link', async () => {
  const { mei, approve, items } = open()
  approve(5)
  const [first] = items
  const later = first?.approvedAt.add({ hours: 1 })
  approve(9, {
    title: '高企申报延期的通知',
    link: undefined,
    approvedAt: later ?? Temporal.Instant.from('2030-01-01T00:00Z'),
  })
  const [reply] = await mei.asks('高企怎么报', '最新通知：高企申报延期的通知，截止')
  expect(reply?.text).toContain('来源：省科技厅')
})

test('a notice withdrawn after it was told is not told again', async () => {
  const { mei, approve, items } = open()
  approve(5)
  await mei.asks('高企怎么报', '最新通知：')
  items.length = 0
  const [reply] = await mei.says('完整答案', '原文：')
  expect(reply?.text).not.toContain('最新通知：')
})

test.each([['高企改名怎么办'], ['高企税率多少'], ['高企年报怎么填'], ['高企什么情况会被取消资格']])(
  'a notice on applications is not told before 「%s」',
  async question => {
    const { mei, approve } = open()
    approve(5)
    const [reply] = await mei.asks(question, '')
    expect(reply?.text).not.toContain('最新通知：')
  },
)

test('a notice on another matter is told before the entry on that matter only', async () => {
  const { mei, approve } = open()
  approve(5, { title: '关于做好2026年度高新技术企业年报填报工作的通知' })
  await mei.asks('高企年报怎么填', '最新通知：关于做好2026年度')
  const [reply] = await mei.asks('高企怎么报', '国科发火〔2016〕32号')
  expect(reply?.text).not.toContain('最新通知：')
})

test('a notice without a last day is told for sixty days, and not once the entry was checked', async () => {
  const { mei, approve, items } = open()
  approve(0, { deadline: undefined })
  const [reply] = await mei.asks('高企怎么报', `最新通知：${title}。`)
  expect(reply?.text).not.toContain('，截止')
  const [notice] = items.splice(0)
  if (notice) items.push({ ...notice, approvedAt: notice.approvedAt.subtract({ hours: 24 * 61 }) })
  const [later] = await mei.asks('高企怎么报', '国科发火〔2016〕32号')
  expect(later?.text).not.toContain('最新通知：')
})
