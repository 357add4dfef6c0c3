import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isBrowserMissing, openPage, phone, shot } from './browser.ts'
import { openVisit, type Visit } from './visit.ts'

/** Pages with numbers from 10 up: rows, counts, days and times. */
const pages = [
  '/',
  '/roster',
  '/lessons',
  '/calendar',
  '/tally',
  '/knowledge',
  '/knowledge/tests',
  '/items',
  '/digest',
  '/digest/plans',
  '/digest/calendar',
  '/questions',
  '/report',
  '/line',
  '/health',
]

/**
 * Numbers, times and dates in figures whose characters stand on more than one line. As text: the test's own
 * compiler knows no document. Addresses may break anywhere.
 */
const brokenNumbers = `(() => {
  const broken = []
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const node = texts.currentNode
    if (node.parentElement.closest('code, pre, textarea, option, script, style')) continue
    for (const { 0: number, index } of node.data.matchAll(/(?<![\\w./-])\\d[\\d.,:]*\\d(?![\\w/-])/gu)) {
      const range = document.createRange()
      range.setStart(node, index)
      range.setEnd(node, index + number.length)
      const tops = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)))
      if (tops.size > 1) broken.push(number + ' in 「' + node.data.trim().slice(0, 30) + '」')
    }
  }
  return broken
})()`

/** A different name for each of 0 to 399. */
const nameAt = (at: number) =>
  `${'陈林黄张李王吴刘蔡杨许郑谢郭洪曾周叶赖徐'.charAt(Math.floor(at / 20))}${'伟芳娜敏静强磊洋艳勇军杰娟涛明超霞平刚玲'.charAt(at % 20)}`

describe.skipIf(isBrowserMissing)('on a phone', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit?.close())

  test('no number from 10 up is broken over two lines', async () => {
    const { page } = await openPage(phone)
    await page.context().addCookies(await visit.page.context().cookies())
    const problems: string[] = []
    const look = async (name: string) =>
      problems.push(...(await page.evaluate<string[]>(brokenNumbers)).map(one => `${name}: ${one}`))
    const people = Array.from(
      { length: 120 },
      (_, at) => `${nameAt(at)},优空间党支部,优空间,第${at + 1}号公司`,
    )
    const roster = ['姓名,支部,众创空间,企业/团队', ...people].join('\n')
    await page.goto(`${visit.app.consoleUrl}/roster`)
    const file = { name: '名单.csv', mimeType: 'text/csv', buffer: Buffer.from(roster) }
    await page.getByLabel('名单文件').setInputFiles(file)
    await page.getByRole('button', { name: '先看看会改什么' }).click()
    await page.getByRole('button', { name: '导入，改动 120 人' }).waitFor()
    await look('/roster, dry run')
    await shot(page, 'numbers-dry-run')
    await page.getByRole('button', { name: '导入，改动 120 人' }).click()
    await page.getByText('导入好了：新增 120 人').waitFor()
    for (const path of pages) {
      const answer = await page.goto(`${visit.app.consoleUrl}${path}`)
      if (answer?.status() !== 200) problems.push(`${path}: status ${answer?.status()}`)
      await look(path)
    }
    expect(problems).toEqual([])
  })
})
