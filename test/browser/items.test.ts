import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createQuietLog } from '../conversation.ts'
import { toGb18030 } from '../features/items/gb.ts'
import { list, listPage, notice } from '../features/items/world.ts'
import { listenSite, type Site } from '../loopback-site.ts'
import { startApp } from '../started-app.ts'
import { closePages, isBrowserMissing, login, openPage, phone, shot } from './browser.ts'

const html = { 'Content-Type': 'text/html' }
const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
const title = '关于组织申报2026年高新技术企业研发补助的通知'
const text = `榕科〔2026〕12号
各县（市）区科技局，各有关单位：
为引导企业加大研发投入，现就组织申报高新技术企业研发补助有关事项通知如下。
一、支持标准
单个企业补助不超过50万元，重点企业不超过100万元。
二、申报时间
请企业自通知发布之日起30日内登录系统提交申请，纸质材料一式三份随后报送。`

describe.skipIf(isBrowserMissing)('items on the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-items-'))
  let app: App
  let site: Site

  beforeAll(async () => {
    site = await listenSite({
      '/list': {
        headers: html,
        body: toGb18030(
          listPage([
            { href: '/1.html', title, date: day },
            { href: '/2.html', title: '关于举办科技金融对接会的通知', date: day },
          ]).replace('utf-8', 'gb2312'),
        ),
      },
      '/1.html': { headers: html, body: notice(title, text) },
      '/2.html': {
        headers: html,
        body: notice('关于举办科技金融对接会的通知', '请有意参会的企业于本周五前扫码报名。'),
      },
      '/gone': { status: 404 },
    })
    const sources = ['list', 'gone'].map(path => ({
      id: path,
      name: path === 'list' ? '福州市科技局 通知公告' : '一个搬走了的网站',
      stream: '政策',
      kind: 'list',
      url: `${site.url}/${path}`,
      list,
    }))
    writeFileSync(join(folder, 'sources.yaml'), stringify({ sources }))
    const config = readConfig({
      PORT: '0',
      STATE_DIR: join(folder, 'state'),
      SOURCES_FILE: join(folder, 'sources.yaml'),
      COLLECT_ALSO_ALLOWED: '127.0.0.1',
      COLLECT_GAP_MS: '0',
    })
    app = await startApp(config, { log: createQuietLog(), print: () => {} })
  })
  afterAll(async () => {
    await closePages()
    await app?.stop()
    site?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a source is switched on, what it brings is looked at, put right and approved', async () => {
    const { page, complaints } = await openPage()
    await login(page, app.loginLink)
    await page.goto(`${app.consoleUrl}/sources`)
    const rowOf = (name: string) => page.locator('tr').filter({ hasText: name })
    await rowOf('科技局').getByRole('button', { name: '打开，现在就读' }).click()
    await rowOf('科技局').getByText('正常').waitFor()
    await rowOf('搬走').getByRole('button', { name: '打开，现在就读' }).click()
    await rowOf('搬走').getByText('网站上没有这一页（404）').waitFor()
    await shot(page, 'items-sources')

    await page.goto(`${app.consoleUrl}/items`)
    const card = page.locator('section.item').filter({ hasText: '研发补助' })
    await card.getByText('「请企业自通知发布之日起30日内登录系统提交申请').waitFor()
    await card.getByText('榕科〔2026〕12号').waitFor()
    await shot(page, 'items-inbox')

    await card.getByRole('link', { name: title }).click()
    await page.getByText('修改', { exact: true }).click()
    await page.getByLabel('第一行：是什么').fill('研发补助开始申报')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('alert').filter({ hasText: '三行要么都写，要么都不写' }).waitFor()
    // The input is kept, to be corrected.
    expect(await page.getByLabel('第一行：是什么').inputValue()).toBe('研发补助开始申报')
    await page.getByLabel('第一行：是什么').fill('')
    await page.getByLabel('截止日').fill('2099-13-01')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('alert').filter({ hasText: '截止日要写成' }).waitFor()
    await shot(page, 'items-item')
    await page.getByRole('button', { name: /^通过/ }).click()
    await page.getByRole('link', { name: /已通过 1/ }).click()
    await page.locator('section.item').filter({ hasText: '研发补助' }).waitFor()

    await page.getByText('自己加一条').click()
    await page.getByLabel(/链接，或者/).fill('http://127.0.0.2/')
    await page.getByRole('button', { name: '收进来' }).click()
    await page.getByRole('alert').filter({ hasText: '内部网络' }).waitFor()
    expect(await page.getByLabel(/链接，或者/).inputValue()).toBe('http://127.0.0.2/')
    await shot(page, 'items-refused')
    expect(complaints.filter(text => !text.includes('422'))).toEqual([])

    const small = await openPage(phone)
    await small.page.context().addCookies(await page.context().cookies())
    await small.page.goto(`${app.consoleUrl}/items`)
    await shot(small.page, 'items-phone')
    await small.page.goto(`${app.consoleUrl}/sources`)
    await shot(small.page, 'sources-phone')
    const wide = await small.page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)
    expect(wide).toBeLessThanOrEqual(390)
  })
})
