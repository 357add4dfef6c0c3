import { Temporal } from 'temporal-polyfill'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { noHandlers } from '../../src/adapters/line/handlers.ts'
import { openCustomerLine } from '../../src/adapters/wecom/customers/line.ts'
import type { FoundTask } from '../../src/adapters/wecom/customers/tasks/recovery.ts'
import type { TaskOutcome } from '../../src/adapters/wecom/customers/tasks/tasks.ts'
import { DeadlineError, LineDownError, RefusedError, ThrottledError } from '../../src/ports/chat.ts'
import { createWorld, type World } from '../conversation.ts'
import { deadlineMs } from './rigs.ts'
import { openCustomersServer } from './servers/customers-server.ts'

let server: Awaited<ReturnType<typeof openCustomersServer>>
let world: World
let opened: ReturnType<typeof open>

function open(secret = 'SECRET') {
  const sets = [
    { name: '创客客户群', employee: 'zhangsan', word: '' },
    { name: '科技客户群', employee: 'zhangsan', word: '科技' },
    { name: '空的', employee: 'lisi', word: '' },
  ]
  const { line, tasks } = openCustomerLine({
    settings: { apiUrl: server.url, corpId: 'CORP', secret },
    sets,
    title: 'kh',
    ...world,
    backOff: { firstMs: 10, lastMs: 40 },
  })
  line.on(noHandlers)
  const outcomes: TaskOutcome[] = []
  return {
    line,
    tasks: tasks.port,
    outcomes,
    say: (text: string, set = '创客客户群') => line.chat.say({ groupId: set }, { text }, deadlineMs),
    /** Looks for tasks whose answer got lost. @returns those found, in the words of their deliveries */
    async recover(isWanted = true) {
      const found: FoundTask[] = []
      await tasks.recoverAll(world.clock.now(), async task => found.push(task) > 0 && isWanted)
      return found
    },
    look: () => tasks.pollAll(world.clock.now(), async outcome => void outcomes.push(outcome)),
    async states(id: string) {
      return (await tasks.port.groupsOf(id))?.map(({ name, state, reason }) => [name, state, reason])
    },
  }
}

beforeAll(async () => {
  server = await openCustomersServer({ nowMs: () => world.clock.now().epochMilliseconds })
})
beforeEach(async () => {
  server.owned.clear()
  server.tasks.clear()
  server.nextDay()
  server.nextMonth()
  server.behaviour.create = 'ok'
  server.behaviour.closeAfter = Number.POSITIVE_INFINITY
  server.owned.set(
    'zhangsan',
    new Map([
      ['wrA', '优空间老板群'],
      ['wrB', '恒丰科技群'],
      ['wrC', '蒲公英科技群'],
    ]),
  )
  server.owned.set('lisi', new Map())
  world = createWorld('2026-11-27T10:00:00+08:00')
  opened = open()
  await opened.line.start()
})
afterEach(() => opened.line.stop())
afterAll(() => server.close())

const refusalOf = (sent: Promise<unknown>): Promise<Error & { fault?: string }> =>
  sent.then(
    () => new Error('it was accepted'),
    cause => cause,
  )

test('one message becomes one task with text and attachments for all groups of the employee', async () => {
  expect(opened.line.status().state).toBe('up')
  const file = { name: '表.xlsx', mimeType: 'application/x', bytes: new Uint8Array([1]) }
  const picture = { name: '图.png', mimeType: 'image/png', bytes: new Uint8Array([2]) }
  const reply = { text: '推送', attachments: [picture, file] }
  const id = await opened.line.chat.say({ groupId: '创客客户群' }, reply, deadlineMs)
  expect([...server.tasks.values()]).toEqual([
    { sender: 'zhangsan', chats: ['wrA', 'wrB', 'wrC'], text: '推送', attachments: 2, isStopped: false },
  ])
  expect(await opened.states(id)).toEqual([
    ['优空间老板群', 'waiting', undefined],
    ['恒丰科技群', 'waiting', undefined],
    ['蒲公英科技群', 'waiting', undefined],
  ])
  await opened.say('推送', '科技客户群')
  expect([...server.tasks.values()].at(-1)?.chats).toEqual(['wrB', 'wrC'])
})

test('results are shown per group, and the whole is told once, also by a second life', async () => {
  const id = await opened.say('推送')
  const [msgid = ''] = server.tasks.keys()
  server.tap(msgid, ['wrA'])
  server.fill('wrC')
  server.tap(msgid, ['wrC'])
  await opened.look()
  expect(await opened.states(id)).toEqual([
    ['优空间老板群', 'confirmed', undefined],
    ['恒丰科技群', 'waiting', undefined],
    ['蒲公英科技群', 'failed', expect.stringContaining('满了')],
  ])
  expect(opened.outcomes).toEqual([])
  await opened.line.stop()
  server.tap(msgid, ['wrB'])
  const second = open()
  await second.look()
  await second.look()
  expect(second.outcomes).toEqual([{ id, set: '创客客户群', failure: undefined }])
})

test('more than 2,000 groups are several tasks of one message; a later part that fails is shown per group', async () => {
  server.owned.set('zhangsan', new Map(Array.from({ length: 2001 }, (_, n) => [`wr${n}`, `群${n}`])))
  const id = await opened.line.chat.say({ groupId: '创客客户群' }, { text: '推送' }, deadlineMs)
  expect([...server.tasks.values()].map(({ chats }) => chats.length)).toEqual([2000, 1])
  for (const msgid of server.tasks.keys()) server.tap(msgid)
  await opened.look()
  expect(new Set((await opened.tasks.groupsOf(id))?.map(({ state }) => state))).toEqual(
    new Set(['confirmed']),
  )
  server.behaviour.closeAfter = server.tasks.size + 1
  const half = await opened.line.chat.say({ groupId: '创客客户群' }, { text: '再推' }, deadlineMs)
  const last = (await opened.tasks.groupsOf(half))?.at(-1)
  expect(last).toMatchObject({ state: 'failed', reason: expect.stringContaining('请问员工') })
  // The first part was made without an answer: only the groups of the second get a task.
  const before = server.tasks.size
  server.behaviour.closeAfter = Number.POSITIVE_INFINITY
  server.behaviour.create = 'close'
  const sayLast = () => opened.line.chat.say({ groupId: '创客客户群' }, { text: '三推' }, deadlineMs)
  expect(await refusalOf(sayLast())).toBeInstanceOf(DeadlineError)
  server.behaviour.create = 'ok'
  expect(await opened.tasks.groupsOf(await sayLast())).toHaveLength(2001)
  expect([...server.tasks.values()].slice(before).map(({ chats }) => chats.length)).toEqual([2000, 1])
})

test('the employee is reminded three times in 24 hours at most, by a person and by itself together', async () => {
  const id = await opened.say('推送')
  for (let n = 0; n < 3; n++) expect(await opened.tasks.remind(id)).toBeUndefined()
  expect(await opened.tasks.remind(id)).toContain('明天 10:00 以后可以再提醒')
  world.clock.forward({ hours: 5 })
  await opened.look()
  expect([...server.reminders.values()]).toEqual([3])
  world.clock.forward({ hours: 20 })
  server.nextDay()
  await opened.look()
  expect([...server.reminders.values()]).toEqual([1])
})

test('a task that is not sent in three days is stopped at the platform and fails with a reason', async () => {
  const id = await opened.say('推送')
  await opened.look()
  world.clock.forward({ hours: 73 })
  await opened.look()
  expect([...server.tasks.values()].every(({ isStopped }) => isStopped)).toBe(true)
  expect(opened.outcomes).toEqual([{ id, set: '创客客户群', failure: expect.stringContaining('三天') }])
})

test('taken back before the employee taps, it is not sent; after the tap it stays', async () => {
  const id = await opened.say('发错了')
  const [msgid = ''] = server.tasks.keys()
  expect(await opened.line.recall({ groupId: '创客客户群' }, id, deadlineMs)).toBe(true)
  server.tap(msgid)
  expect((await opened.states(id))?.map(([, state, reason]) => [state, reason])).toEqual(
    Array.from({ length: 3 }, () => ['recalled', undefined]),
  )
  const sent = await opened.say('发对了')
  server.tap([...server.tasks.keys()].at(-1) ?? '')
  await opened.look()
  expect(await opened.line.recall({ groupId: '创客客户群' }, sent, deadlineMs)).toBe(false)
})

test('taken back after the first tap, it counts as arrived, and the groups that wait do not get it', async () => {
  const id = await opened.say('发错了')
  const [msgid = ''] = server.tasks.keys()
  server.tap(msgid, ['wrB'])
  expect(await opened.line.recall({ groupId: '创客客户群' }, id, deadlineMs)).toBe(false)
  expect((await opened.states(id))?.map(([, state]) => state).toSorted()).toEqual([
    'confirmed',
    'recalled',
    'recalled',
  ])
  await opened.look()
  expect(opened.outcomes).toEqual([{ id, set: '创客客户群', failure: undefined }])
})

test('a group takes as many a month as the month has days; full ones are left out, and next month goes on', async () => {
  for (let n = 0; n < 30; n++) {
    await opened.say(`推送${n}`, '科技客户群')
    server.tap([...server.tasks.keys()].at(-1) ?? '')
    await opened.look()
  }
  expect(await opened.tasks.messagesLeft('科技客户群')).toEqual({ groups: 2, left: 0 })
  expect((await refusalOf(opened.say('第31条', '科技客户群'))).message).toContain('次数都用完了')
  const id = await opened.say('全部', '创客客户群')
  expect((await opened.states(id))?.map(([name, state]) => [name, state])).toEqual([
    ['优空间老板群', 'waiting'],
    ['恒丰科技群', 'failed'],
    ['蒲公英科技群', 'failed'],
  ])
  world.clock.forward({ hours: 24 * 5 })
  await expect(opened.say('下个月', '科技客户群')).resolves.toContain('2026-12.')
})

test('accepted, refused with a sentence, throttled or unknown; and never twice', async () => {
  server.expireToken()
  await expect(opened.say('换了令牌')).resolves.toBeTypeOf('string')
  server.behaviour.create = 'no-right'
  const noRight = await refusalOf(opened.say('推送'))
  expect([noRight.constructor, noRight.fault, noRight.message]).toEqual([
    RefusedError,
    'line',
    expect.stringContaining('可调用应用'),
  ])
  server.behaviour.create = 'busy'
  expect(await refusalOf(opened.say('推送'))).toBeInstanceOf(ThrottledError)
  server.behaviour.create = 'close'
  expect(await refusalOf(opened.say('推送'))).toBeInstanceOf(DeadlineError)
  expect(server.tasks.size).toBe(2)
  server.behaviour.create = 'ok'
  expect((await refusalOf(opened.say('推送', '空的'))).message).toContain('没有客户群')
  expect((await refusalOf(opened.say('长'.repeat(1400)))).message).toContain('1300 字')
  expect((await refusalOf(opened.say('推送', '没有'))).message).toContain('CUSTOMER_GROUPS')
  await opened.line.stop()
  expect(await refusalOf(opened.say('推送'))).toBeInstanceOf(LineDownError)
})

test('a task whose answer got lost is found when it is sent again, also by a second life; no second one is made', async () => {
  server.behaviour.create = 'close'
  expect(await refusalOf(opened.say('推送'))).toBeInstanceOf(DeadlineError)
  server.behaviour.create = 'ok'
  server.tap([...server.tasks.keys()][0] ?? '', ['wrB'])
  await opened.line.stop()
  opened = open()
  await opened.line.start()
  const id = await opened.say('推送')
  expect(server.tasks.size).toBe(1)
  expect((await opened.states(id))?.map(([, state, reason]) => [state, reason])).toEqual([
    ['waiting', expect.stringContaining('没有再建')],
    ['confirmed', undefined],
    ['waiting', expect.stringContaining('没有再建')],
  ])
  // Sent once more on purpose, and to other groups, it is a message of its own.
  await opened.say('推送')
  await opened.say('推送', '科技客户群')
  expect(server.tasks.size).toBe(3)
})

test('a request that got lost on the way is made after two minutes, when it cannot come any more', async () => {
  server.behaviour.create = 'lost'
  expect(await refusalOf(opened.say('推送'))).toBeInstanceOf(DeadlineError)
  server.behaviour.create = 'ok'
  expect((await refusalOf(opened.say('推送'))).message).toContain('请两分钟后再点')
  expect(await opened.recover()).toEqual([])
  world.clock.forward({ minutes: 3 })
  await opened.say('推送')
  expect(server.tasks.size).toBe(1)
})

test('a lost answer is found by itself, for the delivery that has none', async () => {
  server.behaviour.create = 'close'
  expect(await refusalOf(opened.say('推送'))).toBeInstanceOf(DeadlineError)
  server.behaviour.create = 'ok'
  await opened.say('另一条')
  expect(await opened.recover(false)).toHaveLength(1)
  const [found] = await opened.recover()
  expect(found).toMatchObject({ set: '创客客户群', text: '推送' })
  expect(await opened.recover()).toEqual([])
  server.tap([...server.tasks.keys()][0] ?? '')
  await opened.look()
  expect(opened.outcomes).toEqual([{ id: found?.id, set: '创客客户群', failure: undefined }])
})

test('the platform says no to what is sent again: what the first attempt did stays unknown', async () => {
  server.behaviour.create = 'lost'
  expect(await refusalOf(opened.say('推送'))).toBeInstanceOf(DeadlineError)
  world.clock.forward({ minutes: 3 })
  server.behaviour.create = 'busy'
  expect(await refusalOf(opened.say('推送'))).toBeInstanceOf(ThrottledError)
  server.behaviour.create = 'close'
  expect(await refusalOf(opened.say('推送'))).toBeInstanceOf(DeadlineError)
  server.behaviour.create = 'ok'
  await opened.say('推送')
  expect(server.tasks.size).toBe(1)
})

test('a wrong secret is a sentence on the line, and no secret stands in it', async () => {
  const wrong = open('WRONG-SECRET')
  await wrong.line.start()
  expect(wrong.line.status()).toMatchObject({
    state: 'down',
    isRefused: true,
    note: expect.stringContaining('WECOM_APP_SECRET'),
  })
  expect(JSON.stringify([world.alarms.list(), world.log.lines])).not.toContain('WRONG-SECRET')
  await wrong.line.stop()
  expect(Temporal.Instant.compare(wrong.line.status().since, world.clock.now())).toBe(0)
})
