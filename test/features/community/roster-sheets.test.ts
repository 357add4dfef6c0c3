import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { people, peopleOfSheets, peopleOfText, sheet } from './imported-people.ts'
import { makeWorkbook } from './written-workbook.ts'

test.each([
  [
    'marks that show nothing, as a phone copies them',
    '姓名,手机\n\u200b柏\u200b舟,\u202d13800001111\u202c\n甘棠,\u202d+86 139 0000 2222\u202c',
    '柏舟////1111 甘棠////2222',
  ],
  ['words of respect', '姓名,空间\n柏  舟先生,甲空间\n甘棠女士,乙空间', '柏舟//甲空间 甘棠//乙空间'],
  ['a tail as a number', '姓名,手机后四位\n甘棠,1111.0', '甘棠////1111'],
  ['strokes for empty places', '支部,姓名,单位\n一支部,甘棠,/\n-,柏舟,——', '甘棠/一支部 柏舟'],
  ['a sound beside the name', '姓名（中文）,姓名（拼音）,空间\n甘棠,Gan Tang,优空间', '甘棠//优空间'],
])('cells with %s', async (_, text, told) => {
  expect(await peopleOfText(text)).toBe(told)
})

test.each([
  ['参学人员,所属支部\n甘棠,一支部'],
  ['发展对象,支部\n甘棠,一支部'],
  ['党员名字,党员所在支部\n甘棠,一支部'],
  ['参训学员姓名,支部\n甘棠,一支部'],
  ['支部,带头人\n一支部,甘棠'],
  ['支部,志愿服务人姓名,紧急联系人姓名\n一支部,甘棠,柏舟'],
])('another title of the names: %s', async text => {
  expect(await peopleOfText(text)).toBe('甘棠/一支部')
})

test.each([
  '党支部书记：林某,\n数据来源：区委组织部,\n审核领导：林某,',
  '注：1、手机号请填11位,\n2、支部写全称,\n3、如有变动请及时告知,',
  '男性,1\n女性,1\n平均年龄,35\n本科以上,1',
  'END,\n11月30日,\n由腾讯文档生成,',
  '注意事项：,\n一、请勿外传,\n二、有错找综合科,',
  ',小计1人\n,合计：1人',
])('lines under the people are none: %s', async lines => {
  expect(await peopleOfText(`姓名,支部\n甘棠,一支部\n${lines}`)).toBe('甘棠/一支部')
})

test.each([
  [
    'levels: another space ends a branch',
    '众创空间,支部,姓名\n优空间,一支部,甘棠\n,,柏舟\n,二支部,郑风\n绿动空间,,卫淇',
    '甘棠/一支部/优空间 柏舟/一支部/优空间 郑风/二支部/优空间 卫淇//绿动空间',
  ],
  [
    'a company above its people',
    '企业名称,姓名\n甲公司,甘棠\n,柏舟\n乙公司,郑风',
    '甘棠///甲公司 柏舟///甲公司 郑风///乙公司',
  ],
  [
    'a sum after each group',
    '序号,支部,姓名\n1,一支部,甘棠\n2,,柏舟\n,小计2人,\n3,二支部,郑风\n,小计1人,',
    '甘棠/一支部 柏舟/一支部 郑风/二支部',
  ],
])('empty cells that mean the one above, with %s', async (_, text, told) => {
  expect(await peopleOfText(text)).toBe(told)
})

test('a branch over each of two lists side by side is of its people', async () => {
  const text =
    '第一党支部,,第二党支部,\n姓名,手机,姓名,手机\n甘棠,13800001111,郑风,13700003333\n柏舟,13900002222,,'
  expect(await peopleOfText(text)).toBe(
    '甘棠/第一党支部///1111 柏舟/第一党支部///2222 郑风/第二党支部///3333',
  )
})

test.each([
  [
    'tabs of spaces',
    [sheet('优空间', '姓名,单位', '甘棠,甲'), sheet('绿动众创空间', '姓名,单位', '郑风,乙')],
    '甘棠//优空间/甲 郑风//绿动众创空间/乙',
  ],
  [
    'numbered tabs',
    [sheet('1.第一党支部', '姓名,单位', '甘棠,甲'), sheet('2.第二党支部（8人）', '姓名,单位', '郑风,乙')],
    '甘棠/第一党支部//甲 郑风/第二党支部//乙',
  ],
  [
    'titles',
    [
      sheet('Sheet1', '优空间党支部党员花名册', '姓名,单位', '甘棠,甲'),
      sheet('Sheet2', '绿动党支部党员花名册', '姓名,单位', '郑风,乙'),
    ],
    '甘棠/优空间党支部//甲 郑风/绿动党支部//乙',
  ],
  [
    'labels',
    [
      sheet('1', '党员信息表', '支部名称：第一党支部', '姓名,单位', '甘棠,甲'),
      sheet('2', '党员信息表', '支部名称：第二党支部', '姓名,单位', '郑风,乙'),
    ],
    '甘棠/第一党支部//甲 郑风/第二党支部//乙',
  ],
  [
    'columns in another order',
    [sheet('一支部', '姓名,单位', '甘棠,甲'), sheet('二支部', '序号,工作单位,姓 名', '1,乙,郑风')],
    '甘棠/一支部//甲 郑风/二支部//乙',
  ],
])('a sheet a branch, told by %s', async (_, sheets, told) => {
  expect(await peopleOfSheets(...sheets)).toBe(told)
})

test.each(['样表', '填写示例（勿删）', '填表说明', '模板'])(
  'a sheet «%s» with the same header is no list beside another one',
  async name => {
    const guide = sheet(name, '姓名,支部', '李四,第一党支部')
    const list = sheet('信息表', '姓名,支部', '甘棠,一支部', '柏舟,一支部')
    expect(await peopleOfSheets(guide, list)).toBe('甘棠/一支部 柏舟/一支部')
    expect(await peopleOfSheets(guide)).toContain('李四')
  },
)

test('cards below titles are refused as cards', async () => {
  const card = (name: string) => `个人信息表,,,\n姓名,${name},手机,13800001111\n单位,甲,支部,一支部\n`
  await expect(peopleOfText(card('甘棠') + card('柏舟'))).rejects.toThrow('像卡片')
})

test('a part that its reference writes in percent signs is found', async () => {
  const bytes = makeWorkbook([sheet('名单', '姓名', '甘棠')], 'xl/worksheets/sheet 1.xml')
  expect(await people(bytes)).toBe('甘棠')
})

test.each([
  ['a 7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], '压缩包'],
  ['a photo', [0xff, 0xd8, 0xff, 0xe0, 0, 16], '图片'],
  ['a web archive', [...strToU8('MIME-Version: 1.0\nX-Document-Type: Workbook\n')], '网页'],
  ['a zip without sheets', [...zipSync({ a: strToU8('b') })], '没有表格'],
])('%s is refused as one', async (_, bytes, reason) => {
  await expect(people(Uint8Array.from(bytes))).rejects.toThrow(reason)
})
