import { expect, test } from 'vitest'
import { lineNameOf } from '../../src/ports/line-ids.ts'
import { openOffice } from '../features/community/office.ts'

/** An office with a QQ line, where ids of groups lead to no private chat. */
const openWithQq = () => openOffice({ reachesPrivate: senderId => lineNameOf(senderId) === '' })
const codeIn = (text = '') => /\d{6}/.exec(text)?.[0] ?? ''

test('a person links two ids by a code said in both places: one member, roles and an address', async () => {
  const { imports, person, sees, directory, roster, world, outbox } = openWithQq()
  await imports('姓名,支部,众创空间,手机尾号\n张三,第一支部,优空间,1234\n')
  await person('wx-zhang', '张三').says('我是 张三 1234', '记下了')
  await person('wx-zhang', '张三').says('认领 482913', '认领好了')
  await person('wx-zhang', '张三', 'qq1!G1').says('绑定本群', '绑定好了')
  const inQq = person('qq1!M1', '小张', 'qq1!G1')
  const { id } = await sees('qq1!M1', '小张', 'qq1!G1')
  expect(await roster.addressOf(id)).toEqual({ chatId: undefined, whyNot: 'group-only' })
  expect(await roster.addressOf('nobody')).toEqual({ chatId: undefined, whyNot: 'unheard' })
  expect(await directory.rolesOf('qq1!M1')).toEqual(['maker'])
  const [issued] = await person('wx-zhang', '张三').says('关联账号', '关联码')
  await inQq.says(`关联 ${codeIn(issued?.text)}`, '这里的你也是「张三」')
  const linked = await sees('qq1!M1', '小张', 'qq1!G1')
  expect(linked).toEqual(await sees('wx-zhang', '张三'))
  expect(await roster.addressOf(linked.id)).toEqual({ chatId: 'wx-zhang' })
  expect(await directory.rolesOf('qq1!M1')).toContain('organizer')
  expect(await directory.holders('organizer')).toEqual(['wx-zhang'])
  expect(outbox.toPerson('wx-zhang').join()).toContain('另一个账号关联好了')
  expect(world.log.lines).toEqual([])
})

test('a code holds once and for ten minutes, not for its owner, and not between two people of the roster', async () => {
  const { imports, person, clock } = openWithQq()
  await imports('姓名,支部,众创空间,手机尾号\n张三,第一支部,优空间,1234\n李四,第二支部,恒丰,5678\n')
  const zhang = person('wx-zhang', '张三')
  const li = person('wx-li', '李四')
  await zhang.says('我是 张三 1234', '记下了')
  await li.says('我是 李四 5678', '记下了')
  const ask = async () => codeIn((await zhang.says('关联账号', '关联码'))[0]?.text)
  await zhang.says(`关联 ${await ask()}`, '换到另一个账号')
  await li.says(`关联 ${await ask()}`, '两个人')
  const old = await ask()
  clock.forward({ minutes: 11 })
  await li.says(`关联 ${old}`, '不对')
  const guesser = person('wx-guess', '谁')
  for (let n = 0; n < 5; n++) await guesser.says('关联 000000', '不对')
  await guesser.says('关联 000000', '太多次')
})

test('a name alone gives no right, also by a code that it got', async () => {
  const { imports, person, sees, directory } = openWithQq()
  await imports('姓名,支部,众创空间,手机尾号\n张三,第一支部,优空间,1234\n')
  await person('wx-zhang', '张三').says('我是 张三 1234', '记下了')
  await person('wx-zhang', '张三').says('认领 482913', '认领好了')
  await sees('wx-fake', '优空间-张三')
  expect(await directory.rolesOf('wx-fake')).toEqual(['maker'])
  const code = codeIn((await person('wx-fake', '优空间-张三').says('关联账号', '关联码'))[0]?.text)
  const said = await person('wx-other', '路人').send(person('wx-other', '路人').message(`关联 ${code}`))
  expect(said.length).toBeGreaterThan(0)
  expect(await directory.rolesOf('wx-other')).toEqual(['maker'])
  expect(await directory.rolesOf('wx-fake')).toEqual(['maker'])
})

/** 小张 claimed in a QQ group, and is linked with 张三 of WeChat: the role hangs on the id of the group. */
async function openClaimedInQq() {
  const opened = openWithQq()
  const { imports, person, world, outbox } = opened
  await imports('姓名,支部,众创空间,手机尾号\n张三,第一支部,优空间,1234\n吴楠,第二支部,恒丰,5678\n')
  const [inQq, zhang] = [person('qq1!M1', '小张', 'qq1!G1'), person('wx-zhang', '张三')]
  await inQq.says('认领 482913', '认领好了')
  await inQq.says('绑定本群', '绑定好了')
  await zhang.says('我是 张三 1234', '记下了')
  const [issued] = await zhang.says('关联账号', '关联码')
  await inQq.says(`关联 ${codeIn(issued?.text)}`, '这里的你也是「张三」')
  const toGroupId = () =>
    outbox.posted.filter(one => 'personId' in one.target && one.target.personId === 'qq1!M1')
  return { ...opened, zhang, inQq, world, toGroupId, heard: () => outbox.toPerson('wx-zhang') }
}

test('who holds a role by an id without a private chat is asked, answers and is told by the other id', async () => {
  const { person, zhang, heard, toGroupId } = await openClaimedInQq()
  const [li, wang] = [person('wx-li', '李四'), person('wx-wang', '王五')]
  await li.says('申请组织者', '申请是 1 号')
  expect(heard().at(-1)).toContain('李四 申请做组织者')
  await zhang.says('同意 1', '李四 现在是组织者了')
  await wang.says('申请审核人', '申请是 2 号')
  await li.says('同意 2', '要两个人点头')
  expect(heard().at(-1)).toContain('同意「王五」做审核人')
  await zhang.says('同意 2', '王五 现在是审核人了')
  const before = heard().length
  await zhang.says('取消审核人 王五', '不再是审核人')
  expect(heard().slice(before)).toEqual([])
  await li.says('取消组织者 小张', '不再是组织者')
  expect(heard().at(-1)).toContain('李四收回了你的组织者身份')
  expect(toGroupId()).toEqual([])
})

test('so is word of a renamed group and of a person who was erased', async () => {
  const { person, inQq, heard, toGroupId, directory } = await openClaimedInQq()
  await directory.recognise({ ...inQq.message('签到'), groupName: '福州创客群' })
  expect(heard().at(-1)).toContain('改名为「福州创客群」')
  const wu = person('wx-wu', '吴楠')
  await wu.says('我是 吴楠 5678', '记下了')
  await wu.says('删除我的信息', '确认删除')
  await wu.says('确认删除 5678', '删好了')
  expect(heard().at(-1)).toContain('名单上的吴楠（恒丰）要求删除个人信息')
  expect(toGroupId()).toEqual([])
})
