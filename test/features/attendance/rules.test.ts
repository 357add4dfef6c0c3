import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { gatherReceipt, markPosted, unpostedReceipt } from '../../../src/features/attendance/receipts.ts'
import type { Lesson } from '../../../src/features/attendance/records.ts'
import {
  askLeave,
  closeEarly,
  correct,
  phaseOf,
  sentAtOf,
  signIn,
  standingOf,
  tallyOf,
} from '../../../src/features/attendance/rules.ts'

const start = Temporal.Instant.from('2026-11-28T14:00:00+08:00')
const atMinute = (minutes: number) => start.add({ seconds: Math.round(minutes * 60) })

const lesson: Lesson = {
  id: '20261128-abcdef',
  title: '周末微党课',
  groupIds: ['g'],
  startsAt: start.toString(),
  endsAt: atMinute(90).toString(),
  opensBeforeMinutes: 15,
  lateAfterMinutes: 10,
  openedByName: '陈姐',
  openedAt: atMinute(-60).toString(),
  isTallyPosted: false,
  misses: {},
  checkIns: {},
  notices: [],
  receipts: [],
}

type Said = { by: number; minute: number; reason?: string }
const said: fc.Arbitrary<Said> = fc.record(
  {
    by: fc.integer({ min: 0, max: 6 }),
    minute: fc.integer({ min: -15, max: 120 }),
    reason: fc.constantFrom('出差', '生病', '带孩子'),
  },
  { requiredKeys: ['by', 'minute'] },
)

function hear(now: Lesson, { by, minute, reason }: Said): Lesson {
  const who = { memberId: `m${by}`, name: `创客${by}`, groupId: 'g' }
  return reason === undefined
    ? signIn(now, who, atMinute(minute))
    : askLeave(now, who, { at: atMinute(minute), reason })
}

const namesOf = (now: Lesson) => {
  const { attended, ...lists } = tallyOf(now)
  return { attended, ...Object.fromEntries(Object.entries(lists).map(([state, people]) => [state, people])) }
}

describe('for any messages', () => {
  test('order, repetition and delay change nothing in the tally', () => {
    const heard = fc
      .array(said, { maxLength: 30 })
      .chain(messages =>
        fc.tuple(
          fc.constant(messages),
          fc.shuffledSubarray([...messages, ...messages], { minLength: messages.length * 2 }),
        ),
      )
    fc.assert(
      fc.property(heard, ([inOrder, shuffledTwice]) => {
        expect(namesOf(shuffledTwice.reduce(hear, lesson))).toEqual(namesOf(inOrder.reduce(hear, lesson)))
      }),
    )
  })

  test('closing early gives the same tally, whether a sign-in arrives before it or after', () => {
    const minutes = fc.integer({ min: 0, max: 89 })
    fc.assert(
      fc.property(fc.array(said, { maxLength: 20 }), minutes, fc.nat(20), (messages, closedAt, cut) => {
        const close = (now: Lesson) => closeEarly(now, atMinute(closedAt))
        const between = [...messages.slice(0, cut), 'close' as const, ...messages.slice(cut)]
        const step = (now: Lesson, one: Said | 'close') => (one === 'close' ? close(now) : hear(now, one))
        expect(namesOf(between.reduce(step, lesson))).toEqual(namesOf(close(messages.reduce(hear, lesson))))
      }),
    )
  })

  test('everybody is in exactly one list', () => {
    fc.assert(
      fc.property(fc.array(said), messages => {
        const { attended, present, late, leave, absent, tried } = tallyOf(messages.reduce(hear, lesson))
        const named = [...present, ...late, ...leave, ...absent, ...tried].map(one => one.memberId)
        expect(new Set(named).size).toBe(named.length)
        expect(named.length).toBe(new Set(messages.map(one => one.by)).size)
        expect(attended).toBe(present.length + late.length)
      }),
    )
  })

  test('receipts tell every notice once, whenever they are gathered and even when one is posted again', () => {
    const steps = fc.array(fc.oneof(said, fc.constantFrom('gather' as const, 'post' as const)), {
      maxLength: 60,
    })
    const gather = (now: Lesson) => gatherReceipt(now, 'g')
    const post = (now: Lesson) => markPosted(now, unpostedReceipt(now, 'g') ?? 0)
    fc.assert(
      fc.property(steps, all => {
        const heard = all.reduce<Lesson>((now, step) => {
          if (step === 'gather') return gather(now)
          return step === 'post' ? post(now) : hear(now, step)
        }, lesson)
        const told = post(gather(post(heard)))
        expect(told.notices.every(notice => notice.receipt > 0)).toBe(true)
        expect(told.receipts.every(receipt => receipt.isPosted)).toBe(true)
        const things = told.notices.map(({ memberId, about }) => `${memberId} ${about}`)
        expect(new Set(things).size).toBe(things.length)
      }),
    )
  })

  test('the last correction counts, whatever is said before or after', () => {
    const verdict = fc.constantFrom('present' as const, 'late' as const, 'leave' as const, 'absent' as const)
    fc.assert(
      fc.property(fc.array(said), verdict, fc.array(said), (before, to, later) => {
        const who = { memberId: 'm0', name: '创客0' }
        const corrected = correct(before.reduce(hear, lesson), who, {
          to,
          at: atMinute(5).toString(),
          byName: '陈姐',
        })
        const end = later.reduce(hear, corrected)
        const checkIn = end.checkIns.m0
        expect(checkIn && standingOf(end, checkIn)?.state).toBe(to)
      }),
    )
  })
})

describe('the window', () => {
  test.each([
    [-15.02, 'upcoming'],
    [-15, 'open'],
    [0, 'open'],
    [90, 'open'],
    [90.02, 'over'],
  ])('%d minutes from the start it is %s', (minute, phase) =>
    expect(phaseOf(lesson, atMinute(minute))).toBe(phase),
  )

  test.each([
    [-15, { state: 'present' }],
    [10, { state: 'present' }],
    [10.02, { state: 'late', lateMinutes: 10 }],
    [89.5, { state: 'late', lateMinutes: 89 }],
    [90.02, { state: 'tried' }],
  ])('a sign-in at minute %d is %j', (minute, expected) => {
    const signed = hear(lesson, { by: 1, minute })
    const checkIn = signed.checkIns.m1
    expect(checkIn && standingOf(signed, checkIn)).toEqual(expected)
  })
})

test('when something was sent is believed unless it is more than a minute ahead', () => {
  const receivedAt = atMinute(0)
  const read = (sentAt: Temporal.Instant) => sentAtOf({ sentAt, receivedAt }).toString()
  expect(read(atMinute(-23 * 60))).toBe(atMinute(-23 * 60).toString())
  expect(read(atMinute(1))).toBe(atMinute(1).toString())
  expect(read(atMinute(1.1))).toBe(receivedAt.toString())
  expect(read(atMinute(-3 * 24 * 60))).toBe(atMinute(-3 * 24 * 60).toString())
})
