import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createQuietLog } from '../conversation.ts'
import { startApp } from '../started-app.ts'
import { login, openBrowser, openPage } from './browser.ts'

/** A person at the terminal's link, on the console of a whole bot with data of its own. */
export type Visit = {
  app: App
  /** Gone when the visit is closed. */
  folder: string
  browser: Browser
  page: Page
  /** Whatever the browser complained of. */
  complaints: string[]
  close(): Promise<void>
}

/** @param settings beside those that keep a test to itself */
export async function openVisit(settings: Record<string, string> = {}): Promise<Visit> {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-'))
  const browser = await openBrowser()
  const config = readConfig({ PORT: '0', STATE_DIR: folder, ...settings })
  const app = await startApp(config, { log: createQuietLog(), print: () => {} })
  const { page, complaints } = await openPage(browser)
  await login(page, app.loginLink)
  return {
    app,
    folder,
    browser,
    page,
    complaints,
    async close() {
      await browser.close()
      await app.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
