import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { violationsOn } from './accessibility.ts'
import { desktop, isBrowserMissing, phone, shot } from './browser.ts'
import { openVisit, type Visit } from './visit.ts'

describe.skipIf(isBrowserMissing)('lessons on the console', () => {
  const group = 'youkongjian'
  // At ten in the morning, so that no lesson of this test reaches over midnight, whenever it runs.
  const dayMs = 24 * 3600 * 1000
  const untilTomorrowMs =
    Math.floor((dayMs - ((Date.now() + 8 * 3600 * 1000) % dayMs) + 10 * 3600 * 1000) / 1000) * 1000
  const nowMs = () => Date.now() + untilTomorrowMs
  let visit: Visit
  let app: App
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    const pace = { SAME_GROUP_GAP_MS: '0', NEXT_GROUP_GAP_MIN_MS: '0', NEXT_GROUP_GAP_MAX_MS: '0' }
    visit = await openVisit(pace)
    ;({ app, page, complaints } = visit)
    await send('clock', { forward: `PT${untilTomorrowMs / 1000}S` })
    await send(`groups/${group}/messages`, { from: 'chenjing', text: '绑定本群' })
    await untilSaid('绑定好了')
  })
  afterAll(() => visit?.close())

  async function send(path: string, body: unknown): Promise<void> {
    const answer = await fetch(`${app.consoleUrl}/sandbox/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(answer.status).toBe(200)
  }
  const say = (from: string, text: string) => send(`groups/${group}/messages`, { from, text })
  const forward = (duration: string) => send('clock', { forward: duration })
  /** The test's own time limit ends it otherwise. */
  async function untilSaid(words: string, where = `groups/${group}`): Promise<void> {
    for (;;) {
      const said = await fetch(`${app.consoleUrl}/sandbox/api/${where}/messages`)
      if ((await said.text()).includes(words)) return
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  const goTo = (path: string) => page.goto(`${app.consoleUrl}${path}`)
  /** The page as it is, on a desk and on a phone, with nothing that sticks out. */
  async function shots(name: string): Promise<void> {
    await page.setViewportSize(desktop.viewport)
    await shot(page, `lessons-${name}`, { fullPage: true })
    await page.setViewportSize(phone.viewport)
    await shot(page, `lessons-${name}-phone`, { fullPage: true })
    const wide = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
    expect(wide, name).toBeLessThanOrEqual(0)
    await page.setViewportSize(desktop.viewport)
  }

  test('the calendar is empty and says how to begin', async () => {
    await goTo('/lessons')
    await page.getByText('这里会列出每节课和签到人数').waitFor()
    await shots('empty')
  })

  test('a form opens lessons that come again, and the group hears it', async () => {
    await page.getByRole('button', { name: '开一节课' }).click()
    await page.getByLabel('名称').fill('周末微党课')
    await page.getByRole('textbox', { name: '主讲' }).fill('王老师')
    await page.getByLabel('地点').fill('优空间二楼')
    await page.getByLabel('形式').fill('案例分析')
    await page.getByLabel('重复').selectOption('weekly')
    await page.getByText('要先报名').click()
    await page.getByLabel('名额').fill('2')
    await shots('form')
    const tomorrow = new Date(nowMs() + (24 + 8) * 3600 * 1000).toISOString().slice(0, 10)
    await page.getByLabel('日期', { exact: true }).fill(tomorrow)
    await page.getByLabel('开始', { exact: true }).fill('14:00')
    await page.getByLabel('结束', { exact: true }).fill('15:30')
    await page.getByRole('button', { name: /开课，并在选中的群里通知大家/ }).click()
    await page.getByRole('heading', { name: '固定的课' }).waitFor()
    await shots('calendar')
    await untilSaid('每次都在群里签到')
  })

  test('a lesson is run from its page: code, board, list, correction', async () => {
    await goTo('/lessons/new')
    await page.getByLabel('名称').fill('路演')
    const soon = new Date(nowMs() + 8 * 3600 * 1000 + 5 * 60_000).toISOString()
    const end = new Date(nowMs() + 8 * 3600 * 1000 + 50 * 60_000).toISOString()
    await page.getByLabel('日期', { exact: true }).fill(soon.slice(0, 10))
    await page.getByLabel('开始', { exact: true }).fill(soon.slice(11, 16))
    await page.getByLabel('结束', { exact: true }).fill(end.slice(11, 16))
    await page.getByRole('button', { name: /开课，并在选中的群里/ }).click()
    await page.getByRole('heading', { name: '路演' }).waitFor()
    const path = new URL(page.url()).pathname
    await say('zhangwei', '签到')
    await say('linxiaomei', '签到')
    await page.getByText('实到 2 人').waitFor()
    await page.getByRole('button', { name: /启用签到码/ }).click()
    await page.getByRole('button', { name: '投屏' }).click()
    await page.locator('.digits').waitFor()
    await shots('projector')
    expect(await violationsOn(page)).toEqual([])
    const code = await page.locator('.digits').textContent()
    expect(code).toMatch(/^\d{4}$/)
    await say('wuhaoran', `签到 ${code}`)
    await page.getByText('实到 3 人').waitFor()
    await goTo(path)
    await page.getByLabel('纸质名单或接龙').fill('#接龙\n1. 张唯\n2. 从没见过')
    await page.getByRole('button', { name: '对一对名字，先不保存' }).click()
    await page.getByRole('heading', { name: /2 个名字/ }).waitFor()
    await shots('list')
    await page.getByLabel('按这个名字新记一位').check()
    await page.getByRole('button', { name: /保存/ }).click()
    await page.getByText('从没见过').first().waitFor()
    await shots('lesson')
  })

  test('a lesson is over: make-ups wait for an organizer', async () => {
    await forward('PT2H')
    await say('liukai', '补学 弄清了研发费用加计扣除怎么算')
    await goTo('/lessons')
    await page.getByRole('link', { name: '路演' }).last().click()
    // The page stands still, and may have been asked for before what was said was taken.
    await expect
      .poll(async () => {
        await page.reload()
        return page.getByRole('heading', { name: '补学等确认 1 份' }).isVisible()
      })
      .toBe(true)
    await shots('over')
    await page.getByRole('button', { name: '记为补学' }).click()
    await page.getByText('补学等确认').waitFor({ state: 'detached' })
  })

  test('a calendar to subscribe to has an address of its own, which needs no session', async () => {
    await goTo('/lessons/calendars')
    await page.getByRole('button', { name: '生成地址' }).first().click()
    const address = await page.locator('.feed').first().textContent()
    await shots('feeds')
    const answer = await fetch(address ?? '')
    expect(answer.headers.get('content-type')).toContain('text/calendar')
    expect(await answer.text()).toContain('SUMMARY:周末微党课')
  })

  test('the browser complained of nothing', () => expect(complaints).toEqual([]))
})
