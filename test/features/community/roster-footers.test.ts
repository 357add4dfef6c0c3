import { expect, test } from 'vitest'
import { readRosterFile } from '../../../src/features/community/roster/file/file.ts'
import { planRosterImport } from '../../../src/features/community/roster/file/plan.ts'

async function added(text: string): Promise<string[]> {
  const { rows } = await readRosterFile(new TextEncoder().encode(text), false)
  let next = 0
  const { lines } = await planRosterImport([], rows, () => `id-${++next}`)
  return lines.filter(({ kind }) => kind === 'added').map(({ name }) => name)
}

const list = '姓名,支部,单位\n甘棠,一支部,甲\n柏舟,二支部,乙\n'

test.each([
  '制表人,,\n卫淇,,',
  '制表人：,,\n卫淇,,',
  '审核人,,\n卫淇,,\n制表人,,\n子衿,,',
  '填报人签字,,\n,,\n卫淇,,',
  ',制表人,\n卫淇,,',
  '联系人,,\n卫淇,,\n联系电话,,\n13800001111,,',
])('the name below the label of a footer is no member: %j', async footer => {
  expect(await added(`${list}${footer}`)).toEqual(['甘棠', '柏舟'])
})

test.each([
  ['a person with a branch stays', '制表人,,\n卫淇,一支部,', ['甘棠', '柏舟', '卫淇']],
  ['a person below a remark stays', '备注：以上为一组,,\n卫淇,,', ['甘棠', '柏舟', '卫淇']],
  ['only the next name is of the label', '制表人,,\n卫淇,,\n子衿,,', ['甘棠', '柏舟', '子衿']],
])('%s', async (_, rows, wanted) => {
  expect(await added(`${list}${rows}`)).toEqual(wanted)
})

test.each([
  '党员,支部\n甘棠,一支部\n柏舟,二支部',
  '党员\n甘棠\n柏舟',
  '人员,支部\n甘棠,一支部\n柏舟,二支部',
  '人员\n甘棠\n柏舟',
  '序号,党员,所在支部\n1,甘棠,一支部\n2,柏舟,二支部',
])('a column of people under 「党员」 or 「人员」 alone is the names: %j', async text => {
  expect(await added(text)).toEqual(['甘棠', '柏舟'])
})

test('「党员」 above yes and no is no column of names', async () => {
  await expect(added('单位,党员\n甲,是\n乙,否')).rejects.toThrow('姓名')
  await expect(added('单位,党员\n甲,正式党员\n乙,群众')).rejects.toThrow('姓名')
  expect(await added('姓名,党员\n甘棠,是\n柏舟,否')).toEqual(['甘棠', '柏舟'])
  expect(await added('姓名,人员\n甘棠,正式\n柏舟,新增')).toEqual(['甘棠', '柏舟'])
})
