import { expect, test } from 'vitest'
import { createPeople } from '../../../src/features/community/people.ts'
import {
  handleOf,
  officersKey,
  openCommunityRecords,
} from '../../../src/features/community/records/records.ts'
import { createRoleConsents } from '../../../src/features/community/roles/consents.ts'
import { createPersonTurns } from '../../../src/inbound/person-turns.ts'
import { openWithReviewer } from './claimed-office.ts'

test('a yes counts for the chats that were shown: one that was added is asked about again', async () => {
  const { wu, grant, directory, outbox, clock, link, addWei } = await openWithReviewer()
  const id = await addWei()
  await grant('wei', 'reviewer')
  await link('x', id)
  clock.forward({ minutes: 1 })
  await wu.says('同意 3', '还没有生效')
  expect(await directory.rolesOf('wei')).toEqual(['maker'])
  expect(outbox.toPerson('wu').at(-1)).toContain('他还用着聊天账号「路人」，那边也会有这个身份。')
  await wu.says('同意 3', '卫淇 现在是审核人了')
})

test('a link whose first organizer has lost the office is to be looked at anew', async () => {
  const { link, wu, lin, directory, outbox } = await openWithReviewer()
  await link('x')
  await wu.says('取消组织者 陈姐', '不再是组织者')
  const asked = outbox.toPerson('lin').length
  for (const person of [lin, wu]) await person.says('同意 3', '先同意的陈姐现在不是组织者了')
  expect(outbox.toPerson('lin')).toHaveLength(asked)
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  await wu.says('不同意 3', '没有办')
})

test('a reviewer says no first yes where that of an organizer counts no more', async () => {
  const { x, wu, chen, lin } = await openWithReviewer()
  await x.says('申请审核人', '申请是 3 号')
  await wu.says('同意 3', '要两个人点头')
  await chen.says('取消组织者 吴楠', '不再是组织者')
  await lin.says('同意 3', '先同意的吴楠现在不是组织者了，请一位组织者先回「同意 3」')
  await chen.says('同意 3', '要两个人点头')
  await lin.says('同意 3', '路人 现在是审核人了')
})

test('both who said yes hear that a link has come to nothing', async () => {
  const { link, wu, lin, grant, outbox } = await openWithReviewer()
  await link('x')
  await grant('lin', 'organizer')
  await wu.says('同意 4', '林敏 现在是组织者了')
  await lin.says('同意 3', '问过以后又变了，没有对上')
  expect(outbox.toPerson('chen').at(-1)).toContain('问过以后又变了，没有对上')
})

test('a link that was asked for again keeps its number', async () => {
  const { link, lin, store } = await openWithReviewer()
  await link('x')
  await link('x')
  const waiting = (await openCommunityRecords(store).officers.get(officersKey))?.applications
  expect(waiting?.map(({ number }) => number)).toEqual([3])
  await lin.says('同意 3', '算一个人了')
})

test('a reviewer who is offered the organizer’s role is asked about herself in words of her own', async () => {
  const { grant, lin, outbox, directory } = await openWithReviewer()
  await grant('lin', 'organizer')
  const asked = outbox.toPerson('lin').at(-1)
  expect(asked).toContain('组织者陈姐请你做组织者')
  expect(asked).not.toContain('认识他')
  expect(outbox.toPerson('wu').at(-1)).toContain('组织者陈姐同意「林敏」做组织者')
  await lin.says('同意 3', '你现在是组织者了')
  expect(await directory.rolesOf('lin')).toContain('organizer')
})

test('no chat of an erased person stays with a yes to the role of another person', async () => {
  const { grant, send, person, store, link, addWei } = await openWithReviewer()
  const id = await addWei()
  await link('x', id)
  await grant('wei', 'reviewer')
  await send('/identities/part', { handle: handleOf('x') })
  const x = person('x', '路人')
  await x.says('删除我的信息', '确定的话')
  await x.says('确认删除', '删好了')
  const kept = await openCommunityRecords(store).officers.get(officersKey)
  expect(kept?.applications.map(({ agreed }) => agreed?.chatIds)).toEqual([['wei']])
})

test('a link that breaks off half-way still waits, and is made by the same yes', async () => {
  const { link, store, outbox, clock } = await openWithReviewer()
  await link('x')
  const records = openCommunityRecords(store)
  const line = () => ({ platform: 'sandbox', account: 'bot' })
  const turns = createPersonTurns()
  const parts = { store, outbox, clock, turns, line, features: () => [], keepsParty: false }
  const people = createPeople(parts, records)
  const { identitiesOf, provenIdsOf } = people.ledger
  let faults = 1
  const { sayYes } = createRoleConsents({
    ...{ ...people, identitiesOf, provenIdsOf },
    async completeLink(application) {
      await people.confirmation.completeLink(application)
      if (faults-- > 0) throw new Error('the disk is full')
    },
  })
  const yes = () =>
    sayYes(
      { senderId: 'wu', name: '吴楠' },
      { pick: ({ applications }) => applications[0] ?? expect.fail('nothing waits') },
    )
  await expect(yes()).rejects.toThrow('the disk is full')
  expect(await yes()).toContain('算一个人了')
  expect(await people.directory.rolesOf('x')).toContain('reviewer')
})
