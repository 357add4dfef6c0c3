import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTown, type Town } from '../sandbox/town.ts'
import { closePages, isBrowserMissing, login, openPage, phone, shot } from './browser.ts'

describe.skipIf(isBrowserMissing)('the console in a browser', () => {
  let town: Town
  beforeAll(async () => {
    town = await openTown({ claimCode: '482735' })
    await town.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(async () => {
    await town.close()
    await closePages()
  })

  const newLink = () => town.createLoginLink({ id: 'chenjing', name: '陈静', roles: ['maker', 'organizer'] })

  test('a whole visit on a phone', async () => {
    const { page, complaints } = await openPage(phone)
    await login(page, await newLink())
    await shot(page, 'home-phone')
    await page.getByRole('link', { name: '模拟群', exact: true }).click()
    await page.locator('.greeting').waitFor()
    await page.getByText('身份、时间', { exact: true }).waitFor()
    await page.getByRole('link', { name: '所有聊天' }).click()
    await shot(page, 'sandbox-phone-list')
    await page.getByRole('link', { name: /优空间创客群/ }).click()
    await shot(page, 'sandbox-phone')
    await page.getByRole('button', { name: '身份、时间和线路' }).click()
    await shot(page, 'sandbox-phone-tools')
    expect(complaints).toEqual([])
  })

  test('a whole visit on a desk', async () => {
    const { page, complaints } = await openPage()
    const link = await newLink()
    await page.goto(link)
    await shot(page, 'login-link')
    await login(page, link)
    await shot(page, 'home')
    await page.getByRole('link', { name: '模拟群', exact: true }).click()
    await page.getByRole('link', { name: '优空间-张唯' }).click()
    await shot(page, 'sandbox-empty')
    await page.getByRole('button', { name: /高企怎么报/ }).click()
    await page.getByLabel('消息').press('Enter')
    await page.locator('#messages').getByText('三年有效').waitFor()
    await page.getByLabel('消息').fill('签到表')
    await page.getByRole('button', { name: '发送', exact: true }).click()
    await page
      .locator('#messages')
      .getByRole('link', { name: /签到表\.xlsx/ })
      .waitFor()
    await page.getByLabel('发文件').setInputFiles({
      name: '照片.png',
      mimeType: 'image/png',
      buffer: await page.screenshot({ clip: { x: 0, y: 0, width: 640, height: 400 } }),
    })
    await page.getByRole('button', { name: '发送', exact: true }).click()
    await page.locator('#messages').getByRole('img', { name: '照片.png' }).waitFor()
    await page.getByRole('button', { name: '快进 1 小时' }).click()
    await page.locator('#clock').getByText('15:02').waitFor()
    await page.getByRole('button', { name: '断开', exact: true }).click()
    await page.getByText('线路断开了').waitFor()
    await shot(page, 'sandbox')
    expect(complaints).toEqual([])
  })
})
