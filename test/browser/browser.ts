import { mkdirSync } from 'node:fs'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { outsideProgram } from '../outside-program.ts'

const { path: executablePath, isMissing } = outsideProgram('Chromium', [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
])
export const isBrowserMissing = isMissing

export const desktop = { viewport: { width: 1280, height: 800 } }
export const phone = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
}

let running: Promise<Browser> | undefined
const contexts = new Set<BrowserContext>()

/** Launches a Chromium that asks nothing of the network but what the test asks of it. */
const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
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

/**
 * Opens a page in a context of its own, which notes whatever the browser complains of: a blocked script, a fault, a
 * missing file. The test files of a worker share one browser, which ends with the worker.
 */
export async function openPage(look: BrowserContextOptions = desktop) {
  running ??= launch()
  const context = await (await running).newContext({ locale: 'zh-CN', ...look })
  // The limit ends what hangs; a busy machine takes its time.
  context.setDefaultTimeout(120_000)
  contexts.add(context)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', fault => complaints.push(fault.message))
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { page, complaints }
}

/** Closes every page that the test file opened. */
export async function closePages(): Promise<void> {
  await Promise.all([...contexts].map(context => context.close()))
  contexts.clear()
}

/** As a person does: opens the link, presses the button. */
export async function login(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: '进入控制台' }).click()
  await page.getByRole('heading', { name: '总览' }).waitFor()
}

/**
 * Leaves a picture in `test/out` for a person to look at; none in continuous
 * integration, where each takes its time.
 */
export async function shot(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  if (process.env.CI) return
  mkdirSync('test/out', { recursive: true })
  await page.screenshot({ path: `test/out/${name}.png`, fullPage })
}
