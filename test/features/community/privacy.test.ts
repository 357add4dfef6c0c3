import { describe, expect, test } from 'vitest'
import { handleOf } from '../../../src/features/community/records/records.ts'
import type { PersonIds } from '../../../src/ports/personal-data.ts'
import { group, list, openOffice, otherGroup } from './office.ts'

/** Another feature that keeps something about everybody, and says what was asked of it. */
function createKeeper() {
  const forgotten: { somebody: PersonIds; alias: string }[] = []
  return {
    forgotten,
    personal: {
      kept: async ({ memberId }: PersonIds) => [`别处记着：${memberId.length} 个字`],
      forget: async (somebody: PersonIds, alias: string) => void forgotten.push({ somebody, alias }),
      merge: async () => {},
    },
  }
}

async function openWithRoster() {
  const keeper = createKeeper()
  const office = openOffice({ features: () => [keeper] })
  await office.person('chen', '陈姐').says('认领 482913', '第一位组织者')
  await office.person('chen', '陈姐', group).says('绑定本群', '绑定好了')
  await office.imports(list)
  return { ...office, keeper }
}

describe('a group is told what is kept', () => {
  test('when it is bound, and never again', async () => {
    const { person, forward, outbox } = openOffice()
    await person('chen', '陈姐').says('认领 482913', '第一位组织者')
    const [bound] = await person('chen', '陈姐', group).says('绑定本群', '绑定好了')
    expect(bound?.text).toMatch(/签到和请假.*手机号不会发到群里.*「我的信息」.*「删除我的信息」/su)
    await forward({ minutes: 5 })
    await person('chen', '陈姐', group).says('解绑本群', '解绑了')
    const [again] = await person('chen', '陈姐', group).says('绑定本群', '绑定好了')
    expect(again?.text).not.toContain('我的信息')
    expect(outbox.toGroup(group)).toEqual([])
  })
  test('also where it was bound before there was a notice: once', async () => {
    const { store, clock, forward, outbox } = openOffice()
    const { BoundGroup, groupKey } = await import('../../../src/features/community/records/records.ts')
    const groups = store.collection('groups', BoundGroup)
    const boundAt = clock.now().toString()
    const old = BoundGroup.parse({ id: otherGroup, name: otherGroup, boundAt, boundByName: '陈姐' })
    await groups.update(groupKey(otherGroup), () => old)
    await forward({ minutes: 2 })
    await forward({ minutes: 2 })
    expect(outbox.toGroup(otherGroup)).toEqual([expect.stringContaining('手机号不会发到群里')])
  })
})

describe('the privacy notice', () => {
  test('names handler, contact, purposes, times and rights, whenever it is asked for', async () => {
    const { person } = await openWithRoster()
    const [told] = await person('a', '小飞侠', group).says('隐私说明', '谁负责：台江区创客服务中心')
    for (const part of [
      '0591-00000000',
      '统计出勤',
      '问题和投稿 180 天',
      '「导出我的信息」',
      '「删除我的信息」',
    ])
      expect(told?.text).toContain(part)
  })
  test('reaches everybody who writes in private, once, also after a restart', async () => {
    const { person, forward, outbox, store } = await openWithRoster()
    await person('a', '小飞侠').says('我的信息', '我记着你的这些')
    await forward({ minutes: 2 })
    await person('a', '小飞侠').says('导出我的信息', '我的信息.txt')
    await forward({ minutes: 2 })
    expect(outbox.toPerson('a')).toEqual([expect.stringContaining('谁负责：')])
    const later = openOffice({ store })
    await later.directory.recognise(later.person('a', '小飞侠').message('你好'))
    await later.forward({ minutes: 2 })
    expect(later.outbox.toPerson('a')).toEqual([])
  })
  test('is told to a group again a week later where a new member spoke, and to no other', async () => {
    const { person, sees, forward, outbox } = await openWithRoster()
    await person('chen', '陈姐', otherGroup).says('绑定本群', '绑定好了')
    await forward({ hours: 24 * 2 })
    await sees('new', '新来的')
    await forward({ hours: 2 })
    expect(outbox.toGroup(group)).toEqual([])
    await forward({ hours: 24 * 6 })
    await forward({ hours: 24 * 30 })
    expect(outbox.toGroup(group)).toEqual([expect.stringContaining('谁负责：')])
    expect(outbox.toGroup(otherGroup)).toEqual([])
  })
})

describe('「我的信息」', () => {
  test('shows in private what is kept, also by other features', async () => {
    const { sees, person } = await openWithRoster()
    await sees('a', '优空间-张三')
    const [shown] = await person('a', '张三').says('我的信息', '我记着你的这些')
    expect(shown?.text).toContain('聊天身份：优空间-张三')
    expect(shown?.text).toContain('别处记着：8 个字')
    expect(shown?.text).toContain('名单：按群昵称对上了张三，内容要核对过身份才显示')
    for (const hidden of ['1234', '第一支部', '红豆']) expect(shown?.text).not.toContain(hidden)
    await person('a', '张三').says('导出我的信息', '我的信息.txt')
  })
  test('shows and copies what records say, to who has shown to be that person', async () => {
    const { person, keeper } = await openWithRoster()
    const records = Array.from({ length: 5 }, (_, n) => `· 第 ${n} 条 ${'很长'.repeat(60)}`)
    keeper.personal.kept = async () => ['问过的问题：5 个', ...records]
    await person('a', '小飞侠').says('我是 张三 1234', '记下了')
    const [shown] = await person('a', '小飞侠').says('我的信息', '我记着你的这些')
    expect(shown?.text).toContain('名单：姓名 张三，支部 第一支部，众创空间 优空间，手机尾号 1234')
    expect(shown?.text).toMatch(/第 0 条.*第 2 条/su)
    expect(shown?.text).not.toContain('第 3 条')
    const [copied] = await person('a', '小飞侠').says('导出我的信息', '我的信息.txt')
    const text = new TextDecoder().decode(copied?.file?.bytes)
    for (const record of records) expect(text).toContain(record)
  })
  test('what others did under a member’s name is not shown to who only goes by that name', async () => {
    const { sees, person, keeper } = await openWithRoster()
    keeper.personal.kept = async ({ chatIds }) => [`来自：${chatIds.join()}`, '· 请假：住院']
    await sees('x', '优空间-张三')
    await person('a', '小飞侠').says('我是 张三 1234', '记下了')
    const [shown] = await person('x', '优空间-张三').says('我的信息', '我记着你的这些')
    expect(shown?.text).toContain('来自：x')
    for (const hidden of ['住院', '小飞侠']) expect(shown?.text).not.toContain(hidden)
  })
  test('shows the phone’s digits to who has shown to be that person', async () => {
    const { person } = await openWithRoster()
    await person('a', '小飞侠').says('我是 张三 优空间 1234', '记下了')
    await person('a', '小飞侠').says('我的信息', '手机尾号 1234')
  })
  test('shows the rest where the records of one feature cannot be read, and says so', async () => {
    const { sees, person, keeper } = await openWithRoster()
    await sees('g', '路人甲')
    keeper.personal.kept = async () => {
      throw new Error('EIO: i/o error, read')
    }
    const [shown] = await person('g', '路人甲').says('我的信息', '聊天身份：路人甲')
    expect(shown?.text).toContain('还有一部分现在读不出来')
    expect(shown?.text).not.toContain('EIO')
  })
  test('shows what waits for an organizer: an application, and who one says to be', async () => {
    const { sees, person } = await openWithRoster()
    await sees('g', '路人甲')
    await person('g', '路人甲').says('申请审核人', '申请是 1 号')
    await person('g', '路人甲').says('我的信息', '申请：审核人，1 号，在等组织者同意')
  })
  test('is not for a group', async () => {
    const { person } = await openWithRoster()
    await person('a', '优空间-张三', group).says('我的信息', '请私聊我')
    await person('a', '优空间-张三', group).says('删除我的信息', '请私聊我')
  })
})

describe('「删除我的信息」', () => {
  test('says first what goes, what stays and what cannot be taken back', async () => {
    const { sees, person, keeper } = await openWithRoster()
    await sees('g', '路人甲')
    const [asked] = await person('g', '路人甲').says('删除我的信息', '会删掉')
    expect(asked?.text).not.toContain('你经手的')
    expect(asked?.text).toMatch(/会改成不记名.*收不回来.*10 分钟内回「确认删除」/su)
    expect(keeper.forgotten).toEqual([])
    await person('g', '路人甲').says('确认删除', '删好了')
    expect(keeper.forgotten.map(({ somebody }) => somebody.chatIds)).toEqual([['g']])
  })
  test('leaves nothing of the person in the community, who is new afterwards', async () => {
    const { sees, person, roster } = await openWithRoster()
    const before = await sees('g', '路人甲')
    await person('g', '路人甲').says('删除我的信息', '会删掉')
    await person('g', '路人甲').says('确认删除', '删好了')
    expect(await roster.membersOf(group)).toMatchObject([{ name: '陈姐' }])
    expect(await roster.find([before.id])).toEqual([])
    expect((await sees('g', '路人甲')).id).not.toBe(before.id)
  })
  test('that one feature cannot carry out yet keeps no other from it, and is ended by itself', async () => {
    const broken = { ...createKeeper(), isBroken: true }
    const keeper = createKeeper()
    const forget = broken.personal.forget
    broken.personal.forget = async (somebody, alias) => {
      if (broken.isBroken) throw new Error('the records cannot be read')
      return forget(somebody, alias)
    }
    const { sees, person, forward, directory } = openOffice({ features: () => [broken, keeper] })
    await person('chen', '陈姐').says('认领 482913', '第一位组织者')
    await person('chen', '陈姐', group).says('绑定本群', '绑定好了')
    const first = await sees('g', '路人甲')
    const second = await sees('h', '路人乙')
    for (const [id, name] of [
      ['g', '路人甲'],
      ['h', '路人乙'],
    ] as const) {
      await person(id, name).says('删除我的信息', '会删掉')
      await person(id, name).says('确认删除', '还有一处现在删不了')
    }
    expect(keeper.forgotten.map(({ somebody }) => somebody.memberId)).toEqual([first.id, second.id])
    broken.isBroken = false
    await forward({ minutes: 2 })
    expect(new Set(broken.forgotten.map(({ somebody }) => somebody.memberId))).toEqual(
      new Set([first.id, second.id]),
    )
    expect((await directory.recognise(person('g', '路人甲').message('在'))).id).not.toBe(first.id)
  })
  test('has to be confirmed, in time', async () => {
    const { person, clock, keeper } = await openWithRoster()
    await person('g', '路人甲').says('确认删除', '请先发「删除我的信息」')
    await person('g', '路人甲').says('删除我的信息', '会删掉')
    clock.forward({ minutes: 11 })
    await person('g', '路人甲').says('确认删除', '请先发「删除我的信息」')
    expect(keeper.forgotten).toEqual([])
  })
  test('is carried out twice a day for one chat, so that no person fills a lesson with nameless sign-ins', async () => {
    const { person, keeper, clock } = await openWithRoster()
    const passer = person('g', '路人甲')
    for (const answer of ['删好了', '删好了', '今天已经给你删过两次了']) {
      clock.forward({ minutes: 2 })
      await passer.says('删除我的信息', '会删掉')
      await passer.says('确认删除', answer)
    }
    expect(keeper.forgotten).toHaveLength(2)
    clock.forward({ hours: 24 })
    await passer.says('删除我的信息', '会删掉')
    await passer.says('确认删除', '删好了')
  })
  test('of a roster member takes the digits, then tells the organizers to mend their list', async () => {
    const { sees, person, roster, outbox, keeper, clock } = await openWithRoster()
    const zhang = await sees('a', '优空间-张三')
    await person('a', '张三').says('删除我的信息', '确认删除 手机尾号四位')
    await person('a', '张三').says('确认删除', '请带上名单上的手机尾号')
    clock.forward({ minutes: 1 })
    await person('a', '张三').says('删除我的信息', '会删掉')
    await person('a', '张三').says('确认删除 1234', '删好了')
    expect(keeper.forgotten).toMatchObject([{ somebody: { memberId: zhang.id, chatIds: ['a'] } }])
    expect((await roster.members()).map(({ name }) => name)).toEqual(['李四'])
    expect(outbox.toPerson('chen')).toEqual([expect.stringContaining('名单上的张三（优空间）要求删除')])
  })
  test('leaves a name in what another person of that name did, and tells the organizers', async () => {
    const { sees, person, imports, outbox, keeper, read } = await openWithRoster()
    await imports('姓名,支部,众创空间,手机尾号\n张三,第一支部,优空间,1234\n张三,第二支部,恒丰,5678\n')
    await sees('a', '优空间-张三')
    await person('a', '张三').says('删除我的信息', '会删掉')
    await person('a', '张三').says('确认删除 1234', '删好了')
    const [{ somebody } = { somebody: undefined }] = keeper.forgotten
    expect(somebody?.names).toContain('张三')
    expect(somebody?.doerNames).not.toContain('张三')
    expect(somebody?.doerNames).toContain('优空间-张三')
    expect(outbox.toPerson('chen').at(-1)).toContain('还有别人也叫「张三」')
    expect(await read('/roster')).toContain('张三')
  })
  test('takes a nickname out of no deeds of the officer who is called so', async () => {
    const { sees, person, keeper } = await openWithRoster()
    await sees('a', '优空间-张三')
    await sees('a', '陈姐')
    await person('a', '张三').says('删除我的信息', '会删掉')
    await person('a', '张三').says('确认删除 1234', '删好了')
    const [{ somebody } = { somebody: undefined }] = keeper.forgotten
    expect(somebody?.names).toContain('陈姐')
    expect(somebody?.doerNames).toEqual(expect.arrayContaining(['张三', '优空间-张三']))
    expect(somebody?.doerNames).not.toContain('陈姐')
  })
  test('with wrong digits waits for an organizer to look', async () => {
    const { sees, person, roster, read, send, outbox, keeper, clock } = await openWithRoster()
    const zhang = await sees('x', '优空间-张三')
    await person('x', '冒牌').says('删除我的信息', '会删掉')
    await person('x', '冒牌').says('确认删除 0000', '已经请组织者核对')
    expect(keeper.forgotten).toEqual([])
    expect(outbox.toPerson('chen')).toEqual([expect.stringContaining('还不能确定是本人')])
    expect(await read('/identities')).toContain('要求删除个人信息（1）')
    await send(`/identities/erasures/${zhang.id}`, { as: 'other' })
    expect(await read('/identities')).not.toContain('要求删除个人信息')
    expect(await roster.members()).toHaveLength(2)
    clock.forward({ minutes: 1 })
    await person('x', '冒牌').says('删除我的信息', '会删掉')
    await person('x', '冒牌').says('确认删除 0001', '已经请组织者核对')
    await send(`/identities/erasures/${zhang.id}`, { as: 'same' })
    expect(await roster.members()).toHaveLength(1)
    expect(keeper.forgotten).toHaveLength(1)
  })
  test('stops comparing digits after three tries of one sender, right ones too, and alarms once', async () => {
    const { sees, person, roster, outbox, keeper, clock, forward } = await openWithRoster()
    await sees('x', '优空间-张三')
    const outcomes = ['已经请', '已经请', '已经请', '次数太多']
    for (const [index, expected] of outcomes.entries()) {
      clock.forward({ minutes: 1 })
      await person('x', '张三').says('删除我的信息', '会删掉')
      await person('x', '张三').says(index === 3 ? '确认删除 1234' : `确认删除 000${index}`, expected)
    }
    expect(keeper.forgotten).toEqual([])
    expect(await roster.members()).toHaveLength(2)
    // The same matter again, hours later: organizers have heard of it.
    await forward({ hours: 3 })
    await person('x', '张三').says('删除我的信息', '会删掉')
    await person('x', '张三').says('确认删除 1234', '次数太多')
    await forward({ hours: 1 })
    expect(outbox.toPerson('chen')).toHaveLength(1)
  })
  test('compares the digits of one member five times a day, whichever of their chats they come from', async () => {
    const { sees, person, roster, keeper, clock } = await openWithRoster()
    const { id } = await sees('x', '优空间-张三')
    const [issued] = await person('x', '张三').says('关联账号', '关联码')
    const code = /\d{6}/u.exec(issued?.text ?? '')?.[0] ?? ''
    await person('y', '张三').says(`关联 ${code}`, '两边的签到和统计记在一起')
    expect((await sees('y', '优空间-张三')).id).toBe(id)
    const tries = ['x', 'x', 'x', 'y', 'y', 'y']
    for (const [index, chat] of tries.entries()) {
      clock.forward({ minutes: 1 })
      await person(chat, '张三').says('删除我的信息', '会删掉')
      const isLast = index === tries.length - 1
      await person(chat, '张三').says(
        isLast ? '确认删除 1234' : `确认删除 000${index}`,
        isLast ? '次数太多' : '已经请',
      )
    }
    expect(keeper.forgotten).toEqual([])
    expect(await roster.members()).toHaveLength(2)
  })
  test('is refused to the only organizer, and ends what another had to do here', async () => {
    const { person, directory, clock } = await openWithRoster()
    await person('chen', '陈姐').says('删除我的信息', '唯一的组织者')
    await person('zhou', '周工').says('申请组织者', '1 号')
    await person('chen', '陈姐').says('同意 1', '周工 现在是组织者')
    clock.forward({ minutes: 1 })
    const [told] = await person('chen', '陈姐').says('删除我的信息', '会删掉')
    expect(told?.text).toContain('你经手的开课、改签、审核和登记：事情留着，名字去掉')
    await person('chen', '陈姐').says('确认删除', '删好了')
    expect(await directory.rolesOf('chen')).toEqual(['maker'])
    expect(await directory.holders('organizer')).toEqual(['zhou'])
  })
  test('takes along what is still kept under a former id, and nothing moves afterwards', async () => {
    const merged: string[] = []
    const keeper = createKeeper()
    keeper.personal.merge = async (moves?: ReadonlyMap<string, string>) =>
      void merged.push(`${keeper.forgotten.length}:${[...(moves ?? [])].flat().join('>')}`)
    const { person, sees, forward, imports } = openOffice({ features: () => [keeper] })
    await person('chen', '陈姐').says('认领 482913', '第一位组织者')
    await imports(list)
    const before = await sees('a', '小飞侠')
    await person('a', '小飞侠').says('我是 张三 优空间 1234', '记下了')
    await person('a', '小飞侠').says('删除我的信息', '会删掉')
    await person('a', '小飞侠').says('确认删除', '删好了')
    expect(merged.filter(line => line.includes(before.id))).not.toEqual([])
    await forward({ minutes: 5 })
    expect(merged.filter(line => line.startsWith('1:'))).toEqual([])
  })
  test('lets no other chat become the person who is just being erased', async () => {
    const keeper = createKeeper()
    const { person, sees, send, imports } = openOffice({ features: () => [keeper] })
    await person('chen', '陈姐').says('认领 482913', '第一位组织者')
    await imports(list)
    await person('a', '小飞侠').says('我是 张三 优空间 1234', '记下了')
    const { id } = await sees('a', '小飞侠')
    await sees('b', '大飞侠')
    const { forget } = keeper.personal
    keeper.personal.forget = async (somebody, alias) => {
      await send('/identities/decide', { pick: handleOf('b'), [`as-${handleOf('b')}`]: id, as: 'same' })
      await forget(somebody, alias)
    }
    await person('a', '小飞侠').says('删除我的信息', '会删掉')
    await person('a', '小飞侠').says('确认删除', '删好了')
    expect(keeper.forgotten).toHaveLength(1)
    expect((await sees('b', '大飞侠')).id).not.toBe(id)
  })
  test('that a crash interrupted is brought to its end, under the same alias', async () => {
    const keeper = createKeeper()
    let isBroken = true
    const forget = keeper.personal.forget
    keeper.personal.forget = async (somebody, alias) => {
      await forget(somebody, alias)
      if (isBroken) throw new Error('no power')
    }
    const { sees, person, forward, roster, world } = openOffice({ features: () => [keeper] })
    await sees('g', '路人甲')
    await person('g', '路人甲').says('删除我的信息', '会删掉')
    await person('g', '路人甲').says('确认删除', '还有一处现在删不了')
    expect(await roster.membersOf(group)).toHaveLength(1)
    isBroken = false
    await forward({ minutes: 2 })
    expect(await roster.membersOf(group)).toHaveLength(0)
    expect(new Set(keeper.forgotten.map(({ alias }) => alias)).size).toBe(1)
    expect(world.log.lines.join()).not.toContain('路人甲')
  })
  test('can be done by an organizer for a person who asked elsewhere', async () => {
    const { send, roster } = await openWithRoster()
    const [li] = await roster.members()
    const unsure = await send(`/roster/members/${li?.id}/erase`)
    expect(await unsure.text()).toContain('请先勾选')
    await send(`/roster/members/${li?.id}/erase`, { sure: 'yes' })
    expect((await roster.members()).map(({ name }) => name)).toEqual(['张三'])
  })
})

describe('nothing is kept for longer than the settings say', () => {
  test('a stranger who is not heard of is forgotten; members, organizers and who has records are not', async () => {
    const records = {
      kept: async ({ chatIds }: PersonIds) => (chatIds.includes('r') ? ['签到记录 1 条'] : []),
    }
    const personal = { ...createKeeper().personal, ...records }
    const { imports, person, sees, forward, roster, directory } = openOffice({
      features: () => [{ personal }],
    })
    await forward({ minutes: 1 })
    await imports(list)
    await person('chen', '陈姐').says('认领 482913', '第一位组织者')
    await sees('chen', '陈姐')
    await sees('a', '优空间-张三')
    await sees('g', '路人甲')
    await sees('r', '有记录的')
    await forward({ hours: 24 * 300 })
    await sees('b', '后来的')
    await forward({ hours: 24 * 80 })
    await forward({ hours: 25 })
    const left = (await roster.membersOf(group)).map(({ name }) => name)
    expect(left.sort()).toEqual(['陈姐', '张三', '有记录的', '后来的'].sort())
    expect(await directory.holders('organizer')).toEqual(['chen'])
  })
})

describe('what is taken out', () => {
  test('is written down: who, what, how many and when', async () => {
    const { read, app } = await openWithRoster()
    expect(await read('/exports')).toContain('现在还没有')
    await app.request('/roster/export.xlsx')
    const page = await read('/exports')
    for (const word of ['陈姐', '成员名单', '2 人', '控制台下载', '今天 13:00']) expect(page).toContain(word)
  })
  test('is forgotten in its time', async () => {
    const { read, app, forward } = await openWithRoster()
    await forward({ minutes: 1 })
    await app.request('/roster/export.xlsx')
    await forward({ hours: 24 * 1150 })
    await forward({ hours: 25 })
    expect(await read('/exports')).toContain('现在还没有')
  })
})

describe('party membership', () => {
  const file = '姓名,众创空间,政治面貌\n张三,优空间,中共党员\n'
  test('is not kept unless the settings say so, and the dry run says that', async () => {
    const { preview, imports, read, roster } = openOffice()
    expect(await preview(new TextEncoder().encode(file))).toContain('为保护隐私不保存的列：政治面貌')
    await imports(file)
    const [zhang] = await roster.members()
    expect(await read(`/roster/members/${zhang?.id}`)).not.toContain('党员')
  })
  test('that is kept shows on the page of the member only, and is let go of when the settings change', async () => {
    const office = openOffice({ keepsParty: true })
    await office.imports(file)
    const [zhang] = await office.roster.members()
    expect(await office.read(`/roster/members/${zhang?.id}`)).toContain('中共党员')
    expect(JSON.stringify(await office.roster.members())).not.toContain('党员')
    const later = openOffice({ store: office.store, keepsParty: false })
    await later.forward({ minutes: 1 })
    await later.forward({ hours: 24 })
    expect(
      JSON.stringify(await office.store.collection('roster', await rosterBook()).list('')),
    ).not.toContain('党员')
  })
})

async function rosterBook() {
  return (await import('../../../src/features/community/records/records.ts')).RosterRecord
}
