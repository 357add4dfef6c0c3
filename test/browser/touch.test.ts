import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTooWide, violationsOn } from './accessibility.ts'
import { isBrowserMissing, openPage, phone, shot } from './browser.ts'
import { openVisit, type Visit } from './visit.ts'

/** The least height of what a finger is to hit, in CSS pixels. */
const leastPx = 44

/** Every page of the navigation, and the forms behind them. */
const pages = [
  '/',
  '/digest',
  '/digest/new?kind=notice',
  '/digest/plans',
  '/digest/calendar',
  '/items',
  '/knowledge',
  '/questions',
  '/desk',
  '/match',
  '/lessons',
  '/lessons/new',
  '/lessons/calendars',
  '/tally',
  '/roster',
  '/roster/new',
  '/identities',
  '/roles?q=陈',
  '/groups',
  '/groups/edit?id=youkongjian',
  '/exports',
  '/calendar',
  '/health',
  '/line',
  '/forms',
  '/documents',
  '/audit',
  '/account',
  '/help',
  '/sandbox',
  '/sandbox/groups/youkongjian?as=chenjing',
  '/sandbox/members/chenjing',
]

/**
 * Controls that are shown and lower than a finger: a tick counts with its label, a link in a sentence is none, those of
 * sheets that open over the page count. In the browser, as text: the test's own compiler knows no document.
 */
const lowControls = `(() => {
  const low = []
  const boxOf = one => (/^(checkbox|radio|file)$/.test(one.type) && one.closest('label') ? one.closest('label') : one)
  for (const sheet of document.querySelectorAll('[popover]')) sheet.showPopover()
  const isAlone = link => {
    if (link.closest('header, h1')) return true
    const around = link.closest('td, li, p, nav, header')
    return around && around.textContent.trim() === link.textContent.trim()
  }
  for (const one of document.querySelectorAll('button, [role=button], select, textarea, summary, input:not([type=hidden]), a')) {
    if (one.tagName === 'A' && one.getAttribute('role') !== 'button' && !one.closest('nav') && !isAlone(one)) continue
    const box = boxOf(one).getBoundingClientRect()
    if (box.width <= 1 || box.height <= 1 || getComputedStyle(one).visibility === 'hidden') continue
    if (box.height < ${leastPx - 0.5})
      low.push(one.tagName.toLowerCase() + ' 「' + (one.textContent.trim() || one.name || one.id).slice(0, 20) + '」 ' + Math.round(box.height))
  }
  return [...new Set(low)]
})()`

/** Summaries whose lines would overlap where they take two. */
const tightSummaries = `[...document.querySelectorAll('summary')]
  .filter(one => parseFloat(getComputedStyle(one).lineHeight) < 1.25 * parseFloat(getComputedStyle(one).fontSize))
  .map(one => 'tight lines in ' + one.textContent.trim().slice(0, 20))`

/** Drawings whose card has no table of the same figures. */
const chartsWithoutTable = `[...document.querySelectorAll('main .picture img, main .chart')]
  .filter(one => !one.closest('section')?.querySelector('table'))
  .map(one => 'no table for ' + one.alt)`

describe.skipIf(isBrowserMissing)('on a phone', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit?.close())

  test('every control can be hit, pages fit the screen also at 400%, break no rule, and charts have tables', async () => {
    const { page, complaints } = await openPage(phone)
    await page.context().addCookies(await visit.page.context().cookies())
    const problems: string[] = []
    for (const path of pages) {
      const answer = await page.goto(`${visit.app.consoleUrl}${path}`)
      if (answer?.status() !== 200) problems.push(`${path}: status ${answer?.status()}`)
      problems.push(...(await page.evaluate<string[]>(lowControls)).map(low => `${path}: ${low}`))
      const tooWidePx = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      if (tooWidePx !== 0) problems.push(`${path}: ${tooWidePx} px too wide`)
      await shot(page, `touch${path.replace(/\W+/gu, '-')}`)
      // As at 400% of a desktop's zoom, where the system chooses the colours.
      await page.setViewportSize({ width: 320, height: 256 })
      await page.emulateMedia({ forcedColors: 'active' })
      if (await isTooWide(page)) problems.push(`${path}: too wide at 400%`)
      problems.push(...(await violationsOn(page)).map(one => `${path}: ${one}`))
      problems.push(...(await page.evaluate<string[]>(tightSummaries)).map(one => `${path}: ${one}`))
      problems.push(...(await page.evaluate<string[]>(chartsWithoutTable)).map(one => `${path}: ${one}`))
      await page.emulateMedia({ forcedColors: 'none' })
      await page.setViewportSize(phone.viewport)
    }
    expect(problems).toEqual([])
    expect(complaints).toEqual([])
  })
})
