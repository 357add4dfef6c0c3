import { expect, test } from 'vitest'
import { createWorld } from '../../conversation.ts'
import { openClaimed } from './claimed-office.ts'
import { openOffice } from './office.ts'

const sweep = async (
  { feature, clock }: Pick<ReturnType<typeof openOffice>, 'feature' | 'clock'>,
  name = 'applications',
): Promise<void> => feature.sweeps?.find(one => one.name === name)?.run(clock.now())

test('a person applies three times a day, whatever the answers were, and again the next day', async () => {
  const { chen, x, clock } = await openClaimed()
  for (const number of [1, 2, 3]) {
    await x.says('申请审核人', `申请是 ${number} 号`)
    // A refused one is not counted.
    await x.says('申请审核人', '已经在等')
    await chen.says(`不同意 ${number}`, '没有通过')
  }
  for (const role of ['审核人', '组织者', '审计员'])
    await x.says(`申请${role}`, '今天已经申请过三次了，请明天再申请')
  clock.forward({ hours: 24 })
  await x.says('申请审核人', '申请是 4 号')
})

test('the limit is the person’s: another chat id of the same person brings no further application', async () => {
  const { chen, x, person } = await openClaimed()
  const other = person('x2', '路人')
  const [issued] = await x.says('关联账号', '关联码')
  await other.says(`关联 ${/\d{6}/.exec(issued?.text ?? '')?.[0]}`, '记在一起')
  for (const [number, who] of [x, other, x].entries()) {
    await who.says('申请审核人', `申请是 ${number + 1} 号`)
    await chen.says(`不同意 ${number + 1}`, '没有通过')
  }
  for (const who of [other, x]) await who.says('申请审核人', '申请过三次了')
})

test('many applications are one message to the organizers in half an hour', async () => {
  const office = await openClaimed()
  const { chen, person, outbox, clock } = office
  for (let n = 1; n <= 12; n++) await person(`p${n}`, `路人${n}`).says('申请审核人', `申请是 ${n} 号`)
  await sweep(office)
  expect(outbox.toPerson('chen')).toEqual([
    '路人1 申请做审核人。\n同意请回「同意 1」，不同意请回「不同意 1」。',
  ])
  await chen.says('不同意 2', '没有通过')
  clock.forward({ minutes: 30 })
  await sweep(office)
  expect(outbox.toPerson('chen').length).toBe(2)
  const gathered = outbox.toPerson('chen')[1]
  expect(gathered).toContain('有 10 个申请等你定：\n3 号 路人3 申请审核人\n4 号 路人4')
  expect(gathered).toContain('10 号 路人10 申请审核人\n……还有 2 个，发「组织者名单」看全部。')
  clock.forward({ minutes: 60 })
  await sweep(office)
  expect(outbox.toPerson('chen').length).toBe(2)
})

test('a restart loses no application that was still to be told, and tells none again', async () => {
  const world = createWorld()
  const before = await openClaimed({ world })
  await before.x.says('申请审核人', '申请是 1 号')
  await before.person('li', '李四').says('申请组织者', '申请是 2 号')
  const after = openOffice({ world })
  await sweep(after)
  expect(after.outbox.toPerson('chen')).toEqual([expect.stringContaining('李四 申请做组织者')])
})

test('an organizer who applies is not asked about the own application', async () => {
  const office = await openClaimed()
  const { chen, person, outbox, clock } = office
  const li = person('li', '李四')
  await li.says('申请组织者', '申请是 1 号')
  await chen.says('同意', '李四 现在是组织者了')
  await person('wang', '王五').says('申请审核人', '申请是 2 号')
  await li.says('申请审核人', '申请是 3 号')
  await office.x.says('申请审核人', '申请是 4 号')
  clock.forward({ minutes: 31 })
  await sweep(office)
  expect(outbox.toPerson('chen').at(-1)).toContain('有 2 个申请等你定')
  expect(outbox.toPerson('li').at(-1)).toContain('路人 申请做审核人。\n同意请回「同意 4」')
})
