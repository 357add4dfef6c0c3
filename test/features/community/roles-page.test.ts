import { expect, test } from 'vitest'
import { handleOf } from '../../../src/features/community/records/records.ts'
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
  return { ...office, find }
}

test('an organizer finds a person by name, gives a role and withdraws it; the person is told', async () => {
  const { find, sees, send, read, outbox, directory } = await openRoles()
  await sees('mei', '优空间-林小美')
  const [mei = ''] = await find('小美')
  expect((await send('/roles/grant', { handle: mei, role: 'reviewer' })).status).toBe(303)
  expect(await directory.rolesOf('mei')).toContain('reviewer')
  expect(outbox.toPerson('mei')).toEqual([expect.stringContaining('请你做审核人')])
  expect(await (await send('/roles/grant', { handle: mei, role: 'reviewer' })).text()).toContain(
    '已经是审核人了',
  )
  expect(await read('/roles')).toContain('陈姐 同意')
  expect((await send('/roles/withdraw', { handle: mei, role: 'reviewer' })).status).toBe(303)
  expect(await directory.rolesOf('mei')).not.toContain('reviewer')
  expect(outbox.toPerson('mei').at(-1)).toContain('收回了你的审核人身份')
})

test('a person is asked only into roles that they may still take', async () => {
  const { find, sees, send, read } = await openRoles()
  await sees('mei', '优空间-林小美')
  const [mei = ''] = await find('小美')
  await send('/roles/grant', { handle: mei, role: 'reviewer' })
  const page = await read(`/roles?q=${encodeURIComponent('小美')}`)
  const offer = page.slice(page.indexOf('再请一位'))
  expect(offer).toContain('已经是审核人')
  expect(offer).toContain('请他做组织者')
  for (const role of ['审核人', '审计员']) expect(offer).not.toContain(`请他做${role}`)
})

test('one of two namesakes loses the role, the other keeps it', async () => {
  const { find, sees, send, person, directory } = await openRoles()
  await sees('mei-1', '小美')
  await sees('mei-2', '小美')
  const both = await find('小美')
  expect(both).toHaveLength(2)
  for (const handle of both) await send('/roles/grant', { handle, role: 'organizer' })
  await person('chen', '陈姐').says('取消组织者 小美', '到控制台「谁管什么」里收回')
  await send('/roles/withdraw', { handle: both[0] ?? '', role: 'organizer' })
  const held = await Promise.all(['mei-1', 'mei-2'].map(id => directory.rolesOf(id)))
  expect(held.filter(roles => roles.includes('organizer'))).toHaveLength(1)
})

test('an application is agreed to on the page, and the applicant is told', async () => {
  const { person, send, read, outbox, directory } = await openRoles()
  await person('mei', '小美').says('申请审核人', '申请是 1 号')
  expect(await read('/roles')).toContain('在等同意（1）')
  await send('/roles/applications', { number: '1', as: 'agree' })
  expect(await directory.rolesOf('mei')).toContain('reviewer')
  expect(outbox.toPerson('mei')).toEqual(['组织者同意了你做审核人的申请。'])
  const again = await send('/roles/applications', { number: '1', as: 'agree' })
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
  for (const control of ['再请一位', '同意</button>', 'action="/roles/']) expect(page).not.toContain(control)
  const refused = await send('/roles/grant', { handle: handleOf('mei'), role: 'reviewer' })
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('公用登录分不清是谁')])
  await send('/roles/applications', { number: '1', as: 'agree' })
  expect([await directory.rolesOf('mei'), await directory.rolesOf('lin')]).toEqual([['maker'], ['maker']])
})

test('is for organizers', async () => {
  const { read } = openOffice({ roles: ['reviewer'] })
  expect(await read('/roles')).toContain('只有组织者能看')
})
