import { expect, test } from 'vitest'
import { groups, openDigest } from './world.ts'

/** A notice that was approved two days ago, paused on its day, and moved to at once while it was paused. */
async function openPaused() {
  const opened = openDigest()
  const { org, lin, start, forward } = opened
  await start()
  await org.says('拟通知 11月29日 9:00\n周日停水半天', '推送 2', '停水半天', '这是草稿')
  await org.send(org.message('送审 2'))
  await lin.send(lin.message('预览 2'))
  await lin.says('通过 2', '通过了')
  await forward({ hours: 40 })
  await org.says('暂停 2', '暂停了')
  await forward({ hours: 2 })
  await org.send(org.message('预览 2'))
  await org.says('改推送 2 时间 马上', '改好了，内容没变', '停水半天')
  return opened
}

test('a pause counts from the last change, not from an approval of days ago', async () => {
  const { org, outbox, forward, arrived, toldTo } = await openPaused()
  await forward({ minutes: 5 })
  await org.says('推送情况 2', '暂停着')
  await forward({ hours: 23 })
  await org.says('推送情况 2', '暂停着')
  expect(toldTo('org').join()).not.toContain('推送 2「通知」过了时效')
  await org.says('恢复 2', '恢复了')
  await forward({ minutes: 5 })
  await outbox.stop()
  expect(arrived()).toEqual(groups)
})

test('a day after the last change it expires, and says why', async () => {
  const { org, outbox, forward, arrived, toldTo } = await openPaused()
  await forward({ hours: 25 })
  await org.says('恢复 2', '已经过期了')
  await outbox.stop()
  expect(arrived()).toEqual([])
  expect(toldTo('org').join()).toContain('过了时效，没有发：通过以后暂停超过 24 小时')
})
