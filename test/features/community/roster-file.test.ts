import { deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RosterRow } from '../../../src/features/community/records/records.ts'
import { blankRow } from '../../../src/features/community/roster/file/columns.ts'
import { makeRosterFile, readRosterFile } from '../../../src/features/community/roster/file/file.ts'
import { planRosterImport } from '../../../src/features/community/roster/file/plan.ts'
import { fromCellText } from '../../../src/text/cells.ts'
import { list, utf8 } from './office.ts'

/** 「姓名\n张三\n」 in the encoding that spreadsheet programs in China still write. */
const gb18030 = Uint8Array.of(0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x0a)

async function xlsx(write: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  write(book.addWorksheet('名单'))
  return new Uint8Array(await book.xlsx.writeBuffer())
}

describe('a roster file', () => {
  test('is read from CSV in UTF-8 and GB18030', async () => {
    expect((await readRosterFile(utf8(list), false)).rows).toHaveLength(2)
    expect((await readRosterFile(gb18030, false)).rows[0]).toMatchObject({ line: 2, name: '张三' })
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
    const { rows, ignoredColumns, unkeptColumns } = await readRosterFile(bytes, false)
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
    await expect(readRosterFile(bytes, false)).rejects.toThrow(reason)
  })
  test('of ours imports again unchanged, whatever the names are', async () => {
    const rows: RosterRow[] = [
      { ...blankRow, id: 'a2345678', name: '=cmd|calc', phoneTail: '0012' },
      { ...blankRow, id: 'b2345678', name: '-张三', branch: '@一支部', team: '+公司' },
      { ...blankRow, id: 'c2345678', name: '张三', space: '优空间', alias: '优空间-张三' },
    ]
    const file = await makeRosterFile(rows)
    const plan = await planRosterImport(rows, (await readRosterFile(file.bytes, false)).rows, () => 'new')
    expect(plan.lines.map(line => line.kind)).toEqual(['same', 'same', 'same'])
    expect(plan.rows).toEqual(rows)
  })
})

const readXlsx = async (write: (sheet: ExcelJS.Worksheet) => void) => readRosterFile(await xlsx(write), false)

describe('a roster as people make it', () => {
  test('has columns by many names, and says what it took for what', async () => {
    const { rows, columns, ignoredColumns, unkeptColumns } = await readRosterFile(
      utf8(
        '成员姓名,所属党支部,入驻空间,企业（团队）名称,联系电话,群名片,微信名,备注说明,身份证号,爱好\n张三,一,优空间,云帆,138 0000 1234,优-张三,老张,新来的,350,钓鱼\n',
      ),
      false,
    )
    expect(rows[0]).toMatchObject({
      name: '张三',
      branch: '一',
      space: '优空间',
      team: '云帆',
      phoneTail: '1234',
      alias: '优-张三',
      nickname: '老张',
      note: '新来的',
    })
    expect(columns).toContainEqual({ title: '企业（团队）名称', field: 'team' })
    expect({ ignoredColumns, unkeptColumns }).toEqual({
      ignoredColumns: ['爱好'],
      unkeptColumns: ['身份证号'],
    })
  })
  test('has two header rows, the upper one merged', async () => {
    const { rows } = await readXlsx(sheet => {
      sheet.addRow(['姓名', '所在', '', '联系方式', ''])
      sheet.addRow(['', '支部', '众创空间', '手机', '微信昵称'])
      sheet.addRow(['张三', '一支部', '优空间', '13800001234', '老张'])
      sheet.mergeCells('A1:A2')
      sheet.mergeCells('B1:C1')
      sheet.mergeCells('D1:E1')
    })
    expect(rows).toMatchObject([
      { line: 3, name: '张三', branch: '一支部', space: '优空间', phoneTail: '1234', nickname: '老张' },
    ])
  })
  test('repeats its header, has titles between and a sum: none of them is a person', async () => {
    const { rows } = await readXlsx(sheet => {
      sheet.addRow(['姓名', '支部', '众创空间'])
      sheet.addRow(['张三', '一支部', '优空间'])
      sheet.addRow(['第二支部成员', '', ''])
      sheet.mergeCells('A3:C3')
      sheet.addRow(['姓名', '支部', '众创空间'])
      sheet.addRow(['李四', '二支部', '恒丰'])
      sheet.addRow(['合计 2 人', '', ''])
    })
    let made = 0
    const plan = await planRosterImport([], rows, () => `n${made++}`)
    expect(plan.lines.map(({ line, kind }) => [line, kind])).toEqual([
      [2, 'added'],
      [3, 'skipped'],
      [4, 'skipped'],
      [5, 'added'],
      [6, 'skipped'],
    ])
  })
  test('has dates, numbers with leading zeros and formulas with their results', async () => {
    const { rows } = await readXlsx(sheet => {
      sheet.addRow(['姓名', '手机尾号', '备注', '支部'])
      const row = sheet.addRow(['张三', 12, new Date(Date.UTC(2026, 10, 28)), ''])
      row.getCell(2).numFmt = '0000'
      row.getCell(4).value = { formula: '"一"&"支部"', result: '一支部' }
    })
    expect(rows).toMatchObject([{ name: '张三', phoneTail: '0012', note: '2026-11-28', branch: '一支部' }])
  })
  test('has a formula that came to nothing, or lost a zero: said on the line, not imported', async () => {
    const { rows } = await readXlsx(sheet => {
      sheet.addRow(['姓名', '支部', '手机尾号'])
      sheet.addRow([{ formula: "cmd|' /C calc'!A0" }, '一', ''])
      sheet.addRow(['李四', { error: '#REF!' }, ''])
      sheet.addRow(['王五', '', 12])
    })
    const plan = await planRosterImport([], rows, () => 'new')
    expect(plan.lines.map(({ note }) => note)).toEqual([
      expect.stringContaining('「姓名」这一格是公式'),
      expect.stringContaining('「支部」这一格是公式'),
      expect.stringContaining('前面的 0 好像丢了'),
    ])
  })
  test('stands on another sheet than the first, and the others are named', async () => {
    const book = new ExcelJS.Workbook()
    book.addWorksheet('说明').addRow(['填表说明'])
    book.addWorksheet('名单').addRows([['姓名'], ['张三']])
    book.addWorksheet('汇总').addRow(['人数', 1])
    const read = await readRosterFile(new Uint8Array(await book.xlsx.writeBuffer()), false)
    expect(read).toMatchObject({ rows: [{ name: '张三' }], otherSheets: ['说明', '汇总'] })
  })
  test('is UTF-16, as «Unicode text», or has a byte order mark', async () => {
    const wide = new Uint8Array(Buffer.from('\uFEFF姓名\t支部\r\n张三\t一\r\n', 'utf16le'))
    expect((await readRosterFile(wide, false)).rows).toMatchObject([{ name: '张三', branch: '一' }])
    const marked = utf8('\uFEFF姓名,支部\n张三,一\n')
    expect((await readRosterFile(marked, false)).rows).toMatchObject([{ name: '张三', branch: '一' }])
  })
  test('has party membership: kept only where the settings say so, and never exported', async () => {
    const file = utf8('姓名,政治面貌,入党时间\n张三,中共党员,2020-07-01\n')
    const dropped = await readRosterFile(file, false)
    expect(dropped.unkeptColumns).toEqual(['政治面貌', '入党时间'])
    expect(dropped.rows[0]?.party).toBe('')
    const kept = await readRosterFile(file, true)
    expect(kept.unkeptColumns).toEqual(['入党时间'])
    expect(kept.rows[0]?.party).toBe('中共党员')
    const { rows } = await planRosterImport([], kept.rows, () => 'a2345678')
    const exported = await makeRosterFile(rows)
    const again = await readRosterFile(exported.bytes, true)
    expect(JSON.stringify(again)).not.toContain('党员')
    expect((await planRosterImport(rows, again.rows, () => 'x')).rows).toEqual(rows)
  })
})

describe('a file that would do harm', () => {
  /** A zip of one entry; what its directory says of the size may be a lie. */
  function zipOf(name: string, content: Uint8Array, saidBytes = content.length): Uint8Array {
    const packed = deflateRawSync(content, { level: 9 })
    const title = Buffer.from(name)
    const header = (signature: number, bytes: number) => {
      const head = Buffer.alloc(bytes)
      head.writeUInt32LE(signature, 0)
      return head
    }
    const local = header(0x04034b50, 30)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(saidBytes, 22)
    local.writeUInt16LE(title.length, 26)
    const entry = header(0x02014b50, 46)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(saidBytes, 24)
    entry.writeUInt16LE(title.length, 28)
    const end = header(0x06054b50, 22)
    end.writeUInt16LE(1, 8)
    end.writeUInt16LE(1, 10)
    end.writeUInt32LE(local.length + title.length + packed.length, 16)
    return new Uint8Array(Buffer.concat([local, title, packed, entry, title, end]))
  }
  const sheetName = 'xl/worksheets/sheet1.xml'
  const ole = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)

  test.each([
    ['unpacks to more than it may', zipOf(sheetName, new Uint8Array(70 * 1024 * 1024)), '解压后太大'],
    ['lies about its size', zipOf(sheetName, new Uint8Array(20 * 1024 * 1024), 1000), '解压后太大'],
    [
      'merges seventeen billion cells',
      zipOf(sheetName, utf8('<worksheet><mergeCell ref="A1:XFD1048576"/></worksheet>')),
      '解压后太大',
    ],
    ['is a document', zipOf('word/document.xml', utf8('<w/>')), 'Word 文档'],
    ['is an .xls renamed .xlsx', ole, '文件 → 另存为'],
    ['is an old BIFF file', Uint8Array.of(0x09, 0x08, 0x08, 0x00, 0, 5), '文件 → 另存为'],
    [
      'has a password',
      new Uint8Array(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')])),
      '去掉密码',
    ],
    ['is a web page called .xls', utf8('<html><table><tr><td>姓名</td></tr></table></html>'), '另存为 .xlsx'],
  ])('because it %s is refused in a sentence', async (_what, bytes, reason) => {
    await expect(readRosterFile(bytes, false)).rejects.toThrow(reason)
  })
})

const texts = fc.constantFrom(
  '',
  '优空间',
  '一支部',
  '=cmd|x',
  '-张',
  '+1',
  '@一',
  "'=1",
  '甲,乙',
  '"引',
  '云帆 科技',
  '１２',
)
const people = fc.record({
  name: fc.oneof(
    fc.constantFrom('张三', '李四', '=cmd', '欧阳 修'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  ),
  branch: texts,
  space: texts,
  team: texts,
  phoneTail: fc.constantFrom('', '0012', '1234', '9999'),
  alias: texts,
  nickname: texts,
  note: texts,
})

/** On the roster no name has spaces between Chinese characters. */
const withoutSpread = (name: string) => name.replaceAll(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')

describe('for any people', () => {
  const rosters = fc.array(people, { maxLength: 8 }).map(all =>
    all
      .map((one, place) => ({
        ...one,
        id: `a234567${place}`,
        party: '',
        name: withoutSpread(fromCellText(one.name)),
      }))
      .map(row => ({ ...row, alias: fromCellText(row.alias), team: fromCellText(row.team) }))
      .map(row => ({ ...row, branch: fromCellText(row.branch), space: fromCellText(row.space) }))
      .map(row => ({ ...row, nickname: fromCellText(row.nickname), note: fromCellText(row.note) }))
      .filter(row => row.name !== '' && ![row.branch, row.space, row.team].includes(row.name)),
  )
  /** Those of the rows that an import adds. */
  async function addable(rows: readonly RosterRow[]): Promise<RosterRow[]> {
    const plans = rows.map(row => planRosterImport([], [{ ...row, id: '', line: 1 }], () => 'x'))
    const kinds = (await Promise.all(plans)).map(({ lines }) => lines[0]?.kind)
    return rows.filter((_, at) => kinds[at] === 'added')
  }
  test('an export imports again unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(rosters, async drawn => {
        const rows = await addable(drawn)
        fc.pre(rows.length > 0)
        const { rows: read } = await readRosterFile((await makeRosterFile(rows)).bytes, false)
        const plan = await planRosterImport(rows, read, () => 'new')
        expect(plan.lines.map(({ kind }) => kind)).toEqual(rows.map(() => 'same'))
        expect(plan.rows).toEqual(rows)
      }),
      { numRuns: 40 },
    )
  })
  test('a mark in a name of ours stays, in a name of a list it goes', async () => {
    const ours = [{ ...blankRow, id: 'a2345670', name: '▲一品' }]
    const { rows: read } = await readRosterFile((await makeRosterFile(ours)).bytes, false)
    expect((await planRosterImport(ours, read, () => 'new')).rows).toEqual(ours)
    const list = await readRosterFile(utf8('姓名,支部\n★甘棠,一支部\n'), false)
    expect(list.rows[0]?.name).toBe('甘棠')
  })
  test('the same file twice changes nothing, whatever was on the roster', async () => {
    await fc.assert(
      fc.asyncProperty(rosters, rosters, async (drawn, given) => {
        const before = await addable(drawn)
        const file = (await addable(given)).map((row, place) => ({ ...row, id: '', line: place + 2 }))
        let made = 0
        const first = await planRosterImport(before, file, () => `n${made++}`)
        fc.pre(first.wrong === 0)
        const second = await planRosterImport(first.rows, file, () => 'never')
        expect(second.rows).toEqual(first.rows)
        expect(second.lines.every(({ kind }) => kind === 'same' || kind === 'skipped')).toBe(true)
      }),
    )
  })
  test('an import drops no one and creates no one twice', async () => {
    await fc.assert(
      fc.asyncProperty(rosters, rosters, async (drawn, given) => {
        const before = await addable(drawn)
        const file = (await addable(given)).map((row, place) => ({ ...row, id: '', line: place + 2 }))
        let made = 0
        const { rows } = await planRosterImport(before, file, () => `n${made++}`)
        const ids = rows.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const { id } of before) expect(ids).toContain(id)
      }),
    )
  })
})
