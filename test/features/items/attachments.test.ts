import ExcelJS from 'exceljs'
import { Temporal } from 'temporal-polyfill'
import { expect, onTestFinished, test } from 'vitest'
import { createWeb } from '../../../src/adapters/web/index.ts'
import { readOriginal } from '../../../src/features/items/sources/originals.ts'
import { readNotice } from '../../../src/text/notices/index.ts'
import { docxOf, numbered } from '../../documents/packed-files.ts'
import { gbkHex, linesPdf } from '../../documents/pdf-files.ts'
import { listenSite, type Pages } from '../../loopback-site.ts'
import { notice } from './world.ts'

const docx = docxOf(
  [
    numbered('漳州市工业和信息化局文件'),
    numbered('漳工信〔2026〕9号'),
    numbered('关于组织申报2026年度技术改造补助的通知'),
    numbered('补助标准为设备投入的百分之十，单个企业最高80万元。'),
    numbered('请企业于2026年12月15日17:00前登录惠企平台提交申报材料，逾期不予受理。'),
  ].join(''),
)
const word = { headers: { 'Content-Type': 'application/octet-stream' }, body: docx }
const html = (body: string) => ({ headers: { 'Content-Type': 'text/html; charset=utf-8' }, body })
const leaving =
  '各有关企业：现将2026年度技术改造补助申报事项通知如下，支持标准、申报条件和申报时间详见附件，请遵照执行。\n附件：申报指南\n漳州市工业和信息化局'

async function read(path: string, pages: Pages) {
  const site = await listenSite(pages)
  const web = createWeb({
    timeoutMs: 30_000,
    maxBytes: 1_000_000,
    maxRedirects: 5,
    gapMs: 0,
    alsoAllowed: ['127.0.0.1'],
  })
  onTestFinished(() => {
    void web.close()
    void site.close()
  })
  return { site, original: await readOriginal(web, `${site.url}${path}`) }
}

test('a notice that leaves its days to an attachment is read with it', async () => {
  const page = notice('关于组织申报2026年度技术改造补助的通知', leaving).replace(
    '</body>',
    '<a href="/files/guide.docx">申报指南</a><a href="/files/guide.docx">下载</a><a href="/about">关于我们</a></body>',
  )
  const { original, site } = await read('/1', { '/1': html(page), '/files/guide.docx': word })
  expect(original.text).toContain('附件正文：')
  expect(original.text).toContain('请企业于2026年12月15日17:00前登录惠企平台提交申报材料')
  expect(original.gaps).toEqual([])
  expect(site.asked.filter(path => path.includes('guide'))).toHaveLength(1)
  const facts = readNotice({ ...original, publishedOn: Temporal.PlainDate.from('2026-11-20') })
  expect(facts.deadlineChoices[0]?.day.toString()).toBe('2026-12-15')
  expect(facts.amounts.map(({ value }) => value)).toContain('80万元')
  expect(facts.documentNumber).toBeUndefined()
})

test('a guide in PDF is read as an attachment', async () => {
  const lines = ['单个企业最高８０万元。', '请企业于２０２６年１２月１５日前登录惠企平台提交申报材料。']
  const pdf = linesPdf(
    [lines.map((line, at) => ({ hex: gbkHex(line), x: 60, y: 760 - 30 * at }))],
    'GBK-EUC-H',
  )
  const page = notice('关于组织申报2026年度技术改造补助的通知', leaving).replace(
    '</body>',
    '<a href="/guide.pdf">申报指南</a></body>',
  )
  const { original } = await read('/1', { '/1': html(page), '/guide.pdf': { ...word, body: pdf } })
  expect(original.gaps).toEqual([])
  expect(original.text).toContain(`附件正文：申报指南\n${lines[0]}`)
  const facts = readNotice({ ...original, publishedOn: Temporal.PlainDate.from('2026-11-20') })
  expect(facts.deadlineChoices[0]?.day.toString()).toBe('2026-12-15')
  expect(facts.amounts.map(({ value }) => value)).toContain('８０万元')
})

async function workbook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('时间安排')
  sheet.addRows([
    ['2026年度技术改造补助申报安排'],
    ['事项', '办理人', '截止时间'],
    ['在线提交申报材料', '企业', '2026年12月15日17:00前'],
    ['出具推荐意见', '区工信局', '2026年12月22日前'],
    [],
    ['补助标准（单位：万元）'],
    ['类别', '最高补助'],
    ['智能化改造', 80],
  ])
  sheet.mergeCells('A1:C1')
  sheet.addRow(['作废', '企业', '2026年12月9日前']).hidden = true
  book.addWorksheet('底稿', { state: 'hidden' }).addRow(['企业2026年12月1日前提交'])
  return Buffer.from(await book.xlsx.writeBuffer())
}

test('sheets are read as attachments, rows as lines; what is hidden in them is not', async () => {
  const page = notice('关于组织申报2026年度技术改造补助的通知', leaving).replace(
    '</body>',
    '<a href="/plan.xlsx">时间安排</a><a href="/lost.xlsx">汇总表</a></body>',
  )
  const { original } = await read('/1', {
    '/1': html(page),
    '/plan.xlsx': { ...word, body: await workbook() },
    '/lost.xlsx': html('<html><body>没有这个文件</body></html>'),
  })
  expect(original.text).toContain(
    '附件正文：时间安排\n2026年度技术改造补助申报安排\n事项\t办理人\t截止时间\n',
  )
  expect(original.text).not.toMatch(/12月9日|12月1日/u)
  expect(original.gaps).toEqual(['附件「汇总表」没有读：打开不是 Excel 表格。'])
  const facts = readNotice({ ...original, publishedOn: Temporal.PlainDate.from('2026-11-20') })
  expect(facts.deadlineChoices[0]?.day.toString()).toBe('2026-12-15')
  expect(facts.amounts.map(({ value }) => value)).toContain('80万元')
})

test('what of an attachment cannot be read is named; the notice stays', async () => {
  const page = notice('关于申报的通知', leaving).replace(
    '</body>',
    '<a href="/gone.pdf">目录</a><a href="/torn.docx">表格</a><a href="/plan.xls">安排</a></body>',
  )
  const torn = { ...word, body: docx.subarray(0, 300) }
  const { original } = await read('/1', { '/1': html(page), '/torn.docx': torn })
  expect(original.text).toContain('详见附件')
  expect(original.text).not.toContain('附件正文')
  expect(original.gaps).toEqual([
    expect.stringMatching(/^附件「目录」没有读：/u),
    expect.stringMatching(/^附件「表格」没有读：/u),
    '附件「安排」没有读：是旧格式（.xls），请打开看里面的日子和金额。',
  ])
})

test('attachments of a notice that says everything itself are not fetched', async () => {
  const whole =
    '请企业于2026年12月15日前登录系统提交申报材料，补助最高50万元，咨询电话0596-0000000，具体由区科技局负责解释。'
  const page = notice('关于申报的通知', whole).replace('</body>', '<a href="/guide.docx">表</a></body>')
  const { site } = await read('/1', { '/1': html(page), '/guide.docx': word })
  expect(site.asked).not.toContain('/guide.docx')
})

test('a link to a document is read as the document', async () => {
  const { original } = await read('/notice.docx', { '/notice.docx': word })
  expect(original.unread).toBeUndefined()
  expect(original.title).toBe('关于组织申报2026年度技术改造补助的通知')
  const facts = readNotice({ ...original, publishedOn: Temporal.PlainDate.from('2026-11-20') })
  expect(facts.documentNumber).toBe('漳工信〔2026〕9号')
  expect(facts.deadlineChoices[0]?.day.toString()).toBe('2026-12-15')
})
