import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { type App, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'

/** Takes the pictures of manual and README from a console over simulated groups: `npm run -s docs:pictures`. */

const target = 'docs/manual/pictures'
const mostBytes = 60_000
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** File names and the pages that they show. */
const pictures = {
  home: '/',
  lessons: '/lessons',
  tally: '/tally',
  digest: '/digest',
  items: '/items',
  knowledge: '/knowledge',
  questions: '/questions',
  roster: '/roster',
  groups: '/groups',
  roles: '/roles',
  match: '/match',
  'self-check': '/self-check',
  audit: '/audit',
  line: '/line',
} as const

const desk = { width: 960, height: 600 }
const phone = { width: 390, height: 720 }
const sandbox = { width: 1280, height: 800 }

const roster = `姓名,支部,众创空间,企业/团队
陈静,优空间党支部,优空间,
林小美,优空间党支部,优空间,小美设计
张唯,优空间党支部,优空间,云帆科技
何国平,优空间党支部,优空间,
`

/** Imports the members whom the pages of people and of the ledger show. */
async function importRoster(page: Page, app: App): Promise<void> {
  await page.goto(`${app.consoleUrl}/roster`)
  await page
    .getByLabel('名单文件')
    .setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) })
  await page.getByRole('button', { name: '先看看会改什么' }).click()
  await page.getByRole('button', { name: /^导入，改动/u }).click()
  await page.getByText('成员名单（4 人）').waitFor()
}

/** Puts a lesson, sign-ins and a question into the first simulated group, and ends the lesson. */
async function play(app: App): Promise<void> {
  const say = async (from: string, text: string, mention = false) => {
    await fetch(`${app.consoleUrl}/sandbox/api/groups/youkongjian/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ from, text, mention }),
    })
    await new Promise(resolve => setTimeout(resolve, 1500))
  }
  const inFiveMinutes = new Date(Date.now() + (8 * 60 + 5) * 60_000).toISOString().slice(11, 16)
  await say('chenjing', `开课 周末微党课 ${inFiveMinutes}`)
  await say('linxiaomei', '签到')
  await say('zhangwei', '签到')
  await say('linxiaomei', '高企怎么报', true)
  await say('chenjing', '下课')
}

async function take(page: Page, name: string): Promise<void> {
  const path = join(target, `${name}.jpg`)
  for (const quality of [80, 65, 50, 35]) {
    await page.screenshot({ path, type: 'jpeg', quality })
    if (statSync(path).size < mostBytes) return
  }
}

/** The first simulated group as a maker sees it, for the README. */
async function takeSandbox(page: Page, app: App): Promise<void> {
  await page.setViewportSize(sandbox)
  await page.goto(`${app.consoleUrl}/sandbox`)
  await page.getByRole('link', { name: '优空间-林小美' }).click()
  await page.locator('#messages').getByText('下课了').waitFor()
  await page.screenshot({ path: 'docs/sandbox.png' })
}

const state = mkdtempSync(join(tmpdir(), 'chuangke-pictures-'))
const config = readConfig({ PORT: '0', STATE_DIR: state })
const app = await startApp(config, { log: createLog('error'), print: () => {} })
const executablePath = browsers.find(path => statSync(path, { throwIfNoEntry: false }))
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox'],
})
try {
  mkdirSync(target, { recursive: true })
  const page = await browser.newPage({ viewport: desk, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await page.goto(app.loginLink)
  await page.getByRole('button', { name: '进入控制台' }).click()
  await importRoster(page, app)
  await play(app)
  for (const [name, address] of Object.entries(pictures)) {
    await page.goto(app.consoleUrl + address)
    await take(page, name)
  }
  await takeSandbox(page, app)
  await page.setViewportSize(phone)
  await page.goto(app.consoleUrl)
  await take(page, 'phone')
} finally {
  await browser.close()
  await app.stop()
  rmSync(state, { recursive: true, force: true })
}
