import { expect, test } from 'vitest'
import { createFixedDirectory, createWorld } from '../../conversation.ts'
import { pass } from '../../outbox/world.ts'
import { groups, openDigest, openDigestPage } from './world.ts'

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
  await d.org.says('通过 2', '是你写的，要由另一位')
})
