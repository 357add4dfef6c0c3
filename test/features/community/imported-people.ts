import { readRosterFile } from '../../../src/features/community/roster/file/file.ts'
import { planRosterImport } from '../../../src/features/community/roster/file/plan.ts'
import { makeWorkbook, type WrittenSheet } from './written-workbook.ts'

/** The people whom a file brings, each as name/branch/space/company/phone tail, and the lines that are wrong. */
export async function people(bytes: Uint8Array): Promise<string> {
  const { rows } = await readRosterFile(bytes, false)
  let next = 0
  const plan = await planRosterImport([], rows, () => `id-${++next}`)
  const wrong = plan.lines.flatMap(({ kind, note }) => (kind === 'wrong' ? [note] : []))
  const told = plan.rows.map(({ name, branch, space, team, phoneTail }) =>
    [name, branch, space, team, phoneTail].join('/').replace(/\/+$/u, ''),
  )
  return [...told, ...wrong].join(' ')
}

/** @param text a CSV */
export const peopleOfText = (text: string) => people(new TextEncoder().encode(text))
export const peopleOfSheets = (...sheets: WrittenSheet[]) => people(makeWorkbook(sheets))

/** @param rows cells by commas */
export const sheet = (name: string, ...rows: string[]): WrittenSheet => ({
  name,
  rows: rows.map(row => row.split(',')),
})
