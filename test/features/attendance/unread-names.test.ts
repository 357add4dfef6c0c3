import { expect, test } from 'vitest'
import { group, openRoom } from './room.ts'

test('people whose names the line did not give are counted in one clause, not named one by one', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 60 })
  await room.mei.says('签到')
  for (const id of ['a', 'b', 'c']) await room.person(id, '', group).says('签到')
  await room.forward({ seconds: 40 })
  const receipt = room.outbox.toGroup(group).find(text => text.includes('刚签到'))
  expect(receipt).toContain(
    '刚签到 4 人：优空间-小美，另有 3 人的名字没取到。名字没取到的请发「我是 姓名 众创空间」，我好对上。',
  )

  await room.chen.says('下课', '下课了')
  await room.forward({ seconds: 40 })
  const tally = room.outbox.toPerson('chen').find(text => text.includes('签到表见附件'))
  expect(tally).toContain('到：优空间-小美，另有 3 人的名字没取到')
  expect(tally).toContain('3 人的名字没取到：请他们在群里发「我是 姓名 众创空间」')
  expect(tally).not.toContain('没有名字')
})
