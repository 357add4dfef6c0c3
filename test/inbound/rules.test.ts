import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { asOneMessage, burstWaits, isContinuation, shapeOf, waitMsFor } from '../../src/inbound/questions.ts'
import { createRateLimiter, createWindow } from '../../src/inbound/rate-limiter.ts'
import { asReceived, isStale, readableText, withBelievableTime } from '../../src/inbound/received.ts'
import { repliesOf } from '../../src/inbound/replies.ts'
import type { Message } from '../../src/ports/chat.ts'

const receivedAt = Temporal.Instant.from('2026-11-28T14:00:00+08:00')
const message = (more: Partial<Message> = {}): Message => ({
  id: 'a',
  groupId: '优空间',
  senderId: 'mei',
  senderName: '小美',
  text: '高企怎么报',
  mentionsBot: true,
  sentAt: receivedAt,
  receivedAt,
  ...more,
})

describe('the time of sending', () => {
  const read = (sentAt: string) =>
    withBelievableTime(message({ sentAt: Temporal.Instant.from(sentAt) })).sentAt
  test.each([
    ['2026-11-28T13:59:58+08:00', 'a moment ago'],
    ['2026-11-28T14:01:00+08:00', 'from a clock that is a minute ahead'],
    ['2026-11-26T14:00:00+08:00', 'two days ago, as lines that were down deliver late'],
  ])('%s is believed: %s', sentAt => {
    expect(read(sentAt).equals(Temporal.Instant.from(sentAt))).toBe(true)
  })
  test.each([
    ['1970-01-01T00:00:00Z', 'zero'],
    ['2000-01-01T00:00:00Z', 'from a clock that was never set'],
    ['2026-11-28T14:01:01+08:00', 'from the future'],
  ])('%s is not believed: %s', sentAt => {
    expect(read(sentAt).equals(receivedAt)).toBe(true)
  })
  test('makes a message stale when it is longer ago than that, and not before', () => {
    const sentAt = receivedAt.subtract({ minutes: 10 })
    expect(isStale({ sentAt }, receivedAt, 10)).toBe(false)
    expect(isStale({ sentAt }, receivedAt.add({ milliseconds: 1 }), 10)).toBe(true)
  })
})

describe('text', () => {
  test('is rid of what would break a table or the line, and of nothing else', () => {
    expect(readableText('签\u0000到\ud800\t好\n👨‍👩‍👧 \u202e反')).toBe('签到\ufffd 好\n👨‍👩‍👧 反')
  })
  test('is always fit to be carried, and reading it again changes nothing', () => {
    const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map(codes => String.fromCharCode(...codes))
    fc.assert(
      fc.property(anyUnits, text => {
        const once = asReceived(message({ text, senderName: text, groupName: text }))
        expect(once.text.isWellFormed()).toBe(true)
        expect(asReceived(once)).toEqual(once)
      }),
    )
  })
  test('that we repeat is cut before it is endless', () => {
    const [reply] = repliesOf(`没见过「${'👍'.repeat(50_000)}」`)
    expect(reply?.text?.length).toBeLessThanOrEqual(4000)
    expect(reply?.text?.isWellFormed()).toBe(true)
  })
})

describe('a question', () => {
  test.each([
    ['请问', 'opener'],
    ['请问一下', 'opener'],
    ['你好，想问个问题', 'opener'],
    ['在吗？', 'opener'],
    ['高企', 'topic'],
    ['科技型中小企业', 'topic'],
    ['高企怎么报', 'whole'],
    ['请问高企怎么报', 'whole'],
    ['怎么报', 'whole'],
    ['高企。', 'whole'],
    ['😂', 'whole'],
    ['', 'whole'],
    ['我们是做软件的一家小公司，去年刚成立，想了解一下', 'whole'],
  ] as const)('%s is taken for: %s', (text, shape) => {
    expect(shapeOf(text)).toBe(shape)
  })
  test('that is whole and comes alone never waits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        if (shapeOf(text) === 'whole') expect(waitMsFor([text], burstWaits)).toBe(0)
      }),
    )
  })
  test.each([
    [['请问'], 3000],
    [['高企'], 1200],
    [['请问', '高企'], 3000],
    [['请问', '高企', '怎么报'], 1200],
    [['请问', '高企', '怎么报？'], 0],
    [['请问', '高企怎么报吗'], 0],
    [Array.from({ length: 8 }, () => '请问'), 0],
    [['请问', '我'.repeat(41)], 0],
  ])('%s waits for %i ms', (pieces, ms) => {
    expect(waitMsFor(pieces, burstWaits)).toBe(ms)
  })
  test('never waits longer than three seconds, whatever the pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), pieces => {
        expect(waitMsFor(pieces, burstWaits)).toBeLessThanOrEqual(3000)
      }),
    )
  })
  test('goes on within three platform seconds, however late the pieces are delivered', () => {
    const later = (ms: number) => message({ sentAt: receivedAt.add({ milliseconds: ms }) })
    expect(isContinuation(message(), later(3999))).toBe(true)
    expect(isContinuation(message(), later(4000))).toBe(false)
  })
  test('in pieces is one text with a line each, under the last piece’s id', () => {
    const pieces = [message({ id: 'a', text: '请问' }), message({ id: 'b', text: '高企怎么报' })]
    expect(asOneMessage(pieces)).toMatchObject({ id: 'b', text: '请问\n高企怎么报' })
    expect(asOneMessage([])).toBeUndefined()
  })
})

type Limiter = ReturnType<typeof createRateLimiter>
function refuse(limiter: Limiter, asked: Message, at: Temporal.Instant) {
  const refused = limiter.check(asked, at)
  if (!refused) limiter.count(asked, at)
  return refused
}

describe('a flood', () => {
  const asks = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 })
  test('is answered at most as often as allowed within any minute, told once a minute, and the telling is true', () => {
    fc.assert(
      fc.property(asks, fc.integer({ min: 1, max: 8 }), (gaps, limit) => {
        const answered: number[] = []
        const told: number[] = []
        const flow = createWindow()
        let nowMs = 0
        for (const gap of gaps) {
          nowMs += gap
          const verdict = flow.judge(limit, nowMs)
          if (verdict === 'answer') answered.push(nowMs)
          if (verdict === 'tell') told.push(nowMs)
          if (verdict !== 'drop') flow[verdict](nowMs)
        }
        const within = (times: number[], at: number) =>
          times.filter(ms => ms > at - 60_000 && ms <= at).length
        for (const at of answered) expect(within(answered, at)).toBeLessThanOrEqual(limit)
        for (const at of told) expect(within(told, at)).toBe(1)
        // A minute after the telling the next question is answered.
        for (const at of told) {
          const then = createWindow()
          for (const ms of answered) if (ms <= at) then.answer(ms)
          then.tell(at)
          expect(then.judge(limit, at + 60_000)).toBe('answer')
        }
      }),
    )
  })
  test('locks no one out when the clock is put back', () => {
    const flow = createWindow()
    for (let n = 0; n < 3; n += 1) flow.answer(1e9)
    expect(flow.judge(3, 1e9)).toBe('tell')
    expect(flow.judge(3, 1e9 - 3_600_000)).toBe('answer')
  })
  test('is counted as if all answers were looked at anew, on whatever clock', () => {
    const steps = fc.array(fc.integer({ min: -90_000, max: 90_000 }), { maxLength: 40 })
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 8 }), (gaps, limit) => {
        const flow = createWindow()
        let counted: number[] = []
        let nowMs = 1e9
        for (const gap of gaps) {
          nowMs += gap
          counted = counted.filter(ms => Math.abs(nowMs - ms) < 60_000)
          expect(flow.judge(limit, nowMs) === 'answer').toBe(counted.length < limit)
          if (counted.length >= limit) continue
          flow.answer(nowMs)
          counted.push(nowMs)
        }
      }),
    )
  })
  test('of one person is no other’s, and of one group no other’s', () => {
    const floods = createRateLimiter({ perPersonPerMinute: 2, perGroupPerMinute: 3 })
    const ask = (senderId: string, groupId: string) =>
      refuse(floods, message({ senderId, groupId }), receivedAt)
    expect([ask('mei', 'a'), ask('mei', 'b')]).toEqual([undefined, undefined])
    expect(ask('mei', 'a')).toEqual([{ text: expect.stringContaining('1 分钟后再问我'), mention: ['mei'] }])
    expect(ask('mei', 'a')).toEqual([])
    // Group a has had one answer and one telling: one more, and it is full.
    expect(ask('zhang', 'a')).toBeUndefined()
    expect(ask('zhang', 'a')).toEqual([{ text: expect.stringContaining('1 分钟后再问我') }])
    expect(ask('li', 'a')).toEqual([])
    expect(ask('li', 'b')).toBeUndefined()
  })
  test('in private counts for the person alone', () => {
    const floods = createRateLimiter({ perPersonPerMinute: 1, perGroupPerMinute: 1 })
    const { groupId: _, ...alone } = message()
    expect(refuse(floods, alone, receivedAt)).toBeUndefined()
    expect(refuse(floods, { ...alone, senderId: 'zhang' }, receivedAt)).toBeUndefined()
    expect(refuse(floods, alone, receivedAt)).toEqual([{ text: expect.stringContaining('问得有点快') }])
  })
})
