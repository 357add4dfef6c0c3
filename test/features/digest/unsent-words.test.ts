import { expect, test } from 'vitest'
import { createWorld } from '../../conversation.ts'
import { openDigest } from './world.ts'

test('a notice with a time is not listed as if it would go out, and one that expired is to be written anew', async () => {
  const d = openDigest({ world: createWorld('2026-11-27T10:00:00+08:00') })
  await d.start()
  await d.org.send(d.org.message('拟通知 今天11点 发到 全部\n各位创客，周六下午两点开会。'))
  const listed = async () => (await d.org.send(d.org.message('推送列表')))[0]?.text
  expect(await listed()).toMatch(/^今天 11:00 推送 \d「[^」]+」，还是草稿，没送审不会发$/mu)
  const number = /今天 11:00 推送 (\d)/u.exec((await listed()) ?? '')?.[1]
  await d.org.send(d.org.message(`送审 ${number}`))
  expect(await listed()).toContain('，等审核，没通过不会发')
  for (let hour = 0; hour < 30; hour++) await d.forward({ hours: 1 })
  const told = d.toldTo('org').find(text => text.includes(`推送 ${number}`) && text.includes('过了时效'))
  expect(told).toContain('请另写一条：私聊我发「拟通知')
  expect(told).not.toContain('立即推送')
  await d.org.says(`送审 ${number}`, `推送 ${number} 已经过期了，没有发。要发的话，请另写一条`)
})

test('the run of a push that nobody approved is recorded as not done, and why', async () => {
  const d = openDigest({ world: createWorld('2026-11-27T10:00:00+08:00') })
  await d.start()
  const job = d.feature.jobs?.find(({ name }) => name === 'digest')
  await d.org.send(d.org.message('拟通知 今天11点 发到 全部\n各位创客，周六下午两点开会。'))
  const from = d.world.clock.now()
  const [due] = (await job?.due(from, from.add({ hours: 2 }))) ?? []
  if (!job || !due) throw new Error('nothing is due')
  await d.forward({ hours: 2 })
  expect(await job.undone?.(due)).toBe('到点时还是草稿')
  expect(await job.undone?.({ ...due, key: '政策@2026-11-20T08:30:00Z' })).toBe('没有新内容')
})
