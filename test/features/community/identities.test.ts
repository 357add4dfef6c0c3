import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openLowdbStore } from '../../../src/adapters/lowdb/index.ts'
import { createMemoryStore } from '../../../src/adapters/memory.ts'
import { createAlarms } from '../../../src/alarms.ts'
import { identityKey } from '../../../src/features/community/records/records.ts'
import { createQuietLog, createWorld, openCommunity, play } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'
import { group, list, openOffice, otherGroup } from './office.ts'

/** With the groups bound, as 「我是」 is heard only there. */
async function openBound(options: Parameters<typeof openOffice>[0] = {}) {
  const office = openOffice(options)
  await office.person('chen', '陈姐').says('认领 482913', '第一位组织者')
  for (const where of [group, otherGroup])
    await office.person('chen', '陈姐', where).says('绑定本群', '绑定好了')
  await office.imports(list)
  return office
}

describe('who in the groups is who on the roster', () => {
  test('is known by name and space, and then goes by the name on the roster', async () => {
    const { imports, sees, read } = openOffice()
    await imports(list)
    expect((await sees('a', '优空间-张三')).name).toBe('张三')
    expect((await sees('a', '搬家了')).name).toBe('张三')
    expect(await read('/roster')).toContain('1 人和群里的人对上了')
  })
  test('also when the person was there before the roster: the history follows', async () => {
    const moved: [string, string][] = []
    const merge = async (moves: ReadonlyMap<string, string>) => void moved.push(...moves)
    const personal = { kept: async () => [], forget: async () => {}, merge }
    const { imports, sees, forward, roster } = openOffice({ features: () => [{ personal }] })
    const before = await sees('a', '张三 优空间')
    const imported = await imports(list)
    expect(imported).toContain('群里有 1 人按群昵称对上了名单')
    expect(imported).toContain('1 人和群里的人对上了，还有 1 人没见到')
    const after = await sees('a', '张三 优空间')
    expect(after.name).toBe('张三')
    await forward({ minutes: 1 })
    expect(moved[0]).toEqual([before.id, after.id])
    expect(await roster.membersOf(group)).toMatchObject([{ id: after.id, name: '张三' }])
    const passes = moved.length
    await forward({ minutes: 5 })
    await forward({ minutes: 5 })
    expect(passes).toBeLessThanOrEqual(2)
    expect(moved.length).toBe(2)
    expect(await roster.find([before.id])).toEqual([])
  })
  test('never by the name alone, and never twice', async () => {
    const { imports, sees, read } = openOffice()
    await imports(list)
    await sees('a', '张三')
    expect(await read('/roster')).toContain('0 人和群里的人对上了')
    await sees('b', '优空间-张三')
    expect((await sees('c', '优空间-张三')).name).toBe('优空间-张三')
    expect(await read('/roster')).toContain('1 人和群里的人对上了')
  })
  test('matches no one where two on the roster could be meant, or two in the groups', async () => {
    const { imports, sees, roster } = openOffice()
    await imports('姓名,众创空间,企业/团队\n张三,优空间,甲\n张三,优空间,乙\n李四,恒丰,丙\n')
    expect((await sees('a', '优空间-张三')).name).toBe('优空间-张三')
    expect(await roster.membersOf(group)).toMatchObject([{ isOnRoster: false }])
    const other = openOffice()
    for (const id of ['a', 'b']) await other.sees(id, '恒丰-李四')
    await other.imports(list)
    expect(await other.read('/roster')).toContain('0 人和群里的人对上了')
  })
  test('two messages at once are one identity, also for a roster member seen for the first time', async () => {
    const { imports, sees } = openOffice()
    await imports(list)
    const seen = await Promise.all([1, 2, 3].map(() => sees('a', '优空间-张三')))
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1)
    const rivals = await Promise.all(['b', 'c'].map(id => sees(id, '恒丰-李四')))
    expect(rivals.map(({ name }) => name).sort()).toEqual(['恒丰-李四', '李四'].sort())
  })
  test('a corrected name on the roster is the member’s', async () => {
    const { imports, sees } = openOffice()
    await imports('姓名,众创空间,群昵称\n张珊,优空间,阿珊\n')
    const member = await sees('a', '阿珊')
    expect(await imports(`编号,姓名\n${member.id},张三\n`)).toContain('修改 1 人')
    expect(await sees('a', '阿珊')).toEqual({ id: member.id, name: '张三' })
  })
})

describe('「我是 张三 1234」', () => {
  test('binds a maker by the phone’s last digits, with one message in private', async () => {
    const { person, roster, directory } = await openBound()
    await person('a', '小飞侠').says('我是 张三 1234', '记下了：张三（优空间）')
    expect((await directory.recognise(person('a', '小飞侠', group).message('签到'))).name).toBe('张三')
    const [zhang] = (await roster.members()).filter(({ name }) => name === '张三')
    expect(await roster.addressOf(zhang?.id ?? '')).toEqual({ chatId: 'a' })
  })
  test.each(['我是张三 优空间 1234', '我是：张三，优空间，1234', '我是 1234 张三', '我是 优空间张三 1234'])(
    'also as 「%s」',
    async said => {
      const { person } = await openBound()
      await person('a', '小飞侠').says(said, '记下了：张三')
    },
  )
  test('name and space alone make no one a member, in private or in a group', async () => {
    const { person, directory, roster, outbox, forward, read, feature } = await openBound()
    await person('x', '冒牌').says('我是 张三 优空间', '请带上名单上的手机尾号四位再发一次')
    await person('y', '小飞侠', group).asks('我是 张三 优空间', '请私聊我发「我是 张三 手机尾号四位」')
    for (const id of ['x', 'y'])
      expect((await directory.recognise(person(id, '冒牌', group).message('签到'))).name).toBe('冒牌')
    const [zhang] = (await roster.members()).filter(({ name }) => name === '张三')
    expect((await roster.addressOf(zhang?.id ?? '')).chatId).toBeUndefined()
    const [shown] = await person('x', '冒牌').says('我的信息', '我记着你的这些')
    expect(shown?.text).toMatch(/名单：不在名单上/u)
    expect(shown?.text).not.toContain('第一支部')
    expect(await read('/identities')).toContain('自称是他')
    expect(await feature.chores?.()).toEqual([{ text: '2 个群里的名字要和名单核对', path: '/identities' }])
    await forward({ minutes: 31 })
    expect(outbox.toPerson('chen')).toEqual([
      expect.stringContaining('「冒牌」说自己是名单上的张三'),
      expect.stringContaining('「小飞侠」说自己是名单上的张三'),
    ])
  })
  test('who says so in a group hears how to show it, all in one message', async () => {
    const { person, forward, outbox } = await openBound()
    await person('a', '小飞侠', group).says('我是 张三 优空间')
    await person('b', '小李', group).says('我是：李四，恒丰')
    await person('c', '小王', group).says('我是李四 恒丰')
    await forward({ seconds: 21 })
    expect(outbox.toGroup(group)).toEqual([expect.stringMatching(/收到：小飞侠、小李、小王.*请私聊我发/u)])
  })
  test('an organizer confirms who has no digits on the roster', async () => {
    const { person, imports, read, send, sees, roster } = await openBound()
    await imports('姓名,众创空间\n王五,绿动\n')
    await person('w', '老王').says('我是 王五 绿动', '已经请组织者核对')
    const [wang] = (await roster.members()).filter(({ name }) => name === '王五')
    await send('/identities/decide', decisionFrom(await read('/identities'), wang?.id ?? '', 'same'))
    expect((await sees('w', '老王')).name).toBe('王五')
  })
  test('stays a remark where it names no one on the roster', async () => {
    const { person } = await openBound()
    await person('a', '小飞侠', group).says('我是 来学习的')
    await person('a', '小飞侠', group).says('我是小微企业能申请什么')
    await person('a', '小飞侠').says('我是 王五 优空间', '名单上没找到这个人')
  })
  test('asks for the space, since a name alone is not enough', async () => {
    const { person, sees, read } = await openBound()
    await person('z', '张三', group).says('我是 张三', '把众创空间（或支部、企业）也带上')
    expect(await read('/identities')).toContain('只有名字一样')
    await person('a', '小飞侠').says('我是 张三', '把众创空间（或支部、企业）也带上')
    expect((await sees('a', '小飞侠')).name).toBe('小飞侠')
  })
  test('asks which of two namesakes, and in a group never for a phone number', async () => {
    const { person, imports } = await openBound()
    await imports('姓名,众创空间,手机尾号\n张三,蒲公英,4321\n')
    await person('a', '小飞侠').says('我是 张三', '名单上有 2 位：张三（优空间）、张三（蒲公英）')
    await person('a', '小飞侠').says('我是 张三 4321', '记下了：张三（蒲公英）')
    await imports('姓名,众创空间,手机尾号\n赵六,绿动,1111\n赵六,绿动,2222\n')
    await person('b', '小赵', group).says('我是 赵六 绿动', '请私聊我')
    await person('b', '小赵').says('我是 赵六 绿动', '请带上手机尾号')
    await person('b', '小赵').says('我是 赵六 绿动 2222', '记下了：赵六')
  })
  test('of an already linked person waits for an organizer, who decides on the page', async () => {
    const { person, sees, outbox, read, send, clock } = await openBound()
    const zhang = await sees('a', '优空间-张三')
    await person('x', '冒牌').says('我是 张三 优空间', '请组织者核对')
    expect(outbox.toPerson('chen')).toEqual([expect.stringContaining('「冒牌」说自己是名单上的张三')])
    expect((await sees('x', '冒牌')).id).not.toBe(zhang.id)
    const page = await read('/identities')
    expect(page).toContain('自称是他')
    await send('/identities/decide', decisionFrom(page, zhang.id, 'other'))
    expect(await read('/identities')).not.toContain('自称是他')
    clock.forward({ minutes: 5 })
    await person('x', '冒牌').says('我是 张三 优空间', '请组织者核对')
    expect(await read('/identities')).not.toContain('自称是他')
  })
  test('a proof stands against an alias, and organizers hear of it', async () => {
    const { person, sees, outbox } = await openBound()
    const zhang = await sees('x', '优空间-张三')
    await person('a', '小飞侠').says('我是 张三 1234', '记下了：张三')
    expect((await sees('a', '小飞侠')).id).toBe(zhang.id)
    expect(outbox.toPerson('chen')).toEqual([expect.stringContaining('之前还有别的微信号用了这个名字')])
    await person('y', '也来').says('我是 张三 1234', '已经对上了别的微信号')
  })
  test('the digits of a phone cannot be guessed by one person, nor after a restart', async () => {
    const { person, store, clock, imports } = await openBound()
    for (let i = 0; i < 5; i++) await person('x', '冒牌').says(`我是 张三 优空间 000${i}`, '名单上没找到')
    await person('x', '冒牌').says('我是 张三 优空间 1234', '试得太多')
    const later = openOffice({ store })
    await later.person('x', '冒牌').says('我是 张三 1234', '试得太多')
    await imports(list)
    clock.forward({ hours: 24 })
    await person('x', '冒牌').says('我是 张三 1234', '记下了')
  })
  test('nor by many, all at once: ten tries for one member in a day, and one alarm', async () => {
    const { person, outbox, directory } = await openBound()
    const people = Array.from({ length: 30 }, (_, n) => person(`x${n}`, `冒牌${n}`))
    const replies = await Promise.all(
      people.map((one, n) => one.send(one.message(`我是 张三 ${n === 29 ? 1234 : 2000 + n}`))),
    )
    const refused = replies.flat().filter(({ text }) => text?.includes('试得太多'))
    expect(refused).toHaveLength(20)
    expect((await directory.recognise(person('x29', '冒牌29').message('嗨'))).name).not.toBe('张三')
    expect(outbox.toPerson('chen')).toEqual([expect.stringContaining('反复试')])
  })
  test('many who guess link codes get one try each, and do not keep others from linking', async () => {
    const { person } = await openBound()
    const [issued] = await person('a', '小飞侠').says('关联账号', '关联码')
    const code = /\d{6}/u.exec(issued?.text ?? '')?.[0] ?? ''
    const wrong = code === '000000' ? '000001' : '000000'
    for (let n = 0; n < 30; n += 1) await person(`x${n}`, `路人${n}`).says(`关联 ${wrong}`, '这个关联码不对')
    await person('late', '路人').says(`关联 ${wrong}`, '这个关联码不对')
    await person('late', '路人').says(`关联 ${code}`, '试得太多')
    await person('b', '小飞侠').says(`关联 ${code}`, '两边的签到和统计记在一起')
  })
  test('is one person, also when two prove it at the same moment', async () => {
    const { person, roster } = await openBound()
    const said = ['a', 'b'].map(id => person(id, '小飞侠').message('我是 张三 1234'))
    const replies = await Promise.all(said.map(message => person('a', '').send(message)))
    const texts = replies.flat().map(({ text = '' }) => text.slice(0, 5))
    expect(texts.sort()).toEqual(['好的，记下', '张三（优空'].sort())
    expect(await roster.members()).toHaveLength(2)
  })
  test('is no news to us the second time', async () => {
    const { person, clock } = await openBound()
    await person('a', '小飞侠').says('我是 张三 1234', '记下了')
    clock.forward({ minutes: 5 })
    await person('a', '小飞侠').says('我是 张三 优空间', '我记得你：张三（优空间）')
    await person('a', '小飞侠').says('我是 张三 1234', '我记得你：张三（优空间）')
    await person('a', '小飞侠', group).says('我是 张三 优空间')
  })
})

/** The form as the browser would send it, with that one ticked. */
function decisionFrom(page: string, memberId: string, as: string): Record<string, string> {
  const name = new RegExp(`name="(as-[0-9a-f]+)" value="${memberId}"`, 'u').exec(page)?.[1] ?? ''
  return { pick: name.slice(3), [name]: memberId, as }
}

describe('when ids change', () => {
  /** The same people over another line: every id is new. */
  async function openAfterMove() {
    const store = createMemoryStore()
    const moves: [string, string][] = []
    const personal = {
      kept: async () => [],
      forget: async () => {},
      merge: async (all: ReadonlyMap<string, string>) => void moves.push(...all),
    }
    const before = openOffice({ store, line: () => ({ platform: 'puppet-a', account: 'bot-1' }) })
    await before.imports(list)
    const zhang = await before.sees('old-a', '优空间-张三')
    const guest = await before.sees('old-g', '路过 甲公司')
    const after = openOffice({
      store,
      line: () => ({ platform: 'puppet-b', account: 'bot-2' }),
      features: () => [{ personal }],
    })
    after.clock.forward({ hours: 24 })
    return { after, zhang, guest, moves }
  }

  test('matches are proposed and confirmed in bulk, and the history stays', async () => {
    const { after, zhang, guest, moves } = await openAfterMove()
    const { sees, read, app, forward } = after
    const newZhang = await sees('new-a', '优空间-张三')
    const newGuest = await sees('new-g', '路过 甲公司')
    expect(newZhang.id).not.toBe(zhang.id)
    const page = await read('/identities')
    expect(page).toContain('要核对（2）')
    expect(page).toContain('可能换了微信号')
    expect(page).toContain('可能是以前的同一个人')
    const body = new FormData()
    for (const [, name = '', id = ''] of page.matchAll(/name="(as-[0-9a-f]+)" value="([a-z0-9]+)"/gu)) {
      body.append('pick', name.slice(3))
      body.append(name, id)
    }
    body.append('as', 'same')
    await app.request('/identities/decide', { method: 'POST', body })
    expect(await read('/identities?done=same&n=2')).toContain('对上了 2 位')
    await forward({ minutes: 1 })
    expect(Object.fromEntries(moves)).toEqual({ [newZhang.id]: zhang.id, [newGuest.id]: guest.id })
    expect((await sees('new-a', '优空间-张三')).id).toBe(zhang.id)
    expect((await sees('new-g', '路过 甲公司')).id).toBe(guest.id)
    expect(await read(`/roster/members/${zhang.id}`)).toContain('线路 puppet-b，账号 bot-2')
  })
  test('nothing merges by itself, and a bare nickname is not even proposed', async () => {
    const { after } = await openAfterMove()
    await after.sees('new-x', '月亮')
    expect(await after.read('/identities')).toContain('要核对（0）')
  })
})

describe('the page of identities', () => {
  test('asks about a name alone, unticked, and lets one be chosen among namesakes', async () => {
    const { imports, sees, read, send, roster } = openOffice()
    await imports('姓名,众创空间\n张三,优空间\n张三,恒丰\n李四,恒丰\n')
    await sees('a', '张三')
    const page = await read('/identities')
    expect(page).toContain('只有名字一样')
    expect(page).toContain('请选一位')
    expect(page).not.toContain('checked')
    const handle = /name="pick" value="([0-9a-f]+)"/u.exec(page)?.[1] ?? ''
    const unchosen = await send('/identities/decide', { pick: handle, [`as-${handle}`]: '', as: 'same' })
    expect(await unchosen.text()).toContain('什么都没有改')
    const [zhang] = (await roster.members()).filter(({ space }) => space === '恒丰')
    await send('/identities/decide', { pick: handle, [`as-${handle}`]: zhang?.id ?? '', as: 'same' })
    expect((await sees('a', '张三')).id).toBe(zhang?.id)
  })
  test('takes a wrong link back: later messages belong to another person', async () => {
    const { imports, sees, read, send } = openOffice()
    await imports(list)
    const zhang = await sees('a', '优空间-张三')
    const handle = /name="handle" value="([0-9a-f]+)"/u.exec(await read(`/roster/members/${zhang.id}`))?.[1]
    await send('/identities/part', { handle: handle ?? '' })
    const other = await sees('a', '优空间-张三')
    expect(other.id).not.toBe(zhang.id)
    expect(await read('/identities')).toContain('要核对（0）')
  })
  test('says who a stranger is, or adds them to the roster', async () => {
    const { imports, sees, read, send } = openOffice()
    await imports(list)
    await sees('a', '月亮')
    const page = await read('/identities')
    const handle = /href="\/identities\/([0-9a-f]{32})"/u.exec(page)?.[1] ?? ''
    expect(await read(`/identities/${handle}?q=李四`)).toContain('就是这一位')
    await send(`/identities/${handle}/add`, { name: '月小亮' })
    expect((await sees('a', '月亮')).name).toBe('月小亮')
  })
  test('is for organizers', async () => {
    const { read } = openOffice({ roles: ['reviewer'] })
    expect(await read('/identities')).toContain('只有组织者能看')
    expect(await read('/exports')).toContain('只有组织者能看')
  })
})

test('a record of the first kind still opens, and its person is known', async () => {
  const { clock } = createWorld()
  const outbox = createRecordingOutbox(clock)
  const first = { senderId: 'a', memberId: 'm2345678', linkedAt: '2026-11-01T00:00:00Z' }
  const file = { version: 1, records: { [identityKey('a')]: first } }
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-'))
  try {
    mkdirSync(join(folder, 'identities'))
    writeFileSync(join(folder, 'identities', `${identityKey('a').slice(0, 2)}.json`), JSON.stringify(file))
    const log = createQuietLog()
    const store = await openLowdbStore({ folder, alarms: createAlarms({ clock, log }), log, clock })
    const { directory } = openCommunity({ store, clock, outbox })
    const { message } = play(createWorld(), directory, []).person('a', '优空间-张三', group)
    expect(await directory.recognise(message('签到'))).toEqual({ id: 'm2345678', name: '优空间-张三' })
    await store.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('five hundred people seen for the first time at once get one identity each', async () => {
  const { imports, sees, roster } = openOffice()
  const given = [...'明华强丽芳伟静洋勇杰娟涛超磊鹏军平刚玲燕辉丹波宁健']
  const people = [...'张王李赵刘陈杨黄周吴'].flatMap(family => given.map(name => `${family}${name}`))
  await imports(`姓名,众创空间\n${people.map(name => `${name},优空间`).join('\n')}\n`)
  const seen = await Promise.all(
    people.flatMap((name, n) => [sees(`a${n}`, `优空间-${name}`), sees(`b${n}`, `${name} 优空间`)]),
  )
  expect(new Set(seen.map(({ id }) => id)).size).toBe(500)
  expect((await roster.membersOf(group)).filter(({ isOnRoster }) => isOnRoster)).toHaveLength(250)
})

test('a phone number in an alias is neither kept nor repeated', async () => {
  const { imports, sees, roster } = openOffice()
  await imports(list)
  expect((await sees('g', '路人 13800001234')).name).toBe('路人')
  expect((await sees('a', '优空间-张三 13800001234')).name).toBe('张三')
  expect(JSON.stringify(await roster.membersOf(group))).not.toContain('1380000')
})
