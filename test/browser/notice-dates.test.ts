import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { sayKeptDay } from '../../src/text/dates/kept-day.ts'
import { createQuietLog } from '../conversation.ts'
import { openModelServer, saying } from '../model-server.ts'
import { startApp } from '../started-app.ts'
import { closePages, isBrowserMissing, login, openPage, phone, shot } from './browser.ts'

const inDays = (days: number) => {
  const day = new Date(Date.now() + days * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10)
  const [year, month, date] = day.split('-').map(Number)
  return { day, said: `${year}年${month}月${date}日` }
}
const [end, pay] = [inDays(20), inDays(60)]
const title = '关于组织申报研发投入奖补的通知'
const text = [
  title,
  '各有关企业：',
  '现组织申报研发投入奖补，单个企业最高补助50万元。',
  `一、企业于${end.said}前登录系统提交申报材料，逾期不予受理。`,
  `二、资金于${pay.said}前拨付到企业账户。`,
].join('\n')

describe.skipIf(isBrowserMissing)('the dates of a notice on the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-dates-'))
  let app: App
  let model: Awaited<ReturnType<typeof openModelServer>>

  beforeAll(async () => {
    model = await openModelServer()
    const config = readConfig({
      PORT: '0',
      STATE_DIR: join(folder, 'state'),
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_MODEL: 'small',
    })
    app = await startApp(config, { log: createQuietLog(), print: () => {} })
  })
  afterAll(async () => {
    await closePages()
    await app?.stop()
    await model?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a doubted deadline is chosen from two, a role is corrected with one click', async () => {
    // The model picks the second day: that of the payment.
    model.will(saying('{"pick":2}'))
    const { page, complaints } = await openPage()
    await login(page, app.loginLink)
    await page.goto(`${app.consoleUrl}/items`)
    await page.getByText('自己加一条', { exact: true }).click()
    await page.getByLabel(/链接，或者/).fill(text)
    await page.getByRole('button', { name: '收进来' }).click()
    await page.getByText('文里的日子').waitFor()
    expect(model.requests.map(({ body }) => body).join()).toContain(end.day)

    await page.getByRole('button', { name: `截止 ${sayKeptDay(end.day)}` }).waitFor()
    await page.getByRole('button', { name: `截止 ${sayKeptDay(pay.day)}` }).waitFor()
    await shot(page, 'notice-dates', { fullPage: true })
    const small = await openPage(phone)
    await small.page.context().addCookies(await page.context().cookies())
    await small.page.goto(page.url())
    await small.page.getByText('文里的日子').waitFor()
    const overflow = await small.page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    expect(overflow).toBe(0)
    await shot(small.page, 'notice-dates-phone', { fullPage: true })

    await page.getByRole('button', { name: `截止 ${sayKeptDay(end.day)}` }).click()
    await page.locator('mark').filter({ hasText: '截止' }).waitFor()
    const paid = page.locator('.timeline li').filter({ hasText: sayKeptDay(pay.day) })
    await paid.getByRole('button', { name: '公示' }).click()
    await paid.getByText(/公示（.*改）/).waitFor()
    await shot(page, 'notice-dates-chosen', { fullPage: true })
    const exported = await page.context().request.get(`${app.consoleUrl}/items/corrections.jsonl`)
    expect(JSON.parse(await exported.text())).toMatchObject({ title, value: pay.day, role: 'publicise' })
    expect(complaints).toEqual([])
  })
})
