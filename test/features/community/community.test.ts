import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withSeenName } from '../../../src/features/community/identities/ledger.ts'
import { newClaimCode } from '../../../src/features/community/index.ts'
import type { Identity } from '../../../src/features/community/records/identity-records.ts'
import { createWorld, openCommunity, play } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

const group = '优空间创客群'
const claimCode = '482913'

function open(world = createWorld()) {
  const outbox = createRecordingOutbox(world.clock)
  const built = openCommunity({ store: world.store, clock: world.clock, outbox, claimCode })
  const echo = { name: 'echo', listen: async () => '听到了' }
  const played = play(world, built.directory, [built.feature, echo])
  return { world, outbox, ...built, ...played, chen: played.person('chen', '陈姐') }
}

async function openClaimed() {
  const opened = open()
  await opened.chen.says(`认领 ${claimCode}`, '你是第一位组织者')
  return opened
}

describe('the first organizer', () => {
  test('is claimed in private with the code that was printed', async () => {
    const { chen, directory } = open()
    await chen.says('认领', '六位数字')
    await chen.says(`认领 ${claimCode}`, '陈姐，你是第一位组织者')
    expect(await directory.rolesOf('chen')).toEqual(['maker', 'organizer'])
    expect(await directory.holders('organizer')).toEqual(['chen'])
  })
  test('or in a group that is not bound yet', async () => {
    await open().person('chen', '陈姐', group).says(`认领 ${claimCode}`, '第一位组织者')
  })
  test('only with the right code', async () => {
    const { chen, directory } = open()
    await chen.says('认领 111111', '认领码不对')
    expect(await directory.holders('organizer')).toEqual([])
  })
  test('after which the code is worth nothing, and is not printed', async () => {
    const { person, openClaimCode, chen } = open()
    expect(await openClaimCode()).toBe(claimCode)
    await chen.says(`认领 ${claimCode}`, '第一位组织者')
    // A wrong one hears the same, so that trying tells nothing about the code.
    for (const said of [claimCode, '111111'])
      await person('mei', '小美').says(`认领 ${said}`, '已经有组织者了')
    expect(await openClaimCode()).toBeUndefined()
  })
  test('is one, also when two claim at the same moment', async () => {
    const { chen, person, directory } = open()
    const mei = person('mei', '小美')
    await Promise.all([chen, mei].map(somebody => somebody.send(somebody.message(`认领 ${claimCode}`))))
    expect(await directory.holders('organizer')).toHaveLength(1)
  })
  test('cannot be guessed: five tries a person', async () => {
    const { chen } = open()
    for (let i = 0; i < 5; i++) await chen.says(`认领 00000${i}`, '认领码不对')
    await chen.says(`认领 ${claimCode}`, '试得有点多')
  })
  test('nor burnt by strangers, who have one try each after twenty misses', async () => {
    const { person, chen } = open()
    for (let i = 0; i < 20; i++) await person(`x${i}`, '某人').says('认领 000000', '认领码不对')
    await person('x20', '某人').says('认领 000000', '认领码不对')
    await person('x20', '某人').says(`认领 ${claimCode}`, '试得有点多')
    await chen.says(`认领 ${claimCode}`, '第一位组织者')
  })
  test('nor is an owner locked out who mistyped before the strangers came', async () => {
    const { person, chen } = open()
    await chen.says('认领 482931', '认领码不对')
    for (let i = 0; i < 30; i++) await person(`x${i}`, '某人').says('认领 000000', '认领码不对')
    await chen.says(`认领 ${claimCode}`, '第一位组织者')
  })
  test('while many guess, each has one more try and no second one', async () => {
    const { person, chen, directory } = open()
    for (let i = 0; i < 4; i++) await chen.says(`认领 00000${i}`, '认领码不对')
    for (let i = 0; i < 20; i++) await person(`x${i}`, '某人').says('认领 000000', '认领码不对')
    await chen.says('认领 000009', '认领码不对')
    await chen.says(`认领 ${claimCode}`, '试得有点多')
    await person('x1', '某人').says('认领 000001', '认领码不对')
    await person('x1', '某人').says(`认领 ${claimCode}`, '试得有点多')
    expect(await directory.holders('organizer')).toEqual([])
  })
  test('a restart forgives no guess at the same code', async () => {
    const { chen, world } = open()
    for (let i = 0; i < 5; i++) await chen.says(`认领 00000${i}`, '认领码不对')
    const later = open(world).chen
    const [reply] = await later.send(later.message(`认领 ${claimCode}`, { id: 'after-the-restart' }))
    expect(reply?.text).toContain('试得有点多')
  })
  test('claims with six digits, drawn anew', () => {
    const codes = Array.from({ length: 50 }, newClaimCode)
    expect(codes.every(code => /^\d{6}$/.test(code))).toBe(true)
    expect(new Set(codes).size).toBeGreaterThan(40)
  })
})

describe('binding', () => {
  test('an organizer binds a group from inside, and only then it hears', async () => {
    const { person, directory } = await openClaimed()
    const org = person('chen', '陈姐', group)
    const mei = person('mei', '小美', group)
    await mei.asks('在吗')
    await org.says('绑定本群', '「优空间创客群」绑定好了')
    await org.says('绑定本群', '早就绑定好了')
    await mei.asks('在吗', '听到了')
    expect(await directory.groups()).toEqual([{ id: group, name: group }])
  })
  test('a maker cannot', async () => {
    const { person, directory } = await openClaimed()
    await person('mei', '小美', group).says('绑定本群', '只有组织者能办')
    expect(await directory.group(group)).toBeUndefined()
  })
  test('is refused in private', async () => {
    await (await openClaimed()).chen.says('绑定本群', '要在群里说')
  })
  test('unbinding silences the group again', async () => {
    const { person } = await openClaimed()
    const org = person('chen', '陈姐', group)
    await org.says('绑定本群', '绑定好了')
    await org.says('解绑本群', '解绑了')
    await org.asks('在吗')
    await org.says('解绑本群')
  })
  test('the state tells by whom, when and how many are known', async () => {
    const { person, directory } = await openClaimed()
    const org = person('chen', '陈姐', group)
    await org.says('本群状态', '还没有绑定')
    await org.says('绑定本群', '绑定好了')
    await directory.recognise(person('mei', '优空间-小美', group).message('签到'))
    await org.says('本群状态', '陈姐 于今天 13:00绑定，我认识这里的 2 位成员')
  })
  test('a renamed group stays bound, under its new name, which organizers are told once', async () => {
    const { person, directory, outbox } = await openClaimed()
    await person('chen', '陈姐', group).says('绑定本群', '绑定好了')
    const mei = person('mei', '小美', group)
    const renamed = () => directory.recognise(mei.message('签到', { groupName: '优空间\n党员创客' }))
    await Promise.all([renamed(), renamed()])
    await renamed()
    expect(await directory.group(group)).toEqual({ id: group, name: '优空间 党员创客' })
    expect(outbox.toPerson('chen')).toEqual([
      expect.stringContaining('「优空间创客群」改名为「优空间 党员创客」了'),
    ])
  })
})

describe('more organizers and reviewers', () => {
  test('a member applies in private, an organizer is told and agrees by name', async () => {
    const { chen, person, outbox, directory } = await openClaimed()
    const zhang = person('zhang', '张三')
    await zhang.says('怎么才能当组织者？', '发「申请组织者」')
    for (const said of ['我不想做组织者了', '老王想当组织者', '想当组织者要什么条件'])
      await zhang.says(said, '发「申请组织者」')
    expect(outbox.toPerson('chen')).toEqual([])
    await zhang.says('申请做组织者', '申请是 1 号')
    expect(outbox.toPerson('chen')).toEqual([expect.stringContaining('张三 申请做组织者')])
    await chen.says('同意 张三', '张三 现在是组织者了')
    expect(outbox.toPerson('zhang')).toEqual([expect.stringContaining('同意了')])
    expect(await directory.rolesOf('zhang')).toEqual(['maker', 'organizer'])
  })
  test('the same for a reviewer, by number', async () => {
    const { chen, person, directory } = await openClaimed()
    await person('zhang', '张三').says('申请组织者', '1 号')
    await chen.says('同意', '张三 现在是组织者了')
    await person('li', '李四').says('申请审核人', '2 号')
    await chen.says('同意 2', '要两个人点头')
    await person('zhang', '张三').says('同意 2', '李四 现在是审核人了')
    expect(await directory.rolesOf('li')).toEqual(['maker', 'reviewer'])
  })
  test('an application that is settled is told to the other organizers who were asked', async () => {
    const { chen, person, outbox } = await openClaimed()
    await person('zhang', '张三').says('申请组织者', '1 号')
    await chen.says('同意', '张三 现在是组织者了')
    await person('li', '李四').says('申请审核人', '2 号')
    await chen.says('不同意 2', '没有通过')
    expect(outbox.toPerson('zhang').at(-1)).toBe('2 号申请办好了：陈姐 没有同意 李四 做审核人，不用再回。')
    expect(outbox.toPerson('chen').join()).not.toContain('不用再回')
  })
  test('a bare 同意 is enough while one waits, and asks which when two do', async () => {
    const { chen, person } = await openClaimed()
    await person('a', '张三').says('申请组织者', '1 号')
    await person('b', '优空间-张三').says('申请审核人', '2 号')
    await chen.says('同意', '有几个申请')
    await chen.says('同意 王五', '没有「王五」的申请')
    await chen.says('不同意 2', '优空间-张三 的申请没有通过')
    await chen.says('同意', '张三 现在是组织者了')
  })
  test('where there are two organizers, a bare 同意 is not taken for the application that came later', async () => {
    const { chen, person, directory } = await openClaimed()
    const zhang = person('zhang', '张三')
    await zhang.says('申请组织者', '1 号')
    await chen.says('同意', '张三 现在是组织者了')
    await person('li', '李四').says('申请审核人', '2 号')
    await zhang.says('不同意 2', '没有通过')
    await person('wang', '王五').says('申请组织者', '3 号')
    await chen.says('同意', '请带上号码，例如「同意 3」')
    expect(await directory.rolesOf('wang')).toEqual(['maker'])
    await chen.says('同意 3', '要两个人点头')
    await zhang.says('同意', '请带上号码')
    await zhang.says('同意 3', '王五 现在是组织者了')
  })
  test('what waits for an organizer stands among the chores', async () => {
    const { person, feature } = await openClaimed()
    expect(await feature.chores?.()).toEqual([])
    await person('zhang', '张三').says('申请组织者', '1 号')
    expect(await feature.chores?.()).toEqual([{ text: '1 个身份申请等组织者同意', path: '/roles' }])
  })
  test('not agreeing is told too, and may be tried again', async () => {
    const { chen, person, outbox, directory } = await openClaimed()
    const zhang = person('zhang', '张三')
    await zhang.says('申请组织者', '1 号')
    await zhang.says('申请组织者', '已经在等组织者同意')
    await chen.says('不同意 张三', '没有通过')
    expect(outbox.toPerson('zhang')).toEqual([expect.stringContaining('没有同意')])
    expect(await directory.rolesOf('zhang')).toEqual(['maker'])
    await zhang.says('申请组织者', '2 号')
  })
  test('同意 stays a remark for everybody else', async () => {
    const { person, chen } = await openClaimed()
    const org = person('chen', '陈姐', group)
    await org.says('绑定本群', '绑定好了')
    await chen.says('同意', '听到了')
    await person('zhang', '张三').says('申请组织者', '1 号')
    await person('mei', '小美', group).says('同意')
    await person('mei', '小美').says('同意 张三', '听到了')
    await org.says('同意 张三')
    await chen.says('同意他的看法', '听到了')
  })
  test('no one agrees to an application of their own', async () => {
    const { chen, person, outbox } = await openClaimed()
    await person('zhang', '张三').says('申请组织者', '1 号')
    await chen.says('同意 1', '张三 现在是组织者')
    await chen.says('申请审核人', '2 号')
    expect(outbox.toPerson('chen').join()).not.toContain('申请做审核人')
    expect(outbox.toPerson('zhang').join()).toContain('陈姐 申请做审核人')
    await chen.says('同意 2', '另一位组织者')
    await chen.says('申请组织者', '已经是组织者')
  })
  test('the only organizer is told that nobody can agree, and nothing is asked', async () => {
    const { chen, outbox } = await openClaimed()
    const before = outbox.toPerson('chen').length
    await chen.says('申请审核人', '只有你一位组织者')
    await chen.says('我想当审核人', '只有你一位组织者')
    await chen.says('同意', '听到了')
    expect(outbox.toPerson('chen')).toHaveLength(before)
  })
  test('no organizer takes the own role away, in chat as on the console', async () => {
    const { chen, person, directory } = await openClaimed()
    await person('zhang', '张三').says('申请组织者', '1 号')
    await chen.says('同意 1', '张三 现在是组织者')
    await chen.says('取消组织者 陈姐', '由另一位组织者来定')
    expect(await directory.rolesOf('chen')).toContain('organizer')
  })
  test('an application before the first organizer is refused', async () => {
    await open().person('zhang', '张三').says('申请组织者', '还没有组织者')
  })
  test('a role is taken back, but one organizer stays', async () => {
    const { chen, person, directory } = await openClaimed()
    await person('zhang', '张三').says('申请组织者', '1 号')
    await chen.says('取消组织者 陈姐', '至少要留一位')
    await chen.says('同意', '张三 现在是组织者')
    await chen.says('组织者名单', '张三：组织者，2026年11月28日 13:00，陈姐 同意')
    await chen.says('取消组织者', '请带上名字')
    await chen.says('取消组织者 李四', '没有「李四」')
    await chen.says('取消组织者 张三', '不再是组织者')
    expect(await directory.rolesOf('zhang')).toEqual(['maker'])
  })
})

describe('members', () => {
  test('one chat identity is one member, also when first messages arrive together', async () => {
    const { person, directory } = open()
    const mei = person('mei', '优空间-小美', group)
    const seen = await Promise.all([1, 2, 3].map(() => directory.recognise(mei.message('签到'))))
    expect(new Set(seen.map(member => member.id)).size).toBe(1)
    expect(seen[0]).toEqual({ id: expect.stringMatching(/^[a-z2-9]{8}$/), name: '优空间-小美' })
  })
  test('two people of one name are two members', async () => {
    const { person, directory, roster } = open()
    for (const id of ['a', 'b']) await directory.recognise(person(id, '张三', group).message('签到'))
    expect(await roster.membersOf(group)).toHaveLength(2)
  })
  test('a new alias is the same member; a nickname in private does not replace it', async () => {
    const { person, directory } = open()
    const first = await directory.recognise(person('mei', '小美', group).message('签到'))
    const renamed = await directory.recognise(person('mei', '优空间-小\u200b美\n', group).message('签到'))
    const inPrivate = await directory.recognise(person('mei', '月亮').message('你好'))
    expect(renamed).toEqual({ id: first.id, name: '优空间-小美' })
    expect(inPrivate).toEqual(renamed)
  })
  test('a person from a paper list is known in the group', async () => {
    const { roster } = open()
    const zhang = await roster.enrol('张三', group)
    expect(await roster.membersOf(group)).toMatchObject([{ ...zhang, isOnRoster: false, branch: '' }])
  })
  test('names seen do not grow for ever', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.boolean())), names => {
        const at = '2026-11-28T05:00:00Z'
        const blank: Identity = {
          senderId: 'a',
          memberId: 'm',
          how: 'seen',
          platform: '',
          account: '',
          linkedAt: at,
          seenAt: at,
          names: [],
        }
        const end = names.reduce(
          (identity, [name, isInGroup]) =>
            withSeenName(identity, { name, ...(isInGroup ? { groupId: 'g' } : {}) }, at),
          blank,
        )
        expect(end.names.length).toBeLessThanOrEqual(20)
      }),
    )
  })
})
