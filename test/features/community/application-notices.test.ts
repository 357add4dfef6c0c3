import { expect, test } from 'vitest'
import { officersKey, openCommunityRecords } from '../../../src/features/community/records/records.ts'
import { createApplicationNotices } from '../../../src/features/community/roles/application-notices.ts'
import { applyForRole } from '../../../src/features/community/roles/rules.ts'
import { createWorld } from '../../conversation.ts'

test('an application that comes while the organizers are being told of another is no second notice of it', async () => {
  const { store, clock } = createWorld()
  const records = openCommunityRecords(store)
  const at = clock.now().toString()
  await records.officers.update(officersKey, () => ({
    holders: [{ role: 'organizer', senderId: 'chen', name: '陈姐', since: at }],
    applications: [],
    lastNumber: 0,
    withdrawals: [],
  }))
  const apply = (senderId: string) =>
    records.officers.update(
      officersKey,
      now =>
        now &&
        applyForRole(
          now,
          { senderId, name: senderId },
          { role: 'reviewer', at: clock.now(), own: new Set([senderId]) },
        ),
    )
  const told: string[] = []
  const [posting, firstTold] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const notices = createApplicationNotices({
    records,
    clock,
    identitiesOf: async id => new Set([id]),
    roleNotices: {
      async tell(key) {
        told.push(key)
        firstTold.resolve()
        await posting.promise
      },
    },
  })
  await apply('p1')
  const first = notices.tell()
  await firstTold.promise
  await apply('p2')
  const second = notices.tell()
  await new Promise(resolve => setImmediate(resolve))
  posting.resolve()
  await Promise.all([first, second])
  expect(told).toEqual(['applications-1'])
})
