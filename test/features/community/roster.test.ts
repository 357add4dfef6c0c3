import { describe, expect, test } from 'vitest'
import { openCommunityRecords } from '../../../src/features/community/records/records.ts'
import { group, list, openOffice, utf8 } from './office.ts'

describe('an import', () => {
  test('is looked at row by row before anything is saved', async () => {
    const { preview, read, confirm } = openOffice()
    expect(await read('/roster')).toContain('这里会列出名单上的成员')
    expect(await preview(utf8(list))).toContain('新增 2 人，修改 0 人，不变 0 人，有误 0 行')
    expect(await read('/roster')).toContain('成员名单（0 人）')
    expect(await confirm()).toContain('导入好了：新增 2 人')
    expect(await read('/roster?q=优空间')).toContain('张三')
    expect(await read('/roster?q=优空间')).not.toContain('data-label="姓名">李四')
  })
  test('begins above the members, and a refusal stands there too', async () => {
    const { imports, preview, read } = openOffice()
    await imports(utf8(list))
    const page = await read('/roster')
    expect(page.indexOf('先看看会改什么')).toBeLessThan(page.indexOf('成员名单（2 人）'))
    const refused = await preview(utf8('只有一列\n没有名字\n'))
    expect(refused.indexOf('role="alert"')).toBeGreaterThan(0)
    expect(refused.indexOf('role="alert"')).toBeLessThan(refused.indexOf('成员名单（2 人）'))
  })
  test('of a column that is not of names is refused, and not compared line by line', async () => {
    const { preview } = openOffice()
    const rows = (count: number) =>
      Array.from({ length: count }, (_, n) => `优空间,${String(n).padStart(4, '0')}`).join('\n')
    expect(await preview(utf8(`姓名,手机尾号\n${rows(100)}\n`))).toContain('新增 100 人')
    const page = await preview(utf8(`姓名,手机尾号\n${rows(8000)}\n`))
    expect(page).toContain('有 8000 行要改')
    expect(page).toContain('有 8000 行都叫这个名字，像是把别的列读成了姓名，请检查表头')
  })
  test('of which every line is skipped says that no one was read', async () => {
    const { preview } = openOffice()
    const page = await preview(utf8('姓名,手机,支部\n1,甘棠,一支部\n2,柏舟,二支部\n'))
    expect(page).toContain('一个人也没有读到')
    expect(page).not.toContain('和名单完全一样')
  })
  test('of the same file changes nothing', async () => {
    const { imports, preview } = openOffice()
    await imports(utf8(list))
    expect(await preview(utf8(list))).toContain('和名单完全一样')
  })
  test('tells the changes, keeps fields that the file leaves out, and removes no one', async () => {
    const { imports, preview, confirm, read } = openOffice()
    await imports(utf8(list))
    const page = await preview(utf8('姓名,支部,众创空间,企业\n张三,第三支部,优空间,\n'))
    expect(page).toContain('支部：第一支部 → 第三支部')
    expect(page).toContain('另外 1 人不在文件里')
    expect(await confirm()).toContain('修改 1 人')
    expect(await read('/roster')).toContain('第三支部')
    expect(await read('/roster')).toContain('李四')
  })
  test('can be taken back while nobody has changed the roster since', async () => {
    const { imports, read, send } = openOffice()
    await imports(utf8(list))
    const wrong = '姓名,支部,众创空间,手机尾号\n张三,第九支部,优空间,1234\n王五,第一支部,优空间,4321\n'
    await imports(wrong)
    // An import that changes nothing is none.
    await imports(wrong)
    expect(await read('/roster')).toContain('撤销上次导入')
    expect(await (await send('/roster/undo')).text()).toContain('名单回到那次导入以前')
    const page = await read('/roster')
    expect(page).toContain('李四')
    expect(page).not.toMatch(/王五|第九支部|撤销上次导入/u)
    await imports('姓名,支部,众创空间,手机尾号\n王五,第一支部,优空间,4321\n')
    const [, id = ''] = /href="\/roster\/members\/(\w+)">王五/u.exec(await read('/roster')) ?? []
    await send(`/roster/members/${id}/remove`)
    expect(await read('/roster')).not.toContain('撤销上次导入')
    expect(await (await send('/roster/undo')).text()).toContain('不能整个撤销了')
    expect(await read('/roster')).not.toContain('王五')
  })

  test('can be taken back after a restart, and not once a person was erased', async () => {
    const first = openOffice()
    await first.imports(utf8(list))
    await first.imports('姓名,支部,众创空间,手机尾号\n张三,第九支部,优空间,1234\n')
    const later = openOffice({ store: first.store })
    expect(await later.read('/roster')).toContain('撤销上次导入')
    expect(await (await later.send('/roster/undo')).text()).toContain('名单回到那次导入以前')
    expect(await later.read('/roster')).not.toMatch(/第九支部|撤销上次导入/u)
    await later.imports('姓名,支部,众创空间,手机尾号\n张三,第九支部,优空间,1234\n')
    const [, id = ''] = /href="\/roster\/members\/(\w+)">李四/u.exec(await later.read('/roster')) ?? []
    await later.send(`/roster/members/${id}/erase`, { sure: 'yes' })
    expect(JSON.stringify(await openCommunityRecords(first.store).roster.list(''))).not.toContain('李四')
    expect(await (await openOffice({ store: first.store }).send('/roster/undo')).text()).toContain(
      '不能整个撤销了',
    )
  })

  test('with one wrong row is no import at all', async () => {
    const { preview, confirm, read } = openOffice()
    const wrong = `${list},第一支部,优空间,\n王五,一,优空间,12\n张三,另一支部,优空间,1234\n`
    const page = await preview(utf8(wrong))
    for (const reason of ['没有姓名', '手机尾号要是四位数字', '和第 2 行是同一个人'])
      expect(page).toContain(reason)
    expect(page).not.toContain('action="/roster/import"')
    expect(await confirm()).toContain('预览已经过期')
    expect(await read('/roster')).toContain('成员名单（0 人）')
  })
  test('keeps two of one name apart, and asks where it cannot tell which is meant', async () => {
    const { imports, preview } = openOffice()
    await imports(utf8('姓名,众创空间,手机尾号\n张三,优空间,1111\n张三,优空间,2222\n张三,恒丰,\n'))
    expect(await preview(utf8('姓名,众创空间,支部\n张三,优空间,一\n'))).toContain('名单上有 2 位张三对得上')
    expect(await preview(utf8('姓名,众创空间,支部\n张三,恒丰,一\n'))).toContain('修改 1 人')
    expect(await preview(utf8('姓名,众创空间\n张三,蒲公英\n'))).toContain('这是另一位')
  })
  test('is to be confirmed within half an hour', async () => {
    const { preview, confirm, clock } = openOffice()
    await preview(utf8(list))
    clock.forward({ minutes: 31 })
    expect(await confirm()).toContain('预览已经过期')
  })
  test('is for organizers', async () => {
    const { read, preview } = openOffice({ roles: ['maker', 'reviewer'] })
    expect(await read('/roster')).toContain('只有组织者能看')
    expect(await preview(utf8(list))).toContain('只有组织者能看')
  })
  test('of a file that cannot be read says why on the page', async () => {
    const { preview } = openOffice()
    expect(await preview(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0))).toContain('旧版的 .xls')
    expect(await preview(utf8(''), '')).toContain('请先选一个文件')
  })
})

describe('what other features may know of the roster', () => {
  test('is who belongs to which branch and space, also those who never spoke', async () => {
    const office = openOffice()
    await office.imports(utf8(list))
    const { roster } = office
    expect(await roster.members()).toMatchObject([
      { name: '李四', isOnRoster: true, branch: '第二支部', space: '恒丰', team: '' },
      { name: '张三', isOnRoster: true, branch: '第一支部', space: '优空间', team: '' },
    ])
    expect(await roster.branches()).toEqual(['第一支部', '第二支部'])
    expect(await roster.spaces()).toEqual(['恒丰', '优空间'])
  })
  test('and of those in a group, by the names on the roster', async () => {
    const { imports, sees, roster } = openOffice()
    await imports(list)
    await sees('a', '优空间-张三')
    await sees('b', '路人')
    const known = await roster.membersOf(group)
    expect(known).toMatchObject([
      { name: '路人', isOnRoster: false, branch: '' },
      { name: '张三', isOnRoster: true, branch: '第一支部' },
    ])
    const ids = known.map(({ id }) => id)
    expect(await roster.find([...ids, 'nobody'])).toHaveLength(2)
  })
})
