import fc from 'fast-check'
import { expect, test } from 'vitest'
import { handleOf, openCommunityRecords } from '../../../src/features/community/records/records.ts'
import { createRoleNotices } from '../../../src/features/community/role-notices.ts'
import { createOfficerActions } from '../../../src/features/community/roles/officers.ts'
import { createSecretAttempts } from '../../../src/features/community/secret-attempts.ts'
import type { Actor } from '../../../src/ports/actor.ts'
import type { Message } from '../../../src/ports/chat.ts'
import type { Store } from '../../../src/ports/store.ts'
import { createWorld } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

/** A community with two organizers; calls of the store come back in the order of the scheduler. */
async function openRoles(s: fc.Scheduler) {
  const world = createWorld()
  let isSlow = false
  const store: Store = {
    ...world.store,
    collection(name, schema, ...more) {
      const records = world.store.collection(name, schema, ...more)
      const inTurn = <T>(act: () => Promise<T>) => (isSlow ? s.schedule(Promise.resolve()).then(act) : act())
      return {
        get: key => inTurn(() => records.get(key)),
        list: (prefix, options) => inTurn(() => records.list(prefix, options)),
        update: (key, change) => inTurn(() => records.update(key, change)),
      }
    },
  }
  const records = openCommunityRecords(store)
  const { clock } = world
  // 小美 writes from two accounts.
  const identitiesOf = async (id: string) => new Set(id.startsWith('mei') ? ['mei-1', 'mei-2'] : [id])
  const actions = createOfficerActions({
    records,
    roleNotices: createRoleNotices({
      outbox: createRecordingOutbox(clock),
      clock,
      roleAddresses: { addressesFor: async ids => [...new Set(ids)] },
      ledger: { get: async () => undefined, identitiesOf, provenIdsOf: identitiesOf },
    }),
    completeLink: async () => {},
    isOnePerson: false,
    clock,
    claimCode: '482913',
    attempts: createSecretAttempts(records, clock),
    identitiesOf,
    provenIdsOf: identitiesOf,
  })
  await actions.appointFirst({ senderId: 'chen', name: '陈姐' })
  await actions.grant(chen, { senderId: 'lin', name: '林一' }, 'organizer')
  return {
    actions,
    slowly: async (acts: (() => Promise<unknown>)[]) => {
      isSlow = true
      await s.waitFor(Promise.allSettled(acts.map(act => act())))
      isSlow = false
      return (await actions.officers()).holders
    },
  }
}

const chen: Actor = { id: 'chen', name: '陈姐', road: 'console', isOffice: false }
const lin: Actor = { ...chen, id: 'lin', name: '林一' }
const messageFrom = (senderId: string, senderName: string): Message => {
  const { clock } = createWorld()
  const at = clock.now()
  return { id: '1', senderId, senderName, text: '', mentionsBot: true, sentAt: at, receivedAt: at }
}

test('decisions of two organizers at once make no person both auditor and reviewer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async s => {
      const { actions, slowly } = await openRoles(s)
      const holders = await slowly([
        () => actions.grant(chen, { senderId: 'mei-1', name: '小美' }, 'auditor'),
        () => actions.grant(lin, { senderId: 'mei-2', name: '小美' }, 'reviewer'),
      ])
      expect(holders.filter(({ senderId }) => senderId.startsWith('mei'))).toHaveLength(1)
    }),
    { numRuns: 100 },
  )
})

test('an organizer who is dismissed at the same time decides nothing after it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async s => {
      const { actions, slowly } = await openRoles(s)
      await actions.grant(chen, { senderId: 'wang', name: '王二' }, 'organizer')
      await actions.answer(lin, 2, true)
      const holders = await slowly([
        () => actions.withdraw(chen, handleOf('lin'), 'organizer'),
        () => actions.withdraw(lin, handleOf('chen'), 'organizer'),
      ])
      expect(holders.filter(({ role }) => role === 'organizer')).toHaveLength(2)
    }),
    { numRuns: 100 },
  )
})

test('who writes from two accounts decides about neither of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async s => {
      const { actions } = await openRoles(s)
      const mei: Actor = { ...chen, id: 'mei-1', name: '小美' }
      const own = '自己的身份要由另一位组织者来定'
      await actions.grant(chen, { senderId: 'mei-1', name: '小美' }, 'organizer')
      await actions.answer(lin, 2, true)
      for (const senderId of ['mei-1', 'mei-2'])
        await expect(actions.grant(mei, { senderId, name: '小美' }, 'reviewer')).rejects.toThrow(own)
      await actions.grant(chen, { senderId: 'mei-2', name: '小美' }, 'organizer')
      await actions.answer(lin, 3, true)
      await expect(actions.withdraw(mei, handleOf('mei-2'), 'organizer')).rejects.toThrow(own)
      await actions.apply(messageFrom('mei-2', '小美'), 'reviewer')
      for (const isAgreed of [true, false])
        await expect(actions.answer(mei, 4, isAgreed)).rejects.toThrow(own)
      expect((await actions.officers()).holders.filter(({ role }) => role === 'reviewer')).toEqual([])
    }),
    { numRuns: 1 },
  )
})
