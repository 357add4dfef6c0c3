import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sayKeptDay } from '../../../src/text/dates/kept-day.ts'
import { readCorrections } from '../../../tools/notices-train/corrections.ts'
import { openConsoleApp } from '../../console-app.ts'
import { openItemsWorld } from './world.ts'

/** The inbox for an organizer, over three items that wait. */
async function open(setting: Parameters<typeof openItemsWorld>[0] = {}) {
  const { items } = await openItemsWorld(setting)
  const app = openConsoleApp(items.feature.pages ?? [], () => ({
    id: 'chen',
    name: '陈姐',
    roles: ['organizer'],
  }))
  const read = async (path: string) => (await app.request(path)).text()
  const post = (path: string, fields: [string, string][]) =>
    app.request(path, { method: 'POST', body: new URLSearchParams(fields) })
  const several = (deed: string, ...numbers: number[]) =>
    post('/items/several', [
      ['deed', deed],
      ...numbers.map((one): [string, string] => ['number', String(one)]),
    ])
  for (const written of [
    '高企申报通知\n请按时申报。',
    '人才补贴办法\n请看办法。',
    '创新券申领公告\n可以申领。',
  ])
    await post('/items', [
      ['written', written],
      ['stream', '政策'],
    ])
  return { read, post, several }
}

test('the inbox is searched by words of titles', async () => {
  const { read } = await open()
  const found = await read('/items?q=高企')
  expect(found).toContain('高企申报通知')
  expect(found).not.toContain('人才补贴办法')
  expect(found).toContain('待看 1')
  expect(await read('/items?q=没有这样的')).toContain('没有找到「没有这样的」')
})

test('a long inbox has pages of twenty', async () => {
  const { read, post } = await open()
  for (const n of Array(38).keys())
    await post('/items', [
      ['written', `第${n + 1}批名单公示\n第${n + 1}批的名单见附件，共${n * 7 + 3}家。`],
      ['stream', '政策'],
    ])
  const cards = async (path: string) => (await read(path)).match(/<section class="card item">/gu)?.length
  expect(await cards('/items')).toBe(20)
  expect(await cards('/items?page=2')).toBe(20)
  expect(await cards('/items?page=3')).toBe(1)
  expect(await cards('/items?page=99')).toBe(1)
  const last = await read('/items?page=3')
  expect(last).toContain('第 3 页，共 3 页')
  expect(last).toContain('href="/items?state=new&amp;page=2"')
})

test('several items are dismissed at once, and put back', async () => {
  const { read, several } = await open()
  const to = (await several('dismiss', 1, 3)).headers.get('location') ?? ''
  const page = await read(to)
  expect(page).toContain('2 条标为不用了')
  expect(page).not.toContain('高企申报通知')
  expect((await several('reopen', 1, 3)).status).toBe(303)
  expect(await read('/items')).toContain('高企申报通知')
})

test('of several, those that cannot be decided are named, and the others are', async () => {
  const { read, several } = await open()
  const approved = (await several('approve', 1)).headers.get('location') ?? ''
  expect(await read(approved)).toContain('1 条通过了')
  const refused = await several('approve', 1, 2)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('1 条办好了，1 条没有：1 号条目已经通过了')
  expect(await read('/items?state=approved')).toContain('人才补贴办法')
  expect(await (await several('dismiss')).text()).toContain('请先勾选条目')
})

test('after each deed the inbox stands where it stood: same search, same page', async () => {
  const { read, post } = await open()
  for (const n of Array(38).keys())
    await post('/items', [
      ['written', `第${n + 1}批名单公示\n第${n + 1}批的名单见附件，共${n * 7 + 3}家。`],
      ['stream', '政策'],
    ])
  const shown = await read('/items?q=名单&page=2')
  const formsTo = (deed: string) =>
    [...shown.matchAll(new RegExp(`action="(/items/${deed}[^"]*)"`, 'gu'))].map(([, to = '']) =>
      to.replaceAll('&amp;', '&'),
    )
  for (const [path = '', fields] of [
    [formsTo('several')[0], { deed: 'dismiss', number: '23' }],
    [formsTo('\\d+/dismiss')[0], {}],
    [formsTo('\\d+/approve')[1], {}],
  ] as const) {
    const to = (await post(path, Object.entries(fields))).headers.get('location') ?? ''
    const { pathname, searchParams } = new URL(to, 'http://console')
    const place = { at: pathname, q: searchParams.get('q'), page: searchParams.get('page') }
    expect(place).toEqual({ at: '/items', q: '名单', page: '2' })
    if (!path.includes('approve'))
      expect(await read(to)).toMatch(/several\?[^"]*page=2[^"]*"[^>]*class="done"/u)
  }
})

test('one dismissal is taken back on the page of the item', async () => {
  const { read, post } = await open()
  const to = (await post('/items/2/dismiss', [])).headers.get('location') ?? ''
  expect(await read(to)).toContain('2 号标为不用了')
  expect(await read('/items/2')).toContain('放回待看')
  await post('/items/2/reopen', [])
  expect(await read('/items')).toContain('人才补贴办法')
})

test('a date is corrected with one click, and the correction is an example to learn from', async () => {
  const { read, post } = await open()
  await post('/items', [
    [
      'written',
      '关于2026年度创新券的公告\n请企业于12月15日前登录系统提交申请，逾期不予受理。\n名单于12月28日挂网，为期五天。',
    ],
    ['stream', '政策'],
  ])
  const page = await read('/items/4')
  expect(page).toContain('文里的日子')
  expect(page).toContain('<strong>2026年12月15日</strong>')
  expect(page.indexOf('2026年12月15日')).toBeLessThan(page.indexOf('2026年12月28日'))
  const corrected = await post('/items/4/role', [
    ['at', '1'],
    ['role', 'publicise'],
  ])
  expect(corrected.status).toBe(303)
  expect(await read('/items/4')).toContain('公示（陈姐改）')
  const file = join(mkdtempSync(join(tmpdir(), 'corrections-')), 'corrections.jsonl')
  writeFileSync(file, await read('/items/corrections.jsonl'))
  expect(readCorrections(file).map(({ dates }) => dates.map(({ role }) => role))).toEqual([
    [undefined, 'publicise'],
  ])
})

/** The values of the form behind these words of a page, by the names of its hidden fields. */
const hiddenBehind = (page: string, words: string) =>
  [...(page.split(words)[1]?.split('</form>')[0] ?? '').matchAll(/name="(\w+)" value="([^"]*)"/gu)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  )

test('of two organizers who correct one date, the second sees what the first said', async () => {
  const { read, post } = await open()
  await post('/items', [
    ['written', '关于2026年度创新券的公告\n名单于12月28日挂网，为期五天。'],
    ['stream', '政策'],
  ])
  const opened = hiddenBehind(await read('/items/4'), '/items/4/role">')
  const as = (form: [string, string][], role: string) => [...form, ['role', role] as [string, string]]
  expect((await post('/items/4/role', as(opened, 'publicise'))).status).toBe(303)
  const late = await post('/items/4/role', as(opened, 'apply'))
  expect(late.status).toBe(422)
  const shown = await late.text()
  expect(shown).toContain('「12月28日」现在是公示，截止日还没定。你点的没有保存')
  expect(shown).not.toContain('<mark>截止')
  const again = hiddenBehind(shown, '/items/4/role">')
  expect((await post('/items/4/role', as(again, 'apply'))).status).toBe(303)
})

test('an item that was edited since the page showed it is not approved, by its button nor by a tick', async () => {
  const { read, post } = await open()
  const list = await read('/items')
  const opened = hiddenBehind(list, '/items/1/approve?')
  const [, ticked = ''] = /name="number" value="(1@\d+)"/u.exec(list) ?? []
  const edit = hiddenBehind(await read('/items/1'), '/items/1/edit"')
  const typed = [
    ['title', '高企申报通知'],
    ['stream', '政策'],
    ['summary', '每家交 500 元。'],
  ] as [string, string][]
  expect((await post('/items/1/edit', [...edit, ...typed])).status).toBe(303)
  for (const [path, fields] of [
    ['/items/1/approve', opened],
    [
      '/items/several',
      [
        ['deed', 'approve'],
        ['number', ticked],
      ],
    ],
  ] as [string, [string, string][]][])
    expect(await (await post(path, fields)).text()).toContain('1 号条目刚被改过，还没有通过')
  expect(await read('/items?state=approved')).not.toContain('高企申报通知')
  await post('/items/1/approve', hiddenBehind(await read('/items/1'), '/items/1/approve">'))
  expect(await read('/items?state=approved')).toContain('高企申报通知')
})

test('of two organizers who choose the deadline, the second sees what the first chose', async () => {
  const { read, post } = await open()
  await post('/items', [
    ['written', '甲通知\n请于12月9日前报名。'],
    ['stream', '政策'],
  ])
  const opened = hiddenBehind(await read('/items/4'), '/items/4/deadline">')
  const day = opened.find(([name]) => name === 'day')?.[1] ?? ''
  expect(day).toMatch(/^2026-/u)
  expect((await post('/items/4/deadline', opened)).status).toBe(303)
  const late = await post('/items/4/deadline', [...opened, ['day', '']])
  expect(late.status).toBe(422)
  expect(await late.text()).toContain(
    `截止日刚被别人改过：截止日是 ${sayKeptDay(day)}。你选的没有保存，还要改，请点「修改」`,
  )
  expect(await read('/items/4')).toContain(`<strong>${sayKeptDay(day)}</strong>`)
})

const leavesToGuide = '关于申报数字化补助的通知\n各有关企业：\n现组织申报数字化补助，申报时间和材料详见附件。'
const guide = {
  title: '申报指南',
  path: '/documents/1',
  text: '企业于2026年12月20日前登录系统提交申报材料，逾期不予受理。\n单个企业最高补助50万元。',
  gaps: ['第 3 页没有读到。'],
}

test('a notice that leaves its days to an attachment says so, and reads the one that is uploaded', async () => {
  const uploaded: (typeof guide)[] = []
  const { read, post } = await open({ documentsOf: () => uploaded })
  await post('/items', [
    ['written', leavesToGuide],
    ['stream', '政策'],
  ])
  expect(await read('/items/4')).toContain('没有找到；正文说见附件，附件还没有读到')
  expect(await read('/items/4')).not.toContain('读附件：找日子和金额')
  expect(await (await post('/items/4/read-uploaded', [])).text()).toContain('没有能读的文件')
  uploaded.push(guide)
  expect(await read('/items/4')).toContain('读附件：找日子和金额')
  expect((await post('/items/4/read-uploaded', [])).status).toBe(303)
  const page = await read('/items/4')
  for (const words of ['<strong>2026年12月20日</strong>', '50万元', '附件「申报指南」：第 3 页没有读到。'])
    expect(page).toContain(words)
  expect(page).not.toContain('读附件：找日子和金额')
  expect(page).not.toContain('正文说见附件')
  uploaded[0] = { ...guide, text: guide.text.replace('20日', '25日') }
  await post('/items/4/read-uploaded', [])
  const again = await read('/items/4')
  expect(again.split('附件正文：')).toHaveLength(2)
  expect(again.split('第 3 页没有读到。')).toHaveLength(2)
})

test('a role that an organizer corrected stays when the attachment is read', async () => {
  const { read, post } = await open({ documentsOf: () => [{ ...guide, text: '材料一式三份。' }] })
  await post('/items', [
    [
      'written',
      '关于2026年度创新券的公告\n请企业于12月15日前登录系统提交申请，逾期不予受理。\n材料清单见附件。',
    ],
    ['stream', '政策'],
  ])
  await post('/items/4/role', [
    ['at', '0'],
    ['role', 'publicise'],
  ])
  await post('/items/4/read-uploaded', [])
  const page = await read('/items/4')
  expect(page).toContain('公示（陈姐改）')
  expect(page).not.toContain('<strong>2026年12月15日</strong> <small>')
})
