import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ofdWith } from '../documents/packed-files.ts'
import { violationsOn } from './accessibility.ts'
import { isBrowserMissing, openPage, phone, shot } from './browser.ts'
import { openVisit, type Visit } from './visit.ts'

/** Properties read from elements. */
type Sized = { naturalWidth: number; scrollWidth: number }

/** A document of an office that does not exist, as a browser prints it. */
const sheet = (limit: string, number: string) => `<html><head><meta charset="utf-8"><style>
  body { font: 16px serif; line-height: 2 } h1 { text-align: center; font-size: 22px } p { text-indent: 2em; margin: 0 }
  .mark { color: #c00; text-align: center; font-size: 30px } .number { text-align: center; text-indent: 0 }</style></head><body>
  <p class="mark">示范区科学技术局文件</p><p class="number">${number}</p>
  <h1>关于印发《示范区科技创新补贴办法》的通知</h1><p style="text-indent:0">各有关单位：</p>
  <p>第一条 为支持科技创新，制定本办法。</p><p>第二条 本办法适用于示范区内注册满1年的企业。</p>
  <p>第三条 补贴标准如下：</p><p>（一）单家企业最高不超过${limit}。</p><p>（二）同一项目只补贴一次。</p>
  <p style="break-before: page">第四条 本办法自2026年3月2日起施行，有效期至2029年3月1日。</p>
  <p style="text-align: right">示范区科学技术局</p><p style="text-align: right">2026年2月20日</p></body></html>`

/** An OFD in the look of an office: a red head with a line, a table of lines, a picture. */
function ofdSheet(): Uint8Array {
  const written = (
    text: string,
    { x, y, size, colour = '0 0 0' }: { x: number; y: number; size: number; colour?: string },
  ) =>
    `<ofd:TextObject Boundary="${x} ${y - size} 170 ${size + 2}" Size="${size}"><ofd:FillColor Value="${colour}"/><ofd:TextCode X="0" Y="${size * 0.9}" DeltaX="g ${text.length - 1} ${size}">${text}</ofd:TextCode></ofd:TextObject>`
  const line = (fromTo: string, colour = '0 0 0') =>
    `<ofd:PathObject Boundary="0 0 210 297" LineWidth="0.5"><ofd:StrokeColor Value="${colour}"/><ofd:AbbreviatedData>${fromTo}</ofd:AbbreviatedData></ofd:PathObject>`
  const clauses = [
    '第一条 为支持设备共享，制定本办法。',
    '第二条 本办法适用于示范区内的企业。',
    '第三条 单台设备每年最高补贴二十万元。',
    '第四条 本办法自2026年3月2日起施行。',
  ]
  const first = [
    written('示范区科学技术局文件', { x: 45, y: 45, size: 12, colour: '192 0 0' }),
    written('榕示科〔2026〕45号', { x: 82, y: 60, size: 4.2 }),
    line('M 25 65 L 185 65', '192 0 0'),
    written('关于印发《示范区设备共享补贴办法》的通知', { x: 53, y: 82, size: 5.2 }),
    written('各有关单位：', { x: 28, y: 96, size: 5 }),
    ...clauses.map((text, at) => written(text, { x: 38, y: 108 + at * 10, size: 5 })),
    ...[160, 172, 184].map(y => line(`M 28 ${y} L 182 ${y}`)),
    ...[28, 90, 182].map(x => line(`M ${x} 160 L ${x} 184`)),
    written('设备', { x: 32, y: 168, size: 5 }),
    written('补贴', { x: 94, y: 168, size: 5 }),
    written('激光切割机', { x: 32, y: 180, size: 5 }),
    written('二十万元', { x: 94, y: 180, size: 5 }),
    '<ofd:ImageObject Boundary="130 200 40 40" ResourceID="9"/>',
  ]
  return ofdWith([
    first.join(''),
    written('第五条 本办法由示范区科学技术局解释。', { x: 38, y: 40, size: 5 }),
  ])
}

describe.skipIf(isBrowserMissing)('the document library on the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chuangke-documents-'))
  let visit: Visit

  beforeAll(async () => {
    const quick = { SAME_GROUP_GAP_MS: '0', NEXT_GROUP_GAP_MIN_MS: '0', NEXT_GROUP_GAP_MAX_MS: '0' }
    visit = await openVisit({ ...quick, ONE_PERSON_REVIEW: 'false' })
    const { page: printer } = await openPage()
    for (const [name, limit, number] of [
      ['old', '30万元', '榕示科〔2026〕12号'],
      ['new', '50万元', '榕示科〔2026〕31号'],
    ] as const) {
      await printer.setContent(sheet(limit, number))
      writeFileSync(join(folder, `${name}.pdf`), await printer.pdf({ format: 'A4' }))
    }
    await printer.close()
    writeFileSync(join(folder, 'shared.ofd'), ofdSheet())
  })
  afterAll(async () => {
    await visit?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function upload(name: string, title = '示范区科技创新补贴办法') {
    const { page } = visit
    await page.getByRole('link', { name: '问答', exact: true }).click()
    await page.getByRole('link', { name: '文件库' }).click()
    await page.locator('input[type=file]').setInputFiles(join(folder, name))
    await page.getByRole('button', { name: '上传' }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
  }

  /** Says something in the simulated chats, and waits for an answer. */
  async function say(chat: string, body: object, ...answers: string[]): Promise<string> {
    const address = `${visit.app.consoleUrl}/sandbox/api/${chat}/messages`
    const headers = { 'Content-Type': 'application/json' }
    const sent = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
    const { id } = (await sent.json()) as { id: string }
    const heard = async () => (await fetch(`${address}?after=${id}`)).text()
    for (const answer of answers) await expect.poll(heard).toContain(answer)
    return heard()
  }
  const privately = (id: string) => (text: string, answer: string) => say(`members/${id}`, { text }, answer)
  const [he, mei, chen] = [privately('heguoping'), privately('linxiaomei'), privately('chenjing')]
  const asks = (text: string, ...answers: string[]) =>
    say('groups/youkongjian', { from: 'linxiaomei', text, mention: true }, ...answers)
  /** A document that came through the shared log-in needs two persons by name. */
  async function approveBoth(number: number, clause: string) {
    await he(`文件 ${number}`, clause)
    await he(`批准文件 ${number}`, '记下了你的同意')
    await mei(`文件 ${number}`, clause)
    await mei(`批准文件 ${number}`, '从现在起可以引用')
  }
  const question = '示范区科技创新补贴单家企业最高不超过多少'

  test('a document goes from the file to a clause that an entry cites', async () => {
    const { page, complaints } = visit
    await upload('old.pdf')
    await expect
      .poll(() => page.locator('img.sheet').evaluate(img => (img as unknown as Sized).naturalWidth))
      .toBeGreaterThan(500)
    await expect.poll(() => page.locator('mark').allTextContents()).toContain('30万元')
    await shot(page, 'documents-review')
    expect(await violationsOn(page)).toEqual([])
    await page.getByLabel('我对着原文核对过有效期').check()
    await page.getByRole('button', { name: '批准，可以引用' }).click()
    await page.getByText('公用登录分不清是谁').first().waitFor()
    await he('申请组织者', '1 号')
    await chen('同意 1', '组织者了')
    await he('申请审核人', '2 号')
    await chen('同意 2', '审核人了')
    await mei('申请审核人', '3 号')
    await chen('同意 3', '要两个人点头')
    await he('同意 3', '审核人了')
    expect(await asks(question, 'xiaochuang')).not.toContain('30万元')
    await approveBoth(1, '单家企业最高不超过30万元')
    await page.goto(`${visit.app.consoleUrl}/documents/1`)
    await page.getByText('可引用').first().waitFor()

    await page.goto(`${visit.app.consoleUrl}/knowledge/new`)
    await page.getByText('依据条款（可不填）').click()
    await page.getByLabel('依据条款').fill('榕示科〔2026〕12号 第三条（一）')
    await page.getByRole('button', { name: '交给审核人' }).click()
    await page.getByText('还有要改的地方').waitFor()

    await page.goto(`${visit.app.consoleUrl}/documents/1?at=${encodeURIComponent('第四条')}`)
    await page.locator('.passage.cited').getByText('有效期至').waitFor()
    expect(await page.getByRole('heading', { name: '原件第 2 页' }).isVisible()).toBe(true)
    expect(complaints.filter(one => !one.includes('422'))).toEqual([])
  })

  test('a new version is laid beside the old one', async () => {
    const { page } = visit
    await upload('new.pdf')
    await page.getByRole('link', { name: '新旧逐条对照' }).click()
    await page.getByText('单家企业最高不超过50万元').waitFor()
    await page.getByText('单家企业最高不超过30万元').waitFor()
    await shot(page, 'documents-compare')
  })

  test('clauses are quoted in the group with their page, and old ones as history only', async () => {
    const first = '文件原文（榕示科〔2026〕12号 第三条）：'
    // The newer version waits for its review: the figure that it changes is told by neither.
    expect(await asks(question, 'xiaochuang')).not.toContain('30万元')
    await he('退回文件 2 先不换', '退回')
    await asks(question, first, '（一）单家企业最高不超过30万元。', '这是原文，不是解读', '回复「原页」')
    await say('groups/youkongjian', { from: 'linxiaomei', text: '原页' }, '原件第 1 页：', 'image/png')
    await upload('new.pdf')
    await approveBoth(3, '单家企业最高不超过50万元')
    const told = await asks(question, '文件原文（榕示科〔2026〕31号 第三条）：', '最高不超过50万元')
    expect(told).not.toContain('30万元')
    await he('撤下文件 3 印错了', '1 号旧版本仍然只当历史')
    expect(await asks(question, 'xiaochuang')).not.toContain('文件原文（榕示科〔2026〕12号 第三条）')
  })

  test('everything fits a phone and is told to a screen reader', async () => {
    const { page } = visit
    await page.setViewportSize(phone.viewport)
    for (const [path, name] of [
      ['/documents', 'list'],
      ['/documents/2', 'review'],
      ['/documents/2/compare', 'compare'],
      ['/knowledge/figures', 'figures'],
    ] as const) {
      await page.goto(`${visit.app.consoleUrl}${path}`)
      await page.waitForLoadState('networkidle')
      const width = await page.locator('html').evaluate(root => (root as unknown as Sized).scrollWidth)
      expect(width, path).toBeLessThanOrEqual(390)
      expect(await violationsOn(page), path).toEqual([])
      await shot(page, `documents-phone-${name}`)
    }
  })

  test('a page of an OFD is drawn beside its text, on a screen and on a phone', async () => {
    const { page } = visit
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(visit.app.consoleUrl)
    await upload('shared.ofd', '示范区设备共享补贴办法')
    for (const [viewport, name] of [
      [{ width: 1280, height: 900 }, 'wide'],
      [phone.viewport, 'phone'],
    ] as const) {
      await page.setViewportSize(viewport)
      await page.reload()
      await expect
        .poll(() => page.locator('img.sheet').evaluate(img => (img as unknown as Sized).naturalWidth))
        .toBe(1000)
      await page.getByText('图片只画了框').waitFor()
      const width = await page.locator('html').evaluate(root => (root as unknown as Sized).scrollWidth)
      expect(width).toBeLessThanOrEqual(viewport.width)
      expect(await violationsOn(page)).toEqual([])
      await shot(page, `documents-ofd-${name}`)
    }
    await page.getByRole('link', { name: '2', exact: true }).first().click()
    await page.getByRole('heading', { name: '原件第 2 页' }).waitFor()
  })
})
