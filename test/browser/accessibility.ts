import axe from 'axe-core'
import type { Page } from 'playwright-core'

type AxeResult = { violations: { id: string; nodes: { html: string }[] }[] }

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Violations of WCAG 2.2 AA on the present page, one line each. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const run = `axe.run(document, ${JSON.stringify({ runOnly: rules })})`
  const { violations } = await page.evaluate<AxeResult>(run)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

/** Whether something is wider than the window. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth + 1')
