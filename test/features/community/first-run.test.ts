import { expect, test } from 'vitest'
import { openOffice } from './office.ts'

const group = { id: '优空间创客群', name: '优空间创客群' }
const organizer = { id: 'chen', name: '陈姐' }
const zhang = { name: '张唯', space: '优空间', inGroup: { id: 'zhang', name: '优空间-张唯' } }
const cai = { name: '蔡志明', space: '蒲公英', inGroup: undefined }

test('a first start with a roster knows who of it is in the group, once', async () => {
  const office = openOffice()
  const start = () => office.setUpFirst({ organizer, group, roster: [zhang, cai] })
  await start()
  await start()
  const members = await office.roster.members()
  expect(members.map(({ name }) => name).sort()).toEqual(['张唯', '蔡志明'].sort())
  expect(
    (await office.roster.membersOf(group.id)).filter(one => one.isOnRoster).map(({ name }) => name),
  ).toEqual(['张唯'])
  const [told] = await office.person('zhang', '张唯').send(office.person('zhang', '张唯').message('我的信息'))
  expect(told?.text).toContain('张唯')
  expect(told?.text).not.toContain('要组织者核对过身份')
})

test('without a roster nothing but the group and the organizer is set up', async () => {
  const office = openOffice()
  await office.setUpFirst({ organizer, group })
  expect(await office.roster.members()).toEqual([])
})
