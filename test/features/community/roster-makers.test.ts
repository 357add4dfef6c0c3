import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readRosterFile } from '../../../src/features/community/roster/file/file.ts'
import { planRosterImport } from '../../../src/features/community/roster/file/plan.ts'

async function planned(bytes: Uint8Array) {
  const { rows, ignoredColumns } = await readRosterFile(bytes, false)
  let next = 0
  const plan = await planRosterImport([], rows, () => `id-${++next}`)
  return { ...plan, ignoredColumns, names: plan.rows.map(({ name }) => name).join(' ') }
}
const plannedText = (text: string) => planned(new TextEncoder().encode(text))

test.each([
  [
    'title merged + unit line',
    '台江区党员创客花名册,,,\n填报单位：优空间党支部,,,填报日期：2026.11.20\n序号,姓名,性别,联系电话\n1,甘棠,女,13800001111\n2,柏舟,男,13900002222\n合计：2人,,,\n填表人：卫淇,,审核人：子衿,',
    '甘棠 柏舟',
  ],
  [
    'side by side three',
    '序号,姓名,签字,序号,姓名,签字,序号,姓名,签字\n1,甘棠,,3,郑风,,5,子衿,\n2,柏舟,,4,卫淇,,6,,',
    '甘棠 柏舟 郑风 卫淇 子衿',
  ],
  [
    'side by side diff head',
    '姓名,单位,签到,姓名,单位,签到\n甘棠,甲公司,,郑风,乙公司,\n柏舟,甲公司,,卫淇,乙公司,',
    '甘棠 柏舟 郑风 卫淇',
  ],
  [
    'side by side gap',
    '姓名,手机,,姓名,手机\n甘棠,13800001111,,郑风,13700003333\n柏舟,13900002222,,,',
    '甘棠 柏舟 郑风',
  ],
  ['names only', '姓名\n甘棠\n柏舟\n\n郑风', '甘棠 柏舟 郑风'],
  [
    'footer notes',
    '姓名,支部\n甘棠,一支部\n柏舟,一支部\n说明：1.本表一式两份。,\n2.请于12月5日前报送。,\n联系人：王老师 13800138000,',
    '甘棠 柏舟',
  ],
  [
    'footer two',
    '姓名,支部\n甘棠,一支部\n柏舟,一支部\n支部书记（签字）：,\n（公章）,\n2026年11月30日,',
    '甘棠 柏舟',
  ],
  ['footer count', '姓名,支部\n甘棠,一支部\n柏舟,一支部\n共计,2\n男,1\n女,1', '甘棠 柏舟'],
  [
    'footer stats',
    '姓名,支部\n甘棠,一支部\n柏舟,一支部\n正式党员2人、预备党员0人,\n应到2人，实到2人,',
    '甘棠 柏舟',
  ],
  ['footer slash', '姓名,支部\n甘棠,一支部\n柏舟,一支部\n以下空白,\n/,/\n——,——', '甘棠 柏舟'],
  ['footer made by', '姓名,支部\n甘棠,一支部\n柏舟,一支部\n制表,卫淇\n审核,子衿', '甘棠 柏舟'],
  ['footer sep', '姓名,支部\n甘棠,一支部\n柏舟,一支部\n备注,\n请假的另附假条,', '甘棠 柏舟'],
  ['example rows', '姓名,支部,手机\n张三（示例）,第一支部,13800000000\n甘棠,一支部,13800001111', '甘棠'],
  ['example rows 2', '姓名,支部,手机\n例：张三,第一支部,13800000000\n甘棠,一支部,13800001111', '甘棠'],
  ['example rows 3', '序号,姓名,支部\n样表,李四,第一支部\n1,甘棠,一支部', '甘棠'],
  ['example grey', '姓名,支部,备注\n张三,第一支部,此行为示例请删除\n甘棠,一支部,', '甘棠'],
  [
    'instructions under head',
    '姓名,支部,手机\n填写真实姓名,填全称,填11位手机号\n甘棠,一支部,13800001111',
    '甘棠',
  ],
  ['required mark', '*姓名,*所在党支部,手机号码（必填）\n甘棠,一支部,13800001111', '甘棠'],
  ['spread header', '序　号,姓　　名,支　部\n1,甘　棠,一支部\n2,欧阳 明月,一支部', '甘棠 欧阳明月'],
  [
    'english names',
    '姓名,支部\nKevin Liu,一支部\n阿 布都热合曼·买买提,一支部\n甘棠 Tang,一支部',
    'Kevin Liu 阿布都热合曼·买买提 甘棠 Tang',
  ],
  [
    'headings branch',
    '一支部,,\n序号,姓名,手机\n1,甘棠,13800001111\n二支部,,\n序号,姓名,手机\n1,郑风,13700003333',
    '甘棠 郑风',
  ],
  [
    'blank meaning above 2',
    '支部,空间,姓名\n一支部,优空间,甘棠\n,,柏舟\n,绿动空间,郑风\n二支部,优空间,卫淇\n,,子衿',
    '甘棠 柏舟 郑风 卫淇 子衿',
  ],
  ['phone float', '姓名,手机\n甘棠,13800001111.0\n柏舟,"13,900,002,222"', '甘棠 柏舟'],
  ['two phones', '姓名,手机,办公电话\n甘棠,13800001111,0591-83000000\n柏舟,,0591-83000001', '甘棠 柏舟'],
  ['introducer', '姓名,入党介绍人,培养联系人,支部\n甘棠,柏舟、郑风,卫淇,一支部', '甘棠'],
  [
    'name with title',
    '姓名,支部\n甘棠（书记）,一支部\n柏舟 组织委员,一支部\n郑风(预备党员),一支部',
    '甘棠 柏舟 郑风',
  ],
  ['nick', '群昵称,真实姓名\n优空间-甘棠,甘棠\n小舟,柏舟', '甘棠 柏舟'],
  [
    'tencent form export',
    '提交者（自动）,提交时间（自动）,姓名（必填）,手机号（必填）,所在空间（必填）\n微信用户A,2026-11-20 09:00,甘棠,13800001111,优空间\n微信用户B,2026-11-20 09:01,柏舟,13900002222,优空间',
    '甘棠 柏舟',
  ],
  [
    'wjx export',
    '序号,提交答卷时间,所用时间,来源,来自IP,1、您的姓名：,2、您的手机号：,3、您所在的众创空间：\n1,2026/11/20 9:00:00,35秒,微信,1.1.1.1(福建-福州),甘棠,13800001111,优空间',
    '甘棠',
  ],
  [
    'jinshuju',
    '序号,姓名,手机,提交时间,IP\n1,甘棠,"+86,13800001111",2026-11-20,1.1.1.1\n2,柏舟,13900002222,2026-11-20,1.1.1.1',
    '甘棠 柏舟',
  ],
  ['dup header mid', '姓名,手机\n甘棠,13800001111\n姓名,手机\n柏舟,13900002222', '甘棠 柏舟'],
  ['strike words', '姓名,备注\n甘棠,\n柏舟,已调离\n郑风,2026.10转出', '甘棠'],
  ['numbers in name', '姓名\n1 甘棠\n2、柏舟\n3.郑风', '甘棠 柏舟 郑风'],
  ['test rows', '姓名,手机\n测试,13800000000\n甘棠,13800001111\n111,111', '甘棠'],
  ['pinyin', '姓名,拼音\n甘棠,gantang\n柏舟,baizhou', '甘棠 柏舟'],
  [
    'person in charge only',
    '企业名称,负责人,电话\n甲公司,甘棠,13800001111\n乙公司,柏舟,13900002222',
    '甘棠 柏舟',
  ],
  ['team merges', '团队,成员\n甲团队,甘棠\n,柏舟\n乙团队,郑风', '甘棠 柏舟 郑风'],
  ['line number col after', '姓名,序号\n甘棠,1\n柏舟,2', '甘棠 柏舟'],
  [
    'header with unit above',
    '人员信息,,联系信息,\n姓名,支部,手机,微信\n甘棠,一支部,13800001111,gt\n柏舟,一支部,13900002222,bz',
    '甘棠 柏舟',
  ],
  ['title contains 姓名', '请核对姓名和手机号后交回,,\n姓名,支部,手机\n甘棠,一支部,13800001111', '甘棠'],
  [
    'vertical text',
    '姓 名,单 位,职 务,手 机,签 名\n甘棠,甲公司,经理,13800001111,\n,,,,\n柏舟,乙公司,,13900002222,',
    '甘棠 柏舟',
  ],
  [
    'graduates of a school, told beside them',
    '姓名,备注\n甘棠,毕业\n柏舟,2026年毕业\n郑风,已毕业\n卫淇,已离职',
    '甘棠 柏舟 郑风',
  ],
  [
    'long names of other peoples',
    '姓名\n阿卜杜热合曼\n买买提艾力江\n古丽米热·艾合买提\n努尔比亚木\n请假的另附假条\n以上人员均已核对',
    '阿卜杜热合曼 买买提艾力江 古丽米热·艾合买提 努尔比亚木',
  ],
  ['people who left a park', '姓名,状态\n甘棠,在孵\n柏舟,已退租\n郑风,毕业', '甘棠'],
])('the people of a list: %s', async (_, text, names) => {
  const { lines, names: found } = await plannedText(text)
  expect(found).toBe(names)
  expect(lines.every(({ kind }) => kind !== 'wrong')).toBe(true)
})

test.each([
  ['no header', '甘棠,一组,13800001111\n柏舟,二组,13900002222'],
  ['transposed', '姓名,甘棠,柏舟,郑风\n支部,一支部,一支部,二支部\n手机,13800001111,13900002222,13700003333'],
  [
    'cards',
    '姓名,甘棠,支部,一支部\n手机,13800001111,空间,优空间\n姓名,柏舟,支部,一支部\n手机,13900002222,空间,优空间',
  ],
  ['surname given split', '姓,名,支部\n甘,棠,一支部\n柏,舟,一支部'],
])('a list that is refused with what to do: %s', async (_, text) => {
  await expect(plannedText(text)).rejects.toThrow('请')
})

test.each([
  ['sci phones', '姓名,手机\n甘棠,1.38E+10\n柏舟,1.39E+10'],
  ['sci phones 2', '姓名,手机\n甘棠,13800001111\n柏舟,1.39000022E10'],
  ['truncated phones', '姓名,手机\n甘棠,########\n柏舟,13900002222'],
  ['members in a cell', '团队,负责人,成员\n甲团队,甘棠,柏舟、郑风\n乙团队,卫淇,子衿'],
])('a row that is told as wrong: %s', async (_, text) => {
  const { lines } = await plannedText(text)
  expect(lines.filter(({ kind }) => kind === 'wrong').every(({ note }) => note.includes('请'))).toBe(true)
  expect(lines.some(({ kind }) => kind === 'wrong')).toBe(true)
})

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`

/** A workbook of one sheet. @param before markup before the cells */
function workbook(rows: readonly string[][], before = ''): Uint8Array {
  const cells = rows.map(row => `<row>${row.map(cell).join('')}</row>`).join('')
  const sheet = `<worksheet xmlns="${main}">${before}<sheetData>${cells}</sheetData></worksheet>`
  return zipSync({ 'xl/worksheets/sheet1.xml': strToU8(sheet) })
}

test('of two columns of names the visible one counts, and the hidden one is told', async () => {
  const rows = [
    ['姓名', '姓名', '支部'],
    ['旧名甲', '甘棠', '一支部'],
    ['旧名乙', '柏舟', '一支部'],
  ]
  const hidden = '<cols><col min="1" max="1" width="9" hidden="1"/></cols>'
  const { names, ignoredColumns } = await planned(workbook(rows, hidden))
  expect(names).toBe('甘棠 柏舟')
  expect(ignoredColumns).toEqual(['隐藏列姓名'])
})

test('a hidden column that stands alone is still read', async () => {
  const hidden = '<cols><col min="2" max="2" hidden="1"/></cols>'
  const { rows } = await planned(
    workbook(
      [
        ['姓名', '支部'],
        ['甘棠', '一支部'],
      ],
      hidden,
    ),
  )
  expect(rows[0]).toMatchObject({ name: '甘棠', branch: '一支部' })
})

test.each([
  ['content.xml', '.ods'],
  ['Index/Document.iwa', 'Numbers'],
  ['word/document.xml', 'Word'],
  ['ppt/presentation.xml', '演示文稿'],
  ['xl/workbook.bin', '.xlsb'],
  ['名单/一支部.xlsx', '先解压'],
  ['a.bin', '没有表格'],
])('a packed file with %s is refused by its kind', async (part, kind) => {
  await expect(planned(zipSync({ [part]: strToU8('<a/>') }))).rejects.toThrow(kind)
})

test('a PDF is refused as one', async () => {
  await expect(plannedText('%PDF-1.7 ')).rejects.toThrow('这是 PDF')
})
