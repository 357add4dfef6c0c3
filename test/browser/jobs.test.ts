import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { Settings } from '../../src/config.ts'
import { createQuietLog } from '../conversation.ts'
import { isBrowserMissing, login, openBrowser, openPage, phone, shot } from './browser.ts'

/** As `npm start` has it, on a free port and in a folder of its own. */
function settingsIn(stateDir: string) {
  return Object.freeze(
    Settings.parse({
      PORT: '0',
      STATE_DIR: stateDir,
      NEXT_GROUP_GAP_MIN_MS: '0',
      NEXT_GROUP_GAP_MAX_MS: '0',
    }),
  )
}

/** By what the navigation calls them. */
const pages = [
  ['总览', 'home'],
  ['成员', 'members'],
  ['签到', 'lessons'],
  ['推送', 'digest-page'],
] as const

describe.skipIf(isBrowserMissing)('the three jobs, played on the sandbox page', () => {
  let browser: Browser
  let app: App
  /** Logged in with the link that the terminal shows. */
  let desk: Awaited<ReturnType<typeof openPage>>
  const stateDir = mkdtempSync(join(tmpdir(), 'chuangke-browser-'))
  beforeAll(async () => {
    browser = await openBrowser()
    app = await startApp(settingsIn(stateDir), { log: createQuietLog(), print: () => {} })
    desk = await openPage(browser)
    await login(desk.page, app.loginLink)
  })
  afterAll(async () => {
    await app.stop()
    await browser.close()
    rmSync(stateDir, { recursive: true })
  })

  async function become(page: Page, name: string) {
    await page.locator('#tools').getByRole('link', { name }).click()
    await page.getByLabel('消息').waitFor()
  }

  /** Says it, and waits for the bot to say something that holds each of these. */
  async function say(page: Page, words: string, ...answers: (string | RegExp)[]) {
    await page.getByLabel('消息').fill(words)
    await page.getByLabel('消息').press('Enter')
    for (const answer of answers) {
      await page.locator('#messages li:not(.mine)').filter({ hasText: answer }).last().waitFor()
    }
  }

  test('binding, a question, a lesson and a digest', { timeout: 120_000 }, async () => {
    const { page, complaints } = desk
    await page.getByRole('button', { name: '到模拟群里试一试' }).click()

    await page.locator('#rail').getByRole('link', { name: /私聊/ }).click()
    await become(page, '陈静')
    await page.getByRole('button', { name: /^认领/ }).click()
    await page.getByLabel('消息').press('Enter')
    await page.locator('#messages li:not(.mine)').filter({ hasText: '组织者' }).last().waitFor()
    await page.locator('#rail').getByRole('link', { name: '优空间创客群' }).click()
    await say(page, '绑定本群', '绑定')

    await become(page, '优空间-张唯')
    await page.getByRole('button', { name: '@小创 高企怎么报' }).click()
    await page.getByLabel('消息').press('Enter')
    await page.locator('#messages li:not(.mine)').filter({ hasText: '高新技术企业' }).last().waitFor()
    await shot(page, 'job-question')

    await become(page, '组织者-陈静')
    await page.getByRole('button', { name: /^开课/ }).click()
    await page.getByLabel('消息').press('Enter')
    await page.locator('#messages li:not(.mine)').filter({ hasText: '周末微党课' }).last().waitFor()
    await page.getByRole('button', { name: '快进 15 分钟' }).click()
    await expect.poll(() => page.getByRole('button', { name: '快进 15 分钟' }).isEnabled()).toBe(true)
    for (const name of ['优空间-张唯', '优空间-林小美']) {
      await become(page, name)
      await say(page, '签到')
      await page.locator('#messages li.mine').filter({ hasText: '签到' }).last().waitFor()
    }
    await page.getByRole('button', { name: '快进 15 分钟' }).click()
    await page
      .locator('#messages li:not(.mine)')
      .filter({ hasText: '林小美' })
      .filter({ hasText: '签到' })
      .last()
      .waitFor()
    await become(page, '组织者-陈静')
    await say(page, '下课', '林小美')
    await shot(page, 'job-lesson')
    await page.locator('#rail').getByRole('link', { name: /私聊/ }).click()
    await page.locator('#messages .file').filter({ hasText: '.xlsx' }).last().waitFor()
    await shot(page, 'job-tally')

    await page.getByRole('button', { name: '到下一件事' }).click()
    await page.locator('#rail').getByRole('link', { name: '优空间创客群' }).click()
    await page.locator('#messages li').filter({ hasText: '政策速递' }).last().waitFor()
    await shot(page, 'job-digest')
    for (const [title, name] of pages) {
      await page.locator('header.top').getByRole('link', { name: title }).click()
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await shot(page, `job-${name}`)
    }
    expect(complaints).toEqual([])
  })

  test('an organizer asks the bot for a link, and goes in with a phone', { timeout: 60_000 }, async () => {
    await desk.page.goto(`${app.consoleUrl}/sandbox/members/chenjing`)
    await say(desk.page, '登录', '只能用一次')
    const link = await desk.page.locator('#messages a[href*="/login/"]').last().getAttribute('href')

    const { page, complaints } = await openPage(browser, phone)
    await login(page, link ?? '')
    for (const [title, name] of pages) {
      await page.locator('header.top').getByRole('link', { name: title }).click()
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await shot(page, `job-${name}-phone`)
    }
    await page.locator('header.top').getByRole('link', { name: '模拟群' }).click()
    await page.locator('#rail').getByRole('link', { name: '优空间创客群' }).click()
    await say(page, '@小创 创业担保贷款能贷多少', '担保')
    await shot(page, 'job-question-phone')
    expect([...desk.complaints, ...complaints]).toEqual([])
  })
})
