import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { systemClock } from '../../src/adapters/clock.ts'
import { openLowdbStore } from '../../src/adapters/lowdb/index.ts'
import { createAlarms } from '../../src/alarms.ts'
import { type App, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { checkGroupMessages } from '../../src/features/self-check/messages.ts'
import { createQuietLog } from '../conversation.ts'
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
      await checkWhatWasSent(folder)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Holds what the bot posted to groups against the rules on formalism in work groups. */
async function checkWhatWasSent(folder: string): Promise<void> {
  const log = createQuietLog()
  const clock = systemClock
  const store = await openLowdbStore({ folder, clock, log, alarms: createAlarms({ clock, log }) })
  expect((await checkGroupMessages(store)).found).toEqual([])
  await store.close()
}
