import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { isBrowserMissing, phone, shot } from './browser.ts'
import { openVisit, type Visit } from './visit.ts'

describe.skipIf(isBrowserMissing)('the three jobs, played on the page as a newcomer would', () => {
  let visit: Visit
  let app: App
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    const noOutages = { SAME_GROUP_GAP_MS: '0', NEXT_GROUP_GAP_MIN_MS: '0', NEXT_GROUP_GAP_MAX_MS: '0' }
    visit = await openVisit(noOutages)
    ;({ app, page, complaints } = visit)
    await shot(page, 'jobs-home-begin')
    await page.getByRole('link', { name: '模拟群', exact: true }).click()
  })
  afterAll(() => visit?.close())

  const messages = () => page.locator('#messages')
  const become = (name: string) => page.getByRole('link', { name, exact: true }).click()
  async function say(text: string) {
    await page.getByLabel('消息').fill(text)
    await page.getByLabel('消息').press('Enter')
    // The message is sent once the box is empty again; a change of person before that would lose it.
    await expect.poll(() => page.getByLabel('消息').inputValue()).toBe('')
  }
  const hear = (text: string | RegExp) => messages().getByText(text).last().waitFor()

  test('at the first start the group is bound, and greets with the three jobs', async () => {
    expect(app.claimCode).toBeUndefined()
    await page.getByText('这个群已经绑定好').waitFor()
    await shot(page, 'jobs-greeting')
    await become('组织者-陈静')
    await say('绑定本群')
    await hear(/早就绑定好了/)
    await shot(page, 'jobs-bound')
  })

  test('a maker asks about a subsidy and reads an answer with its source', async () => {
    await become('优空间-林小美')
    await say('@小创 高企怎么报')
    await hear(/依据：《高新技术企业认定管理办法》国科发火〔2016〕32号/)
    await shot(page, 'jobs-faq')
  })

  test('an organizer opens a lesson; makers sign in; she gets the tally as text and sheet', async () => {
    await become('组织者-陈静')
    await page.getByRole('button', { name: /^开课/ }).click()
    await page.getByLabel('消息').press('Enter')
    await hear(/就在群里签到/)
    for (const name of ['优空间-林小美', '优空间-张唯', '浩然']) {
      await become(name)
      await say('签到')
    }
    await page.getByRole('button', { name: '快进 15 分钟' }).click()
    await hear(/刚签到 . 人/)
    await become('组织者-陈静')
    await say('下课')
    await hear(/签到结束：应到 4 人，实到 3 人/)
    await shot(page, 'jobs-lesson')
    await page.locator('a[data-key="private-chenjing"]').click()
    await messages()
      .getByRole('link', { name: /签到表.*\.xlsx/ })
      .waitFor()
    await shot(page, 'jobs-tally')
  })

  /** Lets time go on from one thing due to the next until it is heard: a week has some twenty of them. */
  async function next(text: string | RegExp) {
    for (let pressed = 0; pressed < 40; pressed++) {
      if ((await messages().getByText(text).count()) > 0) return
      const moved = page.waitForResponse(response => response.url().endsWith('/sandbox/next'))
      await page.getByRole('button', { name: /下一件/ }).click()
      await moved
      await page.waitForLoadState()
    }
    await hear(text)
  }

  test('a scheduled digest waits for a look, and then arrives in the group as it was approved', async () => {
    await page.locator('a[data-key="private-chenjing"]').click()
    const letter = /推送 (\d+)「政策速递」等审核/
    await next(letter)
    const [, number] = letter.exec(await messages().innerText()) ?? []
    await say(`预览 ${number}`)
    await hear(/一字不差/)
    await say(`通过 ${number}`)
    await hear(new RegExp(`推送 ${number} 通过了`))
    await shot(page, 'jobs-review')
    await page.getByRole('link', { name: /优空间创客群/ }).click()
    await next(/政策速递 \d+年/)
    await shot(page, 'jobs-digest')
  })

  test('and the pages show what happened, on a phone too', async () => {
    for (const path of ['', 'lessons', 'digest', 'roster']) {
      await page.goto(`${app.consoleUrl}/${path}`)
      await shot(page, `jobs-page-${path || 'home'}`)
      await page.setViewportSize(phone.viewport)
      await shot(page, `jobs-page-${path || 'home'}-phone`)
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(overflow, `${path} is wider than a phone`).toBeLessThanOrEqual(0)
      await page.setViewportSize({ width: 1280, height: 800 })
    }
    expect(complaints).toEqual([])
  })
})
