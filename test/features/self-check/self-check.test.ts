import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { createMovableClock } from '../../../src/adapters/clock.ts'
import { openLowdbStore } from '../../../src/adapters/lowdb/index.ts'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import { createAlarms } from '../../../src/alarms.ts'
import { selfCheck } from '../../../src/features/self-check/index.ts'
import { checkGroupMessages } from '../../../src/features/self-check/messages.ts'
import type { Posting } from '../../../src/outbox/index.ts'
import { openContents, openDeliveries } from '../../../src/outbox/ledger/records.ts'
import { createNudgeLimit } from '../../../src/outbox/limits/nudges.ts'
import { formalismIn } from '../../../src/text/formalism.ts'
import { createFixedRoster, createQuietLog } from '../../conversation.ts'

const startAt = Temporal.Instant.from('2026-11-23T09:00:00+08:00')
const nudge = (key: string, personId = 'wx-mei'): Posting => ({
  key,
  target: { personId },
  kind: 'prompt',
  isNudge: true,
  reply: { text: '看看这个政策' },
  notAfter: startAt.add({ hours: 24 * 30 }),
})

function open() {
  const clock = createMovableClock({ startAt, isRunning: false })
  const store = createMemoryStore()
  const nudges = createNudgeLimit(store, clock)
  const send = async (...postings: Posting[]) => (await nudges.allowed(postings)).map(({ key }) => key)
  return { clock, store, nudges, send }
}

test('a person gets two nudges in seven days, over all features; the next goes when the first is a week old', async () => {
  const { clock, nudges, send } = open()
  expect(await send(nudge('matching-a'), nudge('votes-b'), nudge('forms-c'))).toEqual([
    'matching-a',
    'votes-b',
  ])
  clock.forward({ hours: 6 * 24 })
  expect(await send(nudge('matching-d'), nudge('x', 'wx-other'))).toEqual(['x'])
  const { heldBack, ...counts } = await nudges.ofWeek()
  expect(counts).toEqual({ people: 2, sent: 3, most: 2 })
  expect(heldBack.map(({ key, personId, text }) => [key, personId, text])).toEqual([
    ['matching-d', 'wx-mei', '看看这个政策'],
    ['forms-c', 'wx-mei', '看看这个政策'],
  ])
  clock.forward({ hours: 24 })
  expect(await send(nudge('matching-e'))).toEqual(['matching-e'])
})

test('the same nudge counts once, and what is no nudge is not counted', async () => {
  const { send } = open()
  expect(await send(nudge('a'), nudge('a'), nudge('b'), nudge('b'), nudge('a'))).toHaveLength(5)
  const receipt = { ...nudge('receipt'), isNudge: false }
  const toGroup = { ...nudge('group'), target: { groupId: 'g' } }
  expect(await send(receipt, toGroup, nudge('c'))).toEqual(['receipt', 'group'])
})

test('one held back is listed once however often it is posted, for a week', async () => {
  const { clock, store, nudges, send } = open()
  await send(nudge('a'), nudge('b'), nudge('c'), nudge('c'))
  expect((await nudges.ofWeek()).heldBack).toHaveLength(1)
  clock.forward({ hours: 7 * 24 })
  await nudges.removeExpired()
  expect(await store.collection('outbox-nudges', z.unknown()).list('people/')).toEqual([])
})

test('what an earlier version held back is read: it kept the times alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-nudges-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const clock = createMovableClock({ startAt, isRunning: false })
  const log = createQuietLog()
  const options = { folder, clock, log, alarms: createAlarms({ clock, log }) }
  const before = await openLowdbStore(options)
  const record = { sent: [], heldBack: [startAt.toString()] }
  await before.collection('outbox-nudges', z.unknown()).update('people/one', () => record)
  await before.close()
  const store = await openLowdbStore(options)
  onTestFinished(store.close)
  expect((await createNudgeLimit(store, clock).ofWeek()).heldBack).toMatchObject([
    { at: startAt.toString(), text: '' },
  ])
})

test('the page names who was not reminded, and a person sees what was held back of them', async () => {
  const { store, nudges, send } = open()
  const roster = createFixedRoster([{ id: 'm-wx-mei', name: '林小美' }])
  const { pages, personal } = selfCheck({ store, nudges, roster })
  await send(nudge('a'), nudge('b'), nudge('c'))
  const page = await (await pages?.[0]?.routes.request('/'))?.text()
  for (const words of ['1 人，共 2 次', '没发的 1 次', '林小美', '看看这个政策'])
    expect(page).toContain(words)
  const mei = { memberId: 'm-wx-mei', chatIds: ['wx-mei'], names: [] }
  expect((await personal?.kept(mei))?.join()).toContain('看看这个政策')
  await personal?.forget(mei, '')
  expect(await personal?.kept(mei)).toEqual([])
})

/**
 * Places that post to people in private, each with the reason why it is no nudge;
 * those that mark nudges stand apart.
 */
const postsToPeople: Record<string, string> = {
  'attendance/make-ups.ts': 'the decision on a make-up that the person sent',
  'attendance/chat/organizer.ts': 'to organizers',
  'attendance/notices/posts.ts': 'to organizers, and a place for who waits for one',
  'community/identities/link-codes.ts': 'the result of a link that the person asked for',
  'community/newcomers.ts': 'to groups',
  'community/organizer-notices.ts': 'to organizers',
  'community/erasure-notice.ts': 'the result of a request, and to organizers',
  'community/privacy/notice.ts': 'information for who wrote first; asks for nothing',
  'community/renames.ts': 'to organizers',
  'community/role-notices.ts':
    'to officers and applicants; to both sides of a link, with nothing to do unless it is wrong',
  'desk/notifications/queue.ts': 'to instructors and organizers',
  'desk/tickets/letters.ts': 'the answer to a question of the person',
  'digest/broadcast/notifier.ts': 'to organizers and reviewers',
  'documents/marks-notice.ts': 'to organizers and reviewers',
  'forms/receipts.ts': 'isNudge',
  'forms/sensitive/kept/erasures.ts': 'the proof that sensitive answers of the person are erased',
  'items/actions.ts': 'the decision on what the person sent in',
  'matching/index.ts': 'reminders that the person asked for',
  'votes/index.ts': 'what became of a cast vote; asks for nothing',
}

test('whatever writes to people in private is known, and marks what asks them unprompted to act', () => {
  const root = 'src/features'
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(root, name), 'utf8') }))
    .filter(({ text }) => /(?:outbox|parts\.outbox)\.post\(/u.test(text) && /personId/u.test(text))
  expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(postsToPeople).sort())
  for (const { name, text } of found) {
    expect(postsToPeople, `${name} posts to people: is it a nudge?`).toHaveProperty([name])
    expect(text.includes('isNudge'), name).toBe(postsToPeople[name] === 'isNudge')
  }
})

test('who is erased is counted no more, and no id is kept', async () => {
  const { store, nudges, send } = open()
  await send(nudge('a'))
  expect(
    JSON.stringify((await store.collection('outbox-nudges', {} as never).list('')).map(({ key }) => key)),
  ).not.toContain('mei')
  await nudges.forget(['wx-mei'])
  expect(await nudges.ofWeek()).toMatchObject({ people: 0, sent: 0 })
})

test.each([
  ['未签到人员：张三、李四', '点名没到的人'],
  ['缺席名单：王强', '点名没到的人'],
  ['还没来的有：林小美', '点名没到的人'],
  ['未接龙的同志：张三', '点名没回应的人'],
  ['本月签到排行榜', '人的排名'],
  ['个人出勤排名：1. 张三', '人的排名'],
  ['签到一次积2分', '积分'],
  ['学习加10分', '积分'],
  ['所有人务必在今晚八点前打卡', '强制打卡'],
  ['请务必转发朋友圈并截图', '强制打卡'],
  ['没完成的全群通报', '通报批评'],
])('「%s」 is %s', (text, problem) => {
  expect(formalismIn(text)).toContain(problem)
})

test.each([
  '已到 31 人，迟到 2 人，请假 3 人。没签上的私聊我发「补签」。',
  '研发投入强度排名前 10 的企业可以申报，企业信用积分不低于 80 分。',
  '未签到的，下课前发「签到」都算。',
  '没来的人不用补材料。',
  '申报材料必须在 11 月 30 日前交到窗口。',
])('「%s」 is none', text => {
  expect(formalismIn(text)).toEqual([])
})

test('what went to groups is looked at, what went to people is not', async () => {
  const { store } = open()
  const add = async (id: string, target: { groupId: string } | { personId: string }, text: string) => {
    const at = startAt.toString()
    await openContents(store).update(`${id}/c`, () => ({ text }) as never)
    await openDeliveries(store).update(`${id}/t`, () => ({
      target,
      kind: 'prompt',
      contentId: 'c',
      state: 'sent',
      postedAt: at,
      position: 0,
      notAfter: at,
      changedAt: at,
      history: [],
    }))
  }
  await add('one', { groupId: 'g' }, '缺席名单：王强')
  await add('two', { groupId: 'g' }, '明天下午两点上课')
  await add('three', { personId: 'wx-chen' }, '缺席名单：王强')
  const { checked, found } = await checkGroupMessages(store)
  expect([checked, found.map(({ problems }) => problems)]).toEqual([2, [['点名没到的人']]])
})
