import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isBrowserMissing, openPage, phone, shot } from './browser.ts'
import { openVisit, type Visit } from './visit.ts'

describe.skipIf(isBrowserMissing)('policy matching in a browser', () => {
  let visit: Visit
  beforeAll(async () => {
    visit = await openVisit()
  })
  afterAll(() => visit.close())

  test('a maker asks in private on a phone, answers, and hears verdicts and reasons', async () => {
    const { page } = visit
    await page.getByRole('link', { name: '模拟群', exact: true }).click()
    await page.getByRole('link', { name: '优空间-张唯', exact: true }).click()
    await page.locator('#rail a[data-key^="private-"]').click()
    await page.setViewportSize(phone.viewport)
    const messages = page.locator('#messages')
    const numbers = async () => (await messages.innerText()).match(/第 \d+ 问|按你填的/g) ?? []
    async function say(text: string) {
      const heard = (await numbers()).length
      await page.getByLabel('消息').fill(text)
      await page.getByLabel('消息').press('Enter')
      await expect.poll(async () => (await numbers()).length).toBeGreaterThan(heard)
    }
    await say('测政策 小微')
    await shot(page, 'matching-chat-phone')
    const answers: [string, string][] = [
      ['主体', '公司'],
      ['限制或淘汰类', '否'],
      ['所得额', '295万'],
      ['从业人数', '290人'],
      ['资产总额', '4800万'],
    ]
    for (let turn = 0; turn < 8; turn += 1) {
      const said = await messages.innerText()
      if (said.includes('按你填的')) break
      const question = said.slice(said.lastIndexOf('第 '))
      await say(answers.find(([word]) => question.includes(word))?.[1] ?? '不知道')
    }
    await page.getByLabel('消息').fill('为什么 小微')
    await page.getByLabel('消息').press('Enter')
    await messages.getByText('年应纳税所得额不超过300万元：对上').waitFor()
    await shot(page, 'matching-result-phone')
  })

  test('anyone fills the open page on a phone, and no answer leaves the browser', async () => {
    const { page, complaints } = await openPage(phone)
    const sent: string[] = []
    page.on('request', request =>
      sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`),
    )
    await page.goto(`${visit.app.consoleUrl}/open/match`)
    await page.getByText('填的数字不会发出去').waitFor()
    await page.getByLabel('现在是什么主体？').selectOption('company')
    await page.getByLabel(/属于国家禁止、限制或淘汰类/).selectOption('no')
    await page.getByLabel(/上一年应纳税所得额多少/).fill('295')
    await page.getByLabel(/全年各季平均从业人数/).fill('290')
    await page.getByLabel(/全年各季平均资产总额/).fill('4800')
    const before = sent.length
    await page.getByRole('button', { name: '看结果' }).click()
    const found = page.locator('details', { hasText: '小型微利企业所得税优惠' })
    await found.waitFor()
    expect(await found.locator('summary').innerText()).toContain('对得上')
    await found.locator('summary').click()
    await shot(page, 'matching-open-phone')
    expect(sent.slice(before)).toEqual([])
    expect(complaints).toEqual([])
  })
})
