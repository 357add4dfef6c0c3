import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createMemoryStore } from '../../src/adapters/memory.ts'
import type { AuditPolicy } from '../../src/audit/changes.ts'
import { type AuditEntry, verifyChain } from '../../src/audit/line.ts'
import { openAudit } from '../../src/audit/trail.ts'
import type { AuditedAction } from '../../src/ports/audit.ts'
import type { Store } from '../../src/ports/store.ts'
import { createWorld } from '../conversation.ts'

const policy: AuditPolicy = {
  ignored: new Set(['ballots']),
  observed: { people: ['+', 'seenAt'] },
  quoted: new Set(['roles']),
}
const Book = z.object({ title: z.string(), pages: z.number(), tags: z.array(z.string()).default([]) })

function open(store: Store = createMemoryStore()) {
  const { clock, alarms } = createWorld()
  const audit = openAudit({ store, clock, alarms, policy })
  const watched = audit.watching(store)
  return { audit, clock, alarms, store, watched, books: watched.collection('books', Book) }
}

const mei: AuditedAction = {
  by: { id: 'wx-mei', name: '林小美' },
  road: 'console',
  from: '10.1.2.3',
  what: 'POST /books',
}
const book = { title: '账', pages: 1, tags: [] }
const from = { number: 0, hash: '0'.repeat(64) }

test('a deed is one line with ids, road and field names, and no personal value', async () => {
  const { audit, books } = open()
  await audit.trail.watch(mei, async () => {
    await books.update('a/1', () => book)
    await books.update('a/2', () => book)
    await books.update('a/1', now => now && { ...now, pages: 2 })
    await books.update('a/2', () => undefined)
  })
  const [entry, ...more] = await audit.log.read()
  expect(more).toEqual([])
  expect(entry?.line).toMatchObject({
    number: 1,
    at: '2026-11-28T05:00:00Z',
    kind: 'deed',
    who: expect.stringMatching(/^p-[0-9a-f]{10}$/),
    road: 'console',
    what: 'POST /books',
    changes: [
      { record: 'books', change: 'added', fields: [], count: 2 },
      { record: 'books', change: 'changed', fields: ['pages'], count: 1 },
      { record: 'books', change: 'removed', fields: [], count: 1 },
    ],
  })
  expect(JSON.stringify(entry?.line)).not.toMatch(/林小美|wx-mei|10\.1\.2\.3|a\/1/)
  expect(entry?.detail).toMatchObject({
    actor: { value: { id: 'wx-mei', name: '林小美', from: '10.1.2.3' } },
    objects: { value: ['books/a/1', 'books/a/2'] },
  })
})

test('what changes nothing, is observed, ignored, or done by the program itself, leaves no line', async () => {
  const { audit, books, watched } = open()
  await books.update('a/1', () => book)
  const people = watched.collection('people', z.object({ name: z.string(), seenAt: z.string() }))
  let later = Promise.resolve<unknown>(undefined)
  await audit.trail.watch(mei, async () => {
    await books.update('a/1', now => now)
    await books.update('a/3', () => undefined)
    await people.update('p/1', () => ({ name: 'x', seenAt: '1' }))
    await people.update('p/1', now => now && { ...now, seenAt: '2' })
    await watched
      .collection('ballots', z.object({ choice: z.string() }))
      .update('b/1', () => ({ choice: 'yes' }))
    later = new Promise(resolve => setImmediate(resolve)).then(() => books.update('a/9', () => book))
  })
  await later
  expect(await audit.log.read()).toEqual([])
  await audit.trail.watch(mei, () => people.update('p/1', now => now && { ...now, name: 'y' }))
  expect(await audit.log.read()).toHaveLength(1)
})

test('a deed that fails after it changed something is recorded, and still fails', async () => {
  const { audit, books } = open()
  const failing = audit.trail.watch(mei, async () => {
    await books.update('a/1', () => book)
    throw new Error('broken')
  })
  await expect(failing).rejects.toThrow('broken')
  expect(await audit.log.read()).toHaveLength(1)
})

test('deeds at the same time are told apart', async () => {
  const { audit, books } = open()
  const write = (who: string) =>
    audit.trail.watch({ ...mei, by: { id: who, name: who } }, async () => {
      await new Promise(resolve => setImmediate(resolve))
      await books.update(`a/${who}`, () => book)
    })
  await Promise.all(['a', 'b', 'c'].map(write))
  const found = (await audit.log.read()).map(({ detail }) => [
    detail?.actor?.value.id,
    detail?.objects?.value,
  ])
  expect(found.sort()).toEqual([
    ['a', ['books/a/a']],
    ['b', ['books/a/b']],
    ['c', ['books/a/c']],
  ])
})

test('a small record is quoted, so that one sees to whom a role was given', async () => {
  const { audit, watched } = open()
  const roles = watched.collection('roles', z.object({ holders: z.array(z.string()) }))
  await roles.update('r/all', () => ({ holders: ['a'] }))
  await audit.trail.watch(mei, () => roles.update('r/all', () => ({ holders: ['a', 'b'] })))
  expect((await audit.log.read())[0]?.detail?.objects?.value).toEqual(['roles/r/all holders: +"b"'])
})

async function someLines(count: number) {
  const world = open()
  for (let at = 0; at < count; at += 1) {
    await world.audit.trail.watch(mei, () => world.books.update(`a/${at}`, () => book))
    world.clock.forward({ hours: 7 })
  }
  return world
}

test('the chain goes on after a restart, over days without a line, and though the clock is put back', async () => {
  const { store, audit } = await someLines(5)
  for (const startAt of [
    '2026-12-24T09:00:00+08:00',
    '2026-11-20T09:00:00+08:00',
    '2027-02-01T09:00:00+08:00',
  ]) {
    const { clock, alarms } = createWorld(startAt)
    const again = openAudit({ store, clock, alarms, policy })
    await again.trail.note('login-failed', { road: 'console', from: '10.9.9.9', what: 'password' })
    await again.trail.note('login', mei)
  }
  const entries = await audit.log.read()
  expect(entries.map(({ line }) => line.number)).toEqual(Array.from({ length: 11 }, (_, at) => at + 1))
  expect((await audit.log.verify()).problems).toEqual([])
})

test('one line changed, removed, doubled or moved is found', async () => {
  const { audit } = await someLines(6)
  const entries = await audit.log.read()
  expect(verifyChain(entries, from)).toEqual([])
  const tamper: fc.Arbitrary<(all: AuditEntry[], at: number) => AuditEntry[]> = fc.constantFrom(
    (all: AuditEntry[], at: number) => all.toSpliced(at, 1),
    (all: AuditEntry[], at: number) => all.toSpliced(at, 0, ...all.slice(at, at + 1)),
    (all: AuditEntry[], at: number) => all.toSpliced(at, 2, ...all.slice(at, at + 2).reverse()),
    (all: AuditEntry[], at: number) =>
      all.map((one, index) => (index === at ? changed(one, { what: 'x' }) : one)),
    (all: AuditEntry[], at: number) =>
      all.map((one, index) => (index === at ? changed(one, { who: 'p-0' }) : one)),
    (all: AuditEntry[], at: number) =>
      all.map((one, index) =>
        index === at && one.detail?.actor
          ? {
              ...one,
              detail: {
                ...one.detail,
                actor: { ...one.detail.actor, value: { id: 'x', name: 'x', from: '' } },
              },
            }
          : one,
      ),
  )
  fc.assert(
    fc.property(tamper, fc.integer({ min: 0, max: 4 }), (change, at) => {
      expect(verifyChain(change([...entries], at), from).length).toBeGreaterThan(0)
    }),
    { numRuns: 60 },
  )
})

const changed = (entry: AuditEntry, change: Partial<AuditEntry['line']>): AuditEntry => ({
  ...entry,
  line: { ...entry.line, ...change },
})

test('what is too old goes, and the chain still holds', async () => {
  const { audit } = await someLines(8)
  await audit.log.removeBefore('2026-11-29')
  const { problems, from } = await audit.log.verify()
  expect([problems, from.number]).toEqual([[], 2])
  expect((await audit.log.read())[0]?.line.number).toBe(3)
})

test('an erased person leaves lines without a trace to them, and a chain that holds', async () => {
  const { audit, store, books } = await someLines(2)
  const other = { ...mei, by: { id: 'wx-other', name: '王强' } }
  await audit.people.noteMoves(new Map([['m-first', 'm-mei']]))
  await audit.trail.watch(other, () => books.update('a/m-first', () => book))
  await audit.trail.watch(mei, async () => {
    await books.update('a/m-mei', () => book)
    await audit.forget({ memberId: 'm-mei', chatIds: ['wx-mei'], names: ['林小美'] })
  })
  const all = ['audit-lines', 'audit-details', 'audit-people', 'audit-former-ids']
  const texts = await Promise.all(all.map(name => store.collection(name, z.any()).list('')))
  expect(JSON.stringify(texts)).not.toMatch(/wx-mei|m-mei|m-first|林小美/)
  expect(JSON.stringify(texts)).toContain('王强')
  const { problems, lines } = await audit.log.verify()
  expect([problems, lines]).toEqual([[], 4])
})

test('a line that cannot be written fails no action, raises an alarm, and is written with the next', async () => {
  const store = createMemoryStore()
  let isFull = true
  const failing: Store = {
    ...store,
    collection(name, ...more) {
      const collection = store.collection(name, ...more)
      const update: typeof collection.update = (key, change) =>
        isFull && name === 'audit-lines'
          ? Promise.reject(new Error('ENOSPC'))
          : collection.update(key, change)
      return { ...collection, update }
    },
  }
  const { audit, alarms } = open(failing)
  await audit.trail.note('login', mei)
  expect(alarms.list().map(({ text }) => text)).toEqual([expect.stringContaining('操作记录写不进去')])
  isFull = false
  await audit.trail.note('logout', mei)
  expect(alarms.list()).toEqual([])
  expect((await audit.log.verify()).problems).toEqual([])
  expect(await audit.log.read()).toHaveLength(2)
})

/** A store of which one collection cannot be read or written until it is repaired. */
function withUnreadable(name: string) {
  const store = createMemoryStore()
  const state = { isBroken: true }
  const unlessBroken =
    <A extends unknown[], R>(run: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      state.isBroken ? Promise.reject(new Error('EIO')) : run(...args)
  const failing: Store = {
    ...store,
    collection(one, ...more) {
      const { get, list, update } = store.collection(one, ...more)
      if (one !== name) return { get, list, update }
      return { get: unlessBroken(get), list: unlessBroken(list), update: unlessBroken(update) }
    },
  }
  return { store: failing, repair: () => (state.isBroken = false) }
}

test.each(['audit-lines', 'audit-state', 'audit-people', 'audit-details'])(
  'a deed is done although %s cannot be read; its line waits in memory and is written after the repair',
  async name => {
    const { store, repair } = withUnreadable(name)
    const { audit, books, alarms } = open(store)
    const done = audit.trail.watch(mei, () => books.update('a/1', () => book))
    expect(await done).toEqual(book)
    await audit.trail.note('login', mei)
    expect(audit.log.isWritten()).toBe(false)
    expect(alarms.list().map(({ text }) => text)).toEqual([expect.stringContaining('操作记录写不进去')])
    repair()
    await audit.log.flush()
    expect([audit.log.isWritten(), alarms.list()]).toEqual([true, []])
    expect(await audit.log.verify()).toMatchObject({ problems: [], lines: 2 })
    const lines = (await audit.log.read()).map(({ line }) => line)
    expect(lines.map(({ kind }) => kind)).toEqual(['deed', 'login'])
    expect(new Set(lines.map(({ who }) => who))).toEqual(
      new Set((await audit.people.all()).map(({ pseudonym }) => pseudonym)),
    )
  },
)

test.each(['audit-lines', 'audit-people'])(
  'a person who is erased while %s cannot be read leaves nothing in the lines that waited',
  async name => {
    const { store, repair } = withUnreadable(name)
    const { audit, books } = open(store)
    await audit.trail.watch(mei, () => books.update('a/wx-mei', () => book))
    await audit.forget({ memberId: 'm-mei', chatIds: ['wx-mei'], names: ['林小美'] }).catch(() => {})
    repair()
    await audit.log.flush()
    expect(JSON.stringify(await audit.log.read())).not.toMatch(/wx-mei|林小美/)
    expect(await audit.log.verify()).toMatchObject({ problems: [], lines: 1 })
    expect(await audit.people.all()).toEqual([])
  },
)
