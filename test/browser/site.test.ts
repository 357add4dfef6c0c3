import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTooWide, violationsOn } from './accessibility.ts'
import { isBrowserMissing, openPage, phone, shot } from './browser.ts'
import { openVisit, type Visit } from './visit.ts'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return address && typeof address === 'object' ? address.port : 0
}

describe.skipIf(isBrowserMissing)('pages for anyone', () => {
  let visit: Visit
  let url = ''
  beforeAll(async () => {
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    visit = await openVisit({ PUBLIC_PORT: String(port), SENSITIVE_FORMS_KEY: 'k'.repeat(32) })
  })
  afterAll(() => visit?.close())

  const kinds = [
    '',
    'answers/index.html',
    'digests/index.html',
    'news.html',
    'calendar.html',
    'report.html',
    'documents/index.html',
    'pledges.html',
    'open/match',
    'search?q=高企怎么报',
  ]

  test('break no rule of WCAG 2.2, are no wider than a phone, and load nothing from elsewhere', async () => {
    const { page, complaints } = await openPage(phone)
    const hosts = new Set<string>()
    page.on('request', request => void hosts.add(new URL(request.url()).host))
    for (const kind of kinds) {
      await page.goto(`${url}/${kind}`)
      expect(await violationsOn(page), kind).toEqual([])
      expect(await isTooWide(page), kind).toBe(false)
    }
    expect(await page.getByText('依据').count()).toBeGreaterThan(0)
    await shot(page, 'site-search-phone')
    await page.goto(`${url}/open/match`)
    await page.getByLabel('执照是哪天发的？').fill('2019-05-06')
    await page.locator('label[data-day="2019年5月6日 周一"]').waitFor()
    await page.getByRole('link', { name: '首页' }).click()
    await page.getByRole('heading', { name: '首页' }).waitFor()
    await shot(page, 'site-home-phone')
    const lost = await page.request.get(`${url}/answers/nothing.html`)
    expect([lost.status(), await lost.text()]).toEqual([404, expect.stringContaining('href="../index.html"')])
    // The pages about sources that a platform lets no link to.
    expect(await (await page.request.get(`${url}/s/0123456789`)).text()).toContain('没有这个来源')
    expect(complaints).toEqual([])
    expect([...hosts]).toEqual([new URL(url).host])
    expect(await page.context().cookies()).toEqual([])
    await page.context().close()
  })

  test('can be read at 400%, without colours of their own, without JavaScript and by keyboard', async () => {
    const { page } = await openPage({
      viewport: { width: 320, height: 256 },
      forcedColors: 'active',
      javaScriptEnabled: false,
    })
    await page.goto(`${url}/answers/index.html`)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(page.url()).toContain('#content')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(/answers\/(?!index)[\w-]+\.html/u)
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    await page.context().close()
  })

  test('hold no name, also where a lesson is called after a person', async () => {
    const { page, app } = visit
    const say = (from: string, text: string) =>
      fetch(`${app.consoleUrl}/sandbox/api/groups/youkongjian/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ from, text, mention: false }),
      })
    await say('chenjing', '报名表 沙龙')
    await say('linxiaomei', '报名 沙龙')
    await say('chenjing', '开课 林小美分享会 明天14:00')
    await expect
      .poll(async () => (await page.request.get(`${app.consoleUrl}/lessons`)).text())
      .toContain('林小美分享会')
    const texts = async () => {
      const zip = await (await page.request.get(`${app.consoleUrl}/site/site.zip`)).body()
      return Object.values(unzipSync(new Uint8Array(zip))).map(bytes => new TextDecoder().decode(bytes))
    }
    const before = await texts()
    expect(before.filter(text => /林小美|陈静|分享会|沙龙/u.test(text))).toEqual([])
    await page.goto(`${app.consoleUrl}/site`)
    await page.getByRole('row', { name: '林小美分享会' }).getByRole('button', { name: '公开' }).click()
    await page.getByRole('button', { name: '收回' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await shot(page, 'site-console')
    const after = await texts()
    expect(after.some(text => text.includes('分享会'))).toBe(true)
    expect(after.filter(text => /林小美|陈静|沙龙/u.test(text))).toEqual([])
  })

  test('as files on a stick they are searched without a server, and every page of them breaks no rule', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chuangke-stick-'))
    try {
      const zip = await (await visit.page.request.get(`${visit.app.consoleUrl}/site/site.zip`)).body()
      for (const [name, bytes] of Object.entries(unzipSync(new Uint8Array(zip)))) {
        mkdirSync(dirname(join(folder, name)), { recursive: true })
        writeFileSync(join(folder, name), bytes)
      }
      const { page, complaints } = await openPage(phone)
      await page.goto(`file://${folder}/index.html`)
      await page.getByRole('link', { name: '搜索' }).click()
      await page.getByLabel('想问什么').fill('高企怎么报')
      await page.keyboard.press('Enter')
      await page.getByText('最像的是第一条').waitFor()
      // The tool that looks for violations asks for files in a way that a folder does not allow.
      expect(complaints).toEqual([])
      expect(await violationsOn(page)).toEqual([])
      expect(await isTooWide(page)).toBe(false)
      await shot(page, 'site-stick-search')
      await page.getByRole('link', { name: '政策匹配' }).click()
      await page.getByText('填的数字不会发出去').waitFor()
      expect(await violationsOn(page)).toEqual([])
      await page.getByLabel('现在是什么主体？').selectOption('company')
      await page.getByLabel(/属于国家禁止、限制或淘汰类/).selectOption('no')
      await page.getByLabel(/上一年应纳税所得额多少/).fill('295')
      await page.getByLabel(/全年各季平均从业人数/).fill('290')
      await page.getByLabel(/全年各季平均资产总额/).fill('4800')
      await page.getByRole('button', { name: '看结果' }).click()
      const matched = page.locator('details', { hasText: '小型微利企业所得税优惠' })
      await matched.waitFor()
      expect(await matched.locator('summary').innerText()).toContain('对得上')
      await matched.locator('summary').click()
      expect(await violationsOn(page)).toEqual([])
      expect(await isTooWide(page)).toBe(false)
      await shot(page, 'site-stick-matching')
      await page.goBack()
      await page.getByLabel('想问什么').fill('高企怎么报')
      await page.keyboard.press('Enter')
      await page.getByText('最像的是第一条').waitFor()
      await page.getByRole('listitem').first().getByRole('link').click()
      await page.waitForURL(/answers\/[\w-]+\.html$/u)
      for (const name of ['pledges', 'report', 'news', 'calendar', 'answers/index', 'digests/index']) {
        await page.goto(`file://${folder}/${name}.html`)
        expect(await violationsOn(page), name).toEqual([])
      }
      await page.context().close()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('forms on the console, and the console’s pages of this area, break no rule', async () => {
    const { page, app, complaints } = visit
    const found: string[] = []
    await page.goto(`${app.consoleUrl}/forms`)
    await page.getByLabel('报什么').fill('12月路演')
    await page.getByLabel('选项，用顿号分开').fill('上午20人、下午20人')
    await page.getByLabel('还要填什么').fill('身份证号')
    await page.getByRole('button', { name: '开始报名' }).click()
    await page.getByText('敏感个人信息').waitFor()
    await page.getByLabel('还要填什么').fill('设备')
    await page.getByRole('button', { name: '开始报名' }).click()
    await page.getByRole('heading', { name: '12月路演' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await shot(page, 'form-desktop')
    await page.goto(`${app.consoleUrl}/forms`)
    await page.getByLabel('什么时候截止').fill('2026-12-10T18:00')
    await page.locator('label[data-day="2026年12月10日 周四 18:00"]').waitFor()
    await page.getByText('敏感信息（身份证号').click()
    await page.getByLabel('谁能看').first().waitFor()
    expect(await violationsOn(page)).toEqual([])
    await shot(page, 'form-sensitive')
    await page.setViewportSize(phone.viewport)
    for (const path of ['forms', 'votes', 'pledges', 'site', 'search', 'report', 'lessons', 'calendar', '']) {
      await page.goto(`${app.consoleUrl}/${path}`)
      found.push(...(await violationsOn(page)).map(one => `${path} ${one}`))
      // Every link of the header is there to be seen, without scrolling a row.
      for (const link of await page.locator('header.top a:visible').all()) {
        const box = await link.boundingBox()
        expect(box && box.x >= 0 && box.x + box.width <= phone.viewport.width, path).toBe(true)
      }
      expect(await isTooWide(page), path).toBe(false)
    }
    await page.getByRole('link', { name: '搜索' }).click()
    await page.getByRole('searchbox', { name: '搜什么' }).fill('路演')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: '12月路演' }).waitFor()
    await shot(page, 'search-phone')
    await page.goto(`${app.consoleUrl}/site`)
    expect(await violationsOn(page)).toEqual([])
    expect(found).toEqual([])
    expect(complaints.filter(text => !text.includes('422'))).toEqual([])
  })
})
