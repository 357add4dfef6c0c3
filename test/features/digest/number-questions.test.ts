import { test } from 'vitest'
import { openDigest } from './world.ts'

test('「1通过了吗」 of an approver is answered by the state of that push, of a maker by nothing', async () => {
  const { org, lin, played, start } = openDigest()
  await start()
  await org.says('1通过了吗', '推送 1：')
  await lin.says('推送1号发了没', '待审')
  await org.says('9通过了吗', '没有推送 9，也没有还没定的 9 号申请')
  await played.person('mei', '小美').says('1通过了吗')
})
