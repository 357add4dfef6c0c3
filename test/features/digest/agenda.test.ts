import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { createWorld } from '../../conversation.ts'
import { openDigest } from './world.ts'

const at = (text: string) => Temporal.Instant.from(`${text}+08:00`)
const month = [at('2026-11-01T00:00'), at('2026-12-01T00:00')] as const

test('the calendar lists broadcasts by number and title, and no run from before the bot ran', async () => {
  const { feature, start, outbox } = openDigest()
  await start()
  const entries = (await feature.calendar?.(...month)) ?? []
  expect(entries.map(({ kind, title }) => `${kind}：${title}`)).toEqual(['推送 1：政策速递（待审）'])
  expect(entries[0]?.path).toBe('/digest/1')
  const december = (await feature.calendar?.(month[1], at('2027-01-01T00:00'))) ?? []
  expect(december.map(({ title }) => title)).toContain('政策速递（还没拟）')
  await outbox.stop()
})

test('chores name the push, its time, and what did not go out', async () => {
  const { feature, start, forward, outbox } = openDigest()
  await start()
  expect(await feature.chores?.()).toEqual([
    { text: '推送 1「政策速递」等审核，今天 16:30 发', path: '/digest/1' },
  ])
  await forward({ hours: 3 })
  await outbox.stop()
  expect((await feature.chores?.())?.map(({ text }) => text)).toEqual(['推送 1「政策速递」过期了，没有发'])
})

test('what is due names the push', async () => {
  const { played, start, outbox } = openDigest()
  await start()
  const upcoming = await played.jobs.upcoming(8)
  const titles = upcoming.map(({ due }) => due.title)
  expect(titles).toContain('推送「政策速递」')
  expect(titles).toContain('「政策速递」拟稿，送审')
  await outbox.stop()
})

test('an expired push is told to its author, who organizes no more', async () => {
  const roles: Record<string, ('organizer' | 'reviewer')[]> = {
    org: ['organizer'],
    he: ['organizer'],
    lin: ['reviewer'],
  }
  const { org, start, forward, outbox, toldTo } = openDigest({ roles })
  await start()
  await org.send(org.message('拟通知 今天17:00 发到 全部\n明天停水半天。', { id: 'draft' }))
  await org.send(org.message('送审 2', { id: 'submit' }))
  roles.org = []
  await forward({ hours: 4 })
  await outbox.stop()
  expect(toldTo('org').join('\n')).toContain('推送 2「明天停水半天」过了时效')
})

test('the title of a notice follows its text until a person writes one', async () => {
  const { org, start, outbox } = openDigest()
  await start()
  await org.send(org.message('拟通知 今天17:00 发到 全部\n明天停水半天，请存水。', { id: 'draft' }))
  await org.send(org.message('改推送 2 正文\n后天停电一天，请存盘。', { id: 'edit' }))
  const [said] = await org.send(org.message('送审 2', { id: 'submit' }))
  expect(said?.text).toContain('推送 2')
  const titled = async (id: string) => (await org.send(org.message('推送列表', { id })))[0]?.text ?? ''
  expect(await titled('list-1')).toContain('「后天停电一天」')
  await org.send(org.message('改推送 2 标题 停电通知', { id: 'title' }))
  await org.send(org.message('改推送 2 正文\n大后天停气。', { id: 'edit-2' }))
  expect(await titled('list-2')).toContain('「停电通知」')
  await outbox.stop()
})

test.each([
  ['2026-11-27T22:10:00+08:00', '明早 09:00'],
  ['2026-11-28T00:30:00+08:00', '今早 09:00'],
])('at night (%s) the review says when it goes out, before the approval', async (now, morning) => {
  const { org, lin, start, outbox, toldTo, forward } = openDigest({ world: createWorld(now) })
  await start()
  const drafted = await org.send(org.message('拟通知 现在 发到 全部\n明天停水半天。', { id: 'draft' }))
  const number = /推送 (\d+)/u.exec(drafted[0]?.text ?? '')?.[1]
  await org.send(org.message(`送审 ${number}`, { id: 'submit' }))
  const shown = await lin.send(lin.message(`预览 ${number}`, { id: 'look' }))
  expect(shown[0]?.text).toContain(`通过以后${morning} 发`)
  // The letter waits for the morning, when an approval sends at once.
  await forward({ hours: 11 })
  expect(toldTo('lin')).toEqual([expect.stringContaining('等审核：陈姐 写的，通过以后就发')])
  await outbox.stop()
})

test('what is scheduled for the day is not said to wait for the end of the night', async () => {
  const { org, start, outbox } = openDigest({ world: createWorld('2026-11-27T22:10:00+08:00') })
  await start()
  const heads = async (when: string, id: string) => {
    const drafted = await org.send(
      org.message(`拟通知 ${when} 发到 全部\n明天停水半天。`, { id: `draft-${id}` }),
    )
    const number = /推送 (\d+)/u.exec(drafted[0]?.text ?? '')?.[1]
    return (await org.send(org.message(`送审 ${number}`, { id: `submit-${id}` })))[0]?.text ?? ''
  }
  expect(await heads('现在', 'a')).toContain('现在是夜里')
  const scheduled = await heads('明天10:00', 'b')
  expect(scheduled).toContain('明天 10:00')
  expect(scheduled).not.toContain('现在是夜里')
  await outbox.stop()
})
