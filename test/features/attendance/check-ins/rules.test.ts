import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import {
  askLeave,
  correct,
  decideMakeUp,
  makeUp,
  makeUpVersion,
  signIn,
} from '../../../../src/features/attendance/check-ins/check-in.ts'
import { nextReceipt, noticesOf } from '../../../../src/features/attendance/check-ins/receipts.ts'
import { type LessonPerson, statusOf, tallyOf } from '../../../../src/features/attendance/check-ins/rules.ts'
import { askForCode, codeAt, dropCode } from '../../../../src/features/attendance/lessons/codes.ts'
import type {
  CheckIn,
  Receipt,
} from '../../../../src/features/attendance/lessons/records/check-in-records.ts'
import type { Lesson } from '../../../../src/features/attendance/lessons/records/records.ts'
import {
  closeEarly,
  phaseOf,
  sentAtOf,
  withOutages,
} from '../../../../src/features/attendance/lessons/window.ts'
import { attendee, lessonAt } from '../lessons.ts'

const start = Temporal.Instant.from('2026-11-28T14:00:00+08:00')
const atMinute = (minutes: number) => start.add({ seconds: Math.round(minutes * 60) })
const over = atMinute(24 * 60)
const lesson = lessonAt('2026-11-28T14:00:00+08:00')
const members = 7

/** A lesson with its people, as far as they said something. */
type Heard = { lesson: Lesson; people: ReadonlyMap<string, CheckIn> }
const silent: Heard = { lesson, people: new Map() }

type Said = { by: number; minute: number; reason?: string; learnt?: string; code?: string }
const said: fc.Arbitrary<Said> = fc.record(
  {
    by: fc.integer({ min: 0, max: members - 1 }),
    minute: fc.integer({ min: -15, max: 120 }),
    reason: fc.constantFrom('出差', '生病', '带孩子'),
    learnt: fc.constantFrom('懂了加计扣除', '懂了高企'),
  },
  { requiredKeys: ['by', 'minute'] },
)

function hear({ lesson: now, people }: Heard, { by, minute, reason, learnt, code }: Said): Heard {
  const who = { memberId: `m${by}`, name: `创客${by}`, groupId: 'g' }
  const known = people.get(who.memberId)
  const at = atMinute(minute).toString()
  const next = () => {
    if (reason !== undefined) return askLeave(now, known, { who, leave: { at, reason } })
    if (learnt !== undefined) return makeUp(now, known, { who, said: { at, words: learnt } })
    return signIn(now, known, { who, said: { at, ...(code === undefined ? {} : { code }) } }).checkIn
  }
  return { lesson: now, people: new Map([...people, [who.memberId, next()]]) }
}

/** Those with even numbers are expected. */
function heldOf({ lesson: now, people }: Heard) {
  const everybody = Array.from({ length: members }, (_, n): LessonPerson => {
    const checkIn = people.get(`m${n}`)
    const one = attendee({ memberId: `m${n}`, name: `创客${n}` }, { isExpected: n % 2 === 0 })
    const { checkIn: _none, ...nobody } = one
    return checkIn ? { ...one, checkIn } : nobody
  })
  return { lesson: now, people: everybody }
}

/** Every list of the tally, without what groups were told. */
function tallied(heard: Heard) {
  const { expected, attended, ...lists } = tallyOf(heldOf(heard), over)
  const plain = Object.entries(lists).map(([state, rows]) => [
    state,
    rows.map(({ memberId, standing, checkIn }) => ({
      memberId,
      standing,
      tries: checkIn?.tries,
      leave: checkIn?.leave,
      makeUp: checkIn?.makeUp,
    })),
  ])
  return { expected, attended, ...Object.fromEntries(plain) }
}

const shuffledTwice = (one: fc.Arbitrary<Said>) =>
  fc
    .array(one, { maxLength: 30 })
    .chain(messages =>
      fc.tuple(
        fc.constant(messages),
        fc.shuffledSubarray([...messages, ...messages], { minLength: messages.length * 2 }),
      ),
    )

describe('for any messages', () => {
  test('order, repetition and delay change nothing in the tally', () => {
    fc.assert(
      fc.property(shuffledTwice(said), ([inOrder, shuffled]) => {
        expect(tallied(shuffled.reduce(hear, silent))).toEqual(tallied(inOrder.reduce(hear, silent)))
      }),
    )
  })

  test('nor where a code is asked for, however many wrong ones come in whatever order', () => {
    const coded = dropCode(askForCode(lesson, atMinute(-5)), atMinute(60))
    const secret = coded.codes?.secret ?? ''
    const digits = (minute: number) =>
      codeAt({ ...lesson, codes: { secret, spans: [{ from: lesson.openedAt }] } }, atMinute(minute)) ?? ''
    const tried = fc
      .record({ by: fc.nat(2), minute: fc.integer({ min: -15, max: 95 }), kind: fc.nat(2) })
      .map(
        ({ by, minute, kind }): Said =>
          kind === 0
            ? { by, minute }
            : { by, minute, code: kind === 1 ? digits(minute) : digits(minute - 7) },
      )
    fc.assert(
      fc.property(shuffledTwice(tried), ([inOrder, shuffled]) => {
        const from = { ...silent, lesson: coded }
        expect(tallied(shuffled.reduce(hear, from))).toEqual(tallied(inOrder.reduce(hear, from)))
      }),
    )
  })

  test('closing early, asking for a code and a gap give the same tally, whether before a sign-in or after', () => {
    const minutes = fc.integer({ min: 0, max: 89 })
    const deeds: ((now: Lesson, minute: number) => Lesson)[] = [
      (now, minute) => closeEarly(now, atMinute(minute)),
      (now, minute) => ({
        ...now,
        codes: { secret: 's', spans: [{ from: atMinute(minute).toString() }] },
      }),
      (now, minute) =>
        withOutages(now, [{ from: atMinute(minute - 3).toString(), to: atMinute(minute).toString() }]),
    ]
    fc.assert(
      fc.property(
        fc.array(said, { maxLength: 20 }),
        minutes,
        fc.nat(20),
        fc.constantFrom(...deeds),
        (messages, minute, cut, deed) => {
          const act = (now: Heard) => ({ ...now, lesson: deed(now.lesson, minute) })
          const early = messages.slice(0, cut).reduce(hear, silent)
          const between = messages.slice(cut).reduce(hear, act(early))
          expect(tallied(between)).toEqual(tallied(act(messages.reduce(hear, silent))))
        },
      ),
    )
  })

  test('everybody expected or heard is in exactly one list, and the lists add up to 应到', () => {
    fc.assert(
      fc.property(fc.array(said), fc.boolean(), (messages, isDeaf) => {
        const span = { from: start.toString(), to: atMinute(3).toString() }
        const heard = messages.reduce(hear, {
          ...silent,
          lesson: isDeaf ? withOutages(lesson, [span]) : lesson,
        })
        const { attended, expected, ...lists } = tallyOf(heldOf(heard), over)
        const rows = Object.values(lists).flat()
        expect(new Set(rows.map(({ memberId }) => memberId)).size).toBe(rows.length)
        expect(rows.filter(({ isExpected }) => isExpected)).toHaveLength(expected)
        expect(lists.tried.filter(({ isExpected }) => isExpected)).toEqual([])
        expect(attended).toBe(lists.present.length + lists.late.length)
        expect(isDeaf ? lists.absent : lists.unverified).toEqual([])
      }),
    )
  })

  test('receipts tell every notice once, whenever they are gathered and even when one is posted again', () => {
    const steps = fc.array(fc.oneof(said, fc.constantFrom('gather' as const, 'post' as const)), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(steps, all => {
        let heard = silent
        const receipts = new Map<number, Receipt>()
        const next = () =>
          nextReceipt(noticesOf([...heard.people.values()]), [...receipts.values()], {
            groupId: 'g',
            at: start,
          })
        const keep = (isPosted: boolean) => {
          const receipt = next()
          if (receipt) receipts.set(receipt.number, { ...receipt, isPosted })
        }
        for (const step of all) {
          if (step === 'gather' || step === 'post') keep(step === 'post')
          else heard = hear(heard, step)
        }
        while (next()) keep(true)
        const told = [...receipts.values()].flatMap(({ notices }) => notices)
        const things = told.map(notice => JSON.stringify(notice))
        expect(new Set(things).size).toBe(things.length)
        expect(new Set(things)).toEqual(
          new Set(noticesOf([...heard.people.values()]).map(notice => JSON.stringify(notice))),
        )
      }),
    )
  })

  test('the last correction counts, whatever is said before or after', () => {
    const verdict = fc.constantFrom(...(['present', 'late', 'leave', 'absent', 'made-up'] as const))
    fc.assert(
      fc.property(fc.array(said), verdict, fc.array(said), (before, to, later) => {
        const who = { memberId: 'm0', name: '创客0' }
        const heard = before.reduce(hear, silent)
        const correction = { to, at: atMinute(5).toString(), byName: '陈姐' }
        const earlier = { to: 'absent' as const, at: atMinute(4).toString(), byName: '林姐' }
        const decided = correct(correct(heard.people.get('m0'), who, correction), who, earlier)
        const end = later.reduce(hear, { ...heard, people: new Map([...heard.people, ['m0', decided]]) })
        const checkIn = end.people.get('m0')
        expect(checkIn && statusOf(lesson, { checkIn, isExpected: true }, over)?.state).toBe(to)
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

  const stateAt = (minute: number, now = lesson) => {
    const checkIn = hear({ ...silent, lesson: now }, { by: 1, minute }).people.get('m1')
    return checkIn && statusOf(now, { checkIn, isExpected: false }, over)
  }
  test.each([
    [-15, { state: 'present' }],
    [10, { state: 'present' }],
    [10.02, { state: 'late', lateMinutes: 10 }],
    [89.5, { state: 'late', lateMinutes: 89 }],
    [90.02, { state: 'tried' }],
  ])('a sign-in at minute %d is %j', (minute, expected) => {
    expect(stateAt(minute)).toEqual(expected)
  })

  test('who signs in again soon after a gap in the punctual minutes is on time', () => {
    const span = (from: number, to: number) => [
      { from: atMinute(from).toString(), to: atMinute(to).toString() },
    ]
    expect(stateAt(18, withOutages(lesson, span(5, 11)))).toEqual({ state: 'present' })
    expect(stateAt(18.02, withOutages(lesson, span(5, 11)))?.state).toBe('late')
    expect(stateAt(22, withOutages(lesson, span(15, 20)))?.state).toBe('late')
  })
})

describe('an expected member who did not sign in', () => {
  const missing = { isExpected: true }
  const gap = { from: atMinute(2).toString(), to: atMinute(4).toString() }
  test('is awaited until the end and absent after it', () => {
    expect(statusOf(lesson, missing, atMinute(30))?.state).toBe('awaited')
    expect(statusOf(lesson, missing, over)?.state).toBe('absent')
  })
  test('is unverified after a gap, until an organizer has looked', () => {
    const touched = withOutages(lesson, [gap])
    expect(statusOf(touched, missing, over)?.state).toBe('unverified')
    const verified = { at: over.toString(), byName: '陈姐' }
    expect(statusOf({ ...touched, verified }, missing, over)?.state).toBe('absent')
  })
  test('may make it up, which counts once it is confirmed', () => {
    const who = { memberId: 'm1', name: '创客1' }
    const said = { at: over.toString(), words: '懂了加计扣除' }
    const seen = makeUpVersion(said)
    const sent = makeUp(lesson, undefined, { who, said })
    expect(statusOf(lesson, { checkIn: sent, isExpected: true }, over)?.state).toBe('absent')
    const decide = (isConfirmed: boolean) =>
      decideMakeUp(sent, { isConfirmed, at: over.toString(), byName: '陈姐', seen })
    const stateOf = (checkIn: CheckIn) => statusOf(lesson, { checkIn, isExpected: true }, over)?.state
    expect(stateOf(decide(true))).toBe('made-up')
    expect(stateOf(decide(false))).toBe('absent')
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
