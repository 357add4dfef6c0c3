import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sayKeptDay } from '../../src/text/dates/kept-day.ts'
import { openModelServer, saying } from '../model-server.ts'
import { isBrowserMissing, openPage, phone, shot } from './browser.ts'
import { openVisit, type Visit } from './visit.ts'

const inDays = (days: number) => {
  const day = new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10)
  const [year, month, date] = day.split('-').map(Number)
  return { day, said: `${year}年${month}月${date}日`, short: `${month}月${date}日` }
}
const [end, pay] = [inDays(20), inDays(60)]
const title = '关于组织申报数字化改造补助的通知'
const text = [
  title,
  '各有关企业：',
  '现组织申报数字化改造补助，单个企业最高补助50万元，申报时间和材料详见附件。',
].join('\n')
const guide = [
  '数字化改造补助申报指南',
  `一、企业于${end.said}前登录系统提交申报材料，逾期不予受理。`,
  `二、资金于${pay.said}前拨付到企业账户。`,
]

describe.skipIf(isBrowserMissing)('a notice from its upload to the push', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-notice-push-'))
  let visit: Visit
  let model: Awaited<ReturnType<typeof openModelServer>>

  beforeAll(async () => {
    model = await openModelServer()
    visit = await openVisit({
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_MODEL: 'small',
    })
    const { page: printer } = await openPage()
    await printer.setContent(
      `<h1>${guide[0]}</h1>${guide
        .slice(1)
        .map(line => `<p>${line}</p>`)
        .join('')}`,
    )
    writeFileSync(join(folder, 'guide.pdf'), await printer.pdf({ format: 'A4' }))
    await printer.close()
  })
  afterAll(async () => {
    await visit?.close()
    await model?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function both(name: string) {
    const { page } = visit
    await shot(page, name, { fullPage: true })
    await page.setViewportSize(phone.viewport)
    await shot(page, `${name}-phone`, { fullPage: true })
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overflow, `${name} is wider than a phone`).toBeLessThanOrEqual(0)
    await page.setViewportSize({ width: 1280, height: 800 })
  }

  const isIn = (text: string, { said }: typeof end) => text.includes(said)
  /** The digest as the group would get it now. */
  async function digestText(): Promise<string> {
    const { page, app } = visit
    await page.goto(`${app.consoleUrl}/digest`)
    await page.getByRole('button', { name: '拟速递' }).click()
    await page
      .getByText(/发到 \d 个群/)
      .first()
      .waitFor()
    const text = await page.locator('main').innerText()
    expect(text).toContain(title)
    return text
  }

  test('the days of an uploaded attachment are read, chosen by a person, and only then pushed', async () => {
    const { page, app, complaints } = visit
    await page.goto(`${app.consoleUrl}/items`)
    await page.getByText('自己加一条', { exact: true }).click()
    await page.getByLabel(/链接，或者/).fill(text)
    await page.getByRole('button', { name: '收进来' }).click()
    await page.getByText('没有找到；正文说见附件').waitFor()
    await both('notice-push-without-attachment')
    await page.getByRole('button', { name: '上传这一条的文件或附件' }).click()
    await page.locator('input[type=file]').setInputFiles(join(folder, 'guide.pdf'))
    await page.getByRole('button', { name: '上传' }).click()
    await page.getByText('归在').getByRole('link', { name: '1 号条目' }).click()
    // The model picks the second day: that of the payment.
    model.will(saying('{"pick":2}'))
    await page.getByRole('button', { name: '读附件：找日子和金额' }).click()
    await page.getByText('截止日是哪一天').waitFor()
    await both('notice-push-choice')

    await page.getByRole('button', { name: /^通过/ }).click()
    await page.waitForURL(/items$/)
    await fetch(`${app.consoleUrl}/sandbox/api/groups/youkongjian/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from: 'chenjing', text: '绑定本群', mention: false }),
    })
    await expect
      .poll(async () => (await page.request.get(`${app.consoleUrl}/groups`)).text())
      .toContain('优空间')
    const before = await digestText()
    expect([end, pay].some(day => isIn(before, day))).toBe(false)
    await both('notice-push-unconfirmed')
    await page.getByRole('button', { name: '拟一份草稿' }).click()
    await page.getByText('草稿').first().waitFor()
    await page.getByText('的截止日还没确认').waitFor()
    const draft = page.url()

    await page.goto(`${app.consoleUrl}/items/1`)
    await page.getByRole('button', { name: `截止 ${sayKeptDay(end.day)}` }).click()
    await page.locator('mark').filter({ hasText: '截止' }).waitFor()
    expect(isIn(await digestText(), end)).toBe(true)
    await both('notice-push-confirmed')
    await page.goto(draft)
    await page.getByText('后来改过，这样不能发').waitFor()
    expect(complaints).toEqual([])
  })
})
