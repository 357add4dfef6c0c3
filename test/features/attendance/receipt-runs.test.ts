import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { signIn } from '../../../src/features/attendance/check-ins/check-in.ts'
import { createPeople } from '../../../src/features/attendance/check-ins/people.ts'
import { createLessons } from '../../../src/features/attendance/lessons/lessons.ts'
import { openAttendanceRecords } from '../../../src/features/attendance/lessons/records/records.ts'
import { createPosts } from '../../../src/features/attendance/notices/posts.ts'
import { createReceiptSender } from '../../../src/features/attendance/notices/receipt-sender.ts'
import type { Store } from '../../../src/ports/store.ts'
import { createFixedDirectory, createFixedRoster, createWorld } from '../../conversation.ts'
import { createRecordingOutbox } from './recording-outbox.ts'
import { group } from './room.ts'

/** A store whose lists are answered only when the test lets them. */
function withHeldLists(store: Store) {
  const held: (() => void)[] = []
  let isHolding = false
  const slow: Store = {
    ...store,
    collection(name, schema, ...more) {
      const real = store.collection(name, schema, ...more)
      return {
        ...real,
        async list(prefix) {
          const found = await real.list(prefix)
          if (isHolding) await new Promise<void>(resolve => held.push(resolve))
          return found
        },
      }
    },
  }
  return {
    store: slow,
    hold: () => {
      isHolding = true
    },
    release: () => {
      isHolding = false
      for (const resolve of held.splice(0)) resolve()
    },
  }
}

test('two receipt runs at once leave no sign-in out', async () => {
  const world = createWorld('2026-11-28T14:01:00+08:00')
  const roster = createFixedRoster([])
  const outbox = createRecordingOutbox(world.clock)
  const { store, hold, release } = withHeldLists(world.store)
  const records = openAttendanceRecords(store)
  const people = createPeople(records, { roster, clock: world.clock })
  const posts = createPosts({ directory: createFixedDirectory([group], {}), outbox, clock: world.clock })
  const receipts = createReceiptSender({ people, posts, roster, clock: world.clock })
  const lesson = await createLessons(records).open(
    {
      plan: { title: '微党课', groupIds: [group] },
      startsAt: Temporal.Instant.from('2026-11-28T14:00:00+08:00'),
      endsAt: Temporal.Instant.from('2026-11-28T15:30:00+08:00'),
    },
    { name: '陈姐', at: world.clock.now() },
  )
  const sign = (id: string) =>
    people.take(
      lesson,
      id,
      (one, now) =>
        signIn(one, now, {
          who: { memberId: id, name: id, groupId: group },
          said: { at: world.clock.now().toString() },
        }).checkIn,
    )
  await sign('甲')
  hold()
  const sweep = receipts.tellAll(lesson)
  release()
  await sign('乙')
  const closing = receipts.tellAll(lesson)
  await Promise.all([sweep, closing])
  for (let times = 0; times < 2; times += 1) {
    world.clock.forward({ seconds: 60 })
    await receipts.tellAll(lesson)
  }
  expect(outbox.toGroup(group).join()).toContain('乙')
})
