import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Collection, Store } from '../../src/ports/store.ts'

const Counter = z.object({ count: z.int(), tags: z.array(z.string()).default([]) })
type Counter = z.infer<typeof Counter>

export type OpenedStore = { store: Store; dispose(): Promise<void> }

/** Shard and rest as people, platforms and pranksters make them; all lower case or long on purpose. */
export const oddKeys = [
  '周末微党课/小美',
  '../../etc/passwd',
  '..',
  '.',
  '/',
  '//x',
  'a//b',
  'con/1',
  'CON/1',
  'Con/1',
  'nul',
  '50%/100%',
  '%0063on/1',
  'a b/c\td\n',
  '@@room-id@chatroom/wxid_1',
  '__proto__/constructor',
  'toString/__proto__',
  '__proto__',
  'é/1',
  'e\u0301/1',
  '\ud800/\udc00',
  '\ud801/\udc00',
  `${'很长'.repeat(300)}/1`,
  `${'很长'.repeat(299)}很短/1`,
  `${'x'.repeat(160)}/1`,
  `${'x'.repeat(161)}/1`,
  'end./1',
  'end /1',
  'a:b*c?"<>|\\/1',
  '',
]

/** Contract of every store. */
export function storeSuite(open: () => Promise<OpenedStore>) {
  let opened: OpenedStore
  let counters: Collection<Counter>
  beforeEach(async () => {
    opened = await open()
    counters = opened.store.collection('counters', Counter)
  })
  afterEach(() => opened.dispose())

  const put = (key: string, count: number) => counters.update(key, () => ({ count, tags: [] }))
  const add = (key: string, count = 1) =>
    counters.update(key, now => ({ count: (now?.count ?? 0) + count, tags: now?.tags ?? [] }))
  const keys = async (prefix: string) => (await counters.list(prefix)).map(({ key }) => key)

  test('gives undefined for what was never there', async () => {
    expect(await counters.get('lesson/mei')).toBeUndefined()
    expect(await counters.list('')).toEqual([])
    expect(await counters.list('lesson/')).toEqual([])
  })

  test('returns what stands now, with the defaults of the schema', async () => {
    const kept = await counters.update('lesson/mei', () => ({ count: 1 }) as Counter)
    expect(kept).toEqual({ count: 1, tags: [] })
    expect(await counters.get('lesson/mei')).toEqual(kept)
  })

  test('asking for a collection twice gives the same records, another name does not', async () => {
    await put('lesson/mei', 3)
    expect(await opened.store.collection('counters', Counter).get('lesson/mei')).toMatchObject({ count: 3 })
    expect(await opened.store.collection('others', Counter).get('lesson/mei')).toBeUndefined()
  })

  test('updates of one record that are asked for together all count', async () => {
    await Promise.all(Array.from({ length: 500 }, () => add('lesson/mei')))
    expect(await counters.get('lesson/mei')).toMatchObject({ count: 500 })
  })

  test('each of them returns what stood after its own change', async () => {
    const seen = await Promise.all(Array.from({ length: 50 }, () => add('lesson/mei')))
    expect(seen.map(one => one?.count)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1))
  })

  test('an update asked for just as another one ends is not forgotten', async () => {
    for (let depth = 0; depth < 12; depth += 1) {
      const first = add('lesson/mei')
      for (let tick = 0; tick < depth; tick += 1) await first.then(() => {})
      await add('lesson/mei')
    }
    expect(await counters.get('lesson/mei')).toMatchObject({ count: 24 })
  })

  test('of claims made together the first one stands and all hear of it', async () => {
    const claims = await Promise.all(
      [1, 2, 3].map(n => counters.update('slot/1', now => now ?? { count: n, tags: [] })),
    )
    expect(claims.map(claim => claim?.count)).toEqual([1, 1, 1])
  })

  test('a change that throws is its own caller’s alone', async () => {
    await put('lesson/mei', 1)
    const outcomes = await Promise.allSettled([
      add('lesson/mei'),
      counters.update('lesson/mei', () => {
        throw new Error('no more seats')
      }),
      add('lesson/mei'),
      add('lesson/wang'),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(outcomes[1]).toMatchObject({ reason: { message: 'no more seats' } })
    expect(await counters.get('lesson/mei')).toMatchObject({ count: 3 })
  })

  test.each([
    ['not what the schema asks', { count: 'many', tags: [] }],
    ['null', null],
    ['a promise', Promise.resolve({ count: 1, tags: [] })],
  ])('what is %s is refused and changes nothing', async (_, wrong) => {
    await put('lesson/mei', 1)
    const outcomes = await Promise.allSettled([
      counters.update('lesson/mei', () => wrong as unknown as Counter),
      add('lesson/wang'),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(await counters.get('lesson/mei')).toMatchObject({ count: 1 })
  })

  test('what JSON would bring back changed is refused', async () => {
    const dates = opened.store.collection('dates', z.object({ at: z.date() }))
    await expect(dates.update('a/1', () => ({ at: new Date(0) }))).rejects.toThrow()
    expect(await dates.list('')).toEqual([])
  })

  test('a change of the value before it throws is forgotten', async () => {
    await put('lesson/mei', 1)
    const spoil = counters.update('lesson/mei', now => {
      if (now) now.count = 99
      throw new Error('after all not')
    })
    await expect(spoil).rejects.toThrow('after all not')
    expect(await counters.get('lesson/mei')).toMatchObject({ count: 1 })
  })

  test('values are the caller’s own, given or taken', async () => {
    const mine: Counter = { count: 1, tags: ['a'] }
    const returned = await counters.update('lesson/mei', () => mine)
    mine.tags.push('mine')
    returned?.tags.push('returned')
    ;(await counters.get('lesson/mei'))?.tags.push('got')
    ;(await counters.list('lesson/'))[0]?.value.tags.push('listed')
    expect(await counters.get('lesson/mei')).toEqual({ count: 1, tags: ['a'] })
  })

  test('undefined removes, and removing what is not there is no fault', async () => {
    await put('lesson/mei', 1)
    expect(await counters.update('lesson/mei', () => undefined)).toBeUndefined()
    expect(await counters.update('lesson/mei', () => undefined)).toBeUndefined()
    expect(await counters.get('lesson/mei')).toBeUndefined()
    expect(await counters.list('')).toEqual([])
    await put('lesson/mei', 2)
    expect(await keys('')).toEqual(['lesson/mei'])
  })

  test('lists by key in code-unit order, across shards and within one', async () => {
    const mixed = [
      'b/2',
      'a/2',
      'a/10',
      'a/1',
      'a',
      'a-b/1',
      'B/1',
      '创/1',
      'ab/1',
      '\u{1f600}/1',
      '\uffff/1',
    ]
    await Promise.all(mixed.map(key => put(key, 1)))
    expect(await keys('')).toEqual([...mixed].sort())
    expect(await keys('a')).toEqual(['a', 'a-b/1', 'a/1', 'a/10', 'a/2', 'ab/1'])
    expect(await keys('a/')).toEqual(['a/1', 'a/10', 'a/2'])
    expect(await keys('a/1')).toEqual(['a/1', 'a/10'])
    expect(await keys('z')).toEqual([])
  })

  test('takes any key', async () => {
    await Promise.all(oddKeys.map((key, n) => put(key, n)))
    for (const [n, key] of oddKeys.entries()) expect(await counters.get(key)).toMatchObject({ count: n })
    expect(await keys('')).toEqual([...oddKeys].sort())
  })

  describe('against a model that is a plain Map', () => {
    const key = fc
      .tuple(fc.constantFrom('a', 'b', '创', 'a-'), fc.constantFrom('', '/1', '/2', '/1/x'))
      .map(k => k.join(''))
    const step = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), key, by: fc.integer({ min: -5, max: 5 }) }),
      fc.record({ kind: fc.constant('remove' as const), key }),
      fc.record({ kind: fc.constant('throw' as const), key }),
      fc.record({ kind: fc.constant('spoil' as const), key }),
    )
    type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

    const run = (it: Collection<Counter>, one: Step) =>
      it.update(one.key, now => {
        if (one.kind === 'throw') throw new Error('as asked')
        if (one.kind === 'spoil') return { count: 0.5, tags: [] }
        return one.kind === 'remove' ? undefined : { count: (now?.count ?? 0) + one.by, tags: [] }
      })

    function runOnModel(model: Map<string, number>, one: Step) {
      if (one.kind === 'add') model.set(one.key, (model.get(one.key) ?? 0) + one.by)
      if (one.kind === 'remove') model.delete(one.key)
    }

    test('it holds the same after any bursts of updates', async () => {
      let trial = 0
      const bursts = fc.array(fc.array(step, { maxLength: 12 }), { maxLength: 4 })
      await fc.assert(
        fc.asyncProperty(bursts, fc.constantFrom('', 'a', 'a/', '创'), async (all, prefix) => {
          const it = opened.store.collection(`trial-${trial++}`, Counter)
          const model = new Map<string, number>()
          for (const burst of all) {
            await Promise.allSettled(burst.map(one => run(it, one)))
            for (const one of burst) runOnModel(model, one)
          }
          const expected = [...model]
            .filter(([k]) => k.startsWith(prefix))
            .sort(([a], [b]) => (a < b ? -1 : 1))
          const listed = await it.list(prefix)
          expect(listed.map(({ key: k, value }) => [k, value.count])).toEqual(expected)
        }),
        { numRuns: 60 },
      )
    })
  })
}
