import ExcelJS from 'exceljs'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { ConsoleEnv } from '../../../src/feature.ts'
import { community } from '../../../src/features/community/index.ts'
import type { RosterRow } from '../../../src/features/community/records.ts'
import { makeRosterFile, readRosterFile } from '../../../src/features/community/roster-file.ts'
import { linkMembers, planImport } from '../../../src/features/community/roster-rules.ts'
import type { Role } from '../../../src/ports/directory.ts'
import { createWorld, play } from '../../conversation.ts'
import { createRecordingOutbox } from '../attendance/recording-outbox.ts'

const group = '优空间创客群'
const utf8 = (text: string) => new TextEncoder().encode(text)
const list = '姓名,支部,众创空间,手机尾号\n张三,第一支部,优空间,1234\n李四,第二支部,恒丰,5678\n'

/** 「姓名\n张三\n」 in the encoding that spreadsheet programs in China still write. */
const gb18030 = Uint8Array.of(0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x0a)

async function xlsx(write: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  write(book.addWorksheet('名单'))
  return new Uint8Array(await book.xlsx.writeBuffer())
}

function openConsole(roles: Role[] = ['maker', 'organizer']) {
  const world = createWorld()
  const { clock, store } = world
  const built = community({ store, clock, outbox: createRecordingOutbox(clock), claimCode: '482913' })
  const [page] = built.feature.pages ?? []
  if (!page) throw new Error('no page')
  const app = new Hono<ConsoleEnv>()
  app.use(async (c, next) => {
    c.set('person', { id: 'chen', name: '陈姐', roles })
    c.set('csrfToken', 'token-1')
    await next()
  })
  app.route(`/${page.path}`, page.routes)
  const read = async (path: string) => (await app.request(path)).text()
  async function preview(bytes: Uint8Array, name = '名单.csv') {
    const body = new FormData()
    body.append('file', new File([new Blob([bytes.slice()])], name))
    return (await app.request('/roster/preview', { method: 'POST', body })).text()
  }
  const confirm = async () =>
    (await app.request('/roster/import', { method: 'POST', body: new FormData() })).text()
  async function imports(bytes: Uint8Array) {
    await preview(bytes)
    return confirm()
  }
  return {
    ...play(world, built.directory, [built.feature]),
    ...built,
    app,
    read,
    preview,
    confirm,
    imports,
    clock,
  }
}

describe('a roster file', () => {
  test('is read from CSV in UTF-8 and GB18030', async () => {
    expect((await readRosterFile(utf8(list))).rows).toHaveLength(2)
    expect((await readRosterFile(gb18030)).rows[0]).toMatchObject({ line: 2, name: '张三' })
  })
  test('is read from .xlsx below titles, with merged cells, odd headings and rich text', async () => {
    const bytes = await xlsx(sheet => {
      sheet.mergeCells('A1:D1')
      sheet.getCell('A1').value = '2026 年成员花名册'
      sheet.addRow([])
      sheet.addRow(['序号', ' 姓 名 ', '所属支部（全称）', '手机号码', '政治面貌'])
      sheet.addRow([1, { richText: [{ text: '张' }, { text: '三' }] }, '第一支部', 13800001234, '群众'])
      sheet.addRow([2, '李四', null, '0591-5678'])
      sheet.mergeCells('C4:C5')
    })
    const { rows, ignoredColumns, unkeptColumns } = await readRosterFile(bytes)
    expect(rows).toMatchObject([
      { line: 4, name: '张三', branch: '第一支部', phoneTail: '1234' },
      { line: 5, name: '李四', branch: '第一支部', phoneTail: '5678' },
    ])
    expect({ ignoredColumns, unkeptColumns }).toEqual({
      ignoredColumns: ['序号'],
      unkeptColumns: ['政治面貌'],
    })
  })
  test.each([
    ['nothing', new Uint8Array(), '是空的'],
    ['6 MB', new Uint8Array(6 * 1024 * 1024), '超过 5 MB'],
    ['an old .xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), '旧版的 .xls'],
    ['a broken .xlsx', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), '打不开'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0xff), '认不出'],
    ['no names', utf8('支部,空间\n一,二'), '没有找到「姓名」'],
    ['nobody', utf8('姓名,支部\n'), '没有人'],
  ])('that is %s is refused in one sentence', async (_what, bytes, reason) => {
    await expect(readRosterFile(bytes)).rejects.toThrow(reason)
  })
  test('of ours imports again unchanged, whatever the names are', async () => {
    const blank = { branch: '', space: '', team: '', phoneTail: '', alias: '', isLinked: false }
    const rows: RosterRow[] = [
      { ...blank, id: 'a2345678', name: '=cmd|calc', phoneTail: '0012' },
      { ...blank, id: 'b2345678', name: '-张三', branch: '@一支部', team: '+公司' },
      { ...blank, id: 'c2345678', name: '张三', space: '优空间', alias: '优空间-张三' },
    ]
    const file = await makeRosterFile(rows)
    const plan = planImport(rows, (await readRosterFile(file.bytes)).rows, () => 'new')
    expect(plan.lines.map(line => line.kind)).toEqual(['same', 'same', 'same'])
    expect(plan.rows).toEqual(rows)
  })
})

describe('an import', () => {
  test('is looked at row by row before anything is saved', async () => {
    const { preview, read, confirm } = openConsole()
    expect(await read('/roster')).toContain('这里会列出名单上的成员')
    expect(await preview(utf8(list))).toContain('新增 2 人，修改 0 人，不变 0 人，有误 0 行')
    expect(await read('/roster')).toContain('成员名单（0 人）')
    expect(await confirm()).toContain('导入好了：新增 2 人')
    expect(await read('/roster?q=优空间')).toContain('张三')
    expect(await read('/roster?q=优空间')).not.toContain('data-label="姓名">李四')
  })
  test('of the same file changes nothing', async () => {
    const { imports, preview } = openConsole()
    await imports(utf8(list))
    expect(await preview(utf8(list))).toContain('和名单完全一样')
  })
  test('tells what changes, leaves what the file does not say, and removes nobody', async () => {
    const { imports, preview, confirm, read } = openConsole()
    await imports(utf8(list))
    const page = await preview(utf8('姓名,支部,众创空间,企业\n张三,第三支部,优空间,\n'))
    expect(page).toContain('支部：第一支部 → 第三支部')
    expect(page).toContain('另外 1 人不在文件里')
    expect(await confirm()).toContain('修改 1 人')
    expect(await read('/roster')).toContain('第三支部')
    expect(await read('/roster')).toContain('李四')
  })
  test('with one wrong row is no import at all', async () => {
    const { preview, confirm, read } = openConsole()
    const wrong = `${list},第一支部,优空间,\n王五,一,优空间,12\n张三,另一支部,优空间,1234\n`
    const page = await preview(utf8(wrong))
    for (const reason of ['没有姓名', '手机尾号要是四位数字', '和第 2 行是同一个人'])
      expect(page).toContain(reason)
    expect(page).not.toContain('action="/roster/import"')
    expect(await confirm()).toContain('预览已经过期')
    expect(await read('/roster')).toContain('成员名单（0 人）')
  })
  test('keeps two of one name apart, and asks where it cannot tell which is meant', async () => {
    const { imports, preview } = openConsole()
    await imports(utf8('姓名,众创空间,手机尾号\n张三,优空间,1111\n张三,优空间,2222\n张三,恒丰,\n'))
    expect(await preview(utf8('姓名,众创空间,支部\n张三,优空间,一\n'))).toContain('有几位同名同空间')
    expect(await preview(utf8('姓名,众创空间,支部\n张三,恒丰,一\n'))).toContain('修改 1 人')
    expect(await preview(utf8('姓名,众创空间\n张三,蒲公英\n'))).toContain('按不同的人新增')
  })
  test('is to be confirmed within half an hour', async () => {
    const { preview, confirm, clock } = openConsole()
    await preview(utf8(list))
    clock.forward({ minutes: 31 })
    expect(await confirm()).toContain('预览已经过期')
  })
  test('is for organizers', async () => {
    const { read, preview } = openConsole(['maker', 'reviewer'])
    expect(await read('/roster')).toContain('只有组织者能看')
    expect(await preview(utf8(list))).toContain('只有组织者能看')
  })
  test('of a file that cannot be read says why on the page', async () => {
    const { preview } = openConsole()
    expect(await preview(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0))).toContain('旧版的 .xls')
    expect(await preview(utf8(''), '')).toContain('请先选一个文件')
  })
  test('of 10,000 rows is planned in a moment and linked to 3,000 members', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => `张${i},支部${i % 12},空间${i % 40}`)
    const { rows: file } = await readRosterFile(utf8(`姓名,支部,众创空间\n${rows.join('\n')}`))
    let made = 0
    const plan = planImport([], file, () => `r${made++}`)
    expect(plan.rows).toHaveLength(10_000)
    const members = Array.from({ length: 3000 }, (_, i) => ({
      id: `m${i}`,
      aliases: [`空间${i % 40}-张${i}`],
    }))
    expect(linkMembers(plan.rows, members).filter(row => row.isLinked)).toHaveLength(3000)
    expect(planImport(plan.rows, file, () => 'x').lines.every(line => line.kind === 'same')).toBe(true)
  })
})

describe('who in the groups is who on the roster', () => {
  const sees = (console: ReturnType<typeof openConsole>, id: string, name: string) =>
    console.directory.recognise(console.person(id, name, group).message('签到'))

  test('is known by name and space, and then goes by the name on the roster', async () => {
    const console = openConsole()
    await console.imports(utf8(list))
    expect((await sees(console, 'a', '优空间-张三')).name).toBe('张三')
    expect((await sees(console, 'a', '搬家了')).name).toBe('张三')
    expect(await console.read('/roster')).toContain('1 人已经和群里的人对上')
  })
  test('also when the person was there before the roster, and keeps the id', async () => {
    const console = openConsole()
    const before = await sees(console, 'a', '张三 优空间')
    await console.imports(utf8(list))
    expect(await sees(console, 'a', '张三 优空间')).toEqual({ id: before.id, name: '张三' })
  })
  test('never by the name alone, and never twice', async () => {
    const console = openConsole()
    await console.imports(utf8(list))
    expect((await sees(console, 'a', '张三')).name).toBe('张三')
    expect(await console.read('/roster')).toContain('0 人已经和群里的人对上')
    await sees(console, 'b', '优空间-张三')
    expect((await sees(console, 'c', '优空间-张三')).name).toBe('优空间-张三')
    expect(await console.read('/roster')).toContain('1 人已经和群里的人对上')
  })
  test('a corrected name on the roster is the member’s', async () => {
    const console = openConsole()
    await console.imports(utf8('姓名,众创空间,群昵称\n张珊,优空间,阿珊\n'))
    const member = await sees(console, 'a', '阿珊')
    const csv = `编号,姓名\n${member.id},张三\n`
    expect(await console.imports(utf8(csv))).toContain('修改 1 人')
    expect(await sees(console, 'a', '阿珊')).toEqual({ id: member.id, name: '张三' })
  })
})

describe('what other features may know of the roster', () => {
  test('is who belongs to which branch and space, also those who never spoke', async () => {
    const console = openConsole()
    await console.imports(utf8(list))
    const { roster } = console
    expect(await roster.members()).toMatchObject([
      { name: '李四', isOnRoster: true, branch: '第二支部', space: '恒丰', team: '' },
      { name: '张三', isOnRoster: true, branch: '第一支部', space: '优空间', team: '' },
    ])
    expect(await roster.branches()).toEqual(['第二支部', '第一支部'])
    expect(await roster.spaces()).toEqual(['恒丰', '优空间'])
  })
  test('and of those in a group, by the names on the roster', async () => {
    const console = openConsole()
    await console.imports(utf8(list))
    for (const [id, name] of [
      ['a', '优空间-张三'],
      ['b', '路人'],
    ] as const) {
      await console.directory.recognise(console.person(id, name, group).message('签到'))
    }
    const known = await console.roster.membersOf(group)
    expect(known).toMatchObject([
      { name: '路人', isOnRoster: false, branch: '' },
      { name: '张三', isOnRoster: true, branch: '第一支部' },
    ])
    const ids = known.map(({ id }) => id)
    expect(await console.roster.find([...ids, 'nobody'])).toHaveLength(2)
  })
})
