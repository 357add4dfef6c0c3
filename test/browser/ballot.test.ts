import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTooWide, violationsOn } from './accessibility.ts'
import { isBrowserMissing, openPage, phone, shot } from './browser.ts'
import { dataWithoutRoster, openVisit, type Visit } from './visit.ts'

const roster = `姓名,支部,众创空间,企业/团队,手机号
张唯,优空间党支部,优空间,云帆科技,13800001234
林小美,优空间党支部,优空间,小美设计,13800005678
何国平,优空间党支部,优空间,,13800009012
陈静,优空间党支部,优空间,,13800003456
刘凯,优空间党支部,优空间,,13800007890
`

describe.skipIf(isBrowserMissing)('a secret ballot', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit({ PUBLIC_URL: 'https://e.example.cn', DATA_DIR: dataWithoutRoster() })
  })
  afterAll(() => visit?.close())

  test('breaks no rule on a phone, is cast by keyboard, and can be read at 400% without colours', async () => {
    const { page, app } = visit
    const chatOf = (who: string) => `${app.consoleUrl}/sandbox/api/members/${who}/messages`
    const heard = async (who: string) => (await fetch(chatOf(who))).text()
    const says = async (who: string, text: string, answer: string) => {
      const headers = { 'Content-Type': 'application/json' }
      await fetch(chatOf(who), { method: 'POST', headers, body: JSON.stringify({ text }) })
      await expect.poll(() => heard(who)).toContain(answer)
    }
    const ids = {
      linxiaomei: '林小美 5678',
      heguoping: '何国平 9012',
      zhangwei: '张唯 1234',
      chenjing: '陈静 3456',
      liukai: '刘凯 7890',
    }
    await page.goto(`${app.consoleUrl}/roster`)
    await page
      .getByLabel('名单文件')
      .setInputFiles({ name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) })
    await page.getByRole('button', { name: '先看看会改什么' }).click()
    await page.getByRole('button', { name: '导入，改动 5 人' }).click()
    await page.getByText('导入').first().waitFor()
    for (const [id, name] of Object.entries(ids)) await says(id, `我是 ${name}`, '记下了')

    await page.goto(`${app.consoleUrl}/votes`)
    await page.getByLabel('标题').fill('第四季度创业能手推荐')
    await page.getByLabel('提名谁').fill('林小美')
    await page.getByLabel('两位监票人').fill('何国平、张唯')
    await page.getByLabel('什么时候截止').fill('2099-12-01T18:00')
    await page.getByRole('button', { name: '建好' }).click()
    await page.getByRole('heading', { name: '第四季度创业能手推荐' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await says('linxiaomei', '同意参评 1', '你同意参评')
    await says('heguoping', '监票确认 1', '已确认')
    await says('zhangwei', '监票确认 1', '已确认')
    await page.getByRole('button', { name: '开始投票' }).click()
    await page.getByRole('button', { name: '现在结束' }).waitFor()
    expect(await violationsOn(page)).toEqual([])
    await says('linxiaomei', '投票 1', '/open/vote/')
    const path = /\/open\/vote\/\d+\/[\w-]{32}/u.exec(await heard('linxiaomei'))?.[0] ?? ''

    const { page: ballot, complaints } = await openPage(phone)
    await ballot.goto(`${app.consoleUrl}${path}`)
    expect(await violationsOn(ballot)).toEqual([])
    expect(await isTooWide(ballot)).toBe(false)
    await shot(ballot, 'ballot-phone')
    expect(await ballot.getByRole('radio', { checked: true }).count()).toBe(0)
    await ballot.getByRole('button', { name: '投票' }).focus()
    await ballot.keyboard.press('Enter')
    expect(await ballot.locator('input:invalid').count()).toBe(3)
    expect(await ballot.getByText('你还没有投').isVisible()).toBe(true)
    await ballot.keyboard.press('Space')
    await ballot.keyboard.press('Enter')
    await ballot.getByRole('heading', { name: '投好了' }).waitFor()
    expect(await violationsOn(ballot)).toEqual([])
    await shot(ballot, 'ballot-receipt-phone')
    await ballot.goto(`${app.consoleUrl}${path}`)
    await ballot.getByText('还没有封存').waitFor()
    expect(await violationsOn(ballot)).toEqual([])
    expect(complaints).toEqual([])
    await ballot.context().close()

    const narrow = {
      viewport: { width: 320, height: 256 },
      forcedColors: 'active' as const,
      javaScriptEnabled: false,
    }
    const { page: zoomed } = await openPage(narrow)
    await zoomed.goto(`${app.consoleUrl}${path}`)
    await zoomed.getByRole('button', { name: '改成这样' }).scrollIntoViewIfNeeded()
    expect(await zoomed.getByRole('button', { name: '改成这样' }).isVisible()).toBe(true)
    await zoomed.context().close()
  })
})
