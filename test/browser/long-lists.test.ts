import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isBrowserMissing, openPage, phone, shot } from './browser.ts'
import { openVisit, type Visit } from './visit.ts'

/**
 * Opens 36 lessons, three a day from tomorrow on, and imports 120 people. As text: the test's
 * own compiler knows no document.
 */
const fill = `(async () => {
  const csrf = document.querySelector('input[name=csrf]').value
  const group = document.querySelector('input[name=group]').value
  const answers = []
  for (let n = 0; n < 36; n += 1) {
    const date = new Date(Date.now() + (1 + Math.floor(n / 3)) * 86400000).toISOString().slice(0, 10)
    const hour = 9 + 3 * (n % 3)
    const body = new URLSearchParams({ csrf, group, date, title: '周末微党课：研发费用加计扣除第' + (n + 1) + '讲',
      start: String(hour).padStart(2, '0') + ':00', end: hour + 1 + ':00' })
    answers.push((await fetch('/lessons', { method: 'POST', body })).status)
  }
  return [...new Set(answers)]
})()`

/** A different name for each of 0 to 119. */
const nameAt = (at: number) =>
  `${'陈林黄张李王'.charAt(Math.floor(at / 20))}${'伟芳娜敏静强磊洋艳勇军杰娟涛明超霞平刚玲'.charAt(at % 20)}`

/** Questions for instructors, three of each maker: as many as a day lets one pass on. */
const makers = [
  'zhangwei',
  'linxiaomei',
  'wuhaoran',
  'liukai',
  'zhengyilin',
  'huangsiqi',
  'xuruoyun',
  'caizhiming',
]
const things = ['冰箱', '自行车', '猫', '吉他', '雨伞', '眼镜', '皮鞋', '鱼缸']
const troubles = ['坏了', '很脏', '丢了']

const people = Array.from({ length: 120 }, (_, at) => `${nameAt(at)},优空间党支部,优空间,第${at + 1}号公司`)
const roster = ['姓名,支部,众创空间,企业/团队', ...people].join('\n')

describe.skipIf(isBrowserMissing)('on a phone, with much in the lists', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit?.close())

  test('pages stay short, and the days of a month show their lessons', async () => {
    const { page, complaints } = await openPage(phone)
    await page.context().addCookies(await visit.page.context().cookies())
    const { consoleUrl } = visit.app
    for (const [at, thing] of things.entries())
      for (const trouble of troubles) {
        const text = `转人工 ${thing}${trouble}怎么办`
        const body = JSON.stringify({ text })
        const headers = { 'Content-Type': 'application/json' }
        const said = `${consoleUrl}/sandbox/api/members/${makers[at % makers.length]}/messages`
        expect((await fetch(said, { method: 'POST', headers, body })).status).toBe(200)
      }
    await page.goto(`${consoleUrl}/lessons/new`)
    expect(await page.evaluate(fill)).toEqual([200])
    await page.goto(`${consoleUrl}/roster`)
    const file = { name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) }
    await page.getByLabel('名单文件').setInputFiles(file)
    await page.getByRole('button', { name: '先看看会改什么' }).click()
    await page.getByRole('button', { name: /^导入，改动/ }).click()
    await page.getByText('导入好了').waitFor()

    const heights = []
    const lists = ['/lessons', '/roster', '/audit', '/knowledge', '/knowledge/figures', '/desk', '/licences']
    for (const path of lists) {
      await page.goto(`${consoleUrl}${path}`)
      await shot(page, `long${path.replace('/', '-')}`, { fullPage: true })
      const heightPx = await page.evaluate<number>('document.documentElement.scrollHeight')
      heights.push({ path, isShort: heightPx <= 6000, heightPx })
    }
    expect(heights.filter(({ isShort }) => !isShort)).toEqual([])

    await page.goto(`${consoleUrl}/lessons`)
    await page.getByText(/^另外 \d+ 节$/).waitFor()
    await page
      .getByRole('link', { name: /的 3 节课$/ })
      .first()
      .tap()
    await page.getByText(/^只列出 .*的课。/).waitFor()
    expect(await page.locator('#lists tbody tr').count()).toBe(3)
    await shot(page, 'long-day')
    expect(complaints).toEqual([])
  })

  test('the licences are folded on the screen and whole on paper', async () => {
    const { page } = await openPage(phone)
    await page.context().addCookies(await visit.page.context().cookies())
    await page.goto(`${visit.app.consoleUrl}/licences`)
    const hono = page.getByRole('link', { name: 'hono', exact: true })
    expect(await hono.isVisible()).toBe(false)
    await page.emulateMedia({ media: 'print' })
    expect(await hono.isVisible()).toBe(true)
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBeGreaterThan(6000)
  })
})
