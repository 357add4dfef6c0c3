import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { isBrowserMissing, phone, shot } from './browser.ts'
import { openVisit, type Visit } from './visit.ts'

describe.skipIf(isBrowserMissing)('broadcasts on the console, as an organizer would', () => {
  let visit: Visit
  let app: App
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    const noOutages = { SAME_GROUP_GAP_MS: '0', NEXT_GROUP_GAP_MIN_MS: '300', NEXT_GROUP_GAP_MAX_MS: '300' }
    const quiet = { QUIET_FROM: '00:00', QUIET_UNTIL: '00:00', QUIET_UNTIL_REST_DAYS: '00:00' }
    visit = await openVisit({ ...noOutages, ...quiet })
    ;({ app, page, complaints } = visit)
  })
  afterAll(() => visit?.close())

  /** Over the sandbox's interface, as scripts on this machine do. */
  async function say(path: string, body: Record<string, unknown>) {
    const response = await fetch(`${app.consoleUrl}/sandbox/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(200)
  }
  const inGroup = (group: string, text: string) =>
    say(`/groups/${group}/messages`, { from: 'chenjing', text, mention: false })

  /** Waits until the bot has said so there. */
  async function hears(path: string, words: string) {
    const messages = async () => (await fetch(`${app.consoleUrl}/sandbox/api${path}/messages`)).text()
    await expect.poll(messages).toContain(words)
  }

  async function both(name: string) {
    await shot(page, name)
    await page.setViewportSize(phone.viewport)
    await shot(page, `${name}-phone`)
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overflow, `${name} is wider than a phone`).toBeLessThanOrEqual(0)
    await page.setViewportSize({ width: 1280, height: 800 })
  }

  test('groups are bound, and say what they are chosen by', async () => {
    for (const group of ['youkongjian', 'hengfeng', 'pugongying']) {
      await inGroup(group, '绑定本群')
      await hears(`/groups/${group}`, '绑定好了')
    }
    await inGroup('youkongjian', '本群设置 空间 优空间')
    await hears('/groups/youkongjian', '空间：优空间')
    await inGroup('pugongying', '本群设置 看图')
    await hears('/groups/pugongying', '推送：看图')
  })

  test('a digest is composed, looked at beside its picture, and kept as a draft', async () => {
    await page.goto(`${app.consoleUrl}/digest`)
    await page.getByRole('button', { name: '拟速递' }).click()
    await page.getByText('发到 3 个群').first().waitFor()
    await page
      .getByText(/政策速递 \d+年/)
      .first()
      .waitFor()
    await both('push-editor')
    await page.getByRole('button', { name: '拟一份草稿' }).click()
    await page.getByText('草稿').first().waitFor()
    await page.getByText('长图：1 个群看到的').waitFor()
    await page.waitForFunction('document.querySelector("img.long-picture")?.naturalWidth === 1080')
    await both('push-draft')
  })

  test('it is reviewed, and the board moves by itself until every group has it', async () => {
    await page.getByRole('button', { name: '送审' }).click()
    await page.getByText('一人模式开着').first().waitFor()
    await both('push-review')
    await page.getByRole('button', { name: /^通过，现在发到 3 个群/ }).click()
    await page.getByText('已送达 3').waitFor()
    await page.locator('#deliveries').getByText('完成').waitFor()
    await both('push-done')
  })

  test('a notice with a mistake says so and keeps what was typed', async () => {
    await page.goto(`${app.consoleUrl}/digest/new?kind=notice`)
    await page.getByLabel('正文').fill('各位创客：\n\n周六的微党课改到二楼会议室。')
    await page.getByText('发到 3 个群').first().waitFor()
    await page.getByLabel(/全部 \d+ 个群/).uncheck()
    await page.getByLabel('什么时候发').fill('昨天下午3点')
    await page.getByRole('button', { name: '存为草稿' }).click()
    await page.getByRole('alert').first().waitFor()
    expect(await page.getByLabel('正文').inputValue()).toContain('二楼会议室')
    await both('push-mistake')
    await page.getByLabel('什么时候发').fill('明天上午9点')
    await page.getByLabel('优空间（1 个群）').check()
    await page.getByText('发到 1 个群').first().waitFor()
    await page.getByRole('button', { name: '存为草稿' }).click()
    await page.getByText('明天 09:00').first().waitFor()
  })

  test('a schedule shows its next five runs before it is saved', async () => {
    await page.goto(`${app.consoleUrl}/digest/plans`)
    await both('push-plans')
    await page.getByRole('link', { name: '科技服务速递' }).click()
    await page.getByLabel('什么时候推').fill('每个工作日8:30')
    await expect.poll(() => page.locator('#next-runs li').count()).toBe(5)
    await expect.poll(() => page.locator('#next-runs').innerText()).toMatch(/08:30/)
    await both('push-plan')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('每个工作日 08:30').waitFor()
  })

  test('each coming run is two lines and a button on a phone', async () => {
    await page.setViewportSize(phone.viewport)
    await page.goto(`${app.consoleUrl}/digest`)
    const rows = await page.locator('table.compact tbody tr').all()
    expect(rows.length).toBeGreaterThan(3)
    for (const row of rows) expect((await row.boundingBox())?.height).toBeLessThan(90)
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  test('overview, calendar and groups read well on a desk and on a phone', async () => {
    for (const path of ['digest', 'digest/calendar', 'groups']) {
      await page.goto(`${app.consoleUrl}/${path}`)
      await both(`push-${path.replace('/', '-')}`)
    }
    expect(complaints.filter(text => !/status of (?:409|422)/.test(text))).toEqual([])
  })
})
