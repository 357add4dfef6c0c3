import { utimesSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import { openCatalogue } from '../../../src/features/items/catalogue/catalogue.ts'
import { openItemRecords } from '../../../src/features/items/catalogue/records.ts'
import { createLiveItems } from '../../../src/features/items/live-items.ts'
import { createItemsFile, itemText } from '../digest/world.ts'
import { draft } from './drafts.ts'

const at = (text: string) => Temporal.Instant.from(`${text}+08:00`)

async function openShelf(seed = createItemsFile()) {
  const catalogue = await openCatalogue(openItemRecords(createMemoryStore()))
  return { catalogue, liveItems: createLiveItems({ catalogue, seedFile: seed.path }), seed }
}

test('what organizers checked by hand may be told from the morning of its day on', async () => {
  const { liveItems } = await openShelf(createItemsFile(itemText('tax', { publishedOn: '"2026-11-20"' })))
  const told = (from: string, to: string) => liveItems.approvedBetween('政策', at(from), at(to))
  expect((await told('2026-11-20T00:00', '2026-11-27T16:30')).map(({ id }) => id)).toEqual(['tax'])
  expect(await told('2026-11-13T00:00', '2026-11-19T23:59')).toEqual([])
  expect((await liveItems.get('tax'))?.lines).toEqual({
    what: 'tax 的标题',
    who: '小微企业：减半征收。',
    when: '长期；申报时享受。《某公告》2023年第12号，2023年8月2日',
  })
})

test('an edit of the file counts at once, and a file unchanged for a while is not parsed again', async () => {
  const { liveItems, seed } = await openShelf(createItemsFile(itemText('tax')))
  const minuteAgo = new Date(Date.now() - 60_000)
  utimesSync(seed.path, minuteAgo, minuteAgo)
  const first = await liveItems.get('tax')
  expect(await liveItems.get('tax')).toBe(first)
  for (const id of ['loan', 'rent', 'wage']) {
    seed.write(itemText(id))
    expect((await liveItems.get(id))?.title).toBe(`${id} 的标题`)
  }
  seed.write('- id: [')
  await expect(liveItems.get('wage')).rejects.toThrow('格式读不懂')
})

test('only what was approved may be told, and what was withdrawn still says so', async () => {
  const { catalogue, liveItems, seed } = await openShelf()
  seed.write('[]')
  const approvedAt = at('2026-11-24T10:00').toString()
  await catalogue.admit([
    draft({ state: 'new', title: '甲' }),
    draft({
      state: 'approved',
      title: '乙',
      programmeIds: ['hnte'],
      approvedAt,
      deadline: { value: '2026-12-15', sentence: '请于12月15日前报送。' },
    }),
    draft({ state: 'withdrawn', title: '丙', programmeIds: ['hnte'], approvedAt }),
    draft({ state: 'dismissed', title: '丁' }),
  ])
  const week = await liveItems.approvedBetween('政策', at('2026-11-20T00:00'), at('2026-11-27T00:00'))
  expect(week.map(({ id }) => id)).toEqual(['2'])
  expect(week[0]?.deadline?.value.toString()).toBe('2026-12-15')
  expect((await liveItems.get('3'))?.state).toBe('withdrawn')
  expect(await liveItems.get('1')).toBeUndefined()
  expect((await liveItems.onProgramme('hnte')).map(({ id }) => id)).toEqual(['2'])
  expect(await liveItems.onProgramme('srdi')).toEqual([])
  const day = (text: string) => Temporal.PlainDate.from(text)
  expect(await liveItems.withDeadline(day('2026-12-15'), day('2026-12-15'))).toHaveLength(1)
  expect(await liveItems.withDeadline(day('2026-12-16'), day('2026-12-31'))).toEqual([])
})

test('until a person has chosen the deadline, no day from publication on may be told', async () => {
  const { catalogue, liveItems, seed } = await openShelf()
  seed.write('[]')
  const date = <Rest extends object>(value: string, rest: Rest) => ({
    value,
    said: value,
    sentence: `${value}前。`,
    ...rest,
  })
  const doubted = draft({
    state: 'approved',
    approvedAt: at('2026-11-24T10:00').toString(),
    publishedOn: '2026-11-20',
    deadline: undefined,
    deadlineChoices: [{ value: '2026-12-15', sentence: '12月15日前。' }],
    dates: [
      date('2025-12-31', { role: 'condition' as const }),
      date('2026-12-15', { role: 'apply' as const }),
      date('2026-12-22', { role: 'paper' as const }),
      date('2027-03-01', { role: 'pay' as const, correctedBy: '王芳' }),
    ],
  })
  await catalogue.admit([doubted, { ...doubted, title: '另一条', deadlineChoices: [] }])
  const daysOf = async (id: string) => (await liveItems.get(id))?.unconfirmedDays.map(String)
  expect(await daysOf('1')).toEqual(['2026-12-15', '2026-12-22'])
  expect(await daysOf('2')).toEqual([])
})
