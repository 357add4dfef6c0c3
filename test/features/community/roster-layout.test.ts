import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readRosterFile } from '../../../src/features/community/roster/file.ts'
import { planImport } from '../../../src/features/community/roster/plan.ts'

const read = (name: string) =>
  readRosterFile(new Uint8Array(readFileSync(`test/data/tables/${name}.xlsx`)), false)
const names = async (name: string) => (await read(name)).rows.map(row => row.name)
const csv = (text: string) => readRosterFile(new TextEncoder().encode(text), false)

/** Who would be imported, and why other lines would not. */
async function planned(name: string) {
  let next = 0
  const { lines } = planImport([], (await read(name)).rows, () => `id-${++next}`)
  return {
    added: lines.filter(({ kind }) => kind === 'added').map(one => one.name),
    skipped: lines.filter(({ kind }) => kind === 'skipped').map(({ note }) => note),
  }
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
    const [line] = planImport([], rows, () => 'id').lines
    expect(line?.kind).toBe('wrong')
    expect(line?.note).toContain(`手机号变成了 ${phone}`)
  }
})
