import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { mountPage } from '../../../src/console/access.ts'
import type { ConsoleEnv } from '../../../src/feature.ts'
import { pledges } from '../../../src/features/pledges/index.ts'
import { openPledges } from '../../../src/features/pledges/pledges.ts'
import { createFixedDirectory, createFixedRoster, createWorld, play } from '../../conversation.ts'

function openTown() {
  const world = createWorld()
  const directory = createFixedDirectory()
  const roster = createFixedRoster([{ id: 'm-lin', name: '林小美', space: '优空间' }])
  const parts = {
    ...world,
    directory,
    roster,
    publicText: async (text: string) => text.replaceAll('张伟', '某某'),
  }
  const { feature, shown } = pledges(parts)
  const played = play(world, directory, [feature])
  const page = new Hono<ConsoleEnv>()
  page.use(async (c, next) => {
    c.set('person', { id: 'chen', name: '陈姐', roles: ['organizer'] })
    c.set('csrfToken', 't')
    await next()
  })
  for (const one of feature.pages ?? []) mountPage(page, one)
  /** The fields of the first form as an organizer sees it now. */
  async function formNow(): Promise<Record<string, string>> {
    const text = await (await page.request('/pledges')).text()
    const [, first = ''] = text.split('action="/pledges"')
    const fields = first.split('</form>')[0]?.matchAll(/name="(\w+)" value="([^"]*)"/gu) ?? []
    return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, value]))
  }
  const press = async (fields: Record<string, string>) =>
    (await page.request('/pledges', { method: 'POST', body: new URLSearchParams(fields) })).text()
  const book = openPledges(parts)
  return { ...played, feature, shown, book, lin: played.person('lin', '林小美'), formNow, press }
}

test('a pledge is seen as it will stand, agreed to, looked at, shown without a name, and taken back at any time', async () => {
  const { lin, shown, book, formNow, press } = openTown()
  await lin.says('同意承诺', '还没有写承诺')
  await lin.says('承诺', '请把话写在后面')
  await lin.says('承诺 跟张伟学，电话13800138000', '【承诺】跟某某学，电话〔手机号〕\n——优空间的一位成员')
  await lin.says('承诺 每月帮一家新公司看材料', '没有点赞，不计数')
  expect(await formNow()).toEqual({})
  await lin.says('同意承诺', '组织者看过就放上E空间')
  expect(await shown()).toEqual([])
  await press(await formNow())
  expect(await shown()).toEqual([
    { kind: '承诺', text: '每月帮一家新公司看材料', byline: '优空间的一位成员' },
  ])
  await lin.says('承诺', '现在：在E空间上')
  // A new text needs a new consent.
  await lin.says('承诺 改成每周', '现在：本人还没同意')
  expect(await shown()).toEqual([])
  await lin.says('同意承诺', '好')
  await press(await formNow())
  await lin.says('收回承诺', '收回了')
  expect(await book.all()).toEqual([])
  await lin.says('收回承诺', '没有写过')
})

test('an organizer lets stand what they were shown, and nothing that the member wrote since', async () => {
  const { lin, shown, formNow, press } = openTown()
  await lin.says('承诺 每月帮一家新公司看材料', '没有点赞')
  await lin.says('同意承诺', '好')
  const looked = await formNow()
  await lin.says('承诺 某某公司是骗子', '现在：本人还没同意')
  expect(await press(looked)).toContain('刚被本人改过，这次没有执行')
  await lin.says('同意承诺', '好')
  for (const fields of [looked, { ...looked, seen: '' }])
    expect(await press(fields)).toContain('刚被本人改过，这次没有执行')
  expect(await shown()).toEqual([])
  await press(await formNow())
  expect(await shown()).toMatchObject([{ text: '某某公司是骗子' }])
})

test('what is kept of a member is shown, moves with them and is erased', async () => {
  const { lin, feature, book } = openTown()
  await lin.says('示范岗 每天八点半开门', '【示范岗】')
  const somebody = { memberId: 'm-lin', chatIds: ['lin'], names: ['林小美'] }
  expect(await feature.personal?.kept(somebody)).toEqual([
    '承诺和示范岗：1 条',
    '· 示范岗：每天八点半开门（本人还没同意）',
  ])
  await feature.personal?.merge(new Map([['m-lin', 'm-2']]))
  expect((await book.of('m-2')).map(({ text }) => text)).toEqual(['每天八点半开门'])
  await feature.personal?.forget({ ...somebody, memberId: 'm-2' }, 'alias')
  expect(await book.all()).toEqual([])
})
