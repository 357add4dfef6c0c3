import { Temporal } from 'temporal-polyfill'
import { expect, onTestFinished, test } from 'vitest'
import { createWeb } from '../../../src/adapters/web/index.ts'
import { readOriginal } from '../../../src/features/items/sources/originals.ts'
import { readNotice } from '../../../src/text/notices/index.ts'
import { docxOf, numbered } from '../../documents/packed-files.ts'
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
    timeoutMs: 5000,
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

test('what of an attachment cannot be read is named; the notice stays', async () => {
  const page = notice('关于申报的通知', leaving).replace(
    '</body>',
    '<a href="/gone.pdf">目录</a><a href="/torn.docx">表格</a></body>',
  )
  const torn = { ...word, body: docx.subarray(0, 300) }
  const { original } = await read('/1', { '/1': html(page), '/torn.docx': torn })
  expect(original.text).toContain('详见附件')
  expect(original.text).not.toContain('附件正文')
  expect(original.gaps).toEqual([
    expect.stringMatching(/^附件「目录」没有读：/u),
    expect.stringMatching(/^附件「表格」没有读：/u),
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
