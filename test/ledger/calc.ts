import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ExcelJS from 'exceljs'
import { outsideProgram } from '../outside-program.ts'

const office = outsideProgram('LibreOffice', ['/usr/bin/soffice', '/usr/bin/libreoffice'])
export const isCalcMissing = office.isMissing

/** Calculates every formula on load, whatever results the file brings. */
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`

/** Opens spreadsheets in LibreOffice, which has never heard of us, and gives back what it makes of them. */
export async function recalculate(
  files: Record<string, Uint8Array>,
): Promise<Record<string, ExcelJS.Workbook>> {
  mkdirSync('test/out', { recursive: true })
  const folder = mkdtempSync(join(process.cwd(), 'test/out/calc-'))
  try {
    const profile = join(folder, 'profile')
    mkdirSync(join(profile, 'user'), { recursive: true })
    writeFileSync(join(profile, 'user/registrymodifications.xcu'), settings)
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, `${name}.xlsx`), bytes)
    const args = [
      '--headless',
      `-env:UserInstallation=${pathToFileURL(profile).href}`,
      ...['--convert-to', 'xlsx', '--outdir', join(folder, 'again')],
      ...Object.keys(files).map(name => join(folder, `${name}.xlsx`)),
    ]
    const { status, stderr } = spawnSync(office.path, args, { timeout: 120_000, encoding: 'utf8' })
    if (status !== 0) throw new Error(`LibreOffice ended with ${status}: ${stderr}`)
    const read = Object.keys(files).map(
      async name => [name, await openBook(readFileSync(join(folder, 'again', `${name}.xlsx`)))] as const,
    )
    return Object.fromEntries(await Promise.all(read))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function openBook(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(new Uint8Array(bytes).buffer)
  return book
}

/** Results of all formula cells, by 「sheet!A1」. */
export function resultsOf(book: ExcelJS.Workbook): Map<string, unknown> {
  const results = new Map<string, unknown>()
  for (const sheet of book.worksheets) {
    sheet.eachRow(row =>
      row.eachCell(cell => {
        if (cell.formula) results.set(`${sheet.name}!${cell.address}`, cell.result)
      }),
    )
  }
  return results
}
