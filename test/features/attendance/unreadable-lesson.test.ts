import { expect, test } from 'vitest'
import type { Store } from '../../../src/ports/store.ts'
import { group, openRoom, otherGroup } from './room.ts'

/** Two lessons at 14:00, one in each group; the check-ins of the lesson of {@link group} can be made unreadable. */
async function openTwo() {
  const broken = new Set<string>()
  const room = await openRoom(undefined, async (store: Store) => {
    const open = store.collection
    store.collection = (name, schema, ...more) => {
      const collection = open(name, schema, ...more)
      if (name !== 'check-ins') return collection
      const refuse = (key: string) => broken.has(key.split('/')[0] ?? '')
      return {
        ...collection,
        list: prefix =>
          refuse(prefix) ? Promise.reject(new Error('a broken shard')) : collection.list(prefix),
      }
    }
  })
  const there = room.person('chen', '陈姐', otherGroup)
  await room.chen.says('开课 甲课 14:00-15:00', '开课了')
  await there.says('开课 乙课 14:00-15:00', '开课了')
  const lessons = await room.lessonsBetween('2026-11-28', '2026-11-29')
  const idOf = (title: string) => lessons.find(one => one.title === title)?.id ?? ''
  await room.forward({ minutes: 60 })
  return { ...room, breakOne: () => broken.add(idOf('甲课')), there, idOf }
}

test('a lesson whose sign-ins cannot be read keeps no other from its receipts and its tally', async () => {
  const { breakOne, person, forward, outbox, there } = await openTwo()
  breakOne()
  await person('li', '李四', otherGroup).send(person('li', '李四', otherGroup).message('签到'))
  await forward({ seconds: 40 })
  expect(outbox.toGroup(otherGroup).join()).toContain('刚签到 1 人：李四')
  await there.says('下课 乙课', '下课了')
  await forward({ seconds: 40 })
  expect(outbox.toPerson('chen').join()).toContain('签到表见附件')
})

test('nor from what is told of corrections, and of messages that were taken back', async () => {
  const { breakOne, person, forward, outbox, there, mei, chen, feature } = await openTwo()
  const li = person('li', '李四', otherGroup)
  await mei.send(mei.message('签到'))
  const signedIn = li.message('签到')
  await li.send(signedIn)
  await forward({ minutes: 65 })
  await chen.says('更正 小美 请假', '')
  await there.says('更正 李四 请假', '')
  breakOne()
  await forward({ minutes: 2 })
  expect(outbox.toPerson('chen').join()).toContain('统计发出以后有更正：「乙课」')
  await there.says('撤销更正 李四', '')
  await feature.onRecalled?.(signedIn.id).catch(() => {})
  await forward({ minutes: 2 })
  expect(outbox.toPerson('chen').join()).toContain('李四 撤回了')
})
