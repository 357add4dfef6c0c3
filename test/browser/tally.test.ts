import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/adapters/clock.ts'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createAlarms } from '../../src/alarms.ts'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createQuietLog } from '../conversation.ts'
import { openBook } from '../ledger/calc.ts'
import { sampleLessons, sampleRoster } from '../ledger/sample.ts'
import { keepLessons } from '../ledger/stored.ts'
import { startApp } from '../started-app.ts'
import { closePages, desktop, isBrowserMissing, openPage, phone, shot } from './browser.ts'

describe.skipIf(isBrowserMissing)('the tally on the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-tally-'))
  const log = createQuietLog()
  const password = 'a-long-password'
  let app: App

  beforeAll(async () => {
    const alarms = createAlarms({ clock: systemClock, log })
    const store = await openLowdbStore({ folder, log, clock: systemClock, alarms })
    await keepLessons(store, sampleLessons(13, sampleRoster(40), '2025-07-05'))
    await store.close()
    app = await startApp(readConfig({ PORT: '0', STATE_DIR: folder, CONSOLE_PASSWORD: password }), {
      log,
      print: () => {},
    })
  })
  afterAll(async () => {
    await closePages()
    await app?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const looks: [string, BrowserContextOptions, number][] = [
    ['desk', desktop, 720],
    ['phone', phone, 316],
  ]
  test.each(looks)(
    'shows numbers and sharp pictures on a %s, and hands out the file',
    async (name, look, width) => {
      const { page, complaints } = await openPage({ ...look, acceptDownloads: true })
      await enter(page)
      await page.goto(`${app.consoleUrl}/tally?period=2025-Q3`)
      await page.getByRole('heading', { name: '2025年第三季度', exact: true }).waitFor()
      const pictures = page.locator('.picture img')
      for (const picture of await pictures.all()) {
        await picture.scrollIntoViewIfNeeded()
        await expect
          .poll(() =>
            picture.evaluate(
              (img: { complete: boolean; naturalWidth: number }) => img.complete && img.naturalWidth,
            ),
          )
          .toBeGreaterThanOrEqual(width)
      }
      // A picture wider than a phone scrolls by itself; the page does not.
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect(overflow).toBeLessThanOrEqual(0)
      await shot(page, `tally-${name}`, { fullPage: true })

      const download = page.waitForEvent('download')
      await page
        .getByRole('button', { name: /下载台账/ })
        .or(page.getByRole('link', { name: /下载台账/ }))
        .click()
      const file = await download
      expect(file.suggestedFilename()).toBe('出勤台账-2025年第三季度.xlsx')
      const book = await openBook(await readFile(await file.path()))
      expect(book.worksheets).toHaveLength(2 + 13)
      expect(complaints).toEqual([])
      await page.context().close()
    },
  )

  test('leads from a branch to its members, and to another period', async () => {
    const { page, complaints } = await openPage()
    await enter(page)
    await page.goto(`${app.consoleUrl}/tally?period=2025-Q3`)
    await page.getByRole('link', { name: '优空间支部' }).click()
    await page.getByRole('heading', { name: '优空间支部逐课出勤' }).waitFor()
    await page.getByLabel('看哪段时间').selectOption({ label: '2025年' })
    await page.getByRole('button', { name: '看这段时间' }).click()
    await page.getByRole('heading', { name: '2025年', exact: true }).waitFor()
    await shot(page, 'tally-year')
    expect(complaints).toEqual([])
  })

  async function enter(page: Page): Promise<void> {
    await page.goto(`${app.consoleUrl}/login`)
    await page.getByLabel('密码', { exact: true }).fill(password)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '总览' }).waitFor()
  }
})
