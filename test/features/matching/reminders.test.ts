import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { openCompanies, type SavedCompany } from '../../../src/features/matching/companies.ts'
import { countFor, deadlinesFor, sendReminders } from '../../../src/features/matching/reminders/reminders.ts'
import { readMatching } from '../../../src/matching/load.ts'
import { compileTracks } from '../../../src/matching/verdicts.ts'
import { createWorld } from '../../conversation.ts'

const { rules } = readMatching('data')
const compiledOn = (on: string) => ({ rules, tracks: compileTracks(rules, on) })

const company = (more: Partial<SavedCompany>): SavedCompany => ({
  answers: {},
  wanted: [],
  isShared: false,
  savedAt: '2026-01-01T00:00:00Z',
  lookedAt: '2026-01-01T00:00:00Z',
  reminders: [],
  told: {},
  sentReminders: [],
  ...more,
})

const texts = (saved: SavedCompany, on: string) =>
  deadlinesFor(saved, compiledOn(on), on).reminders.map(({ text }) => text)

test('a window is told when it opens, and 14 and 3 days before it closes', () => {
  const saved = company({ reminders: ['sts_sme'] })
  expect(texts(saved, '2026-05-31')).toEqual([])
  expect(texts(saved, '2026-06-01')).toEqual(['科技型中小企业评价开始受理了，到2026年8月31日截止'])
  expect(texts(saved, '2026-08-17')).toEqual(['科技型中小企业评价还有 14 天截止（2026年8月31日）'])
  expect(texts(saved, '2026-08-28')).toEqual(['科技型中小企业评价还有 3 天截止（2026年8月31日）'])
  expect(texts(saved, '2026-09-01')).toEqual([])
})

const hnte = {
  entityType: 'company',
  registeredPlace: 'taijiang',
  registeredOn: '2025-12-01',
  coreIpOwned: true,
  hnteField: true,
  techStaffShare: [30, null],
  rdShareThreeYears: [5, null],
  revenueLastYear: [0, 2000],
  domesticRdShare: [60, null],
  hiTechRevenueShare: [60, null],
  lastMajorIncidentOn: 'none',
} satisfies SavedCompany['answers']

test('a condition that time meets, and a rule that changed, are told once', () => {
  const saved = company({ answers: hnte, reminders: ['hnte'], told: { hnte: '还差' } })
  expect(texts(saved, '2026-11-30')).toEqual([])
  expect(texts(saved, '2026-12-01')).toEqual(['国家高新技术企业认定：按你保存的情况，现在对得上了'])
  expect(texts({ ...saved, told: { hnte: '对得上' } }, '2026-11-30')[0]).toContain(
    '你原来对得上，现在是「还差」',
  )
})

test('a new threshold inside a kept band makes the answer unknown and asks', () => {
  const changed = {
    ...rules,
    tracks: rules.tracks.map(track =>
      track.id === 'hnte'
        ? {
            ...track,
            conditions: track.conditions.map(one =>
              one.id === 'domesticRdShare'
                ? { ...one, test: { field: 'domesticRdShare', atLeast: 70 } }
                : one,
            ),
          }
        : track,
    ),
  }
  const on = '2026-12-05'
  const { reminders } = deadlinesFor(
    company({ answers: hnte, reminders: ['hnte'], told: { hnte: '对得上' } }),
    { rules: changed, tracks: compileTracks(changed, on) },
    on,
  )
  expect(reminders[0]?.text).toContain('现在是「要先问清」')
})

test('a company hears at most one reminder a week, and nothing twice', async () => {
  const { store } = createWorld()
  const companies = openCompanies(store)
  await companies.update('m-mei', () => company({ reminders: ['sts_sme'] }))
  const sent: string[] = []
  const runOn = (on: string) =>
    sendReminders({
      companies,
      compiled: () => compiledOn(on),
      on,
      at: Temporal.Instant.from(`${on}T09:20:00+08:00`),
      post: async (_, key, text) => void sent.push(`${key} ${text}`),
    })
  for (const on of ['2026-06-01', '2026-06-02', '2026-08-17', '2026-08-18', '2026-08-28', '2026-08-29'])
    await runOn(on)
  expect(sent.map(text => text.slice(0, 10))).toEqual(['2026-06-01', '2026-08-17', '2026-08-28'])
  for (const text of sent) expect(text).toContain('以受理部门审核为准')
})

test('who did not ask is not reminded', () => {
  expect(texts(company({ answers: hnte, told: { hnte: '还差' } }), '2026-12-01')).toEqual([])
})

test('counts take companies for which a programme may hold', () => {
  const on = '2026-12-05'
  const saved = [company({ answers: hnte }), company({ answers: { entityType: 'sole-trader' } }), company({})]
  expect(countFor(['hnte'], saved, compiledOn(on))).toBe(2)
})
