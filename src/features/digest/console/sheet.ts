import type ExcelJS from 'exceljs'
import type { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { sendFile } from '../../../console/forms.ts'
import { monthAsked } from '../../../console/overview/months.ts'
import type { ConsoleEnv } from '../../../feature.ts'
import { rowHeight } from '../../../ledger/cell-size.ts'
import { loadExcelJs } from '../../../lib/exceljs.ts'
import type { Delivery } from '../../../outbox/index.ts'
import type { ChatFile } from '../../../ports/chat.ts'
import { asCellText } from '../../../text/cells.ts'
import { sayFullTime } from '../../../text/dates/time.ts'
import type { BroadcastActions } from '../actions.ts'
import type { Progress } from '../broadcast/progress.ts'
import {
  deliveryDetailOf,
  deliveryWords,
  groupNameOf,
  overallState,
  statesOf,
} from '../broadcast/progress.ts'
import type { DigestParts } from '../context.ts'
import { isOfMonth } from './history.ts'

const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const kinds = { digest: '速递', notice: '通知', reminder: '截止提醒' } as const

/** The download of a month's broadcasts and deliveries as a spreadsheet. */
export function addSheetRoutes(
  routes: Hono<ConsoleEnv>,
  { clock }: DigestParts,
  actions: BroadcastActions,
): void {
  routes.get('/sheet.xlsx', async c => {
    const month = monthAsked(c.req.query('month'), clock.now())
    const own = (await actions.all()).filter(one => isOfMonth(one, month.toString())).reverse()
    const progress = await Promise.all(own.map(actions.progressOf))
    return sendFile(c, await makeMonthSheet(month, progress))
  })
}

/** The workbook of a month: a sheet of broadcasts with totals as formulas, and one of all deliveries. */
async function makeMonthSheet(
  month: Temporal.PlainYearMonth,
  broadcasts: readonly Progress[],
): Promise<ChatFile> {
  const { Workbook } = await loadExcelJs()
  const workbook = new Workbook()
  workbook.calcProperties.fullCalcOnLoad = true
  const title = `${month.year}年${month.month}月推送送达表`
  addBroadcasts(workbook, title, broadcasts)
  addDeliveries(workbook, broadcasts)
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer())
  return { name: `${title}.xlsx`, mimeType, bytes }
}

type Column = { header: string; width: number }

function addSheet(workbook: ExcelJS.Workbook, name: string, columns: readonly Column[], headerRow: number) {
  const sheet = workbook.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: headerRow }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${headerRow}:${headerRow}`,
    },
    headerFooter: { oddFooter: `&L${name}&R第 &P 页，共 &N 页` },
  })
  sheet.columns = columns.map(({ width }) => ({ width }))
  const row = sheet.getRow(headerRow)
  row.values = columns.map(({ header }) => header)
  row.font = { bold: true }
  row.eachCell(cell => {
    cell.border = { bottom: { style: 'thin' } }
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF2F2F2' } }
  })
  return sheet
}

const isThere = (state: Delivery['state']) => deliveryWords[state].tone === 'good'

const broadcastColumns: readonly Column[] = [
  { header: '编号', width: 7 },
  { header: '类别', width: 10 },
  { header: '栏目', width: 10 },
  { header: '标题', width: 24 },
  { header: '发送时间', width: 20 },
  { header: '状态', width: 12 },
  { header: '作者', width: 12 },
  { header: '审核人', width: 12 },
  { header: '应发（群）', width: 11 },
  { header: '已到（群）', width: 11 },
  { header: '未到（群）', width: 11 },
]

function addBroadcasts(workbook: ExcelJS.Workbook, title: string, broadcasts: readonly Progress[]) {
  const headerRow = 3
  const sheet = addSheet(workbook, '推送', broadcastColumns, headerRow)
  sheet.getCell('A1').value = title
  sheet.getCell('A1').font = { bold: true, size: 16 }
  for (const progress of broadcasts) addBroadcast(sheet, progress)
  const last = headerRow + broadcasts.length
  const total = sheet.addRow(['合计'])
  total.font = { bold: true }
  for (const column of ['I', 'J', 'K']) {
    const cell = sheet.getCell(`${column}${total.number}`)
    cell.value = broadcasts.length > 0 ? { formula: `SUM(${column}${headerRow + 1}:${column}${last})` } : 0
  }
}

function addBroadcast(sheet: ExcelJS.Worksheet, progress: Progress) {
  const { broadcast } = progress
  const states = statesOf(progress)
  const { number, kind, stream, author, approval, sendAt } = broadcast
  const there = states.filter(isThere).length
  const at = sendAt ?? approval?.at
  const row = sheet.addRow([
    number,
    kinds[kind],
    stream ?? '',
    asCellText(broadcast.title),
    at ? sayFullTime(Temporal.Instant.from(at)) : '',
    overallState(progress).word,
    asCellText(author?.name ?? '机器人拟的'),
    asCellText(approval?.by.name ?? ''),
    states.length,
    there,
  ])
  row.getCell(11).value = { formula: `I${row.number}-J${row.number}`, result: states.length - there }
}

const deliveryColumns = [
  { header: '编号', width: 7 },
  { header: '标题', width: 24 },
  { header: '群', width: 28 },
  { header: '状态', width: 12 },
  { header: '时间', width: 20 },
  { header: '说明', width: 50 },
]

function addDeliveries(workbook: ExcelJS.Workbook, broadcasts: readonly Progress[]) {
  const sheet = addSheet(workbook, '逐群送达', deliveryColumns, 1)
  for (const progress of broadcasts) {
    for (const delivery of progress.deliveries) {
      for (const row of rowsOf(progress, delivery)) {
        const title = asCellText(progress.broadcast.title)
        const added = sheet.addRow([progress.broadcast.number, title, ...row])
        added.height = rowHeight(
          ['', title, ...row],
          deliveryColumns.map(({ width }) => width),
        )
        // One long remark, unwrapped, makes the printed page as small as it is long.
        added.alignment = { wrapText: true, vertical: 'top' }
      }
    }
  }
  sheet.autoFilter = { from: 'A1', to: { row: Math.max(1, sheet.rowCount), column: 6 } }
}

/** One row for a delivery, or one for each group behind a target that an employee sends to. */
function rowsOf(progress: Progress, delivery: Delivery): string[][] {
  const name = groupNameOf(progress, delivery)
  const groups = progress.tasks.get(delivery.key) ?? [
    { name: '', state: delivery.state, reason: deliveryDetailOf(delivery), changedAt: delivery.changedAt },
  ]
  return groups.map(group => [
    asCellText(group.name === '' ? name : `${group.name}（${name}）`),
    deliveryWords[group.state].word,
    sayFullTime(group.changedAt),
    asCellText(group.reason ?? ''),
  ])
}
