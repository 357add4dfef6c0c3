import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createQuietLog } from '../conversation.ts'
import { startApp } from '../started-app.ts'
import { closePages, login, openPage } from './browser.ts'

/** A person at the terminal's link, on the console of a whole bot with data of its own. */
export type Visit = {
  app: App
  /** Gone when the visit is closed. */
  folder: string
  page: Page
  /** Whatever the browser complained of. */
  complaints: string[]
  close(): Promise<void>
}

/** @returns a folder for DATA_DIR with the people of the simulated groups, none of whom is on the roster yet */
export function dataWithoutRoster(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-data-'))
  const community = readFileSync('data/community.yaml', 'utf8')
  writeFileSync(join(folder, 'community.yaml'), community.replace(/^ {2}roster:\n(?: {4}.*\n)+/mu, ''))
  return folder
}

/** @param settings beside those that keep a test to itself */
export async function openVisit(settings: Record<string, string> = {}): Promise<Visit> {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-'))
  const config = readConfig({ PORT: '0', STATE_DIR: folder, ...settings })
  const app = await startApp(config, { log: createQuietLog(), print: () => {} })
  const { page, complaints } = await openPage()
  await login(page, app.loginLink)
  return {
    app,
    folder,
    page,
    complaints,
    async close() {
      await closePages()
      await app.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
