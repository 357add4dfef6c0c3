import { expect, test } from 'vitest'
import {
  handleOf,
  officersKey,
  openCommunityRecords,
} from '../../../src/features/community/records/records.ts'
import { openClaimed, openWithReviewer } from './claimed-office.ts'
import { group } from './office.ts'

test('an only organizer appoints one colleague alone, a reviewer too, and no other one', async () => {
  const { chen, x, directory, person, read } = await openClaimed()
  await x.says('申请审核人', '申请是 1 号')
  await chen.says('同意', '这一次是你一个人定的；以后请组织者和审核人，要两个人点头才生效')
  expect(await directory.rolesOf('x')).toContain('reviewer')
  expect(await read('/roles')).toContain('陈姐 同意，当时只有一位组织者')
  const wu = person('wu', '吴楠')
  for (const role of ['组织者', '审核人']) await wu.says(`申请${role}`, '申请是')
  for (const number of [2, 3]) await chen.says(`同意 ${number}`, '要两个人点头，已经私聊问了别的组织者')
  expect(await directory.rolesOf('wu')).toEqual(['maker'])
  await x.says('同意 2', '吴楠 现在是组织者了')
})

test('an office of two sets itself up: each holds what the other has agreed to', async () => {
  const { chen, person, directory, read } = await openClaimed()
  const wu = person('wu', '吴楠')
  await wu.says('申请组织者', '申请是 1 号')
  await chen.says('同意', '吴楠 现在是组织者了')
  expect(await read('/roles')).toContain('陈姐 同意，当时只有一位组织者')
  await wu.says('申请审核人', '申请是 2 号')
  await chen.says('同意 2', '吴楠 现在是审核人了')
  await chen.says('申请审核人', '申请是 3 号')
  await wu.says('同意 3', '陈姐 现在是审核人了')
  expect(await directory.rolesOf('wu')).toEqual(['maker', 'organizer', 'reviewer'])
})

test('no second account of an organizer becomes organizer or reviewer by that one person', async () => {
  const { chen, x, wu, grant, directory, outbox } = await openWithReviewer()
  for (const role of ['organizer', 'reviewer']) expect(await grant('x', role)).toContain('要两个人点头')
  await x.says('申请组织者', '已经在等')
  await chen.says('同意 路人', '有几个申请')
  await chen.says('同意 3', '你已经同意过了')
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  const [asked] = outbox.toPerson('lin').filter(text => text.includes('「路人」做审核人'))
  expect(asked).toContain('审核人能放行推送和知识，要两个人点头才生效')
  await wu.says('不同意 3', '没有办：路人 做组织者')
  await wu.says('不同意 4', '没有办：路人 做审核人')
  expect(outbox.toPerson('chen').at(-1)).toContain('吴楠 没有同意 路人 做审核人')
  expect(await directory.rolesOf('x')).toEqual(['maker'])
})

test('a reviewer may say the second yes, by its number only, and not the first', async () => {
  const { x, lin, grant, directory } = await openWithReviewer()
  await x.says('申请审核人', '申请是 3 号')
  for (const said of ['同意 3', '同意']) expect(await lin.send(lin.message(said))).toEqual([])
  await grant('x', 'reviewer')
  expect(await lin.send(lin.message('同意'))).toEqual([])
  await lin.says('同意 3', '路人 现在是审核人了')
  expect(await directory.rolesOf('x')).toContain('reviewer')
})

test('a first yes counts no more once that organizer is none', async () => {
  const { x, wu, chen, lin, directory } = await openWithReviewer()
  await x.says('申请审核人', '申请是 3 号')
  await wu.says('同意 3', '要两个人点头')
  await chen.says('取消组织者 吴楠', '不再是组织者')
  await chen.says('同意 3', '要两个人点头')
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  await lin.says('同意 3', '路人 现在是审核人了')
})

test('a chat that would share a reviewer’s role waits for the reviewer or another organizer', async () => {
  const { link, lin, directory, outbox, read, chen } = await openWithReviewer()
  const page = await read((await link('x')).headers.get('location') ?? '')
  expect(page).toContain('有 1 个账号会分到组织者或审核人的身份，要两个人点头才对上')
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  await chen.says('同意 3', '你已经同意过了')
  const asked = outbox.toPerson('lin').at(-1)
  expect(asked).toContain('组织者陈姐说聊天账号「路人」「林敏」是同一个人：林敏')
  expect(asked).toContain('有不是你的，请回「不同意 3」')
  expect(outbox.toPerson('wu').at(-1)).toContain('请先问过本人')
  expect(await read('/roles')).toContain('算林敏的另一个账号，也是审核人')
  await lin.says('不同意 3', '没有办：「路人」算林敏的另一个账号')
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  await link('x')
  await lin.says('同意 4', '「路人」和林敏的账号算一个人了')
  expect(await directory.rolesOf('x')).toContain('reviewer')
})

test('nor does a role pass unseen by a link that was made while the role waited for its second yes', async () => {
  const { wu, grant, directory, link, addWei } = await openWithReviewer()
  const id = await addWei()
  await grant('wei', 'reviewer')
  await link('x', id)
  await wu.says('同意 3', '还没有生效：问过以后，他又多了聊天账号')
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  await wu.says('同意 3', '卫淇 现在是审核人了')
  expect(await directory.rolesOf('wei')).toContain('reviewer')
})

test('who gives a role sees the other chats that would have it too', async () => {
  const { grant, outbox, link, addWei } = await openWithReviewer()
  const id = await addWei()
  await link('x', id)
  await grant('wei', 'reviewer')
  expect(outbox.toPerson('wu').at(-1)).toContain('他还用着聊天账号「路人」，那边也会有这个身份。')
})

test('a link is not made where the two have changed since it was asked', async () => {
  const { link, wu, lin, directory, store, grant } = await openWithReviewer()
  await link('x')
  await grant('lin', 'organizer')
  await wu.says('同意 4', '林敏 现在是组织者了')
  await lin.says('同意 3', '问过以后又变了，没有对上')
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  expect((await openCommunityRecords(store).officers.get(officersKey))?.applications).toEqual([])
})

test('an account that is linked by its name alone brings no yes of the member it is linked with', async () => {
  const { imports, sees, person, chen, directory } = await openWithReviewer()
  await imports('姓名,支部,众创空间,手机尾号\n吴楠,第二支部,恒丰,5678\n')
  await sees('mask', '恒丰-吴楠')
  await person('mask', '吴楠').says('申请审核人', '申请是 3 号')
  await chen.says('同意 3', '要两个人点头')
  expect(await directory.rolesOf('mask')).toEqual(['maker'])
})

test('who has withdrawn the role of another appoints no one alone for a week', async () => {
  const { chen, x, person, directory, clock } = await openClaimed()
  await person('wu', '吴楠').says('申请组织者', '申请是 1 号')
  await chen.says('同意', '吴楠 现在是组织者了')
  await chen.says('取消组织者 吴楠', '不再是组织者')
  await x.says('申请组织者', '申请是 2 号')
  await chen.says('同意 2', '要到2026年12月5日才能一个人请新的同事')
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  clock.forward({ hours: 7 * 24 })
  await chen.says('同意 2', '路人 现在是组织者了')
})

test('both sides hear when a link is taken back by which one of them had a role', async () => {
  const { link, lin, send, outbox, directory } = await openWithReviewer()
  await link('x')
  await lin.says('同意 3', '算一个人了')
  expect((await send('/identities/part', { handle: handleOf('x') })).status).toBe(303)
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  expect(outbox.toPerson('x').at(-1)).toBe(
    '组织者陈姐撤回了：聊天账号「林敏」不再算你的另一个账号，你在这里不再是审核人。有疑问请直接问他。',
  )
  expect(outbox.toPerson('lin').at(-1)).toContain('聊天账号「路人」不再算你的另一个账号，身份也分开算')
})

test('an organizer erases no one who has not asked, and so takes no role from another', async () => {
  const { send, directory, roster, memberId } = await openWithReviewer()
  const refused = await send(`/identities/erasures/${memberId}`, { as: 'same' })
  expect(await refused.text()).toContain('没有要求删除个人信息')
  expect(await directory.rolesOf('lin')).toContain('reviewer')
  expect((await roster.members()).map(({ name }) => name)).toEqual(['林敏'])
})

test('where one person may write and approve, one yes is enough', async () => {
  const { grant, directory } = await openClaimed({ isOnePerson: true })
  expect(await grant('x', 'reviewer')).toContain('已经私聊告诉对方')
  expect(await directory.rolesOf('x')).toContain('reviewer')
})

test('an auditor, who approves nothing, needs one yes', async () => {
  const { grant, directory } = await openClaimed()
  await grant('x', 'auditor')
  expect(await directory.rolesOf('x')).toContain('auditor')
})

test('a person who sees a role in their own data sees for whom it waits', async () => {
  const { x, chen, sees, person } = await openClaimed()
  await person('wu', '吴楠').says('申请组织者', '申请是 1 号')
  await chen.says('同意', '吴楠 现在是组织者了')
  await sees('x', '路人', group)
  await x.says('申请审核人', '申请是 2 号')
  await chen.says('同意 2', '要两个人点头')
  await x.says('我的信息', '申请：审核人，2 号，在等第二位同意')
})
