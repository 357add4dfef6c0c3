import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readRosterFile } from '../../../src/features/community/roster/file/file.ts'
import { planRosterImport } from '../../../src/features/community/roster/file/plan.ts'

const read = (name: string) =>
  readRosterFile(new Uint8Array(readFileSync(`test/data/tables/${name}.xlsx`)), false)
const names = async (name: string) => (await read(name)).rows.map(row => row.name)
const csv = (text: string) => readRosterFile(new TextEncoder().encode(text), false)

/** Rows that would be imported, and the reasons of the others. */
async function planned(name: string) {
  const { lines } = await planOf((await read(name)).rows)
  return {
    added: lines.filter(({ kind }) => kind === 'added').map(one => one.name),
    skipped: lines.filter(({ kind }) => kind === 'skipped').map(({ note }) => note),
  }
}

function planOf(rows: Parameters<typeof planRosterImport>[1]) {
  let next = 0
  return planRosterImport([], rows, () => `id-${++next}`)
}

test('two lists side by side are one list', async () => {
  expect((await names('side-by-side')).sort()).toEqual(['卫淇', '柏舟', '甘棠', '郑风'].sort())
})

test('footer lines are no members, and are said', async () => {
  const { added, skipped } = await planned('footer')
  expect(added).toEqual(['甘棠', '柏舟', '郑风'])
  expect(skipped.length).toBeGreaterThanOrEqual(2)
})

test('the sheet with people is read, not the one that tells how to fill it in', async () => {
  const { rows, otherSheets } = await read('guide-first')
  expect(rows.map(row => row.name)).toContain('甘棠')
  expect(otherSheets).toEqual(['填写说明'])
})

test('every sheet of the same header is read, its name as the branch', async () => {
  const { rows, otherSheets } = await read('sheet-a-branch')
  expect(rows.map(row => `${row.branch} ${row.name}`)).toEqual(['一支部 甘棠', '二支部 郑风', '三支部 卫淇'])
  expect(otherSheets).toEqual([])
})

test('hidden rows are left out and said', async () => {
  const { added, skipped } = await planned('hidden-row')
  expect(added).toEqual(['甘棠', '柏舟', '郑风'])
  expect(skipped.join()).toContain('隐藏')
})

test('a branch that is written once holds for the empty cells below', async () => {
  const { rows, filledDown } = await read('blank-as-above')
  expect(rows.map(row => row.branch)).toEqual(['一支部', '一支部', '二支部', '二支部'])
  expect(filledDown).toEqual(['支部'])
})

test('names spread by spaces are whole, and foreign ones keep theirs', async () => {
  expect(await names('spread-names')).toEqual(['甘棠梨', '柏舟', '郑风'])
  expect((await csv('姓名,空间\nKevin Liu,优空间\n')).rows[0]?.name).toBe('Kevin Liu')
})

test.each(['party', 'meeting', 'long-head'])('%s: other words for a name, below many lines', async name => {
  expect(await names(name)).toContain('甘棠')
})

test('people in columns are refused with what to do', async () => {
  await expect(read('transposed')).rejects.toThrow('转置')
})

test('a phone number in scientific form is refused with what happened', async () => {
  for (const phone of ['1.38001E+10', '1.38E+10']) {
    const { rows } = await csv(`姓名,众创空间,手机\n甘棠,甲空间,${phone}\n`)
    const { lines } = await planRosterImport([], rows, () => 'id')
    const [line] = lines
    expect(line?.kind).toBe('wrong')
    expect(line?.note).toContain(`手机号变成了 ${phone}`)
  }
})

test.each(['1. 您的姓名（必填）', '请填写姓名', '姓名/Name', '员工姓名', '签到人', '姓名1'])(
  '%s names a person',
  async title => expect((await csv(`序号,${title},支部\n1,甘棠,一支部\n`)).rows[0]?.name).toBe('甘棠'),
)

test('a person in charge beside the names is no second list', async () => {
  const { rows } = await csv('姓名,单位,联系人\n甘棠,云帆科技,李四\n')
  expect(rows.map(row => row.name)).toEqual(['甘棠'])
})

test('a heading between the people is their branch', async () => {
  const { rows } = await csv('序号,姓名,电话\n一、甲支部（共1人）,,\n1,甘棠,\n乙支部,,\n1,柏舟,\n')
  expect(rows.flatMap(row => (row.name ? [`${row.branch} ${row.name}`] : []))).toEqual([
    '甲支部 甘棠',
    '乙支部 柏舟',
  ])
})

test('a ditto mark is the cell above', async () => {
  const { rows } = await csv('支部,姓名,空间\n一支部,甘棠,甲空间\n同上,柏舟,〃\n')
  expect(rows.map(row => [row.branch, row.space].join())).toEqual(['一支部,甲空间', '一支部,甲空间'])
})

test('the upper of two header rows tells what the lower leaves open', async () => {
  const { rows } = await csv('支部,人员,\n,姓名,手机\n一支部,甘棠,13800001111\n')
  expect(rows[0]).toMatchObject({ branch: '一支部', name: '甘棠', phoneTail: '1111' })
})

test.each([
  '负责人签字：',
  '2026年11月29日',
  '第1页 共2页',
  '（盖章）',
  '以上为全部人员',
  '/',
  '无',
  '一支部',
])('%s is no member', async name => {
  const { rows } = await csv(`姓名,手机\n甘棠,\n${name},\n`)
  expect((await planOf(rows)).lines.map(({ kind }) => kind)).toEqual(['added', 'skipped'])
})

test('marks, numbers and posts beside a name are no part of it', async () => {
  const { rows } = await csv('姓名,支部\n1.甘棠（组长）,\n★柏舟,\n郑风*,\n张伟（小）,\n')
  expect(rows.map(row => row.name)).toEqual(['甘棠', '柏舟', '郑风', '张伟（小）'])
  expect(rows[0]?.note).toBe('组长')
})

test('two people in one cell are refused, an example row is left out', async () => {
  const { rows } = await csv('序号,姓名\n示例,张三\n1,甘棠、柏舟\n')
  expect((await planOf(rows)).lines.map(({ kind }) => kind)).toEqual(['skipped', 'wrong'])
})

test.each([
  ['138****1111', '1111'],
  ['尾号1111', '1111'],
  ['1111（后四位）', '1111'],
  ['+86 138 0000 2222', '2222'],
  ['13800003333/13900004444', '3333'],
  ['0591-83216666', ''],
  ['83216666', ''],
])('of the number %s the tail is «%s»', async (written, tail) => {
  expect((await csv(`姓名,手机\n甘棠,${written}\n`)).rows[0]?.phoneTail).toBe(tail)
})

test('a mobile number with a digit too few is refused', async () => {
  const { rows } = await csv('姓名,手机\n甘棠,1380000111\n')
  expect((await planOf(rows)).lines[0]?.note).toContain('11 位')
})

test('a number in the cell of the name is the phone, and rows that tell how to fill in are skipped', async () => {
  const { rows } = await csv(
    '姓名及电话,支部\n必填,选填\n甘棠 13800001234,一支部\n柏舟（138-0000-5678）,一支部\nKevin Liu13800009999,二支部\n',
  )
  const { lines } = await planOf(rows)
  expect(lines.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'skipped 必填',
    'added 甘棠',
    'added 柏舟',
    'added Kevin Liu',
  ])
  expect(rows.slice(1).map(({ phoneTail }) => phoneTail)).toEqual(['1234', '5678', '9999'])
})

test('more than two people in one cell are refused as well', async () => {
  for (const cell of ['甘棠、柏舟、郑风', '甘棠/柏舟/郑风/卫淇', '甘棠和柏舟、郑风']) {
    const { rows } = await csv(`支部,姓名\n一支部,${cell}\n`)
    expect((await planOf(rows)).lines.map(({ kind }) => kind)).toEqual(['wrong'])
  }
})

test('a space as the heading of its people is no member', async () => {
  const { rows } = await csv(
    '姓名,手机\n优空间,\n甘棠,13800001111\n二、恒丰大厦（共1人）,\n柏舟,13800002222\n',
  )
  expect((await planOf(rows)).rows.map(({ name, space }) => `${space} ${name}`)).toEqual([
    '优空间 甘棠',
    '恒丰大厦 柏舟',
  ])
})

test('headings of spaces and of branches in turn are no members, and each counts for the people below', async () => {
  const lists = [
    '姓名,手机\n优空间,\n一、第一支部,\n甘棠,13800001111\n创空间,\n二、第二支部,\n柏舟,13800002222\n',
    '姓名,手机\n一、第一支部,\n优空间,\n甘棠,13800001111\n二、第二支部,\n创空间,\n柏舟,13800002222\n',
  ]
  for (const list of lists) {
    const { rows } = await csv(list)
    expect((await planOf(rows)).rows.map(({ name, space, branch }) => `${space} ${branch} ${name}`)).toEqual([
      '优空间 第一支部 甘棠',
      '创空间 第二支部 柏舟',
    ])
  }
})

test.each([
  '姓名,状态\n甘棠,在职\n柏舟,已离职\n郑风,转出',
  '姓名,备注\n甘棠,组长\n柏舟,已退出\n郑风,2026年10月已调离',
  '姓名,是否在职\n甘棠,是\n柏舟,否\n郑风,否',
])('who has left is skipped, and that is said: %s', async text => {
  const { lines } = await planOf((await csv(text)).rows)
  expect(lines.map(({ kind }) => kind)).toEqual(['added', 'skipped', 'skipped'])
  expect(lines[1]?.note).toContain('已经离开')
})

test('a form that one person filled in twice counts once', async () => {
  const twice = '甘棠,甲空间,13800001111\n甘棠,甲空间,13800001111\n'
  const { lines, wrong } = await planOf((await csv(`1、您的姓名,2、所在空间,3、手机号\n${twice}`)).rows)
  expect(wrong).toBe(0)
  expect(lines.map(({ kind }) => kind)).toEqual(['added', 'skipped'])
})

test.each(['甘棠（女）', '甘棠(男)', '甘棠[新]', '甘棠（回族）', '甘棠（预备）'])(
  'a remark in brackets is no part of the name: %s',
  async name => expect((await csv(`姓名,支部\n${name},\n`)).rows[0]?.name).toBe('甘棠'),
)

test.each([
  '企业名称,创始人,联系方式\n云帆科技,甘棠,13800001111',
  '企业名称,法定代表人,联系电话\n云帆科技,甘棠,13800001111',
  'No.,Full Name,Mobile Phone,Company\n1,甘棠,13800001111,云帆科技',
  '姓名及联系方式,单位\n13800001111 甘棠,云帆科技',
  '单位,姓名,手机后4位\n云帆科技,甘棠,1111',
  '单位，姓名，手机\n云帆科技，甘棠，13800001111',
])('other headers are read: %s', async text =>
  expect((await csv(text)).rows[0]).toMatchObject({ name: '甘棠', phoneTail: '1111', team: '云帆科技' }),
)

test('a line in brackets under the list is no member', async () => {
  const { lines } = await planOf((await csv('姓名,支部\n甘棠,一支部\n（此表一式两份）,\n')).rows)
  expect(lines.map(({ kind }) => kind)).toEqual(['added', 'skipped'])
})

test('numbers in circles and brackets, and posts behind a name, are no part of it', async () => {
  const { rows } = await csv(
    '姓名,支部\n③甘棠,甲\n（4）柏舟,甲\n(5) 郑风,甲\n卫淇 总经理,甲\n陈凤（法人）,甲\n秦风（创始人）,甲\n魏风 女士,甲\n王 书记,甲\n',
  )
  expect(rows.map(({ name }) => name)).toEqual([
    ...['甘棠', '柏舟', '郑风', '卫淇', '陈凤', '秦风', '魏风', '王书记'],
  ])
  expect(rows.slice(3, 6).map(({ note }) => note)).toEqual(['总经理', '法人', '创始人'])
})

test('a place that is kept free is no member', async () => {
  const { rows } = await csv('姓名,支部\n甘棠,甲\n待定,甲\n（待补）,甲\n空缺,甲\nXXX,甲\n某某,甲\n空,甲\n')
  const { lines } = await planOf(rows)
  expect(lines.filter(({ kind }) => kind === 'added').map(({ name }) => name)).toEqual(['甘棠'])
})
