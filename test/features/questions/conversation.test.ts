import { describe, expect, test } from 'vitest'
import { openQuestionRecords } from '../../../src/features/questions/log/records.ts'
import { createWorld } from '../../conversation.ts'
import { group, openDeskWorld, unknownQuestion } from '../desk/desk-world.ts'

type Room = Awaited<ReturnType<typeof openDeskWorld>>

/** Records of the log a few seconds after a question. */
async function kept({ world, asked }: Room) {
  await asked.feature.stop?.()
  return (await openQuestionRecords(world.store).list('')).map(({ value }) => value)
}

describe('「有用」 and 「没用」', () => {
  test('count for the answer just given, without a mention', async () => {
    const room = await openDeskWorld()
    await room.mei.asks('高企怎么报', '依据')
    await room.mei.says('有用', '记下了，谢谢')
    expect(await kept(room)).toMatchObject([{ outcome: 'answer', useful: true }])
    await room.mei.says('没用', '要请指导员来答，发「转人工」')
    expect(await kept(room)).toMatchObject([{ outcome: 'answer', useful: false }])
  })
  test('do not count from another person, elsewhere, after five minutes, or where nothing was answered', async () => {
    const room = await openDeskWorld()
    await room.mei.says('有用')
    await room.mei.asks('高企怎么报', '依据')
    await room.zhang.says('有用')
    await room.meiAlone.says('有用', '请在我答完五分钟内说')
    await room.forward({ minutes: 6 })
    await room.mei.says('没用')
    await room.mei.asks('没用', '请在我答完五分钟内说')
    await room.mei.asks(unknownQuestion, '已转给')
    await room.mei.says('没用')
    expect((await kept(room)).map(({ useful }) => useful)).toEqual([undefined, undefined])
  })
  test('are words of their own: 「有用吗」 is none', async () => {
    const room = await openDeskWorld()
    await room.mei.asks('高企怎么报', '依据')
    await room.mei.says('有用吗')
  })
  test('count for what was chosen', async () => {
    const room = await openDeskWorld()
    await room.mei.asks('高新技术企业奖励有多少', '可能指好几样')
    await room.mei.says('1', '依据')
    await room.mei.says('很有用', '记下了')
    expect(await kept(room)).toMatchObject([
      { question: '高新技术企业奖励有多少', outcome: 'chosen', useful: true },
    ])
  })
})

describe('the log', () => {
  test('keeps who by member id, what without names and numbers, and how it was met', async () => {
    const room = await openDeskWorld()
    await room.mei.asks('张唯的公司（电话13800001234）高企怎么报', '')
    const [record] = await kept(room)
    expect(record).toMatchObject({ memberId: 'm-mei', groupId: group })
    expect(record?.question).toContain('〔成员 m-zhang〕的公司（电话〔手机号〕）高企怎么报')
    expect(JSON.stringify(await kept(room))).not.toMatch(/张唯|小美|1380000/u)
  })
  test('keeps each of two questions, and the ticket of what was passed on', async () => {
    const room = await openDeskWorld()
    await room.mei.asks(`高企怎么报？${unknownQuestion}？`, '已转给何国平指导员（1 号）')
    const records = await kept(room)
    expect(records.map(({ outcome, ticket }) => [outcome, ticket])).toEqual([
      ['answer', undefined],
      ['none', 1],
    ])
    expect(records[0]?.programme).toBe('hnte')
  })
  test('keeps nothing of chatter, commands and words without a question', async () => {
    const room = await openDeskWorld()
    await room.mei.says('恭喜优空间拿到高企')
    await room.mei.says('我的咨询', '没有')
    await room.mei.asks('👍', '直接打字问我')
    expect(await kept(room)).toEqual([])
  })
  test('of a day on which everybody asks is kept in several shards, and forgotten like any other', async () => {
    const room = await openDeskWorld()
    const message = room.mei.message('高企怎么报')
    const asked = {
      question: '高企怎么报',
      outcome: 'answer',
      entry: 'a',
      programme: 'hnte',
      near: [],
      score: 1,
      ticket: undefined,
    } as const
    for (let n = 0; n < 1001; n++) {
      await room.forward({ milliseconds: 1 })
      await room.asked.noteAsked({ ...message, id: `m${n}` }, [asked])
    }
    await room.asked.feature.stop?.()
    const keys = (await openQuestionRecords(room.world.store).list('')).map(({ key }) => key)
    expect(new Set(keys.map(key => key.split('/')[0])).size).toBe(3)
    expect(keys.map(key => key.split('/')[1])).toEqual(keys.map(key => key.split('/')[1]).sort())
    await room.forward({ hours: 24 * 181 })
    await room.forward({ hours: 25 })
    expect(await kept(room)).toEqual([])
  })
  test('forgets whom it is told to, also what was asked a moment ago', async () => {
    const room = await openDeskWorld()
    await room.mei.asks('高企怎么报', '依据')
    await room.asked.feature.personal?.forget(
      { memberId: 'm-mei', chatIds: ['mei'], names: ['小美'] },
      'gone',
    )
    expect(await kept(room)).toEqual([])
  })
  test('forgets after 180 days, at night', async () => {
    const room = await openDeskWorld()
    await room.mei.asks('高企怎么报', '依据')
    await room.forward({ hours: 24 * 179 })
    await room.mei.asks('高企怎么报', '依据')
    expect(await kept(room)).toHaveLength(2)
    await room.forward({ hours: 48 })
    expect(await kept(room)).toHaveLength(1)
  })
  test('that cannot be written keeps no answer from its asker', async () => {
    const world = createWorld('2026-11-26T14:00:00+08:00')
    const { store } = world
    const full = {
      ...store,
      collection: (name: string, ...rest: never[]) => {
        const found = Reflect.apply(store.collection, store, [name, ...rest])
        if (name !== 'questions') return found
        return { ...found, update: () => Promise.reject(new Error('the disk is full')) }
      },
    } as typeof store
    const room = await openDeskWorld({ world: { ...world, store: full } })
    await room.mei.asks('高企怎么报', '依据')
    await room.asked.feature.stop?.()
    expect(world.log.lines.join()).toContain('a question could not be written down')
    await room.mei.says('有用')
  })
})
