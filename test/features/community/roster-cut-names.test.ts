import { expect, test } from 'vitest'
import { readRosterFile } from '../../../src/features/community/roster/file/file.ts'
import { planRosterImport } from '../../../src/features/community/roster/file/plan.ts'

const notesOf = async (csv: string) => {
  const { rows } = await readRosterFile(new TextEncoder().encode(csv), false)
  const { lines } = await planRosterImport([], rows, () => 'm1')
  return lines.map(({ name, kind, note }) => `${name} ${kind} ${note}`)
}

test.each([
  ['甘棠8888', '甘棠 added 名字那一格写的是「甘棠8888」'],
  ['甘棠（调去二支部）', '甘棠 added 调去二支部，名字那一格写的是「甘棠（调去二支部）」'],
  ['甘 棠', '甘棠 added '],
  ['甘棠 13912345678', '甘棠 added '],
])('the preview tells what a name was read from: %s', async (cell, wanted) => {
  expect(await notesOf(`姓名,职务\n${cell},\n`)).toEqual([wanted])
})

test('a person who may be an example is named', async () => {
  expect(await notesOf('姓名,手机\n张三,13800138000\n柏舟,13912345678')).toContain(
    '张三 skipped 像填写示例，没有读；真有这个人请单独添加',
  )
})
