import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { isBrowserMissing, openPage, phone, shot } from './browser.ts'
import { dataWithoutRoster, openVisit, type Visit } from './visit.ts'

const roster = `成员花名册
姓名,支部,众创空间,企业/团队,手机号,群昵称,政治面貌
张唯,优空间党支部,优空间,福州云帆科技有限公司,13800001234,,中共党员
林小美,优空间党支部,优空间,小美设计工作室,13800005678,,群众
郑一霖,恒丰大厦党支部,优梦空间,一霖软件,13800009012,,
浩然,恒丰大厦党支部,优梦空间,浩然文创,13800003456,,
郑一霖,蒲公英党支部,蒲公英创新工场,霖木家居,13800007890,,
`

describe.skipIf(isBrowserMissing)('an organizer brings the roster, and says who is who', () => {
  let visit: Visit
  let app: App
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    visit = await openVisit({ DATA_DIR: dataWithoutRoster() })
    ;({ app, page, complaints } = visit)
  })
  afterAll(() => visit?.close())

  /** A person says something on the sandbox's line, and hears an answer that contains this. */
  async function say(from: string, text: string, answer: string, groupId?: string) {
    const chat = `${app.consoleUrl}/sandbox/api/${groupId ? `groups/${groupId}` : `members/${from}`}/messages`
    const body = JSON.stringify(groupId ? { from, text, mention: false } : { text })
    await fetch(chat, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
    await expect.poll(async () => (await fetch(chat)).text()).toContain(answer)
  }
  const choose = (name: string, bytes: Buffer) =>
    page.getByLabel('名单文件').setInputFiles({ name, mimeType: 'text/csv', buffer: bytes })
  const press = (name: string) => page.getByRole('button', { name }).click()

  test('the group is bound, and told what is kept of its people', async () => {
    await say('chenjing', '绑定本群', '删除我的信息', 'hengfeng')
  })

  test('an old .xls and a file of 200 MB are refused in a sentence', async () => {
    await page.goto(`${app.consoleUrl}/roster`)
    await shot(page, 'people-empty')
    await choose('名单.xlsx', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))
    await press('先看看会改什么')
    await page.getByText('文件 → 另存为').waitFor()
    // Sparse: it takes no room on the disk, and must not be read to its end.
    const huge = join(visit.folder, '名单.xlsx')
    writeFileSync(huge, '')
    truncateSync(huge, 200 * 1024 * 1024)
    await page.getByLabel('名单文件').setInputFiles(huge)
    await press('先看看会改什么')
    await page.getByText('请不要超过 5 MB；').waitFor()
    await shot(page, 'people-too-large')
    await page.goto(`${app.consoleUrl}/roster`)
  })

  test('a list with mistakes changes nothing, a good one is looked at and imported', async () => {
    await choose('名单.csv', Buffer.from(`${roster},,优空间,没有名字的公司,,,\n`))
    await press('先看看会改什么')
    await page.getByText('有 1 行要改，整份都还没有导入').waitFor()
    await shot(page, 'people-dry-run-wrong')
    await press('重新选文件')
    await choose('名单.csv', Buffer.from(roster))
    await press('先看看会改什么')
    await page.getByText('为保护隐私不保存的列：政治面貌').waitFor()
    await shot(page, 'people-dry-run')
    await press('导入，改动 5 人')
    await page.getByText('导入好了：新增 5 人').waitFor()
    await shot(page, 'people-roster')
    await page.getByRole('searchbox', { name: '查找', exact: true }).fill('优梦')
    await press('查找')
    await page.getByRole('link', { name: '郑一霖' }).waitFor()
    expect(await page.getByRole('link', { name: '张唯' }).count()).toBe(0)
  })

  test('who cannot be told for sure is asked about, and confirmed in bulk', async () => {
    await say('zhangwei', '我的信息', '我记着你的这些')
    await say('wuhaoran', '我是 浩然', '把众创空间', 'youkongjian')
    await page.goto(`${app.consoleUrl}/identities`)
    await page.getByText('只有名字一样').first().waitFor()
    await shot(page, 'people-identities')
    const row = page.getByRole('row').filter({ hasText: '浩然' })
    await row.getByRole('checkbox').check()
    await press('勾选的都是同一个人')
    await page.getByText('对上了 1 位').waitFor()
    await shot(page, 'people-identities-done')
  })

  test('one member is looked at and mended, and the roster is taken out on the record', async () => {
    await page.goto(`${app.consoleUrl}/roster?q=浩然`)
    await page.getByRole('link', { name: '浩然' }).click()
    await page.getByText('组织者核对过').waitFor()
    await page.getByLabel('手机尾号').fill('0007')
    await press('保存')
    await expect.poll(() => page.getByLabel('手机尾号').inputValue()).toBe('0007')
    await shot(page, 'people-member')
    await page.goto(`${app.consoleUrl}/roster`)
    const [download] = await Promise.all([page.waitForEvent('download'), press('导出名单')])
    expect(download.suggestedFilename()).toBe('成员名单.xlsx')
    await page.goto(`${app.consoleUrl}/exports`)
    await page.getByText('成员名单').last().waitFor()
    await shot(page, 'people-exports')
  })

  test('all of it fits on a phone', async () => {
    const small = await openPage({
      ...phone,
      storageState: await page.context().storageState(),
    })
    for (const path of ['roster', 'identities', 'exports', 'roster/new']) {
      await small.page.goto(`${app.consoleUrl}/${path}`)
      const width = await small.page.evaluate<number>('document.documentElement.scrollWidth')
      expect(width, path).toBeLessThanOrEqual(390)
      await shot(small.page, `people-phone-${path.replace('/', '-')}`, { fullPage: true })
    }
    // Files that are refused are answered with 422 or 413, which the browser notes.
    const noted = [...complaints, ...small.complaints].filter(one => !/status of (?:422|413)/u.test(one))
    expect(noted).toEqual([])
  })
})
