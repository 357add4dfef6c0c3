import { expect, test } from 'vitest'
import { readRosterFile } from '../../../src/features/community/roster/file/file.ts'
import { peopleOfSheets, peopleOfText, sheet } from './imported-people.ts'

test.each([
  ['甘棠-木石科技公司', '甘棠///木石科技公司'],
  ['甘棠—土石工作室', '甘棠///土石工作室'],
  ['金石集团 - 甘棠', '甘棠///金石集团'],
  ['甘棠（木石有限公司）', '甘棠///木石有限公司'],
  ['甘棠_木石企业', '甘棠///木石企业'],
  ['1.甘棠-木石公司', '甘棠///木石公司'],
  ['2、甘棠-优空间', '甘棠//优空间'],
])('a person with a company in one cell is no heading: %s', async (written, told) => {
  expect(await peopleOfText(`姓名\n${written}\n柏舟`)).toBe(`${told} 柏舟`)
  expect(await peopleOfText(`姓名,手机\n柏舟,2222\n${written},\n郑风,3333`)).toBe(
    `柏舟////2222 ${told} 郑风////3333`,
  )
})

test.each(['甘棠/木石公司', '甘棠、木石公司', '甘棠：木石公司', '甘棠，木石公司', '甘棠+木石公司'])(
  'signs between a name and a company make no heading: %s',
  async written => {
    expect(await peopleOfText(`姓名\t手机\n${written}\t\n柏舟\t2222`)).toContain('柏舟////2222')
  },
)

test.each([
  '以下人员未注册公司',
  '以下为非企业',
  '尚未成立公司',
  '暂无公司',
  '没有公司',
  '拟注册公司',
  '单位：木石科技有限公司',
  '主办：福州优创有限公司',
  '以上为木石公司',
  '其他企业',
  '在孵企业（2人）',
  '小微企业',
  '个体',
  '自由职业者',
])('a note that ends in a kind of company names none: %s', async note => {
  for (const row of [`${note},,`, `,,${note}`, `${note},${note},${note}`])
    expect(await peopleOfText(`姓名,手机,备注\n甘棠,1111,\n${row}\n柏舟,2222,`)).toBe(
      '甘棠////1111 柏舟////2222',
    )
})

test.each([
  '尚品家居公司',
  '全民健身公司',
  '都市创意工作室',
  '待客科技公司',
  '有为非遗工作室',
  '新大公司',
  '无限科技公司',
])('the name of a company may begin as words of a note do: %s', async team => {
  expect(await peopleOfText(`姓名,手机\n${team},\n甘棠,1111`)).toBe(`甘棠///${team}/1111`)
})

test('a note ends the company of a heading', async () => {
  const text = '姓名,手机\n一、木石公司,\n甘棠,1111\n以下人员未注册公司,\n柏舟,2222\n未来科技公司,\n郑风,3333'
  expect(await peopleOfText(text)).toBe('甘棠///木石公司/1111 柏舟////2222 郑风///未来科技公司/3333')
})

test.each([
  '李总经理',
  '王副书记',
  '陈副主任',
  '林副总经理',
  '李副总监',
  '欧阳副主任',
  '陈常务副主任',
  '王支部书记',
  '李项目经理',
  '林财务总监',
])('a post behind a family name alone is part of how a person is called: %s', async written => {
  expect(await peopleOfText(`姓名,手机\n${written},13800001111`)).toBe(`${written}////1111`)
})

test.each([
  ['王磊 高工', '王磊'],
  ['陈晨 顾问', '陈晨'],
  ['王磊 项目经理', '王磊'],
  ['李娜 宁德', '李娜'],
  ['李娜 连江县', '李娜'],
  ['张伟 安全员', '张伟'],
  ['张伟 文员', '张伟'],
])('a name with a post or a town is one person: %s', async (written, name) => {
  expect(await peopleOfText(`姓名,手机\n${written},13800001111`)).toBe(`${name}////1111`)
})

test('sheets of graduates and of those who have not left are read', async () => {
  const people = await peopleOfSheets(
    sheet('应届毕业人员', '姓名,手机', '甘棠,13800001111'),
    sheet('大学毕业', '姓名,手机', '柏舟,13900002222'),
    sheet('组织关系未转出', '姓名,手机', '郑风,13700003333'),
    sheet('名单', '姓名,手机', '卫淇,13600004444'),
    sheet('毕业企业', '姓名,手机', '旧人,13500005555'),
    sheet('已毕业', '姓名,手机', '故人,13500006666'),
  )
  expect(people).toBe('甘棠////1111 柏舟////2222 郑风////3333 卫淇////4444')
})

test.each([['共2人,其中党员1人,'], ['共2人,其中党员1人,\n填表人：卫淇,审核人：子衿\n报送：组织部,一份']])(
  'commas in cells and notes of a file by tabs part nothing: %j',
  async notes => {
    const text = `姓名\t支部\n甘棠\t一支部,二支部\n柏舟\t一支部,二支部\n${notes}`
    expect(await peopleOfText(text)).toBe('甘棠/一支部,二支部 柏舟/一支部,二支部')
  },
)

test('a file by commas may have tabs in its numbers', async () => {
  expect(await peopleOfText('姓名,手机\n甘棠,\t13800001111\t\n柏舟,\t13900002222\t')).toBe(
    '甘棠////1111 柏舟////2222',
  )
})

test.each(['甘棠,13800001111,某某公司', '甘棠,13800001111,××公司', '甘棠,13800001111,XX健身有限公司'])(
  'a person of a company without a name is no example: %s',
  async row => {
    expect(await peopleOfText(`姓名,手机,单位\n${row}`)).toBe(`甘棠///${row.split(',')[2]}/1111`)
  },
)

test('a made-up name among people is a name', async () => {
  const people = ['甘棠', '柏舟', '郑风', '卫淇', '子衿'].map((name, at) => `${name},1380000111${at}`)
  expect(await peopleOfText(`姓名,手机\n${people.join('\n')}\n李四,13800138000`)).toContain('李四////8000')
})

test.each([
  ['bozhou', '柏舟'],
  ['bozhou_88888888', '柏舟'],
  ['同号', '柏舟'],
  ['13900002222（同号）', '柏舟////2222'],
])('under 「手机/微信」 the name of an account is no phone: %s', async (written, told) => {
  expect(await peopleOfText(`姓名,手机/微信\n甘棠,13800001111\n柏舟,${written}`)).toBe(`甘棠////1111 ${told}`)
})

test.each([
  '序号,申请人,联系电话\n1,福州木石科技有限公司,13800001111',
  '会员,手机\n福州木石科技有限公司,13800001111\n土石工作室,13900002222',
  '入驻人,手机\n甘棠工作室,13800001111',
  '课程,讲师,时间\n高企申报,甘棠,12月5日\n研发费用,柏舟,12月6日',
])('companies and those who speak at lessons are no members: %j', async text => {
  await expect(peopleOfText(text)).rejects.toThrow('没有找到「姓名」')
})

test('a sheet with phones is a list, though it counts', async () => {
  const told = await peopleOfSheets(
    sheet('团队', '团队,负责人,手机,人数', '云帆,甘棠,13800001111,3', '木石,柏舟,13900002222,2'),
    sheet('志愿者', '姓名,电话', '郑风,13700003333'),
  )
  expect(told).toContain('甘棠///云帆/1111 柏舟///木石/2222')
})

test.each(['名单备份', '新旧名单', '依旧表现'])(
  'a sheet %s is read where no other has people',
  async title => {
    const told = await peopleOfSheets(
      sheet(title, '姓名,手机,单位', '甘棠,13800001111,云帆'),
      sheet('Sheet2', '姓名'),
    )
    expect(told).toBe('甘棠///云帆/1111')
  },
)

test('an empty column of spaces leaves the park as the space', async () => {
  expect(await peopleOfText('姓名,手机,园区,创客空间\n甘棠,1111,福兴,\n柏舟,2222,长乐,')).toBe(
    '甘棠//福兴//1111 柏舟//长乐//2222',
  )
})

const noteOf = async (text: string) => {
  const { rows } = await readRosterFile(new TextEncoder().encode(text), false)
  return rows.map(({ name, branch, space, note }) => [name, branch, space, note].join('/')).join(' ')
}

test.each([
  ['甘棠（联系园区）', '甘棠///联系园区'],
  ['柏舟（驻村基地）', '柏舟///驻村基地'],
  ['李想（无支部）', '李想///无支部'],
  ['林敏（未入支部）', '林敏///未入支部'],
  ['陈晨（转自二支部）', '陈晨///转自二支部'],
  ['黄河（拟转入一支部）', '黄河///拟转入一支部'],
  ['甘棠（未来空间）', '甘棠//未来空间/'],
  ['甘棠（原点空间）', '甘棠//原点空间/'],
  ['甘棠2024', '甘棠///2024'],
])('a remark in brackets is no place: %s', async (written, told) => {
  expect(await noteOf(`姓名\n${written}`)).toBe(told)
})

test('a place beside the name that is not that of the column stays as a remark', async () => {
  expect(await noteOf('姓名,空间,支部\n甘棠（新媒空间）,优空间,\n卫淇（原一支部）,,二支部')).toBe(
    '甘棠//优空间/新媒空间 卫淇/二支部//原一支部',
  )
})

test.each([
  ['甘棠\n副组长', '甘棠'],
  ['柏舟\n讲师', '柏舟'],
  ['郑风\n设计师', '郑风'],
])('a remark below the name is no second person: %j', async (written, name) => {
  expect(await peopleOfText(`姓名,手机\n"${written}",13800001111`)).toBe(`${name}////1111`)
})

test.each(['李师傅总监', '陈大书记', '王小律师', '甘副会长'])(
  'a word of respect with a family name is no name: %s',
  async written => {
    expect(await peopleOfText(`姓名,手机\n${written},13800001111`)).toBe(`${written}////1111`)
  },
)

test('the heading of a branch ends the company above it', async () => {
  const told = await peopleOfText(
    '姓名,支部,手机\n一支部,,\n甘棠,,1111\n木石集团,,\n柏舟,,2222\n二支部,,\n郑风,,3333',
  )
  expect(told).toBe('甘棠////1111 柏舟///木石集团/2222 郑风////3333')
})
