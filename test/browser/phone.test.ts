import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createQuietLog } from '../conversation.ts'
import { startApp } from '../started-app.ts'
import { closePages, isBrowserMissing, login, openPage, phone, shot } from './browser.ts'

describe.skipIf(isBrowserMissing)('on a phone, with a link that the bot gave in private', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-'))
  let app: App

  beforeAll(async () => {
    const config = readConfig({ PORT: '0', STATE_DIR: folder })
    app = await startApp(config, { log: createQuietLog(), print: () => {} })
  })
  afterAll(async () => {
    await closePages()
    await app?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function say(page: Page, words: string, answer: string | RegExp) {
    await page.getByLabel('消息').fill(words)
    await page.getByRole('button', { name: '发送', exact: true }).tap()
    await page.locator('#messages li:not(.mine)').filter({ hasText: answer }).last().waitFor()
  }

  test('an organizer goes in, binds a group and asks', async () => {
    const first = await openPage(phone)
    await login(first.page, app.loginLink)
    await first.page.goto(`${app.consoleUrl}/sandbox/members/chenjing`)
    await say(first.page, '登录', '只能用一次')
    const link = await first.page.locator('#messages a[href*="/login/"]').last().getAttribute('href')

    const { page, complaints } = await openPage(phone)
    await login(page, link ?? '')
    await page.getByRole('link', { name: '模拟群', exact: true }).tap()
    await page.getByRole('link', { name: '所有聊天' }).tap()
    await page.getByRole('link', { name: /优空间创客群/ }).tap()
    await say(page, '绑定本群', '早就绑定好了')
    await page.getByRole('button', { name: '身份、时间和线路' }).tap()
    await page.getByRole('link', { name: '优空间-张唯' }).tap()
    await page.getByRole('button', { name: /高企怎么报/ }).tap()
    await page.getByRole('button', { name: '发送', exact: true }).tap()
    await page.locator('#messages li:not(.mine)').filter({ hasText: '依据' }).last().waitFor()
    await shot(page, 'phone-question')
    await page.getByRole('link', { name: '所有聊天' }).tap()
    await page.getByRole('link', { name: /优梦空间/ }).waitFor()
    await shot(page, 'phone-chats')
    expect([...first.complaints, ...complaints]).toEqual([])
  })
})
