import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { current } from '../../../src/features/current/index.ts'
import type { Message } from '../../../src/ports/chat.ts'
import type { Item } from '../../../src/ports/items.ts'
import type { SentDigest } from '../../../src/ports/sent-digests.ts'
import { sampleItem } from '../../sample-item.ts'

const now = Temporal.Instant.from('2026-11-28T10:00:00+08:00')
const day = (text: string) => Temporal.PlainDate.from(text)

const item = (id: string, title: string, more: Partial<Item> = {}) =>
  sampleItem(id, { title, link: `https://example.gov.cn/${id}`, approvedAt: now, ...more })
const ending = (on: string) => ({ value: day(on), sentence: '' })

function open(items: Item[], pushes: SentDigest[] = []) {
  const feature = current({
    items: {
      onProgramme: async () => [],
      approvedBetween: async stream => items.filter(one => one.stream === stream),
      get: async id => items.find(one => one.id === id),
      withDeadline: async (from, to) =>
        items.filter(({ deadline }) => {
          const on = deadline?.value.toString()
          return on !== undefined && on >= from.toString() && on <= to.toString()
        }),
    },
    sent: {
      sentTo: async (_, from, to) =>
        pushes.filter(({ sentAt }) => {
          const on = sentAt.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
          return on >= from.toString() && on <= to.toString()
        }),
      archive: async () => pushes.map((push, i) => ({ ...push, number: i + 1, items: [], corrections: [] })),
    },
    programmesIn: folded => (folded.includes('科小') ? ['sts_sme'] : []),
    nameOfProgramme: () => '科技型中小企业评价',
    usualWindows: () => ['高企：2025年的批次早已结束。'],
    clock: { now: () => now, sleep: async () => {} },
  })
  const message = (text: string, more: Partial<Message> = {}): Message => ({
    id: text,
    groupId: 'g',
    senderId: 'mei',
    senderName: '小美',
    text,
    mentionsBot: true,
    sentAt: now,
    receivedAt: now,
    ...more,
  })
  return {
    says: (text: string, more?: Partial<Message>) => feature.listen?.(message(text, more)),
    awaits: (text: string) => feature.awaits?.(message(text)),
  }
}

const six = Array.from({ length: 6 }, (_, i) =>
  item(`${i}`, `项目${i}`, { deadline: ending(`2026-12-0${6 - i}`) }),
)

test('what is open is told, the most urgent first, five at a time', async () => {
  const { says, awaits } = open([...six, item('old', '过期的', { deadline: ending('2026-11-27') })])
  expect(await says('最近有什么可以申报的')).toBe(
    [
      '现在可以申报或享受的有：',
      '1. 项目5（12月1日（周二）截止，还有 3 天）https://example.gov.cn/5',
      '2. 项目4（12月2日（周三）截止，还有 4 天）https://example.gov.cn/4',
      '3. 项目3（12月3日（周四）截止，还有 5 天）https://example.gov.cn/3',
      '4. 项目2（12月4日（周五）截止，还有 6 天）https://example.gov.cn/2',
      '5. 项目1（12月5日（周六）截止，还有 7 天）https://example.gov.cn/1',
      '回复「更多」看其余的。',
    ].join('\n'),
  )
  expect(awaits('更多')).toBe(true)
  expect(await says('更多')).toContain('项目0')
  expect(awaits('更多')).toBe(false)
})

test('one of the list is told when it is asked for by its number', async () => {
  const text = '对象是区内企业。请于12月5日前登录系统申报。联系电话：0591-83550000。'
  const listed = six.map(one => ({ ...one, lines: undefined, text }))
  const { says, awaits } = open(listed)
  expect(await says('第2个怎么办')).toBeUndefined()
  expect(awaits('第2个怎么办')).toBe(false)
  await says('最近有什么可以申报的')
  expect(awaits('第2个怎么办')).toBe(true)
  for (const asked of ['第2个怎么办', '那第二个怎么报名', '第 2 项呢'])
    expect(await says(asked)).toBe(
      [
        '第 2 个：项目4（12月2日（周三）截止，还有 4 天）',
        '原文：请于12月5日前登录系统申报。',
        '原文：联系电话：0591-83550000。',
        '怎么办看原文：https://example.gov.cn/4',
      ].join('\n'),
    )
  expect(await says('第9个怎么办')).toBe('刚才只列了 6 个，没有第 9 个。')
  expect(awaits('第2个月社保怎么交')).toBe(false)
  await says('高企怎么报')
  expect(await says('第2个怎么办')).toBeUndefined()
})

test('only what ends in the time that is asked for', async () => {
  const { says } = open([
    item('a', '月底的', { deadline: ending('2026-11-30') }),
    item('b', '下月的', { deadline: ending('2026-12-20') }),
  ])
  expect(await says('这个月哪些要截止')).toContain('月底的')
  expect(await says('这个月哪些要截止')).not.toContain('下月的')
  expect(await says('下个月有哪些到期')).toContain('下月的')
})

test('of a programme that is named only its own, and nothing where nothing of it is open', async () => {
  const its = item('a', '科小评价开始了', { programmeIds: ['sts_sme'], deadline: ending('2026-12-20') })
  const { says } = open([its, item('b', '别的', { deadline: ending('2026-12-01') })])
  expect(await says('科小现在能报吗')).toContain('科小评价开始了')
  expect(await says('科小现在能报吗')).not.toContain('别的')
  expect(await open([]).says('科小现在能报吗')).toBeUndefined()
  expect(await open([its]).says('科技券还能申请不')).toBeUndefined()
})

test('where nothing is open that is said, with past windows as past', async () => {
  const said = await open([]).says('最近有什么可以申报的')
  expect(said).toContain('眼下没有登记到开着的申报')
  expect(said).toContain('往年的时间（仅供参考，以当年通知为准）')
})

test('what was pushed is listed, and the last of it said again word for word', async () => {
  const push = (title: string, at: string) => ({
    title,
    sentAt: Temporal.Instant.from(at),
    parts: [`${title}第一段`, `${title}第二段`],
  })
  const { says } = open(
    [],
    [push('本周政策', '2026-11-27T16:30:00+08:00'), push('上周政策', '2026-11-20T16:30:00+08:00')],
  )
  expect(await says('这周推了啥')).toBe('推送过这些：\n1. 11月27日（周五） 本周政策')
  expect(await says('上礼拜发的那条再发一遍')).toEqual([
    { text: '上周政策第一段' },
    { text: '上周政策第二段' },
  ])
  expect(await says('昨天推送了什么')).toContain('本周政策')
  expect(await says('今天推了哪些')).toBe('这段时间我在这个群没有推送过。')
})

test('a question for the knowledge base is left to it', async () => {
  expect(await open(six).says('高企怎么报')).toBeUndefined()
})

test('only what may be applied for or used is listed', async () => {
  const { says } = open([
    item('a', '关于组织申报2026年科技计划项目的通知', { deadline: ending('2026-12-10') }),
    item('b', '2026年拟认定高新技术企业名单公示', { deadline: ending('2026-12-09') }),
    item('c', '关于《创新券办法（草案）》公开征求意见的公告', { deadline: ending('2026-12-08') }),
    item('d', '高企政策宣讲会', { deadline: ending('2026-12-07') }),
    item('e', '高新技术企业认定管理办法解读'),
    item('f', '招人先签合同：1 个月内要订书面劳动合同'),
    item('g', '专利能保护多久，都从申请日算'),
    item('h', '小型微利企业，企业所得税实际税负 5%'),
    item('i', '关于申报职业技能培训补贴的通知', { deadline: ending('2026-12-06') }),
  ])
  const said = await says('现在可以申报什么')
  for (const title of ['科技计划项目', '实际税负 5%', '职业技能培训补贴']) expect(said).toContain(title)
  for (const title of ['公示', '征求意见', '宣讲会', '解读', '劳动合同', '专利能保护'])
    expect(said).not.toContain(title)
})

const pushed = (title: string, on: string): SentDigest => ({
  title,
  sentAt: Temporal.Instant.from(`${on}T09:00:00+08:00`),
  parts: [`${title}的全文`],
})

test('in private the public digests are told and sent again, without asking for a group', async () => {
  const { says } = open(
    [],
    [pushed('政策速递 11月27日', '2026-11-27'), pushed('政策速递 11月20日', '2026-11-20')],
  )
  const alone = { groupId: undefined } as unknown as Partial<Message>
  expect(await says('这周推了啥', alone)).toContain('政策速递 11月27日')
  expect(await says('这周推了啥', alone)).not.toContain('11月20日')
  expect(await says('上礼拜发的那条再发一遍', alone)).toEqual([{ text: '政策速递 11月20日的全文' }])
  expect(await open([]).says('这周推了啥', alone)).toBe('这段时间我没有推送过。')
})

test('the last push is told however long ago it was', async () => {
  const { says } = open(
    [],
    [pushed('政策速递 10月9日', '2026-10-09'), pushed('政策速递 9月1日', '2026-09-01')],
  )
  const told = await says('上次推了啥')
  expect(told).toContain('10月9日')
  expect(told).not.toContain('9月1日')
  expect(await says('上次推送再发一遍')).toEqual([{ text: '政策速递 10月9日的全文' }])
})
