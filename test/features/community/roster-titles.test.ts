import { expect, test } from 'vitest'
import { readRosterFile } from '../../../src/features/community/roster/file/file.ts'
import { planRosterImport } from '../../../src/features/community/roster/file/plan.ts'

/** The people of a CSV file, each as name/branch/space/company/phone tail. */
async function people(text: string): Promise<string> {
  const { rows } = await readRosterFile(new TextEncoder().encode(text), false)
  let next = 0
  const plan = await planRosterImport([], rows, () => `id-${++next}`)
  return plan.rows
    .map(({ name, branch, space, team, phoneTail }) =>
      [name, branch, space, team, phoneTail].join('/').replace(/\/+$/u, ''),
    )
    .join(' ')
}

test.each([
  '所属单位',
  '单位名称',
  '所在公司',
  '就职单位',
  '公司/团队',
  '入驻企业名称',
  '创业项目',
  '单位全称',
])('a column of companies: %s', async title => {
  expect(await people(`姓名,${title}\n甘棠,云帆科技`)).toBe('甘棠///云帆科技')
})

test.each(['党支部名称', '所在党组织', '组织关系所在党支部', '所在单位党组织', '所在党小组', '支部全称'])(
  'a column of branches: %s',
  async title => {
    expect(await people(`姓名,${title}\n甘棠,一支部`)).toBe('甘棠/一支部')
  },
)

test.each(['入驻园区', '所属众创空间', '所在孵化器', '孵化载体', '众创空间/孵化器', '所在空间名称'])(
  'a column of spaces: %s',
  async title => {
    expect(await people(`姓名,${title}\n甘棠,优空间`)).toBe('甘棠//优空间')
  },
)

test.each(['本人手机', '移动电话号码', '手机/电话', '联系手机', '联系号码', '微信手机号', 'Mobile No.'])(
  'a column of phones: %s',
  async title => {
    expect(await people(`姓名,${title}\n甘棠,13800001111`)).toBe('甘棠////1111')
  },
)

test.each(['紧急联系人电话', '办公电话', '联系人电话', '推荐人手机', '公司电话', '家长手机号'])(
  'the phone of another person or of an office is not of the member: %s',
  async title => {
    expect(await people(`姓名,${title}\n甘棠,13800001111`)).toBe('甘棠')
  },
)

test.each(['推荐单位', '主管单位', '单位性质', '公司地址', '支部书记', '空间面积', '企业规模', '项目'])(
  'a column of other matter is not read: %s',
  async title => {
    expect(await people(`姓名,${title}\n甘棠,甲乙`)).toBe('甘棠')
  },
)

test('the phone of the person who is named is hers', async () => {
  expect(await people('企业名称,负责人,负责人电话\n云帆科技,甘棠,13800001111')).toBe('甘棠///云帆科技/1111')
  expect(await people('企业名称,法人,联系人,联系人手机\n云帆科技,甘棠,柏舟,13900002222')).toBe(
    '柏舟///云帆科技/2222',
  )
})

test.each([
  ['企业负责人', '企业电话'],
  ['团队负责人姓名', '团队电话'],
  ['企业联系人', '企业联系方式'],
  ['单位负责人', '单位手机'],
  ['公司负责人', '公司电话'],
])('the phone of a company or team proves no person: %s, %s', async (title, phone) => {
  expect(await people(`${title},${phone}\n甘棠,13800008888`)).toBe('甘棠')
})

test('a column whose title is exact goes before one that is like it', async () => {
  const text = '姓名,所在单位党组织,支部,微信手机号,手机\n甘棠,甲党组织,一支部,13900002222,13800001111'
  expect(await people(text)).toBe('甘棠/一支部///1111')
})

test.each(['参与人员', '与会代表', '培训对象', '学员名单', '签到人员', '新党员', '签名', 'Attendee'])(
  'names stand under a title that may be of another column: %s',
  async title => {
    expect(await people(`序号,${title},支部\n1,甘棠,一支部\n2,柏舟,二支部`)).toBe('甘棠/一支部 柏舟/二支部')
  },
)

test.each(['签名', '与会代表', '学员姓名'])('the title of the names is told as written: %s', async title => {
  const text = `序号,${title},支部\n1,甘棠,一支部\n2,柏舟,二支部`
  const { columns } = await readRosterFile(new TextEncoder().encode(text), false)
  expect(columns).toEqual([
    { title, field: 'name' },
    { title: '支部', field: 'branch' },
  ])
})

test.each(['签到', '参与人员', '名单'])('marks under such a title are no names: %s', async title => {
  const text = `序号,${title},支部\n1,已签到,一支部\n2,未签到,二支部`
  await expect(people(text)).rejects.toThrow('没有找到「姓名」')
})

test.each(['二支部名单,\n姓名,手机\n郑风,13700003333', '第二党支部党员花名册,\n姓名,手机\n郑风,13700003333'])(
  'the title of a second list is no person: %s',
  async rest => {
    const told = await people(`一支部名单,\n姓名,手机\n甘棠,13800001111\n,\n${rest}`)
    expect(told).toMatch(/^甘棠\/一支部\/\/\/1111 郑风\/\S*二\S*支部\/\/\/3333$/u)
  },
)

test.each(['——以下空白——,', '*** 以下空白 ***,', '记录人,卫淇', '主持人,卫淇', '与身份证一致,11位数字'])(
  'a line beside the people is none: %s',
  async line => {
    expect(await people(`姓名,手机\n甘棠,13800001111\n${line}`)).toBe('甘棠////1111')
  },
)

test('numbers of another system are no ids of ours', async () => {
  expect(await people('编号,姓名,手机\n1,甘棠,13800001111\n2,柏舟,13900002222')).toBe(
    '甘棠////1111 柏舟////2222',
  )
  expect(await people('成员编号,姓名\nTJ-001,甘棠\nTJ-002,柏舟')).toBe('甘棠 柏舟')
  await expect(readIds('编号,姓名\nabcd2345,甘棠\n,柏舟')).resolves.toEqual(['abcd2345', ''])
})

async function readIds(text: string): Promise<string[]> {
  const { rows } = await readRosterFile(new TextEncoder().encode(text), false)
  return rows.map(({ id }) => id)
}

test('a unit with a post in one cell is the company, and 「无」 is none', async () => {
  const text = '姓名,工作单位及职务,支部\n甘棠,云帆科技总经理,无\n柏舟,暂无,一支部'
  expect(await people(text)).toBe('甘棠///云帆科技总经理 柏舟/一支部')
})

test.each([
  ['Peter Lin（林彼得）', '林彼得'],
  ['林彼得 (Peter Lin)', '林彼得'],
  ['Kevin Liu', 'Kevin Liu'],
])('a foreign form beside a Chinese name: %s', async (written, name) => {
  expect(await people(`姓名,手机\n${written},13800001111`)).toBe(`${name}////1111`)
})

test.each([
  ['甘棠\t13800001111\t一支部\n柏舟\t\t二支部', '甘棠/一支部///1111 柏舟/二支部'],
  [
    '1,甘棠,云帆科技有限公司,13800001111\n2,柏舟,木石设计工作室,13900002222',
    '甘棠///云帆科技有限公司/1111 柏舟///木石设计工作室/2222',
  ],
])('a list without a head is read where each column tells by itself: %j', async (text, told) => {
  expect(await people(text)).toBe(told)
})

test('lines of a list without a head are counted from its first', async () => {
  const { rows } = await readRosterFile(
    new TextEncoder().encode('甘棠\t13800001111\n柏舟\t13900002222'),
    false,
  )
  expect(rows.map(({ line }) => line)).toEqual([1, 2])
})

test.each(['甘棠,柏舟\n郑风,卫淇', '甘棠\n柏舟', '甘棠,上午,13800001111\n柏舟,下午,13900002222'])(
  'a list without a head whose columns leave a doubt is refused: %j',
  async text => {
    await expect(people(text)).rejects.toThrow('没有找到「姓名」')
  },
)

test.each([
  '大名,所在党支部\n甘棠,优空间支部\n柏舟,恒丰支部',
  '大名,入驻园区\n甘棠,软件园区\n柏舟,海西园区',
  '大名,哪个支部\n甘棠,优空间支部\n柏舟,恒丰支部',
  '贵姓,您的公司\n甘棠,云帆公司\n柏舟,木石公司',
  '甘棠,支部\n柏舟,优空间支部\n郑风,恒丰支部',
])('a first row of titles is no person: %j', async text => {
  await expect(people(text)).rejects.toThrow('没有找到「姓名」')
})

test('a name with a colon in another column leaves the people of the list', async () => {
  const text = '带教老师,姓名,手机\n卫淇：,甘棠,13800001111\n郑风:,柏舟,13900002222'
  expect(await people(text)).toBe('甘棠////1111 柏舟////2222')
})

test('a label of its own row names no member, and pictures are no part of a name', async () => {
  const text = '序号,姓名,手机\n1,🌟甘棠,13800001111\n2,柏舟👍,13900002222\n工作人员：,卫淇,'
  expect(await people(text)).toBe('甘棠////1111 柏舟////2222')
})

test.each([
  '一、党员名单\n姓名,支部,手机\n甘棠,一支部,13800001111\n二、群众名单\n姓名,单位,手机\n柏舟,云帆科技,13900002222',
  `姓名,支部,手机\n甘棠,一支部,13800001111${'\n,,'.repeat(40)}\n姓名,手机,单位\n柏舟,13900002222,云帆科技`,
])('below another header the columns are others', async text => {
  expect(await people(text)).toBe('甘棠/一支部///1111 柏舟///云帆科技/2222')
})
