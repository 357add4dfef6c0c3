import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../../../src/adapters/memory.ts'
import { Refusal } from '../../../../src/feature.ts'
import { createLessons } from '../../../../src/features/attendance/lessons/lessons.ts'
import { openAttendanceRecords } from '../../../../src/features/attendance/lessons/records/records.ts'
import type { Store } from '../../../../src/ports/store.ts'

const at = Temporal.Instant.from('2026-11-28T08:00:00+08:00')
const by = { name: '陈姐', at }
const groups = ['甲', '乙']
const ids = ['a', 'b', 'c'] as const

/** A store whose every answer comes when the scheduler says. */
function scheduledStore(s: fc.Scheduler): Store {
  const store = createMemoryStore()
  return {
    ...store,
    collection(name, schema, ...more) {
      const real = store.collection(name, schema, ...more)
      return {
        get: async key => s.schedule(real.get(key), `get ${name}`),
        list: async prefix => s.schedule(real.list(prefix), `list ${name}`),
        async update(key, change) {
          const done = await real.update(key, change)
          return s.schedule(Promise.resolve(done), `update ${name}`)
        },
      }
    },
  }
}

const times = (hour: number) => ({
  startsAt: at.add({ hours: hour }),
  endsAt: at.add({ hours: hour + 1 }),
})
const deed = fc.record({
  kind: fc.constantFrom('open', 'edit', 'edit', 'edit', 'cancel', 'restore'),
  id: fc.constantFrom(...ids),
  hour: fc.integer({ min: 1, max: 3 }),
  groupIds: fc.constantFrom(...[['甲'], ['乙'], groups]),
})
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

test('lessons that are edited, cancelled and restored at once keep a window each, and no other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
      async (s, rounds) => {
        const store = scheduledStore(s)
        const records = openAttendanceRecords(store)
        const lessons = createLessons(records)
        const run = async ({ kind, id, hour, groupIds }: Deed) => {
          try {
            if (kind === 'open') await lessons.open({ id, plan: { title: id, groupIds }, ...times(hour) }, by)
            else if (kind === 'edit') await lessons.edit(id, { plan: { groupIds }, times: times(hour) }, at)
            else if (kind === 'cancel') await lessons.cancel(id, at)
            else await lessons.restore(id, at)
          } catch (cause) {
            if (!(cause instanceof Refusal)) throw cause
          }
        }
        const all = (async () => {
          for (const id of ids) await run({ kind: 'open', id, hour: ids.indexOf(id) + 1, groupIds: ['甲'] })
          for (const round of rounds) await Promise.all(round.map(run))
        })()
        await s.waitFor(all)

        const found = s.waitFor(
          Promise.all([
            lessons.between({ from: at, to: at.add({ hours: 9 }) }),
            records.lessons.list(''),
            records.slots.list(''),
          ]),
        )
        const [seen, kept, slots] = await found
        const standing = kept.map(({ value }) => value).filter(one => one.cancelledAt === undefined)
        // Each lesson that stands is found in each of its groups.
        for (const lesson of standing)
          for (const groupId of lesson.groupIds)
            expect(
              slots.filter(
                ({ value }) =>
                  value.lessonId === lesson.id &&
                  value.groupId === groupId &&
                  value.startsAt === lesson.startsAt &&
                  value.endsAt === lesson.endsAt,
              ).length,
              `${lesson.id} in ${groupId}`,
            ).toBeGreaterThan(0)
        expect(seen.length).toBeGreaterThanOrEqual(standing.length)
        const windows = standing.flatMap(one =>
          one.groupIds.map(groupId => `${groupId} ${one.startsAt} ${one.endsAt}`),
        )
        expect(new Set(windows).size).toBe(windows.length)
      },
    ),
    { numRuns: Number(process.env.RACE_RUNS ?? 300) },
  )
})
