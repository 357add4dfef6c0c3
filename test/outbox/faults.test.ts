import { describe, expect, test } from 'vitest'
import { isTargetFault, isThrottleFault, isThrottleNotice } from '../../src/outbox/limits/limits.ts'
import { LineDownError } from '../../src/ports/chat.ts'
import { createWorld, type World } from '../conversation.ts'
import { openOutbox, pass } from './world.ts'

const alarms = (world: World) => world.alarms.list().map(({ text }) => text)

/** A line that throws for some groups. */
function refusing(world: World, faults: Record<string, () => Error>): World['chat'] {
  return {
    async say(target, reply, deadlineMs) {
      const fault = 'groupId' in target ? faults[target.groupId] : undefined
      if (fault) throw fault()
      return world.chat.say(target, reply, deadlineMs)
    },
  }
}

describe('groups that are gone', () => {
  test('fail by themselves, each with a reason and an alarm, however many in a row; the others get theirs', async () => {
    const world = createWorld()
    const gone = ['坏一', '坏二', '坏三', '坏四']
    const chat = refusing(
      world,
      Object.fromEntries(gone.map(group => [group, () => new Error(`no group ${group}`)])),
    )
    const { outbox, posting, states } = openOutbox(world, { chat })
    await outbox.start()
    await outbox.post([...gone, '甲', '乙'].map(group => posting('a', group)))
    await pass(world, 40)
    await outbox.stop()
    expect(await states('a')).toEqual([...gone.map(group => `${group} failed`), '甲 sent', '乙 sent'])
    expect(outbox.status().pause).toBeUndefined()
    expect(alarms(world)).toEqual(
      gone.map(group => expect.stringMatching(new RegExp(`「${group}」有一条消息没有发出去：找不到这个群`))),
    )
  })

  test('in words that nobody knows pause the sending once; when the living are reached, never again', async () => {
    const world = createWorld()
    const gone = ['坏一', '坏二', '坏三']
    const chat = refusing(world, Object.fromEntries(gone.map(group => [group, () => new Error('ret -1')])))
    const { outbox, posting, states } = openOutbox(world, { chat })
    await outbox.start()
    await outbox.post([...gone, '甲'].map(group => posting('a', group)))
    await pass(world, 31 * 60, 10_000)
    expect((await states('a')).at(-1)).toBe('甲 sent')
    await outbox.post([...gone, '甲'].map(group => posting('b', group)))
    await pass(world, 40)
    await outbox.stop()
    expect(await states('b')).toEqual([...gone.map(group => `${group} failed`), '甲 sent'])
    expect(outbox.status().pause).toBeUndefined()
  })

  test('and recipients whose accounts are limited pause nothing', async () => {
    const world = createWorld()
    const words = ['对方的账号异常，无法接收消息', '该用户账号异常', '该群功能受限', '该群已被限制发言']
    const limited = words.map((_, at) => `限${at}`)
    const faults = words.map((text, at) => [`限${at}`, () => new Error(text)] as const)
    const { outbox, posting, states } = openOutbox(world, {
      chat: refusing(world, Object.fromEntries(faults)),
    })
    await outbox.start()
    await outbox.post([...limited, '甲'].map(group => posting('a', group)))
    await pass(world, 40)
    await outbox.stop()
    expect(await states('a')).toEqual([...limited.map(group => `${group} failed`), '甲 sent'])
    expect(outbox.status().pause).toBeUndefined()
    expect(alarms(world).join()).toContain('这个群现在收不了消息')
  })

  test.each([
    'Error: no group 25984@chatroom',
    'Error: room not found',
    'GrpcError: 5 NOT_FOUND: conversation wrkSFfCgAA not found',
    'UnknownInSandbox: 没有这个人。',
    'Error: you are not in the room',
    'Error: 你已被移出群聊',
    '该群聊已解散',
  ])('are known by what is said: %s', reason => expect(isTargetFault(reason)).toBe(true))

  test.each([
    'GrpcError: 14 UNAVAILABLE: Name resolution failed',
    'Error: getaddrinfo ENOTFOUND gateway',
    'Error: timeout',
  ])('are not confused with a line that fails: %s', reason => expect(isTargetFault(reason)).toBe(false))
})

describe('being too fast', () => {
  test('by a provider’s code pauses, alarms, and sends that very message when it is tried again', async () => {
    const world = createWorld()
    let isTooFast = true
    const chat: World['chat'] = {
      async say(...args) {
        if (isTooFast) throw new Error('WorkproErrorCode: 20001')
        return world.chat.say(...args)
      },
    }
    const { outbox, posting, states } = openOutbox(world, { chat })
    await outbox.start()
    await outbox.post(['甲', '乙'].map(group => posting('a', group)))
    await pass(world, 60)
    expect(await states('a')).toEqual(['甲 due', '乙 due'])
    expect(alarms(world).join()).toContain('发送已暂停：平台说发得太频繁')
    isTooFast = false
    await pass(world, 31 * 60, 10_000)
    await outbox.stop()
    expect(await states('a')).toEqual(['甲 sent', '乙 sent'])
    expect(alarms(world)).toEqual([])
  })

  test.each([
    ['操作过于频繁，可稍后再试。', true],
    ['<sysmsg type="x">操作过于频繁，请稍后再试</sysmsg>', true],
    ['操作太频繁，请稍后再试', true],
    ['您的操作过于频繁，请稍候重试！', true],
    ['操作频繁，请稍后再试。', true],
    ['操作过于频繁', true],
    ['发送消息过于频繁，可稍后再试。', true],
    ['消息发送太快了，请过一会儿再发', true],
    ['操作過於頻繁，請稍後再試', true],
    ['<sysmsg><![CDATA[ 操作过于频繁，请稍后再试 ]]></sysmsg>', true],
    ['You are operating too frequently. Try again later.', true],
    ['"操作过于频繁，可稍后再试。"加入了群聊', false],
    ['操作过于频繁，可稍后再试 邀请"李四"加入了群聊', false],
    ['张三修改群名为“操作过于频繁，可稍后再试。”', false],
    ['操作过于频繁是什么意思？', false],
    ['昨天微信说操作过于频繁，可稍后再试。怎么办', false],
  ])('is heard in %s: %s', (text, isNotice) => expect(isThrottleNotice(text)).toBe(isNotice))

  test('is a code of its own, not a part of another number', () => {
    expect(isThrottleFault('error 20001', ['20001'])).toBe(true)
    expect(isThrottleFault('room 120001@chatroom', ['20001'])).toBe(false)
    expect(isThrottleFault('Error: Too Many Requests', [])).toBe(true)
  })
})

describe('a line that is down', () => {
  test('burns no failures: what is due waits, goes out when it is back, and says why if it came too late', async () => {
    const world = createWorld()
    let isLineUp = false
    const { outbox, posting, states } = openOutbox(world, { isLineUp: () => isLineUp })
    await outbox.start()
    const soon = world.clock.now().add({ minutes: 5 })
    await outbox.post([posting('a', '甲', { notAfter: soon }), posting('a', '乙'), posting('a', '丙')])
    await pass(world, 10 * 60, 5000)
    expect(await states('a')).toEqual(['甲 expired', '乙 due', '丙 due'])
    expect((await outbox.deliveries('a'))[0]?.reason).toContain('线路断着')
    isLineUp = true
    await pass(world, 10)
    await outbox.stop()
    expect(await states('a')).toEqual(['甲 expired', '乙 sent', '丙 sent'])
    expect(world.alarms.list()).toEqual([])
  })

  test('that goes down just then has taken nothing: it is sent once, later', async () => {
    const world = createWorld()
    let isLineUp = true
    const chat: World['chat'] = {
      async say(...args) {
        if (isLineUp) return world.chat.say(...args)
        throw new LineDownError('down')
      },
    }
    const { outbox, posting, texts } = openOutbox(world, { chat })
    await outbox.start()
    isLineUp = false
    await outbox.post([posting('a', '甲')])
    await pass(world, 3)
    isLineUp = true
    await pass(world, 10)
    await outbox.stop()
    expect(texts()).toEqual(['a → 甲'])
  })
})

test.each(['before', 'after'])(
  'an echo that comes %s the fault of a message clears its alarm',
  async when => {
    const world = createWorld()
    const hearBack = () => outbox.echo({ messageId: '7', target: { groupId: '甲' }, text: 'a → 甲' })
    const chat: World['chat'] = {
      async say() {
        if (when === 'before') await hearBack()
        throw new Error('2 UNKNOWN: boom')
      },
    }
    const { outbox, posting, states } = openOutbox(world, { chat })
    await outbox.start()
    await outbox.post([posting('a', '甲')])
    await pass(world, 10)
    if (when === 'after') {
      expect(alarms(world)).toEqual([expect.stringContaining('「甲」有一条消息没有发出去')])
      await hearBack()
    }
    await outbox.stop()
    expect(await states('a')).toEqual(['甲 confirmed'])
    expect(alarms(world)).toEqual([])
  },
)
