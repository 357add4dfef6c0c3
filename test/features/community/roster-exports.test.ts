import { expect, test } from 'vitest'
import { readRosterFile } from '../../../src/features/community/roster/file/file.ts'
import { planRosterImport } from '../../../src/features/community/roster/file/plan.ts'
import { peopleOfSheets, peopleOfText, sheet } from './imported-people.ts'

test.each([
  ['Q1_您的姓名,Q2_联系电话,Q3_所属支部', '甘棠,13800001111,一支部', '甘棠/一支部///1111'],
  ['1.姓名,2.手机号,3.[单选]所属空间', '甘棠,13800001111,优空间', '甘棠//优空间//1111'],
  ['1、您的姓名：,2、您所在的众创空间：', '甘棠,优空间', '甘棠//优空间'],
  ['姓名,手機號碼,所屬支部,公司名稱', '甘棠,13800001111,一支部,云帆', '甘棠/一支部//云帆/1111'],
  [
    '您的姓名是？,请问您的手机号码是多少？,您所在的企业叫什么名字？',
    '甘棠,13800001111,云帆',
    '甘棠///云帆/1111',
  ],
  ['No./序号,Name/姓名,Mobile/手机,Company/公司', '1,甘棠,13800001111,云帆', '甘棠///云帆/1111'],
  ['联系人及电话,单位', '甘棠/13800001111,甲', '甘棠///甲/1111'],
  ['负责人和联系方式,单位', '甘棠：13800001111,甲', '甘棠///甲/1111'],
])('titles as forms and offices write them: %s', async (header, row, told) => {
  expect(await peopleOfText(`${header}\n${row}`)).toBe(told)
})

test.each([
  ['甘棠 Gan Tang', '甘棠'],
  ['柏舟/Bai Zhou', '柏舟'],
  ['Alice 王小明', '王小明'],
  ['甘棠2890', '甘棠'],
  ['柏舟-2890', '柏舟'],
  ['买买提2', '买买提2'],
])('a name with its sound or with digits behind: %s', async (written, name) => {
  expect(await peopleOfText(`姓名,手机\n${written},13800001111`)).toBe(`${name}////1111`)
})

test.each([
  ['甘棠\n柏舟', false],
  ['张伟 李娜', false],
  ['柏\n舟', '柏舟'],
  ['欧阳\n明月', '欧阳明月'],
  ['扎西 次仁', '扎西次仁'],
])('%j in one cell is one person or several', async (written, name) => {
  const told = await peopleOfText(`姓名,手机\n"${written}",13800001111`)
  expect(told).toBe(name === false ? '这一格像是写了几个人，请一行写一个人' : `${name}////1111`)
})

test.each([
  ['甘棠2890', '甘棠//优空间//2890'],
  ['甘棠1987', '甘棠//优空间'],
])('digits behind a name are of the phone, but for a year: %s', async (written, told) => {
  expect(await peopleOfText(`姓名,空间\n${written},优空间`)).toBe(told)
})

test.each([
  ['甘棠（优空间）', '甘棠//优空间//1111'],
  ['甘棠(第一党支部)', '甘棠/第一党支部///1111'],
  ['优空间-甘棠', '甘棠//优空间//1111'],
  ['甘棠总经理', '甘棠////1111'],
  ['甘棠书记', '甘棠////1111'],
  ['李书记', '李书记////1111'],
  ['欧阳老师', '欧阳老师////1111'],
])('a name with a place or a post: %s', async (written, told) => {
  expect(await peopleOfText(`姓名,手机\n${written},13800001111`)).toBe(told)
})

test.each(['甘*', '甘＊＊', '甘*棠'])('a masked name is asked for: %s', async name => {
  expect(await peopleOfText(`姓名,手机\n${name},13800001111`)).toBe('姓名打了星号，请写全名')
})

test.each([
  ['semicolons below a title', '党员名单\n姓名;手机;支部\n甘棠;13800001111;一支部'],
  ['tabs below a title with commas', '优空间,恒丰,绿动\n姓名\t手机\t支部\n甘棠\t13800001111\t一支部'],
  ['formulas around texts', '="姓名",="手机",="支部"\n="甘棠",="13800001111",="一支部"'],
])('a text with %s', async (_, text) => {
  expect(await peopleOfText(text)).toBe('甘棠/一支部///1111')
})

test.each(['申请人', '经办人', '人员名称', '联络员', '会员', '主讲人', 'Employee Name'])(
  'names stand under 「%s」',
  async title => {
    expect(await peopleOfText(`企业名称,${title},联系电话\n云帆,甘棠,13800001111`)).toBe('甘棠///云帆/1111')
  },
)

test.each(['参会企业', '参赛团队', '报名单位'])('companies stand under 「%s」', async title => {
  expect(await peopleOfText(`${title},姓名\n云帆,甘棠`)).toBe('甘棠///云帆')
})

test.each(['〃', '-〃-', '“', '↓', '"'])('%s means as above', async mark => {
  expect(await peopleOfText(`姓名,支部\n甘棠,一支部\n柏舟,${mark.replaceAll('"', '""""')}`)).toBe(
    '甘棠/一支部 柏舟/一支部',
  )
})

const list = '姓名,手机,支部\n甘棠,13800001111,一支部'
test.each([
  ['the kinds of fields', '姓名,手机,支部\n文本,数字,单选\n甘棠,13800001111,一支部'],
  ['an example', '姓名,手机,支部\n张三,13800000000,XX支部\n甘棠,13800001111,一支部'],
  ['an example of a district', '姓名,手机,支部\n李四,139xxxxxxxx,某某支部\n甘棠,13800001111,一支部'],
  [
    'signatures over several columns',
    '序号,姓名,手机,支部\n1,甘棠,13800001111,一支部\n填表人：子衿,,审核人：采薇,填表日期：2026.11.30',
  ],
  ['the end of a certificate', `${list}\n特此证明,,\n此致,,`],
  ['a number to call', `${list}\n工作人员联系方式：子衿 13600004444,,`],
  ['a place for a day', `${list}\n领导审批：,,\n,年   月   日,`],
])('a line with %s is no person', async (_, text) => {
  expect(await peopleOfText(text)).toBe('甘棠/一支部///1111')
})

test('instructions beside a list are no remarks of its people', async () => {
  const text =
    '姓名,手机,填写说明\n甘棠,13800001111,1. 姓名必填\n柏舟,13900002222,2. 手机 11 位\n,,3. 一人一行'
  expect(await peopleOfText(text)).toBe('甘棠////1111 柏舟////2222')
})

test('a title over two columns is one column', async () => {
  expect(await peopleOfText('姓名,姓名,手机\n甘棠,甘棠,13800001111\n柏舟,柏舟,13900002222')).toBe(
    '甘棠////1111 柏舟////2222',
  )
})

test('how many are in a branch is no part of its name', async () => {
  expect(await peopleOfText('支部,姓名\n"一支部\n（2人）",甘棠\n二支部(共1人),柏舟')).toBe(
    '甘棠/一支部 柏舟/二支部',
  )
})

test('a list beside another that begins lower is asked to be moved', async () => {
  const text = '姓名,手机,,,\n甘棠,13800001111,,姓名,手机\n柏舟,13900002222,,郑风,13700003333'
  await expect(peopleOfText(text)).rejects.toThrow('第 2 行里又有一组列名')
})

test('a sheet that counts people names none of them', async () => {
  const told = await peopleOfSheets(
    sheet('汇总', '支部,人数,负责人', '一支部,1,子衿', '二支部,1,采薇'),
    sheet('一支部', '序号,姓名,手机', '1,甘棠,13800001111'),
    sheet('二支部', '序号,姓名,手机', '1,郑风,13700003333'),
  )
  expect(told).toBe('甘棠/一支部///1111 郑风/二支部///3333')
})

test('a number in the column of the names is asked about', async () => {
  expect(await peopleOfText('姓名,手机\n13800001111,甘棠')).toBe(
    '姓名这一格是手机号，像是列名和内容错开了，请检查表头',
  )
})

test('a form that asks how many come is a list of people', async () => {
  const told = await peopleOfSheets(
    sheet('示意', '姓名', '请填真名'),
    sheet('旧街支部', '姓名,手机,人数', '甘棠,13800001111,2'),
  )
  expect(told).toBe('甘棠/旧街支部///1111')
})

test.each(['已退出', '历史人员（已转出）', '离职', '旧名单', '毕业企业'])(
  'a sheet of those who left is not read: %s',
  async title => {
    const told = await peopleOfSheets(
      sheet('在册', '姓名,手机', '甘棠,13800001111'),
      sheet(title, '姓名,手机', '旧人,13600004444'),
    )
    expect(told).toBe('甘棠////1111')
  },
)

test('people under headings of companies are of them, and under another heading of none', async () => {
  const heading = (text: string) => [text, text, text].join(',')
  const text = [
    '序号,姓名,手机',
    heading('一、福州青禾科技有限公司（2人）'),
    '1,甘棠,13800001111',
    '2,柏舟,13900002222',
    heading('二、个人创客（1人）'),
    '1,郑风,13700003333',
    '共计3人,,',
  ].join('\n')
  expect(await peopleOfText(text)).toBe(
    '甘棠///福州青禾科技有限公司/1111 柏舟///福州青禾科技有限公司/2222 郑风////3333',
  )
})

test.each(['A. 优空间', '【优空间】', '优空间：', '◆优空间 共2人', '（一）优空间', '■ 优空间（2人）'])(
  'people stand below the heading %s',
  async heading => {
    expect(await peopleOfText(`姓名,手机\n${heading},\n甘棠,13800001111`)).toBe('甘棠//优空间//1111')
  },
)

test('the park beside a column of spaces is not the space', async () => {
  expect(await peopleOfText('姓名,园区,众创空间\n甘棠,台江科技园,优空间')).toBe('甘棠//优空间')
  expect(await peopleOfText('姓名,园区\n甘棠,台江科技园')).toBe('甘棠//台江科技园')
})

test('a remark that is also a title is no header of another list', async () => {
  const text =
    '姓名,手机,部门,备注\n甘棠,13800001111,团队,\n柏舟,13900002222,团队,积极分子\n郑风,,团队,积极分子'
  expect(await peopleOfText(text)).toBe('甘棠////1111 柏舟////2222 郑风')
})

test('sheets of branches are read, where one tells less of its people as well', async () => {
  const told = await peopleOfSheets(
    sheet('闽江支部', '姓名,手机', '甘棠,13800001111'),
    sheet('乌山支部', '序号,单位,姓名,手机', '1,云帆,柏舟,13900002222'),
    sheet('于山支部', '姓名,职务,手机', '郑风,组长,13700003333'),
    sheet('统计', '支部,人数', '闽江支部,1', '合计,3'),
  )
  expect(told).toBe('甘棠/闽江支部///1111 柏舟/乌山支部//云帆/2222 郑风/于山支部///3333')
})

test.each([
  ['学员,来自单位,手机/微信同号', '甘棠,云帆,13800001111', '甘棠///云帆/1111'],
  ['姓名,手机', '阿里木 · 买买提,13800001111', '阿里木·买买提////1111'],
  [
    '姓名,手机',
    '甘棠,1.3900E+010',
    '手机号变成了 1.3900E+010，请在表格里把这一列设成文本或数字、拉宽以后再另存一份',
  ],
])('the list %s / %s', async (header, row, told) => {
  expect(await peopleOfText(`${header}\n${row}`)).toBe(told)
})

test('two of one name in a file are told as two', async () => {
  const { rows } = await readRosterFile(
    new TextEncoder().encode('姓名,手机\n甘棠,13800001111\n甘棠,13900002222\n柏舟,13700003333'),
    false,
  )
  let next = 0
  const { lines } = await planRosterImport([], rows, () => `id-${++next}`)
  expect(lines.map(({ note }) => note)).toEqual([
    '文件里有 2 位甘棠，按 2 个人算',
    '文件里有 2 位甘棠，按 2 个人算',
    '',
  ])
})
