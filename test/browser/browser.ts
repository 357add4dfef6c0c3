import { existsSync, mkdirSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where Chromium is; undefined on a machine without one. */
const executablePath = places.find(place => existsSync(place))

/** Without a browser these tests are skipped, with a word, but never in continuous integration. */
export const isBrowserMissing = executablePath === undefined && process.env.CI !== 'true'
if (isBrowserMissing) process.stderr.write('没有 Chromium，跳过浏览器测试（CI=true 时不会跳过）。\n')

export const desktop = { viewport: { width: 1280, height: 800 } }
export const phone = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
}

/** A Chromium that asks nothing of the network but what the test asks of it. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath ?? 'chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A page of its own, which notes whatever the browser complains of: a blocked script, a fault, a missing file. */
export async function openPage(browser: Browser, look: BrowserContextOptions = desktop) {
  const context = await browser.newContext({ locale: 'zh-CN', ...look })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', fault => complaints.push(fault.message))
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { page, complaints }
}

/** As a person does: opens the link, presses the button. */
export async function login(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: '进入控制台' }).click()
  await page.getByRole('heading', { name: '总览' }).waitFor()
}

/** Leaves a picture in `test/out`, to be looked at. */
export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync('test/out', { recursive: true })
  await page.screenshot({ path: `test/out/${name}.png` })
}
