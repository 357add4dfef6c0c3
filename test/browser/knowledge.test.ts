import ExcelJS from 'exceljs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { desktop, isBrowserMissing, phone, shot } from './browser.ts'
import { openVisit, type Visit } from './visit.ts'

describe.skipIf(isBrowserMissing)('the knowledge, looked after on the console', () => {
  let visit: Visit
  let app: App
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    // The local admin is one person, so that one page can go the whole way.
    visit = await openVisit({ ONE_PERSON_REVIEW: 'true' })
    ;({ app, page, complaints } = visit)
  })
  afterAll(() => visit?.close())

  const preview = () => page.locator('#preview')

  /** A picture at both widths, and nothing that sticks out of a phone. */
  async function look(name: string) {
    await shot(page, `knowledge-${name}`)
    await page.setViewportSize(phone.viewport)
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overflow, `${name} is wider than a phone`).toBeLessThanOrEqual(0)
    await shot(page, `knowledge-${name}-phone`)
    await page.setViewportSize(desktop.viewport)
  }

  test('an entry is found in the list', async () => {
    await page.goto(`${app.consoleUrl}/knowledge`)
    await look('list')
    await page.getByLabel('问法里有').fill('福建科技贷找谁')
    await page.getByRole('button', { name: '查找' }).click()
    await page.getByRole('link', { name: /福建「科技贷」怎么申请/u }).click()
    await page.getByRole('heading', { name: '群里看到的' }).waitFor()
    await look('entry')
  })

  test('the editor shows the answer as a group will see it while it is typed', async () => {
    await page.getByRole('button', { name: '修改' }).click()
    await preview().getByText('直接向签约的合作银行申请').first().waitFor()
    await page.getByLabel('第一行').fill('')
    await preview().getByText('还差一点').waitFor()
    await page.getByLabel('第一行').fill('到签约的合作银行办，先打电话问。')
    await preview().getByText('到签约的合作银行办，先打电话问。').first().waitFor()
    await page.getByRole('button', { name: '再加一行' }).click()
    await page.getByLabel('这一行说什么').last().fill('带上营业执照。')
    await preview().getByText('带上营业执照。').first().waitFor()
    await page.getByLabel('其他问法').fill('科技贷找谁\n科技贷哪家能办呀')
    await look('editor')
  })

  test('the change is looked at, tried against the shipped questions, and goes live', async () => {
    await page.getByRole('button', { name: '交给审核人' }).click()
    await page.getByRole('heading', { name: /待审核/u }).waitFor()
    await page.getByText(/自测 问 \d+ 个/u).waitFor()
    await look('change')
    await page.getByRole('button', { name: /批准|仍然上线/u }).click()
    const again = page.getByRole('button', { name: '看过了，仍然上线' })
    const live = page.getByRole('heading', { name: /已上线/u })
    await again.or(live).waitFor()
    if (await again.isVisible()) await again.click()
    await live.waitFor()
  })

  test('the try-it box answers with what just went live, and shows every part of the score', async () => {
    await page.getByRole('link', { name: '试一试', exact: true }).click()
    await page.getByLabel('像创客那样问一句').fill('科技贷哪家能办呀')
    const result = page.locator('#result')
    await result.getByText('到签约的合作银行办，先打电话问。').waitFor()
    await result.getByText('问题被问法盖住多少').first().waitFor()
    await look('try')
  })

  test('a batch of questions is tried, and compared when it is tried again', async () => {
    const book = new ExcelJS.Workbook()
    book.addWorksheet('问题').addRows([
      ['问题', '应答条目'],
      ['科技贷哪家能办呀', 'tl-how'],
      ['高企怎么报', '高企怎么申报，流程是什么？'],
      ['孩子咳嗽一周了怎么办', '无'],
    ])
    const buffer = Buffer.from(await book.xlsx.writeBuffer())
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    for (const words of ['第一次试这些问题', '每个问题的结果都和上次一样']) {
      await page.goto(`${app.consoleUrl}/knowledge/tests`)
      await page.getByLabel(/问题表/u).setInputFiles({ name: '我的问题.xlsx', mimeType, buffer })
      await page.getByRole('button', { name: '试一遍', exact: true }).click()
      await page.getByText('问了 3 个，答对 3（100%）').waitFor()
      await page.getByText(words).waitFor()
    }
    await look('test-run')
  })

  test('the other pages stand on a phone too, and the browser had nothing to complain of', async () => {
    for (const path of ['new', 'changes', 'tests', 'sheet', 'files']) {
      await page.goto(`${app.consoleUrl}/knowledge/${path}`)
      await look(path)
    }
    expect(complaints).toEqual([])
  })
})
