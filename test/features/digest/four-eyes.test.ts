import { expect, test } from 'vitest'
import { StreamPlan } from '../../../src/features/digest/broadcast/records.ts'
import type { Role } from '../../../src/ports/directory.ts'
import { createFixedDirectory, createWorld } from '../../conversation.ts'
import { pass } from '../../outbox/world.ts'
import { anItem, createItemList, groups, openDigest, openDigestPage } from './world.ts'

test('a reviewer who read an older text is shown the new one before an approval counts', async () => {
  const world = createWorld('2026-11-27T21:40:00+08:00')
  const d = openDigest({ world })
  await d.start()
  await d.org.send(d.org.message('拟通知 明天上午10点 发到 全部\n各位创客，周六下午两点开会，免费参加。'))
  await d.org.send(d.org.message('送审 1'))
  await pass(world, 30, 1000)
  await d.forward({ minutes: 30 })
  await d.org.send(d.org.message('改推送 1 正文\n各位创客，周六下午两点开会，每人交 500 元。'))
  await pass(world, 30, 1000)
  const shown = await d.lin.send(d.lin.message('通过 1'))
  expect(shown.map(({ text }) => text).join('\n')).toContain('每人交 500 元')
  await d.forward({ hours: 12 })
  await pass(world, 60, 1000)
  const groups = world.said.filter(({ target }) => 'groupId' in target).map(({ reply }) => reply.text)
  expect(groups.join()).not.toContain('500 元')
})

test('a letter with the whole text that arrived counts as shown', async () => {
  const world = createWorld('2026-11-27T10:00:00+08:00')
  const d = openDigest({ world })
  await d.start()
  await d.org.send(d.org.message('拟通知 明天上午10点 发到 全部\n各位创客，周六下午两点开会，免费参加。'))
  await d.org.send(d.org.message('送审 2'))
  await pass(world, 30, 1000)
  expect(d.toldTo('lin').join()).toContain('免费参加')
  const [answer] = await d.lin.send(d.lin.message('通过 2'))
  expect(answer?.text).toContain('推送 2 通过了')
})

test('the author approves by no second account either', async () => {
  const world = createWorld('2026-11-27T10:00:00+08:00')
  const fixed = createFixedDirectory(groups, { org: ['organizer'], he: ['reviewer'], lin: ['reviewer'] })
  const own: ReadonlySet<string> = new Set(['org', 'he'])
  const directory = { ...fixed, identitiesOf: async (id: string) => (own.has(id) ? own : new Set([id])) }
  const d = openDigest({ world, parts: { directory } })
  await d.start()
  await d.org.send(d.org.message('拟通知 明天上午10点 发到 全部\n各位创客，周六下午两点开会，免费参加。'))
  await d.org.send(d.org.message('送审 2'))
  await d.he.send(d.he.message('预览 2'))
  await d.he.says('通过 2', '是你写的，要由另一位')
  await d.lin.send(d.lin.message('预览 2'))
  await d.lin.says('通过 2', '推送 2 通过了')
})

test('a preview that a broken line lost counts as not shown', async () => {
  const world = createWorld('2026-11-27T10:00:00+08:00')
  const d = openDigest({ world })
  await d.start()
  await d.org.send(d.org.message('拟通知 明天上午10点 发到 全部\n各位创客，周六下午两点开会，免费参加。'))
  await d.org.send(d.org.message('送审 2'))
  const lost = await d.played.bot.answer(d.lin.message('预览 2'))
  expect(lost).toHaveLength(2)
  for (const { whenDone } of lost) await whenDone?.(false)
  await d.lin.says('通过 2', '还没有给你看过原文', '推送 2 等你确认', '免费参加')
  await d.lin.says('通过 2', '推送 2 通过了')
})

test('an approval waits for a preview that is on its way, and counts only where it was sent', async () => {
  for (const isSent of [false, true]) {
    const d = openDigest({ world: createWorld('2026-11-27T10:00:00+08:00') })
    await d.start()
    await d.org.send(d.org.message('拟通知 明天上午10点 发到 全部\n各位创客，周六下午两点开会，免费参加。'))
    await d.org.send(d.org.message('送审 2'))
    const onTheWay = await d.played.bot.answer(d.lin.message('预览 2'))
    const approving = d.lin.send(d.lin.message('通过 2'))
    for (const { whenDone } of onTheWay) await whenDone?.(isSent)
    const [answer] = await approving
    expect(answer?.text).toContain(isSent ? '推送 2 通过了' : '还没有给你看过原文')
  }
})

test('an edit by the shared log-in takes no authorship from the person who wrote it', async () => {
  const d = openDigest({ world: createWorld('2026-11-27T10:00:00+08:00') })
  await d.start()
  await d.org.send(d.org.message('拟通知 明天上午10点 发到 全部\n各位创客，周六下午两点开会，免费参加。'))
  const page = openDigestPage(d, { id: 'office:password', name: '组织者', roles: ['maker', 'organizer'] })
  const form = await page.get('/2/edit')
  const edited = await page.post('/2/edit', {
    title: '开会',
    text: '各位创客，周六下午两点开会，免费参加！',
    targets: '全部',
    when: page.field(form, 'when'),
    revision: page.field(form, 'revision'),
  })
  expect(edited).toMatchObject({ status: 303 })
  await d.org.send(d.org.message('送审 2'))
  await d.org.send(d.org.message('预览 2'))
  await d.org.says('通过 2', '分不清是谁写的，还要另一位同意才发')
  expect(d.toldTo('lin').join()).not.toContain('陈姐 同意了')
  await pass(d.world, 30, 1000)
  expect(d.toldTo('lin').join()).toContain('陈姐 同意了')
  expect(d.toldTo('org').join()).not.toContain('陈姐 同意了')
  await d.org.says('通过 2', '已经同意过了')
  await d.lin.send(d.lin.message('预览 2'))
  await d.lin.says('通过 2', '推送 2 通过了')
})

/** A notice that was typed through the shared log-in, with the agreement of one person. */
async function openAgreedNotice() {
  const d = openDigest({ world: createWorld('2026-11-27T10:00:00+08:00') })
  await d.start()
  const page = openDigestPage(d, { id: 'office:password', name: '组织者', roles: ['maker', 'organizer'] })
  await page.post('/new', {
    title: '开会',
    text: '周六开会，每人交 500 元。',
    targets: '全部',
    when: '明天上午10点',
  })
  await page.post('/2/submit')
  await d.lin.send(d.lin.message('预览 2'))
  await d.lin.says('通过 2', '记下了你的同意，还没有发')
  return d
}

test('what was typed wholly through the shared log-in goes out after two persons agreed to it', async () => {
  const d = await openAgreedNotice()
  await d.forward({ hours: 26 })
  expect(d.arrived()).toEqual([])
})

test('an agreement to one send time counts for no other', async () => {
  const d = await openAgreedNotice()
  await d.org.send(d.org.message('预览 2'))
  await d.org.send(d.org.message('改推送 2 时间 明天11:00'))
  await d.he.send(d.he.message('预览 2'))
  await d.he.says('通过 2', '记下了你的同意，还没有发')
  await d.lin.send(d.lin.message('预览 2'))
  await d.lin.says('通过 2', '推送 2 通过了')
})

test('a plan that composes a digest makes nobody approve alone what nobody else has read', async () => {
  const chen = { id: 'org', name: '陈姐' }
  const itemList = createItemList(anItem('loan', { readers: [chen] }))
  const d = openDigest({ world: createWorld('2026-11-26T16:00:00+08:00'), itemList })
  await d.start()
  await d.forward({ hours: 1 })
  await d.org.send(d.org.message('预览 1'))
  await d.org.says('通过 1', '里的内容只有你看过，要由另一位组织者或审核人来通过')
  await d.he.send(d.he.message('预览 1'))
  await d.he.says('通过 1', '推送 1 通过了')
})

test.each([
  [
    'two persons had each item before them',
    [
      { id: 'org', name: '陈姐' },
      { id: 'lin', name: '林书记' },
    ],
    '推送 1 通过了',
  ],
  ['the shared log-in took the item', [{ id: 'office:password', name: '组织者' }], '还要另一位同意才发'],
])('a composed digest where %s', async (_, readers, said) => {
  const itemList = createItemList(anItem('loan', { readers }))
  const d = openDigest({ world: createWorld('2026-11-26T16:00:00+08:00'), itemList })
  await d.start()
  await d.forward({ hours: 1 })
  await d.org.send(d.org.message('预览 1'))
  await d.org.says('通过 1', said)
})

test('items of two organizers: the second approval sends the digest', async () => {
  const itemList = createItemList(
    anItem('loan', { readers: [{ id: 'org', name: '陈姐' }] }),
    anItem('tax', { readers: [{ id: 'he', name: '老何' }] }),
  )
  const d = openDigest({ world: createWorld('2026-11-26T16:00:00+08:00'), itemList })
  await d.start()
  await d.forward({ hours: 1 })
  await d.org.send(d.org.message('预览 1'))
  await d.org.says('通过 1', '里面有 你 经手的内容，也有别人经手的，还要另一位同意才发')
  await d.he.send(d.he.message('预览 1'))
  await d.he.says('通过 1', '推送 1 通过了')
})

test('who writes the last line of every digest does not approve it alone', async () => {
  const d = openDigest({
    world: createWorld('2026-11-26T15:00:00+08:00'),
    itemList: createItemList(anItem('loan')),
  })
  await d.start()
  const page = openDigestPage(d, { id: 'org', name: '陈姐', roles: ['maker', 'organizer'] })
  const form = await page.get('/plans/政策')
  const plan = {
    title: '政策速递',
    schedule: '每周五16:30',
    targets: '全部',
    most: '5',
    sinceDays: '90',
    leadHours: '24',
  }
  const revision = page.field(form, 'revision')
  expect(
    await page.post('/plans/政策', { ...plan, closing: '交 500 元到我的账户。', revision }),
  ).toMatchObject({ status: 303 })
  await d.forward({ hours: 2 })
  await d.org.send(d.org.message('预览 1'))
  await d.org.says('通过 1', '只有你看过')
})

test('who takes a plan back to the words of another is no only author of them', async () => {
  const d = openDigest({
    world: createWorld('2026-11-26T15:00:00+08:00'),
    itemList: createItemList(anItem('loan')),
  })
  await d.start()
  const chen = { id: 'org', name: '陈姐', roles: ['maker', 'organizer'] as Role[] }
  const page = openDigestPage(d, chen)
  const plan = { title: '政策速递', schedule: '每周五16:30', targets: '全部' }
  const write = async (closing: string) => {
    const revision = page.field(await page.get('/plans/政策'), 'revision')
    const fields = { ...plan, most: '5', sinceDays: '90', leadHours: '24', closing, revision }
    expect(await page.post('/plans/政策', fields)).toMatchObject({ status: 303 })
  }
  await write('交 500 元到我的账户。')
  page.become({ id: 'he', name: '老何', roles: ['maker', 'organizer'] })
  await write('想细问，在群里 @我。')
  const shown = await page.get('/plans/政策')
  const back = { until: page.field(shown, 'until'), revision: page.field(shown, 'revision') }
  expect(await page.post('/plans/政策/undo', back)).toMatchObject({ status: 303 })
  await d.forward({ hours: 2 })
  await d.org.send(d.org.message('预览 1'))
  await d.org.says('通过 1', '里面有 你 经手的内容，也有别人经手的，还要另一位同意才发')
  const { personal } = d.feature
  const person = { memberId: 'm-org', chatIds: ['org'], names: [] }
  await personal?.forget(person, 'alias-1')
  expect(await personal?.kept(person)).toEqual([])
  const kept = await d.world.store.collection('digest-plans', StreamPlan).get('plans/政策')
  expect(kept?.history?.[0]?.authors?.map(({ name }) => name)).toEqual(['老何'])
  expect(JSON.stringify(kept)).not.toContain('陈姐')
})

test('a file added by a colleague who was not shown the text makes them no reader of it', async () => {
  const d = openDigest({ world: createWorld('2026-11-27T10:00:00+08:00') })
  await d.start()
  await d.org.send(
    d.org.message('拟通知 明天上午10点 发到 全部\n各位创客，周六下午两点开会，每人交 500 元。'),
  )
  await d.org.send(d.org.message('送审 2'))
  const page = openDigestPage(d, { id: 'he', name: '老何', roles: ['maker', 'organizer'] })
  const body = new FormData()
  body.set('revision', '2')
  body.set('file', new File(['资料'], '资料.txt'))
  expect((await page.app.request('/digest/2/files', { method: 'POST', body })).status).toBe(303)
  await d.org.send(d.org.message('预览 2'))
  await d.org.says('通过 2', '记下了你的同意，还没有发')
})
