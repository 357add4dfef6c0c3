import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupLimit, sayEntry } from '../../../src/features/faq/wording/entries.ts'
import { sayChoices, sayUnknown } from '../../../src/features/faq/wording/phrases.ts'
import { anEntry, noonOf } from './knowledge-samples.ts'

const today = noonOf('2026-11-24')
const lines = (text: string) => text.split('\n')

test('the first line answers and the last names document, number and date', () => {
  expect(lines(sayEntry(anEntry(), today, 'short'))).toEqual([
    '最高30万元。',
    '时间：期限不超过3年。',
    '依据：《某某办法》某字〔2020〕1号，2020年1月2日',
  ])
})

test('each policy says how far it may be trusted', () => {
  const say = (policy: Parameters<typeof anEntry>[0]) => sayEntry(anEntry(policy), today, 'short')
  expect(say({ policy: 'state_with_date' })).toContain('截至2026年8月，以最新通知为准。')
  expect(say({ policy: 'hedge' })).toContain('大致如此（截至2026年8月），请向区人社部门核实。')
  expect(say({ policy: 'hedge', verifiedOn: null })).toContain('大致如此，请向区人社部门核实。')
  expect(say({ policy: 'refer_only', short: '没有核到。', details: [] })).toContain('请直接问区人社部门。')
})

const history = anEntry({
  policy: 'history_only',
  short: '有过，现在的标准没有核到。',
  verifiedOn: '2018',
  details: [
    { about: 'note', text: '全省一共2143万元。', document: undefined },
    { about: 'note', text: '这是总数。', document: undefined },
    { about: 'when', text: '期限不超过3年。', document: undefined },
    { about: 'how', text: '向区里申请。', document: undefined },
  ],
})

test('history is framed before its first figure, and asked about afterwards', () => {
  expect(lines(sayEntry(history, today, 'short', { question: '当年补多少' }))).toEqual([
    '有过，现在的标准没有核到。',
    '以下是2018年的历史口径，不是现行标准：',
    '注意：全省一共2143万元。',
    '这是总数。',
    '时间：期限不超过3年。',
    '办法：向区里申请。',
    '现在的标准请问区人社部门。',
    '当时依据：《某某办法》某字〔2020〕1号，2020年1月2日',
  ])
})

test('figures of history, and what goes on from them, are told where history is asked for', () => {
  const now = lines(sayEntry(history, today, 'short', { question: '能补多少' }))
  expect(now).toEqual([
    '有过，现在的标准没有核到。',
    '以下是2018年的历史口径，不是现行标准：',
    '办法：向区里申请。',
    '回复「完整答案」看全部。',
    '现在的标准请问区人社部门。',
    '当时依据：《某某办法》某字〔2020〕1号，2020年1月2日',
  ])
  expect(sayEntry(history, today, 'full')).toContain('2143万元')
})

test.each([
  ['以前补多少', true],
  ['2018年那批奖多少', true],
  ['去年发几千', true],
  ['老办法给多少钱', true],
  ['往年都补几个点', true],
  ['2026年还有吗', false],
  ['今年发几千', false],
  ['以前领过，现在还能领多少', false],
  ['去年毕业的，补贴多少钱', false],
  ['能补多少', false],
  ['', false],
])('%s: history is asked for: %s', (question, isAsked) => {
  expect(sayEntry(history, today, 'short', { question }).includes('2143万元')).toBe(isAsked)
})

test('what has ended says so, since when and what came after, and gives a group no old figure', () => {
  const ended = anEntry({
    effectiveUntil: '2025-12-31',
    replacedBy: { id: 'two', question: '新办法补多少？' },
  })
  expect(lines(sayEntry(ended, today, 'short')).slice(0, 2)).toEqual([
    '这一条已于2025年12月31日结束，不能再按它办。',
    '接替它的请看：新办法补多少？',
  ])
  expect(sayEntry(ended, today, 'short')).not.toContain('30万元')
  expect(sayEntry(ended, today, 'full')).toContain('当时的说法：最高30万元。\n以下是当时的规定，已经失效：')
})

test('what has not begun says from when', () => {
  const entry = anEntry({ effectiveFrom: '2027-01-01' })
  expect(lines(sayEntry(entry, today, 'short'))[0]).toBe('从2027年1月1日起才施行，现在还没有生效。')
})

test('a group gets whole lines within the limit and is told that there is more', () => {
  const detail = fc.record({
    about: fc.constantFrom('who' as const, 'note' as const),
    text: fc.string({ minLength: 1, maxLength: 250, unit: fc.constantFrom('甲', '乙', '，') }),
    document: fc.constant(undefined),
  })
  fc.assert(
    fc.property(fc.array(detail, { maxLength: 6 }), details => {
      const answer = sayEntry(anEntry({ details, policy: 'hedge' }), today, 'short')
      const shown = details.filter(({ text }) => answer.includes(text)).length
      expect([...answer].length).toBeLessThanOrEqual(groupLimit)
      expect(answer.includes('回复「完整答案」看全部。') || shown === details.length).toBe(true)
      expect(lines(answer).at(-1)).toMatch(/^依据：《某某办法》/)
    }),
  )
})

test('what rests on a weak source is kept for the full answer, with a warning', () => {
  const entry = anEntry({
    details: [{ about: 'note', text: '成套200万元以上。', document: undefined, unsure: true }],
  })
  expect(sayEntry(entry, today, 'short')).not.toContain('200万元')
  expect(sayEntry(entry, today, 'full')).toContain('注意：成套200万元以上。（这点没有完全核实，请再问一下）')
})

test('an unchecked link is marked so, and stands in the full answer only', () => {
  const link = { url: 'https://www.most.gov.cn/a.html', opened: false }
  const document = { title: '办法', number: null, issuer: '局', date: null, link }
  const entry = anEntry({ documents: [document], details: [] })
  expect(sayEntry(entry, today, 'short')).toBe('最高30万元。\n依据：《办法》（文号和日期未核到）')
  expect(sayEntry(entry, today, 'full')).toContain(
    '原文：https://www.most.gov.cn/a.html （官方链接，我们没有逐一打开核对）',
  )
})

const programme = {
  id: 'hnte',
  name: '高企认定',
  who: '企业',
  region: '国家' as const,
  offices: ['台江区科技主管部门', '福建省科技厅'],
  line: '认定',
  links: [],
}

test('what is offered with reserve says that the answer may not be among it, and who else knows', () => {
  const meant = [{ entry: anEntry() }]
  expect(sayChoices(meant)).toMatch(/^你想问的是不是：\n1\. /u)
  expect(sayChoices(meant, { isReserved: true })).toMatch(/^这个我不一定答得上来/u)
  expect(sayChoices(meant, { isReserved: true })).toMatch(/都不是，就回「都不是」，我转给指导员。$/u)
  expect(sayChoices(meant, { isReserved: true, about: programme })).toMatch(
    /急的话直接问台江区科技主管部门、福建省科技厅。$/u,
  )
  expect(sayChoices(meant, { about: programme })).not.toContain('急的话')
  expect(sayChoices(meant, { word: '贷款', isReserved: true })).toMatch(/^「贷款」可能指好几样/u)
})

test('an unknown answer is said to be unknown, with a person to ask and no invented telephone', () => {
  expect(sayUnknown()).toContain('这个我还没有可靠的答案')
  expect(sayUnknown().match(/\d{3,}/g)).toEqual(['12366', '12333'])
  expect(sayUnknown(programme)).toContain('高企认定可以问台江区科技主管部门、福建省科技厅。')
})
