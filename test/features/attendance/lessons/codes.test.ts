import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { fourDigitsIn } from '../../../../src/features/attendance/check-ins/meanings/typed-codes.ts'
import {
  askForCode,
  codeAt,
  codeSecondsLeft,
  isCodeOf,
} from '../../../../src/features/attendance/lessons/codes.ts'
import { Lesson } from '../../../../src/features/attendance/lessons/records/records.ts'
import { group, openRoom, type Room } from '../room.ts'

/** A lesson that asks for a code, at 14:00. */
async function openCoded() {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00', '开课了')
  await room.chen.says('启用签到码', '看现场屏幕')
  await room.forward({ minutes: 60 })
  return room
}

async function lessonOf(room: Room): Promise<Lesson> {
  const lessons = await room.world.store.collection('lessons', Lesson).list('')
  const found = lessons.find(({ value }) => value.codes !== undefined)
  if (!found) throw new Error('no lesson asks for a code')
  return found.value
}

const screen = async (room: Room, at = room.world.clock.now()) => codeAt(await lessonOf(room), at) ?? ''
const wrong = (code: string) => (code === '0000' ? '0001' : '0000')

const wrongOnes = (code: string, count: number) =>
  ['0000', '1111', '2222', '3333', '4444', '5555'].filter(one => one !== code).slice(0, count)

describe('a lesson that asks for a code', () => {
  test('tells a sender without a code what to send', async () => {
    const room = await openCoded()
    await room.mei.says('签到', '现场屏幕上的四位数字')
    await room.chen.says('签到情况', '实到 0 人')
  })
  test('counts a sender of the digits on the screen', async () => {
    const room = await openCoded()
    await room.mei.says(`签到 ${await screen(room)}`)
    await room.chen.says('签到情况', '实到 1 人')
  })
  test('counts the digits before, too, and no older ones', async () => {
    const room = await openCoded()
    const code = await screen(room)
    await room.forward({ seconds: 31 })
    await room.mei.says(`签到 ${code}`)
    await room.forward({ seconds: 35 })
    await room.zhang.says(`签到 ${code}`)
    await room.chen.says('签到情况', '实到 1 人')
  })
  test('judges a code by when it was sent, however late it is delivered', async () => {
    const room = await openCoded()
    const code = await screen(room)
    const sentAt = room.world.clock.now()
    await room.forward({ minutes: 10 })
    await room.mei.send(room.mei.message(`签到 ${code}`, { sentAt }))
    await room.zhang.says(`签到 ${code}`)
    await room.chen.says('签到情况', '实到 1 人')
  })
  test('names in the batch whose digits were wrong, and what to do', async () => {
    const room = await openCoded()
    await room.mei.says(`签到 ${wrong(await screen(room))}`)
    await room.forward({ seconds: 20 })
    expect(room.outbox.toGroup(group).at(-1)).toContain('数字没对上 1 人：优空间-小美。请看屏幕上现在的数字')
    await room.mei.says(`签到 ${await screen(room)}`)
    await room.forward({ seconds: 20 })
    expect(room.outbox.toGroup(group).at(-1)).toContain('刚签到 1 人：优空间-小美')
  })
  test('gives no one more than five tries', async () => {
    const room = await openCoded()
    const code = await screen(room)
    for (const digits of wrongOnes(code, 5)) await room.mei.says(`签到 ${digits}`)
    await room.forward({ seconds: 1 })
    await room.mei.says(`签到 ${await screen(room)}`, '找组织者补签')
    await room.zhang.says(`签到 ${await screen(room)}`)
    await room.chen.says('签到情况', '实到 1 人')
  })
  test('keeps those who signed in before it did, and stops asking when told to', async () => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.forward({ minutes: 60 })
    await room.mei.says('签到')
    await room.forward({ seconds: 5 })
    await room.chen.says('启用签到码', '看现场屏幕')
    await room.mei.says('签到')
    await room.zhang.says('签到', '四位数字')
    await room.chen.says('停用签到码', '不用带数字了')
    await room.zhang.says('签到')
    await room.chen.says('签到情况', '实到 2 人')
  })
  test('is told from another at the same time by the code alone', async () => {
    const room = await openCoded()
    await room.chen.says('开课 路演 14:00-16:00', '时间有重叠')
    await room.mei.says(`签到 ${await screen(room)}`)
    await room.chen.says('签到情况 1', '实到 1 人')
  })
  test('ignores digits where none are asked for', async () => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 14:00', '开课了')
    await room.forward({ minutes: 60 })
    await room.mei.says('签到 4827')
    await room.chen.says('签到情况', '实到 1 人')
  })
})

describe('the digits', () => {
  const blank = Lesson.parse({
    id: 'x',
    title: 'x',
    groupIds: ['g'],
    startsAt: '2026-11-28T06:00:00Z',
    endsAt: '2026-11-28T07:30:00Z',
    opensBeforeMinutes: 15,
    lateAfterMinutes: 10,
    openedByName: 'x',
    openedAt: '2026-11-28T05:00:00Z',
    isTallyPosted: false,
  })
  const moment = fc
    .integer({ min: 0, max: 10_000_000 })
    .map(ms => Temporal.Instant.fromEpochMilliseconds(1_795_000_000_000 + ms))

  test('count from when they are shown until half a minute after they are gone', () => {
    const lesson = askForCode(blank, Temporal.Instant.from(blank.openedAt))
    fc.assert(
      fc.property(moment, fc.integer({ min: -5, max: 30 }), (at, later) => {
        const code = codeAt(lesson, at) ?? ''
        expect(code).toMatch(/^\d{4}$/)
        expect(isCodeOf(lesson, code, at.add({ seconds: later }))).toBe(true)
      }),
    )
  })
  test('expire before an absent member can use them', () => {
    const lesson = askForCode(blank, Temporal.Instant.from(blank.openedAt))
    const start = Temporal.Instant.from(blank.startsAt)
    const codes = Array.from({ length: 400 }, (_, i) => codeAt(lesson, start.add({ seconds: 30 * i })) ?? '')
    const stale = codes.filter((code, i) => isCodeOf(lesson, code, start.add({ seconds: 30 * i + 95 })))
    // By chance alone about one in five thousand is drawn again so soon.
    expect(stale.length).toBeLessThan(4)
    expect(new Set(codes).size).toBeGreaterThan(350)
  })
  test('stay for 30 seconds at most', () => {
    fc.assert(
      fc.property(moment, at => {
        const left = codeSecondsLeft(at)
        expect(left).toBeGreaterThanOrEqual(1)
        expect(left).toBeLessThanOrEqual(30)
      }),
    )
  })
  test('of a lesson that asks for none are no code', () => {
    expect(isCodeOf(blank, '0000', Temporal.Instant.from(blank.startsAt))).toBe(false)
    expect(codeAt(blank, Temporal.Instant.from(blank.startsAt))).toBeUndefined()
  })
})

test.each([
  (digits: string) => `大家快签，码是${digits}`,
  (digits: string) => `屏幕上是 ${digits} 别打错`,
  (digits: string) => [...digits].join(' '),
  (digits: string) => `${[...digits].join('，')}，快`,
  (digits: string) => [...digits].map(one => '零一二三四五六七八九'[Number(one)]).join(''),
  (digits: string) => [...digits].map(one => '〇①②③④⑤⑥⑦⑧⑨'[Number(one)]).join(''),
  (digits: string) => `张三 签到 ${digits}`,
  (digits: string) => `13${digits}88`,
  (digits: string) => `2026.11.28 ${digits}`,
  (digits: string) => `有事打 13800001111，码 ${digits}`,
])('digits that stood in the group among other words are worth nothing a little later: %#', async write => {
  const room = await openCoded()
  const digits = await screen(room)
  await room.chen.send(room.chen.message(write(digits)))
  await room.forward({ seconds: 20 })
  await room.mei.says(`签到 ${digits}`, '已经在群里出现过')
})

test('long rows of digits spoil no code', async () => {
  const room = await openCoded()
  const all = Array.from({ length: 10_000 }, (_, code) => String(code).padStart(4, '0'))
  for (const separator of ['', ' '])
    for (let from = 0; from < all.length; from += 500)
      await room.zhang.send(room.zhang.message(all.slice(from, from + 500).join(separator)))
  await room.forward({ seconds: 20 })
  await room.mei.says(`签到 ${await screen(room)}`)
  await room.chen.says('签到情况', '实到 1 人')
})

test.each([
  ['1'.repeat(500), 0],
  [Array.from({ length: 60 }, (_, code) => 1000 + code).join('、'), 0],
  ['号码 13800001111', 0],
  ['3618 2890', 5],
  ['12345678，码 87654321', 10],
])('a text that holds few codes: %s', (text, most) =>
  expect(fourDigitsIn(text).length).toBeLessThanOrEqual(most),
)

test('digits that stood in the group are worth nothing to others a little later, and they hear why', async () => {
  const room = await openCoded()
  const digits = await screen(room)
  await room.mei.says(`签到 ${digits}`)
  await room.forward({ seconds: 10 })
  await room.chen.says(`签到 ${digits}`)
  await room.forward({ seconds: 12 })
  await room.zhang.says(`签到 ${digits}`, '已经在群里出现过')
  await room.forward({ seconds: 12 })
  await room.zhang.says(`签到 ${await screen(room)}`)
  await room.chen.says('签到情况', '实到 3 人')
})
