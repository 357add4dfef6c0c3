import { expect, test } from 'vitest'
import { pass } from '../../outbox/world.ts'
import { openDigest } from './world.ts'

test('what broadcasts keep of a person is told to them, and forgotten under no name; that two looked stays', async () => {
  const { feature, org, he, start, outbox, world } = openDigest({ parts: {} })
  await start()
  await org.says('立即推送', '推送 2', '政策速递')
  await he.says('通过 2', '开始发了')
  await pass(world, 30)
  await outbox.stop()
  await org.says('改排期 政策 每周四9点', '接下来五次')
  await org.says('确认排期', '改好了')
  const { personal } = feature
  if (!personal) throw new Error('broadcasts keep something about people')
  const chen = { memberId: 'm-org', chatIds: ['org'], names: [] }
  expect(await personal.kept(chen)).toEqual(['写过、审过或取消过的推送：1 份', '改过的推送排期：1 个'])
  expect(await personal.kept({ memberId: 'nobody', chatIds: [], names: [] })).toEqual([])
  for (let i = 0; i < 2; i++) await personal.forget(chen, 'alias-1')
  expect(await personal.kept(chen)).toEqual([])
  const [said] = await he.says('预览 2', '推送 2', '政策速递')
  expect(said?.text).not.toContain('陈姐')
  await he.says('推送情况 2', '完成')
})
