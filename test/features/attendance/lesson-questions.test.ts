import { test } from 'vitest'
import { openRoom } from './room.ts'

test('when, where and who of the next lesson', async () => {
  const { chen, mei } = await openRoom()
  await mei.asks('下次微党课几点', '还没有排课')
  await chen.says('开课 周末微党课 明天14:00-15:30 主讲 王老师 地点 优空间二楼', '开课了')
  await mei.asks('下次微党课几点', '「周末微党课」明天 14:00–15:30')
  await mei.asks('明天谁讲', '主讲 王老师')
  await mei.asks('谁来讲课', '主讲 王老师')
  await mei.asks('下周三有课吗', '那天没有课。下一次是「周末微党课」')
})

test("one's own sign-up and sign-in", async () => {
  const { chen, mei, forward } = await openRoom()
  await chen.says('开课 路演 14:00-15:00 报名', '想来的请发「报名」')
  await mei.asks('我报名了吗', '你还没有报名')
  await mei.says('报名')
  await mei.asks('我报上名了没', '你报上名了')
  await forward({ minutes: 55 })
  await mei.asks('我签到成功了吗', '还没有收到你的签到')
  await mei.says('签到')
  await mei.asks('我刚才签到成功没', '的签到了')
})

test('how to ask for leave', async () => {
  const { mei } = await openRoom()
  await mei.asks('怎么请假', '请假发「请假」加上原因')
})
