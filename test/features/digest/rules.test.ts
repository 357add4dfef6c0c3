import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../src/feature.ts'
import type { Broadcast, BroadcastContent } from '../../../src/features/digest/broadcast/records.ts'
import {
  applyBroadcastEvent,
  type BroadcastEvent,
  isApproved,
  proposalSealOf,
  sealOf,
} from '../../../src/features/digest/broadcast/state-machine.ts'
import { sendableUntil } from '../../../src/features/digest/content/validity.ts'
import type { RecordedActor } from '../../../src/ports/actor.ts'

const at = Temporal.Instant.from('2026-11-27T16:00:00+08:00')
const people: RecordedActor[] = ['甲', '乙', '丙'].map(name => ({ id: name, name }))
const contentOf = (text: string, groups: string[]): BroadcastContent => ({
  text,
  parts: [text],
  items: [],
  groups: groups.map(id => ({ id, name: id, form: 'text' })),
  reminders: [],
})
const begun: Broadcast = {
  ...contentOf('最初的正文', ['一群']),
  number: 1,
  revision: 1,
  kind: 'notice',
  title: '通知',
  state: 'draft',
  targets: '全部',
  isPaused: false,
  createdAt: at.toString(),
  changedAt: at.toString(),
  author: { id: '甲', name: '甲' },
}

const person = fc.constantFrom(...people)
const content = fc.record({
  text: fc.constantFrom('正文', '正文。', '别的'),
  groups: fc.subarray(['一群', '二群']),
})
const sendTime = fc.constantFrom(
  undefined,
  '2026-11-27T02:00:00Z',
  '2026-11-27T03:00:00Z',
  '2026-11-27T15:59:00Z',
  '2026-11-27T16:01:00Z',
  '2026-11-28T02:00:00Z',
)
/** Whatever people, the clock and a lagging page may do; the seal is of a revision that a person once saw. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('edited'), by: person, content }),
  fc.record({ kind: fc.constant('approved'), by: person, seen: fc.nat(6), wasSeenByAuthor: fc.boolean() }),
  fc.record({ kind: fc.constant('rejected'), by: person }),
  fc.record({
    kind: fc.constantFrom('submitted', 'queued', 'posted', 'expired', 'paused', 'resumed'),
  }),
  fc.record({ kind: fc.constant('rescheduled'), sendAt: sendTime }),
  fc.record({ kind: fc.constant('cancelled'), by: person }),
)
type Happening = {
  kind: string
  by?: RecordedActor
  content?: { text: string; groups: string[] }
  seen?: number
  wasSeenByAuthor?: boolean
  sendAt?: string | undefined
}

function eventOf(one: Happening, seals: readonly string[], mayBeAuthor: boolean): BroadcastEvent {
  const by = one.by ?? { id: '甲', name: '甲' }
  switch (one.kind) {
    case 'edited':
      return { kind: 'edited', by, content: contentOf(one.content?.text ?? '', one.content?.groups ?? []) }
    case 'approved':
      return {
        kind: 'approved',
        by,
        identities: new Set([by.id]),
        seal: seals.at(-1 - (one.seen ?? 0)) ?? '',
        wasSeenByAuthor: one.wasSeenByAuthor ?? false,
        mayBeAuthor,
      }
    case 'rejected':
      return { kind: 'rejected', by, reason: '不好' }
    case 'queued':
      return { kind: 'queued', sendableUntil: at.toString() }
    case 'cancelled':
      return { kind: 'cancelled', by }
    case 'rescheduled':
      return { kind: 'rescheduled', sendAt: one.sendAt, goesAt: one.sendAt ?? at.toString() }
    default:
      return { kind: one.kind as 'submitted' | 'posted' | 'expired' | 'paused' | 'resumed' }
  }
}

const localDay = (time: string) =>
  Temporal.Instant.from(time).toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()

/** The approver, the last author, and those who agreed before. */
const readersOf = ({ author, agreed = [] }: Broadcast, approver: RecordedActor) => [
  ...new Set([approver, ...(author ? [author] : []), ...agreed.map(({ by }) => by)].map(({ id }) => id)),
]

test('no path sends an unapproved revision, or one approved by its author alone; and none sends twice or at another time', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), fc.boolean(), (path, mayBeAuthor) => {
      let now = begun
      let sent = 0
      let approvedBy: RecordedActor | undefined
      const seals = [proposalSealOf(begun)]
      let approvedFor = ''
      for (const one of path) {
        const event = eventOf(one, seals, mayBeAuthor)
        let next: Broadcast
        try {
          next = applyBroadcastEvent(now, event, at)
        } catch (cause) {
          expect(cause).toBeInstanceOf(Refusal)
          continue
        }
        if (event.kind === 'approved') {
          expect(event.seal).toBe(proposalSealOf(now))
          if (next.state === 'review') expect(next.agreed?.at(-1)?.by).toEqual(event.by)
          else {
            approvedBy = event.by
            approvedFor = now.sendAt ?? at.toString()
            if (!mayBeAuthor) expect(readersOf(next, event.by).length).toBeGreaterThanOrEqual(2)
          }
        }
        if (event.kind === 'edited' && sealOf(next) !== sealOf(now)) {
          expect(next.state).not.toBe('approved')
          expect(next.approval).toBeUndefined()
          approvedBy = undefined
        }
        if (event.kind === 'rejected') approvedBy = undefined
        if (event.kind === 'queued') {
          sent += 1
          expect(isApproved(next)).toBe(true)
          expect(approvedBy).toBeDefined()
          const goesAt = next.sendAt ?? at.toString()
          expect([localDay(goesAt), goesAt >= approvedFor]).toEqual([localDay(approvedFor), true])
          if (!mayBeAuthor && approvedBy) expect(readersOf(next, approvedBy).length).toBeGreaterThanOrEqual(2)
        }
        now = next
        seals.push(proposalSealOf(now))
      }
      expect(sent).toBeLessThanOrEqual(1)
      if (now.state === 'queued' || now.state === 'posted') expect(sent).toBe(1)
    }),
    { numRuns: 2000 },
  )
})

describe('what was approved', () => {
  const content: BroadcastContent = {
    ...contentOf('正文', ['一群', '二群']),
    items: [{ id: 'a', revision: 1, what: '' }],
    reminders: [{ on: '2026-12-07', items: [], text: '3 天后截止' }],
  }
  test.each<[string, Partial<BroadcastContent>]>([
    ['one character', { parts: ['正文。'] }],
    ['one group', { groups: content.groups.slice(1) }],
    ['a form', { groups: content.groups.map(group => ({ ...group, form: 'picture' })) }],
    ['a picture', { picture: 'abc' }],
    ['an item', { items: [{ id: 'a', revision: 2, what: '' }] }],
    ['a reminder', { reminders: [] }],
  ])('is another with %s changed', (_, change) => {
    expect(sealOf({ ...content, ...change })).not.toBe(sealOf(content))
  })
  test('is the same when a group was renamed, or they are listed otherwise', () => {
    const groups = [...content.groups].reverse().map(group => ({ ...group, name: '新名字' }))
    expect(sealOf({ ...content, groups })).toBe(sealOf(content))
  })
})

test('nothing is sendable past the last day of any of its items', () => {
  const end = '2026-11-27T17:00:00+08:00'
  expect(sendableUntil(at, 120, end)?.toString()).toBe('2026-11-27T09:00:00Z')
  expect(sendableUntil(at, 30, end)?.toString()).toBe('2026-11-27T08:30:00Z')
  expect(sendableUntil(at.add({ hours: 2 }), 30, end)).toBeUndefined()
})
