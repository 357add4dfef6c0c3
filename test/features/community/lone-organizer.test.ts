import { expect, test } from 'vitest'
import {
  handleOf,
  officersKey,
  openCommunityRecords,
} from '../../../src/features/community/records/records.ts'
import { openClaimed } from './claimed-office.ts'
import { group } from './office.ts'

const tooSoon = '要到2026年12月5日才能一个人请新的同事'

/** 陈姐 organizes; 吴楠 is the first colleague, as reviewer. */
async function openWithColleague() {
  const opened = await openClaimed()
  const wu = opened.person('wu', '吴楠')
  await opened.sees('wu', '吴楠')
  await wu.says('申请审核人', '申请是 1 号')
  await opened.chen.says('同意', '吴楠 现在是审核人了')
  const withdraw = () => opened.send('/roles/withdraw', { handle: handleOf('wu'), role: 'reviewer' })
  return { ...opened, wu, withdraw }
}

test('a colleague whose role was withdrawn by mistake has it back at once, and no other person gets it', async () => {
  const { chen, wu, x, grant, withdraw, directory } = await openWithColleague()
  await withdraw()
  await x.says('申请审核人', '申请是 2 号')
  await chen.says('同意 2', tooSoon)
  await chen.says('同意 2', '原来那位现在就能请回来')
  expect(await grant('wu', 'reviewer')).toContain('已经私聊告诉对方')
  expect(await directory.rolesOf('wu')).toContain('reviewer')
  await withdraw()
  await wu.says('申请组织者', '申请是 4 号')
  await chen.says('同意 4', '吴楠 现在是组织者了')
})

test('a chat that was linked to the colleague since the withdrawal brings no role back to itself', async () => {
  const { imports, person, sees, send, grant, withdraw, directory } = await openWithColleague()
  await imports('姓名,支部,众创空间,手机尾号\n吴楠,第一支部,优空间,1234\n')
  await person('wu', '吴楠').says('我是 吴楠 优空间 1234', '记下了：吴楠')
  const { id } = await sees('wu', '吴楠')
  await withdraw()
  const handle = handleOf('x')
  await send('/identities/decide', { pick: handle, [`as-${handle}`]: id, as: 'same' })
  expect(await grant('wu', 'reviewer')).toContain(tooSoon)
  expect(await directory.rolesOf('x')).toEqual(['maker'])
})

test('who erases the only colleague appoints no one alone for a week', async () => {
  const { chen, wu, x, imports, sees, send, directory, clock, store } = await openWithColleague()
  await imports('姓名,支部,众创空间,手机尾号\n吴楠,第一支部,优空间,1234\n')
  await wu.says('我是 吴楠 优空间 1234', '记下了：吴楠')
  const { id } = await sees('wu', '吴楠')
  await send(`/roster/members/${id}/erase`, { sure: 'yes' })
  expect(await directory.rolesOf('wu')).toEqual(['maker'])
  await x.says('申请组织者', '申请是 2 号')
  await chen.says('同意 2', tooSoon)
  expect(JSON.stringify(await openCommunityRecords(store).officers.get(officersKey))).not.toContain('"wu"')
  clock.forward({ hours: 7 * 24 })
  await chen.says('同意 2', '路人 现在是组织者了')
})

test('an erased person stands in no withdrawal any more', async () => {
  const { wu, withdraw, store } = await openWithColleague()
  await withdraw()
  await wu.says('删除我的信息', '确定的话')
  await wu.says('确认删除', '删好了')
  expect(JSON.stringify(await openCommunityRecords(store).officers.get(officersKey))).not.toContain('"wu"')
})

test('the button that withdraws the last colleague says what follows, and so does the chat', async () => {
  const { chen, grant, wu, x, read } = await openWithColleague()
  expect(await read('/roles')).toContain('收回以后只剩你一位，七天里只能请他回来')
  await grant('x', 'reviewer')
  await wu.says('同意 2', '路人 现在是审核人了')
  expect(await read('/roles')).not.toContain('只剩你一位')
  const [first] = await chen.says('取消审核人 路人', '不再是审核人')
  expect(first?.text).not.toContain('只剩你一位')
  await chen.says('取消审核人 吴楠', '现在只剩你一位，七天里只能请他回来')
  await x.says('申请组织者', '申请是')
})

test('a role that waited for a second person is given by the organizer who is left alone', async () => {
  const { chen, wu, x, directory, clock } = await openWithColleague()
  await x.says('申请审核人', '申请是 2 号')
  await chen.says('同意 2', '要两个人点头')
  await wu.says('删除我的信息', '确定的话')
  await wu.says('确认删除', '删好了')
  await chen.says('同意 2', tooSoon)
  clock.forward({ hours: 7 * 24 })
  await chen.says('同意 2', '路人 现在是审核人了')
  expect(await directory.rolesOf('x')).toContain('reviewer')
})

test('a refused offer leaves nothing behind', async () => {
  const { grant, withdraw, read, store } = await openWithColleague()
  await withdraw()
  expect(await grant('x', 'reviewer')).toContain(tooSoon)
  expect(await read('/roles')).not.toContain('在等同意')
  expect((await openCommunityRecords(store).officers.get(officersKey))?.lastNumber).toBe(1)
})

/** 林小美 writes from two chats that she has joined by a code. */
async function openTwoChats() {
  const opened = await openClaimed()
  const { person } = opened
  const [issued] = await person('mei-1', '林小美').says('关联账号', '关联码')
  const code = /关联码 (\S+?)，/u.exec(issued?.text ?? '')?.[1] ?? ''
  await person('mei-2', '小美在恒丰', group).says(`关联 ${code}`, '好了')
  const add = (chatId = 'mei-1') => opened.send(`/identities/${handleOf(chatId)}/add`, { name: '林小美' })
  return { ...opened, mei: person('mei-1', '林小美'), add }
}

test('a link of a person whose application waits is made at once', async () => {
  const { mei, add, roster, read } = await openTwoChats()
  await mei.says('申请审核人', '申请是 1 号')
  await add()
  expect((await roster.members()).map(({ name }) => name)).toEqual(['林小美'])
  expect(await read('/roles')).toContain('在等同意（1）')
})

test('a person whose chats share the role already is added to the roster at once, and once only', async () => {
  const { mei, chen, add, roster, read } = await openTwoChats()
  await mei.says('申请审核人', '申请是 1 号')
  await chen.says('同意', '林小美 现在是审核人了')
  await add()
  expect(await (await add()).text()).toContain('已经在名单上了')
  expect((await roster.members()).map(({ name }) => name)).toEqual(['林小美'])
  expect(await read('/roles')).not.toContain('在等同意')
})

test('a person whose link waits is added to the roster once only', async () => {
  const { mei, chen, add, roster, outbox, person, directory } = await openTwoChats()
  const [issued] = await person('mei-2', '小美在恒丰').says('关联账号', '关联码')
  const code = /关联码 (\S+?)，/u.exec(issued?.text ?? '')?.[1] ?? ''
  await person('mei-3', '美美', group).says(`关联 ${code}`, '好了')
  await mei.says('申请审核人', '申请是 1 号')
  await chen.says('同意', '林小美 现在是审核人了')
  expect(await directory.rolesOf('mei-3')).toEqual(['maker'])
  expect((await add()).headers.get('location')).toContain('waits=1')
  for (const chatId of ['mei-1', 'mei-2'])
    expect(await (await add(chatId)).text()).toContain('在等第二个人点头（2 号）')
  expect((await roster.members()).map(({ name }) => name)).toEqual(['林小美'])
  expect(outbox.toPerson('mei-1').at(-1)).toContain('回「同意 2」')
  await mei.says('同意 2', '算一个人了')
})
