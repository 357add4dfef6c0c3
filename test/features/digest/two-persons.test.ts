import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { isOffice } from '../../../src/approval.ts'
import { Refusal } from '../../../src/feature.ts'
import type { Broadcast } from '../../../src/features/digest/broadcast/records.ts'
import { applyBroadcastEvent, proposalSealOf } from '../../../src/features/digest/broadcast/state-machine.ts'
import type { RecordedActor } from '../../../src/ports/actor.ts'

const at = Temporal.Instant.from('2026-11-27T16:00:00+08:00')
const office: RecordedActor = { id: 'office:password', name: '组织者' }
const people = ['甲', '乙', '丙']
const actorOf = (person: string, isShared: boolean): RecordedActor =>
  isShared ? office : { id: person, name: person }

type Deed = {
  kind: 'write' | 'replace' | 'look' | 'approve' | 'file'
  person: string
  isShared: boolean
}
const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom('write', 'replace', 'look', 'approve', 'approve', 'file'),
  person: fc.constantFrom(...people),
  isShared: fc.boolean(),
})

/** One broadcast, with the persons who really had each of its sentences before them. */
function createModel(person: string, isShared: boolean) {
  const by = actorOf(person, isShared)
  const seenBy = new Map<string, Set<string>>([['第0句', new Set([person])]])
  const shown = new Map<string, string>()
  let count = 0
  let now: Broadcast = {
    ...{ text: '第0句', parts: ['第0句'], items: [], groups: [], reminders: [] },
    ...{ number: 1, revision: 1, kind: 'notice', title: '通知', state: 'review', targets: '全部' },
    ...{ isPaused: false, createdAt: at.toString(), changedAt: at.toString(), author: by, authors: [by] },
  }

  const look = (who: string, actor: RecordedActor) => {
    for (const sentence of now.parts) seenBy.get(sentence)?.add(who)
    shown.set(actor.id, proposalSealOf(now))
  }
  const write = (who: string, actor: RecordedActor, parts: (fresh: string) => string[]) => {
    const fresh = `第${++count}句`
    seenBy.set(fresh, new Set([who]))
    const content = { ...now, parts: parts(fresh) }
    now = applyBroadcastEvent(now, { kind: 'edited', by: actor, content }, at)
  }

  return {
    do({ kind, person: who, isShared: shared }: Deed) {
      const actor = actorOf(who, shared)
      if (kind === 'look') look(who, actor)
      // A file, or a sentence added by a person who was not shown the rest.
      if (kind === 'write' || kind === 'file') write(who, actor, fresh => [...now.parts, fresh])
      if (kind === 'replace') write(who, actor, fresh => [fresh])
      if (kind !== 'approve') return
      look(who, actor)
      const last = now.authors?.at(-1)?.id ?? ''
      const wasSeenByAuthor = shown.get(last) === proposalSealOf(now)
      const seal = proposalSealOf(now)
      const event = { kind: 'approved', by: actor, identities: new Set([actor.id]), seal } as const
      now = applyBroadcastEvent(now, { ...event, wasSeenByAuthor, mayBeAuthor: false }, at)
    },
    state: () => now.state,
    readers: () => now.parts.map(sentence => seenBy.get(sentence) ?? new Set<string>()),
    approve(person: string) {
      this.do({ kind: 'approve', person, isShared: false })
    },
  }
}

function ignoringRefusals(work: () => void): void {
  try {
    work()
  } catch (cause) {
    expect(cause).toBeInstanceOf(Refusal)
  }
}

test('whatever the order of edits and approvals, by name or through the shared log-in, two persons had every sentence before them', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 30 }), deed, (deeds, first) => {
      const model = createModel(first.person, first.isShared)
      for (const one of deeds) {
        ignoringRefusals(() => model.do(one))
        if (model.state() !== 'approved') continue
        for (const readers of model.readers()) expect(readers.size).toBeGreaterThanOrEqual(2)
        return
      }
    }),
    { numRuns: 3000 },
  )
})

test('two organizers are never locked out: each approves once', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 20 }), deed, (deeds, first) => {
      const model = createModel(first.person, first.isShared)
      for (const one of deeds)
        if (one.kind !== 'approve') model.do({ ...one, person: one.person === '丙' ? '甲' : one.person })
      for (const person of ['甲', '乙', '甲'])
        if (model.state() === 'review') ignoringRefusals(() => model.approve(person))
      expect(model.state()).toBe('approved')
    }),
    { numRuns: 2000 },
  )
})

test('the shared log-in approves nothing', () => {
  const model = createModel('甲', false)
  expect(() => model.do({ kind: 'approve', person: '乙', isShared: true })).toThrow('公用登录')
  expect(isOffice(office)).toBe(true)
})
