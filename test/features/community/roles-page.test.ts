import { expect, test } from 'vitest'
import {
  handleOf,
  officersKey,
  openCommunityRecords,
  rosterKey,
} from '../../../src/features/community/records/records.ts'
import { group, openOffice } from './office.ts'

const claimCode = '482913'

async function openRoles(me?: { id: string; name: string }) {
  const office = openOffice({ claimCode, ...(me ? { me } : {}) })
  await office.person('chen', '陈姐', group).says(`认领 ${claimCode}`, '第一位组织者')
  /** Handles by the order in which the page shows them. */
  const handlesIn = (page: string) =>
    [...page.matchAll(/name="handle" value="([0-9a-f]+)"/gu)].map(found => found[1] ?? '')
  const find = async (name: string) => {
    const page = await office.read(`/roles?q=${encodeURIComponent(name)}`)
    return handlesIn(page.slice(page.indexOf('再请一位')))
  }
  /** Another organizer, whom 陈姐 appoints while she is the only one. */
  const appointSecond = async () => {
    const wu = office.person('wu', '吴楠')
    const [reply] = await wu.says('申请组织者', '申请是')
    await office
      .person('chen', '陈姐')
      .says(`同意 ${/(\d+) 号/u.exec(reply?.text ?? '')?.[1]}`, '吴楠 现在是组织者')
    return wu
  }
  return { ...office, find, appointSecond }
}

test('an organizer finds a person by name, gives a role and withdraws it; the person is told', async () => {
  const { find, sees, send, read, outbox, directory, appointSecond } = await openRoles()
  const wu = await appointSecond()
  await sees('mei', '优空间-林小美')
  const [mei = ''] = await find('小美')
  expect((await send('/roles/grant', { handle: mei, role: 'reviewer' })).status).toBe(303)
  await wu.says('同意 2', '现在是审核人了')
  expect(await directory.rolesOf('mei')).toContain('reviewer')
  expect(outbox.toPerson('mei')).toEqual([expect.stringContaining('请你做审核人')])
  expect(await (await send('/roles/grant', { handle: mei, role: 'reviewer' })).text()).toContain(
    '已经是审核人了',
  )
  expect(await read('/roles')).toContain('陈姐、吴楠 同意')
  expect((await send('/roles/withdraw', { handle: mei, role: 'reviewer' })).status).toBe(303)
  expect(await directory.rolesOf('mei')).not.toContain('reviewer')
  expect(outbox.toPerson('mei').at(-1)).toContain('收回了你的审核人身份')
})

test('a person is asked only into roles that they may still take', async () => {
  const { find, sees, send, read, appointSecond } = await openRoles()
  const wu = await appointSecond()
  await sees('mei', '优空间-林小美')
  const [mei = ''] = await find('小美')
  await send('/roles/grant', { handle: mei, role: 'reviewer' })
  await wu.says('同意 2', '现在是审核人了')
  const page = await read(`/roles?q=${encodeURIComponent('小美')}`)
  const offer = page.slice(page.indexOf('再请一位'))
  expect(offer).toContain('已经是审核人')
  expect(offer).toContain('请他做组织者')
  for (const role of ['审核人', '审计员']) expect(offer).not.toContain(`请他做${role}`)
})

test('one of two namesakes loses the role, the other keeps it', async () => {
  const { find, sees, send, person, directory, appointSecond } = await openRoles()
  const wu = await appointSecond()
  await sees('mei-1', '小美')
  await sees('mei-2', '小美')
  const both = await find('小美')
  expect(both).toHaveLength(2)
  for (const handle of both) await send('/roles/grant', { handle, role: 'organizer' })
  for (const number of [2, 3]) await wu.says(`同意 ${number}`, '小美 现在是组织者了')
  await person('chen', '陈姐').says('取消组织者 小美', '到控制台「谁管什么」里收回')
  await send('/roles/withdraw', { handle: both[0] ?? '', role: 'organizer' })
  const held = await Promise.all(['mei-1', 'mei-2'].map(id => directory.rolesOf(id)))
  expect(held.filter(roles => roles.includes('organizer'))).toHaveLength(1)
})

test('an application is agreed to on the page, and the applicant is told', async () => {
  const { person, send, read, outbox, directory, appointSecond } = await openRoles()
  const wu = await appointSecond()
  await person('mei', '小美').says('申请审核人', '申请是 2 号')
  expect(await read('/roles')).toContain('在等同意（1）')
  await send('/roles/applications', { number: '2', as: 'agree' })
  expect(await read('/roles')).toContain('陈姐 同意了，还差一位')
  await wu.says('同意 2', '小美 现在是审核人了')
  expect(await directory.rolesOf('mei')).toContain('reviewer')
  expect(outbox.toPerson('mei')).toEqual(['组织者同意了你做审核人的申请。'])
  const again = await send('/roles/applications', { number: '2', as: 'agree' })
  expect([again.status, await again.text()]).toEqual([422, expect.stringContaining('已经有结果了')])
})

test('no one gives or withdraws a role of their own, under any of their ids', async () => {
  const { find, sees, send } = await openRoles()
  await sees('chen', '陈姐')
  const [chen = ''] = await find('陈姐')
  for (const path of ['/roles/grant', '/roles/withdraw'])
    expect(
      await (
        await send(path, { handle: chen, role: path.endsWith('grant') ? 'reviewer' : 'organizer' })
      ).text(),
    ).toContain('自己的身份要由另一位组织者来定')
})

test('the shared log-in decides nothing about roles', async () => {
  const { read, sees, send, person, directory } = await openRoles({ id: 'office:password', name: '组织者' })
  await sees('mei', '小美')
  await person('lin', '林一').says('申请审核人', '申请是 1 号')
  const page = await read('/roles?q=小美')
  expect(page).toContain('公用登录分不清是谁')
  for (const control of ['再请一位', '在下面查', '同意</button>', 'action="/roles/'])
    expect(page).not.toContain(control)
  expect(page).toContain('还没有审核人。请本人私聊机器人发「申请审核人」。')
  const refused = await send('/roles/grant', { handle: handleOf('mei'), role: 'reviewer' })
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('公用登录分不清是谁')])
  await send('/roles/applications', { number: '1', as: 'agree' })
  expect([await directory.rolesOf('mei'), await directory.rolesOf('lin')]).toEqual([['maker'], ['maker']])
})

/** A reviewer on the roster whose chat is proven, and a stranger who goes by another name. */
async function openReviewer(me?: { id: string; name: string }) {
  const office = await openRoles(me)
  await office.imports('姓名,支部,众创空间,手机尾号\n林敏,第一支部,优空间,1234\n')
  await office.sees('lin', '林敏')
  await office.person('lin', '林敏').says('我是 林敏 优空间 1234', '记下了：林敏')
  const { id: memberId } = await office.sees('lin', '林敏')
  const granted = { role: 'reviewer', since: '2026-11-28T05:00:00Z' } as const
  await openCommunityRecords(office.store).officers.update(
    officersKey,
    now => now && { ...now, holders: [...now.holders, { senderId: 'lin', name: '林敏', ...granted }] },
  )
  for (const [id, name] of [
    ['x', '路人'],
    ['chen', '陈姐'],
  ] as const)
    await office.sees(id, name)
  const link = async (senderId: string) => {
    const handle = handleOf(senderId)
    return office.send('/identities/decide', { pick: handle, [`as-${handle}`]: memberId, as: 'same' })
  }
  /** Says in one form that these chats are all the row of one person who has no chat yet. */
  const linkAll = async (rowId: string, senderIds: string[]) => {
    const body = new FormData()
    body.append('as', 'same')
    for (const handle of senderIds.map(handleOf)) {
      body.append('pick', handle)
      body.append(`as-${handle}`, rowId)
    }
    return office.app.request('/identities/decide', { method: 'POST', body })
  }
  const addRow = async (name: string) => {
    await office.imports(`姓名,支部,众创空间,手机尾号\n${name},第二支部,恒丰,5678\n`)
    const row = (await openCommunityRecords(office.store).roster.get(rosterKey))?.rows.find(
      one => one.name === name,
    )
    return row?.id ?? ''
  }
  return { ...office, memberId, link, linkAll, addRow, lin: office.person('lin', '林敏') }
}

test('the shared log-in gives and takes no role by deciding who is whom, nor by an erasure', async () => {
  const { link, send, memberId, directory } = await openReviewer({ id: 'office:password', name: '组织者' })
  expect(await directory.rolesOf('lin')).toContain('reviewer')
  expect(await (await link('x')).text()).toContain('公用登录分不清是谁')
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  expect(await (await send(`/identities/erasures/${memberId}`, { as: 'same' })).text()).toContain(
    '公用登录分不清是谁',
  )
  expect(await (await send(`/roster/members/${memberId}/erase`, { sure: 'yes' })).text()).toContain(
    '公用登录分不清是谁',
  )
  expect(await directory.rolesOf('lin')).toContain('reviewer')
})

test('the shared log-in links no two chats to one row where one of them holds a role', async () => {
  const { linkAll, addRow, directory } = await openReviewer({ id: 'office:password', name: '组织者' })
  const refused = await linkAll(await addRow('卫淇'), ['x', 'lin'])
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('公用登录分不清是谁')])
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  expect(await directory.rolesOf('lin')).toContain('reviewer')
})

test('two decisions of the shared log-in at once pass no role on', async () => {
  const { linkAll, addRow, directory } = await openReviewer({ id: 'office:password', name: '组织者' })
  const rowId = await addRow('卫淇')
  await Promise.all([linkAll(rowId, ['x']), linkAll(rowId, ['lin'])])
  expect(await directory.rolesOf('x')).toEqual(['maker'])
})

test('each side of a link hears of the other, and which of them gains the role', async () => {
  const { linkAll, addRow, directory, outbox, lin } = await openReviewer()
  const rowId = await addRow('卫淇')
  expect((await linkAll(rowId, ['x'])).status).toBe(303)
  expect(outbox.toPerson('x')).toEqual([])
  expect((await linkAll(rowId, ['lin'])).status).toBe(303)
  expect(await directory.rolesOf('x')).toEqual(['maker'])
  await lin.says('同意 1', '算一个人了')
  expect(await directory.rolesOf('x')).toContain('reviewer')
  expect(outbox.toPerson('x').at(-1)).toContain('把聊天账号「林敏」认作你的另一个账号，你现在也是审核人。')
  expect(outbox.toPerson('lin').at(-1)).toContain('把聊天账号「路人」认作你的另一个账号，它现在也是审核人。')
})

test('a person whom the shared log-in may not add stays off the roster, however often it is tried', async () => {
  const { send, store, person } = await openReviewer({ id: 'office:password', name: '组织者' })
  const [issued] = await person('mei-1', '林小美').says('关联账号', '关联码')
  const code = /关联码 (\S+?)，/u.exec(issued?.text ?? '')?.[1] ?? ''
  await person('mei-2', '小美在恒丰', group).says(`关联 ${code}`, '好了')
  const records = openCommunityRecords(store)
  const held = { senderId: 'mei-1', name: '林小美', role: 'reviewer', since: '2026-11-28T05:00:00Z' } as const
  await records.officers.update(officersKey, now => now && { ...now, holders: [...now.holders, held] })
  const before = (await records.roster.get(rosterKey))?.rows
  for (let tries = 0; tries < 3; tries++)
    expect((await send(`/identities/${handleOf('mei-1')}/add`, { name: '林小美' })).status).toBe(422)
  expect((await records.roster.get(rosterKey))?.rows).toEqual(before)
})

test('the shared log-in links no chat to a row that a role holder is about to be', async () => {
  const { linkAll, addRow, store, sees, directory } = await openReviewer({
    id: 'office:password',
    name: '组织者',
  })
  await sees('wang', '恒丰-王路')
  const records = openCommunityRecords(store)
  const held = { senderId: 'wang', name: '王路', role: 'reviewer', since: '2026-11-28T05:00:00Z' } as const
  await records.officers.update(officersKey, now => now && { ...now, holders: [...now.holders, held] })
  const rowId = await addRow('王路')
  expect((await records.moves.list('moves/')).map(({ value }) => value.into)).toContain(rowId)
  expect((await linkAll(rowId, ['x'])).status).toBe(422)
  expect(await directory.rolesOf('x')).toEqual(['maker'])
})

test('a chat that is linked to who holds a role is told to that person; one’s own is for another organizer', async () => {
  const { link, send, directory, outbox, lin } = await openReviewer()
  expect(await (await link('chen')).text()).toContain('自己的身份要由另一位组织者来定')
  expect(await directory.rolesOf('chen')).not.toContain('reviewer')
  expect((await link('x')).status).toBe(303)
  await lin.says('同意 1', '算一个人了')
  expect(await directory.rolesOf('x')).toContain('reviewer')
  expect(outbox.toPerson('lin').join()).toContain('把聊天账号「路人」认作你的另一个账号')
  expect((await send('/identities/part', { handle: handleOf('x') })).status).toBe(303)
  expect(await directory.rolesOf('x')).toEqual(['maker'])
})

test('the other organizers hear of each role that one of them gives or withdraws', async () => {
  const { find, sees, send, outbox, appointSecond } = await openRoles()
  const wu = await appointSecond()
  await sees('mei', '小美')
  const [mei = ''] = await find('小美')
  await send('/roles/grant', { handle: mei, role: 'reviewer' })
  await wu.says('同意 2', '现在是审核人')
  await send('/roles/withdraw', { handle: mei, role: 'reviewer' })
  const heard = outbox.toPerson('wu').slice(1)
  expect(heard).toEqual([
    expect.stringContaining('组织者陈姐同意「小美」做审核人'),
    expect.stringContaining('陈姐 收回了 小美 的审核人身份'),
  ])
  expect(outbox.toPerson('chen').at(-1)).toContain('吴楠 同意了 小美 做审核人')
})

test('reviewers hear of each role that an organizer gives or withdraws, once also where they are organizers', async () => {
  const { find, sees, send, person, outbox, appointSecond } = await openRoles()
  const wu = await appointSecond()
  await wu.says('申请审核人', '申请是 2 号')
  await person('chen', '陈姐').says('同意 2', '吴楠 现在是审核人了')
  for (const [id, name] of [
    ['lin', '林一'],
    ['mei', '小美'],
  ] as const) {
    await sees(id, name)
    const [handle = ''] = await find(name)
    await send('/roles/grant', { handle, role: 'reviewer' })
    await wu.says(`同意 ${id === 'lin' ? 3 : 4}`, '现在是审核人')
  }
  const [mei = ''] = await find('小美')
  const before = outbox.toPerson('wu').length
  await send('/roles/withdraw', { handle: mei, role: 'reviewer' })
  expect(outbox.toPerson('lin').slice(1)).toEqual([
    expect.stringContaining('组织者陈姐同意「小美」做审核人'),
    '4 号申请办好了：吴楠 同意了 小美 做审核人，不用再回。',
    '陈姐 收回了 小美 的审核人身份。有疑问请直接问陈姐。',
  ])
  expect(outbox.toPerson('wu').slice(before)).toEqual([
    '陈姐 收回了 小美 的审核人身份。不对的话，请到控制台「谁管什么」里改。',
  ])
})

test('is for organizers', async () => {
  const { read } = openOffice({ roles: ['reviewer'] })
  expect(await read('/roles')).toContain('只有组织者能看')
})
