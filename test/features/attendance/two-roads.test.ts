import { expect, test } from 'vitest'
import { makeUpVersion } from '../../../src/features/attendance/check-ins/check-in.ts'
import { createLessons } from '../../../src/features/attendance/lessons/lessons.ts'
import { openAttendanceRecords } from '../../../src/features/attendance/lessons/records/records.ts'
import { visitor } from '../../console/visitor.ts'
import { openTown } from '../../sandbox/town.ts'
import { group, openRoom, otherGroup } from './room.ts'

type Room = Awaited<ReturnType<typeof openRoom>>
type Road = 'chat' | 'console'
/** The form of that lesson, filled in as it is. */
const asItIs = {
  title: '微党课',
  date: '2026-11-28',
  start: '14:00',
  end: '15:30',
  signUp: 'yes',
  capacity: '1',
}

/** A lesson in two groups at 14:00, and 陈姐 in chat or on the console. */
async function openWithLesson(road: Road) {
  const room = await openRoom()
  const records = openAttendanceRecords(room.world.store)
  const lessons = createLessons(records)
  const lesson = await lessons.open(
    {
      plan: { title: '微党课', groupIds: [group, otherGroup], signUp: { capacity: 1 } },
      startsAt: room.at('14:00'),
      endsAt: room.at('15:30'),
    },
    { name: '陈姐', at: room.world.clock.now() },
  )
  const town = road === 'console' ? await openTown({ pages: room.feature.pages ?? [] }) : undefined
  const me = town && visitor(town)
  await me?.login()
  const post = async (path: string, fields: Record<string, string> = {}, groups: string[] = []) =>
    (
      await me?.submit(`/lessons/${lesson.id}/${path}`, [
        ...Object.entries({ csrf: me.csrfToken(), ...fields }),
        ...groups.map((id): [string, string] => ['group', id]),
      ])
    )?.status
  return { room, lessons, lesson, post }
}

/** Messages in both groups, with the reply in the group of the command. */
const heard = (room: Room, answers: readonly (string | undefined)[]) => ({
  here: [...answers, ...room.outbox.toGroup(group)].filter(Boolean).join('\n'),
  there: room.outbox.toGroup(otherGroup).join('\n'),
})

const say = async (room: Room, text: string) =>
  (await room.chen.send(room.chen.message(text))).map(reply => reply.text)

test('取消课程 tells every group on both roads, and leaves the same record', async () => {
  const chat = await openWithLesson('chat')
  const answers = await say(chat.room, '取消课程')
  const web = await openWithLesson('console')
  expect(await web.post('cancel')).toBe(303)
  const said = heard(chat.room, answers)
  expect(said.here).toBe(said.there)
  expect(heard(web.room, [])).toEqual(said)
  expect((await chat.lessons.get(chat.lesson.id))?.cancelledAt).toBe(
    (await web.lessons.get(web.lesson.id))?.cancelledAt,
  )
})

test('改课 in chat tells the other groups too', async () => {
  const { room, lessons, lesson } = await openWithLesson('chat')
  const answers = await say(room, '改课 时间 今天16:00-17:00')
  const said = heard(room, answers)
  expect(said.there).toContain('16:00')
  expect(said.here).toBe(said.there)
  expect((await lessons.get(lesson.id))?.startsAt).toContain('T08:00')
})

test('改课 tells the same on both roads', async () => {
  const chat = await openWithLesson('chat')
  const answers = await say(chat.room, '改课 地点 三楼')
  const web = await openWithLesson('console')
  expect(await web.post('edit', { ...asItIs, place: '三楼' }, [group, otherGroup])).toBe(303)
  const said = heard(chat.room, answers)
  expect(said.there).toContain('地点 三楼')
  expect(said.here).toBe(said.there)
  expect(heard(web.room, [])).toEqual(said)
})

test('an edit of which groups need to know nothing is not told to them', async () => {
  const { room, post } = await openWithLesson('console')
  for (const change of [{}, { silent: 'yes' }, { staff: 'yes' }])
    expect(await post('edit', { ...asItIs, ...change }, [group, otherGroup])).toBe(303)
  expect(heard(room, [])).toEqual({ here: '', there: '' })
})

test('a place that is taken out again, and another time for being late, are told', async () => {
  const { room, post } = await openWithLesson('console')
  await post('edit', { ...asItIs, place: '三楼' }, [group, otherGroup])
  await room.forward({ seconds: 1 })
  await post('edit', { ...asItIs, signUp: '' }, [group, otherGroup])
  expect(room.outbox.toGroup(group).at(-1)).toContain('以前说的不算了：\n地点 三楼。')
  await room.forward({ seconds: 1 })
  await post('edit', { ...asItIs, signUp: '', lateAfter: '25' }, [group, otherGroup])
  expect(room.outbox.toGroup(group).at(-1)).toContain('14:25 以后算迟到')
})

test('a group that a lesson leaves, and one that it comes to, hear what concerns them', async () => {
  const { room, post } = await openWithLesson('console')
  expect(await post('edit', asItIs, [group])).toBe(303)
  expect(heard(room, [])).toEqual({
    here: '',
    there: '「微党课」今天 14:00–15:30 不在这个群上了，这个群不用来签到。',
  })
  await room.forward({ seconds: 1 })
  expect(await post('edit', { ...asItIs, place: '三楼' }, [group, otherGroup])).toBe(303)
  expect(room.outbox.toGroup(group)).toEqual([expect.stringContaining('有变化，请看：\n地点 三楼')])
  expect(room.outbox.toGroup(otherGroup).at(-1)).toMatch(/开课了就在群里签到.*地点 三楼.*截止/su)
})

test('启用签到码 and 下课 do the same on both roads', async () => {
  const chat = await openWithLesson('chat')
  const web = await openWithLesson('console')
  await say(chat.room, '启用签到码')
  await web.post('code', { to: 'on' })
  await chat.room.forward({ minutes: 70 })
  await web.room.forward({ minutes: 70 })
  await say(chat.room, '下课')
  await web.post('close')
  const state = async ({ lessons, lesson }: typeof chat) => {
    const now = await lessons.get(lesson.id)
    return { closedAt: now?.closedAt, codeSpans: now?.codes?.spans.length }
  }
  expect(await state(chat)).toEqual(await state(web))
})

test('核对完毕 tells the organizers on both roads', async () => {
  const run = async (road: Road) => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 14:00-15:00 报名', '开课了')
    for (const one of [room.mei, room.zhang]) await one.says('报名')
    await room.forward({ minutes: 60 })
    room.outages.push({ from: room.at('14:05'), to: room.at('14:08'), how: 'broken' } as never)
    await room.forward({ minutes: 70 })
    await room.forward({ seconds: 20 })
    const before = room.outbox.toPerson('chen').length
    if (road === 'chat') await room.chen.send(room.chen.message('核对完毕'))
    else {
      const [lesson] = await room.lessonsBetween('2026-11-28', '2026-11-29')
      const me = visitor(await openTown({ pages: room.feature.pages ?? [] }))
      await me.login()
      await me.submit(`/lessons/${lesson?.id}/verify`, { csrf: me.csrfToken() })
    }
    for (let times = 0; times < 6; times += 1) await room.forward({ seconds: 30 })
    const told = room.outbox.toPerson('chen').slice(before)
    const [lesson] = await room.lessonsBetween('2026-11-28', '2026-11-29')
    const { byName = '', at } = lesson?.verified ?? {}
    return { told: told.map(text => text.replace(byName, '某人')), at }
  }
  const chat = await run('chat')
  expect(chat.told).toEqual([expect.stringMatching(/某人 核对完毕，没有核对上的记为缺勤/u)])
  expect(chat.at).toBeDefined()
  expect(await run('console')).toEqual(chat)
})

test('an edit that is refused leaves the lesson in its own window', async () => {
  const room = await openRoom()
  const lessons = createLessons(openAttendanceRecords(room.world.store))
  const by = { name: '陈姐', at: room.world.clock.now() }
  const times = { startsAt: room.at('14:00'), endsAt: room.at('15:30') }
  const mine = await lessons.open({ plan: { title: '微党课', groupIds: [group] }, ...times }, by)
  await lessons.open({ plan: { title: '另一节', groupIds: [otherGroup] }, ...times }, by)
  const refused = lessons.edit(mine.id, { plan: { groupIds: [group, otherGroup] } }, by.at)
  await expect(refused).rejects.toThrow('已经有「另一节」')
  const left = await room.lessonsBetween('2026-11-28', '2026-11-29')
  expect(left.map(({ title }) => title).sort()).toEqual(['另一节', '微党课'].sort())
})

test('a lesson that is moved, or leaves a group, leaves its window there to others', async () => {
  const room = await openRoom()
  const lessons = createLessons(openAttendanceRecords(room.world.store))
  const by = { name: '陈姐', at: room.world.clock.now() }
  const times = { startsAt: room.at('14:00'), endsAt: room.at('15:30') }
  const mine = await lessons.open({ plan: { title: '微党课', groupIds: [group, otherGroup] }, ...times }, by)
  const opens = (title: string, groupId: string) =>
    lessons.open({ plan: { title, groupIds: [groupId] }, ...times }, by)
  await expect(opens('甲', otherGroup)).rejects.toThrow('已经有「微党课」')
  await lessons.edit(mine.id, { plan: { groupIds: [group] } }, by.at)
  await opens('甲', otherGroup)
  await expect(opens('乙', group)).rejects.toThrow('已经有「微党课」')
  const later = { startsAt: room.at('17:00'), endsAt: room.at('18:00') }
  await lessons.edit(mine.id, { plan: {}, times: later }, by.at)
  await opens('乙', group)
})

test('开课, 恢复课程, 更正 and 撤销更正 do the same on both roads', async () => {
  const run = async (road: Road) => {
    const { room, lessons, lesson, post } = await openWithLesson(road)
    const answers: (string | undefined)[] = []
    const typed = async (text: string) => answers.push(...(await say(room, text)))
    const isChat = road === 'chat'
    if (isChat) await typed('取消课程')
    else expect(await post('cancel')).toBe(303)
    if (isChat) await typed('恢复课程')
    else expect(await post('restore')).toBe(303)
    await room.forward({ minutes: 60 })
    await room.mei.send(room.mei.message('签到'))
    const [checkIn] = await openAttendanceRecords(room.world.store).checkIns.list(`${lesson.id}/`)
    const states: (string | undefined)[] = []
    const note = async () => states.push(await stateOf(room, lesson.id, checkIn?.value.memberId ?? ''))
    if (isChat) await room.chen.send(room.chen.message('更正 小美 迟到'))
    else await post('correct', { who: '小美', to: 'late', why: '' })
    await note()
    if (isChat) await room.chen.send(room.chen.message('撤销更正 小美'))
    else await post('withdraw', { memberId: checkIn?.value.memberId ?? '' })
    await note()
    return { heard: heard(room, answers), states, cancelledAt: (await lessons.get(lesson.id))?.cancelledAt }
  }
  const [chat, web] = [await run('chat'), await run('console')]
  expect(chat.states).toEqual(['late', 'none'])
  expect(chat.heard.there).toContain('照常上')
  expect(web).toEqual(chat)
})

/** `answer`: `told` to the groups, as others hear it; `own`, for the organizer who typed; `private` as well. */
type Form = { fields?: [string, string][]; answer?: 'told' | 'own' | 'private' }

/** 陈姐 of an empty calendar on one road: `chat` types, `console` fills in forms. */
async function openBoth(road: Road) {
  const room = await openRoom()
  const me = road === 'console' ? visitor(await openTown({ pages: room.feature.pages ?? [] })) : undefined
  await me?.login()
  const said: (string | undefined)[] = []
  /** One deed: the words in chat, or the form on the console. */
  const does = async (
    words: string,
    path: () => Promise<string>,
    { fields = [], answer = 'told' }: Form = {},
  ) => {
    await room.forward({ seconds: 1 })
    if (me) {
      const sent = await me.submit(await path(), [['csrf', me.csrfToken()], ...fields])
      return expect(sent.status, await sent.text()).toBe(303)
    }
    if (answer === 'private') return room.boss.send(room.boss.message(words))
    const answers = await say(room, words)
    if (answer === 'told') said.push(...answers)
  }
  /** The first lesson that stands, on the console. */
  const first = (deed: string) => async () =>
    `/lessons/${(await room.lessonsBetween('2026-11-28', '2027-01-30'))[0]?.id}/${deed}`
  /** Messages to both groups and to 张三, and every lesson without its ids and without the account that opened it. */
  const outcome = async () => ({
    heard: heard(
      room,
      said.map(text => text?.replace(/\n(?:只取消这一次|组织者请在管理页面).*$/su, '')),
    ),
    lessons: (await room.lessonsBetween('2026-11-28', '2027-01-30')).map(
      ({ id: _id, openedByName: _name, series, codes, ...kept }) => ({
        ...kept,
        isOfSeries: series !== undefined,
        spans: codes?.spans,
      }),
    ),
    checkIns: await checkInsOf(room),
    toZhang: room.outbox.toPerson('zhang'),
    toChen: room.outbox.toPerson('chen'),
  })
  return { room, does, first, outcome, isChat: !me }
}

const ofRun = new Set(['memberId', 'byName', 'messageKey'])

/** All check-ins by name, without ids of people and messages, and without the account that decided. */
async function checkInsOf({ world }: Room): Promise<unknown[]> {
  const kept = await openAttendanceRecords(world.store).checkIns.list('')
  const found = kept.map(({ value }) => value).sort((a, b) => a.name.localeCompare(b.name))
  return JSON.parse(JSON.stringify(found, (name, value) => (ofRun.has(name) ? undefined : value)))
}

type Both = Awaited<ReturnType<typeof openBoth>>

const fieldsOf = (fields: Record<string, string>): [string, string][] => [
  ...Object.entries({ title: '党课', date: '2026-11-28', start: '14:00', end: '15:00', ...fields }),
  ['group', group],
]
const opens = ({ does }: Both) =>
  does('开课 党课 14:00-15:00', async () => '/lessons', { fields: fieldsOf({}) })
const opensSeries = ({ does }: Both) =>
  does('开课 党课 每周六14:00-15:00', async () => '/lessons', { fields: fieldsOf({ repeat: 'weekly' }) })

/** After the lesson, 张三 has sent a make-up. */
async function sendsMakeUp(both: Both) {
  await opens(both)
  await both.room.forward({ hours: 20 })
  await both.room.zhang.says('补学 弄清了研发费用加计扣除怎么算')
  await both.room.forward({ seconds: 20 })
}
const decides = async ({ room, does, first }: Both, words: string, fields: [string, string][]) => {
  const [lesson] = await room.lessonsBetween('2026-11-28', '2026-11-29')
  const [checkIn] = await openAttendanceRecords(room.world.store).checkIns.list(`${lesson?.id}/`)
  const memberId = checkIn?.value.memberId ?? ''
  const seen = makeUpVersion(checkIn?.value.makeUp ?? { at: '', words: '' })
  const shown: [string, string][] = [
    ['memberId', memberId],
    ['seen', seen],
  ]
  await does(words, first('make-up'), { fields: [...shown, ...fields], answer: 'private' })
  await room.forward({ seconds: 20 })
}

/** The plan of a lesson, changed in chat or with the form. */
const changes =
  (words: string, fields: Record<string, string>, answer: Form['answer'] = 'told') =>
  async (both: Both) => {
    await opens(both)
    await both.does(words, both.first('edit'), { fields: fieldsOf(fields), answer })
  }

/** A lesson that is over, and two of its people who did not sign in. */
async function opensHeld(both: Both) {
  await opens(both)
  const members = [await both.room.roster.enrol('石榴', group), await both.room.roster.enrol('甘棠', group)]
  await both.room.forward({ hours: 3 })
  return members
}

const deeds: Record<string, (both: Both) => Promise<unknown>> = {
  开课: opens,
  '开课 每周六': opensSeries,
  以后改课: async both => {
    await opensSeries(both)
    const fields = fieldsOf({ place: '三楼', scope: 'series' })
    await both.does('以后改课 地点 三楼', both.first('edit'), { fields })
  },
  改课时间: changes('改课 时间 今天16:00-17:00', { start: '16:00', end: '17:00' }),
  改课改天: changes('改课 时间 周日9:30-11:00', { date: '2026-11-29', start: '09:30', end: '11:00' }),
  改课标题: changes('改课 标题 青年党课', { title: '青年党课' }),
  '改课 主讲 形式 材料': changes('改课 主讲 王老师 形式 座谈 材料 https://example.com/a', {
    speaker: '王老师',
    format: '座谈',
    materials: 'https://example.com/a',
  }),
  改课名额: changes('改课 名额 20', { signUp: 'yes', capacity: '20', whom: 'signed-up' }),
  '改课 应到 本群': changes('改课 应到 本群', { whom: 'groups', staff: 'yes' }, 'own'),
  '改课 应到 不限': changes('改课 应到 不限', { whom: 'nobody' }, 'own'),
  '改课 应到 报名的人': changes('改课 应到 报名的人', { whom: 'signed-up' }, 'own'),
  以后改课时间: async both => {
    await opensSeries(both)
    const fields = fieldsOf({ start: '16:00', end: '17:00', scope: 'series' })
    await both.does('以后改课 时间 16:00-17:00', both.first('edit'), { fields })
  },
  取消这一次: async both => {
    await opensSeries(both)
    await both.does('取消课程', both.first('cancel'))
  },
  下课: async both => {
    await opens(both)
    await both.room.forward({ minutes: 65 })
    await both.room.zhang.send(both.room.zhang.message('签到'))
    await both.does('下课', both.first('close'), { answer: 'own' })
    await both.room.forward({ minutes: 2 })
  },
  补签: async both => {
    await opensHeld(both)
    const fields = Object.entries({ who: '石榴', to: 'present', why: '补签' })
    await both.does('补签 石榴', both.first('correct'), { fields, answer: 'own' })
  },
  '补签 新成员': async both => {
    await opensHeld(both)
    const fields = Object.entries({ who: '柏舟', to: 'present', why: '补签', isNew: 'yes' })
    await both.does('补签 新成员 柏舟', both.first('correct'), { fields, answer: 'own' })
  },
  '更正 with a reason': async both => {
    await opensHeld(both)
    const fields = Object.entries({ who: '石榴', to: 'leave', why: '出差' })
    await both.does('更正 石榴 请假 出差', both.first('correct'), { fields, answer: 'own' })
  },
  名单: async both => {
    const members = await opensHeld(both)
    if (both.isChat) await both.room.boss.send(both.room.boss.message('名单\n石榴\n甘棠'))
    const fields = members.map(({ id }): [string, string] => ['member', id])
    await both.does('确认名单', both.first('list/save'), { fields, answer: 'private' })
  },
  以后取消课程: async both => {
    await opensSeries(both)
    await both.does('以后取消课程', both.first('end-series'))
  },
  停用签到码: async both => {
    await opens(both)
    await both.does('启用签到码', both.first('code'), { fields: [['to', 'on']] })
    await both.does('停用签到码', both.first('code'), { fields: [['to', 'off']] })
  },
  确认补学: async both => {
    await sendsMakeUp(both)
    await decides(both, '确认补学 张三', [['isConfirmed', 'true']])
  },
  退回补学: async both => {
    await sendsMakeUp(both)
    await decides(both, '退回补学 张三 请写具体一点', [
      ['isConfirmed', 'false'],
      ['why', '请写具体一点'],
    ])
  },
}

test.each(Object.keys(deeds))('%s says and stores the same on both roads', async name => {
  const [chat, web] = [await openBoth('chat'), await openBoth('console')]
  await deeds[name]?.(chat)
  await deeds[name]?.(web)
  const typed = await chat.outcome()
  expect(await web.outcome()).toEqual(typed)
  expect(typed.lessons.length).toBeGreaterThan(0)
})

const long = (length: number) => '长'.repeat(length)

/** `path`: the form of the console; what is refused there is refused in chat, in the same words. */
const tooLong: [string, string, Record<string, string>, string][] = [
  [`改课 主讲 ${long(41)}`, 'edit', { speaker: long(41) }, '主讲请控制在 40 个字以内。'],
  [`改课 形式 ${long(21)}`, 'edit', { format: long(21) }, '形式请控制在 20 个字以内。'],
  [`改课 标题 ${long(41)}`, 'edit', { title: long(41) }, '课程名字太长了，请控制在 40 个字以内。'],
  [
    `以后改课 标题 ${long(41)}`,
    'edit',
    { title: long(41), scope: 'series' },
    '课程名字太长了，请控制在 40 个字以内。',
  ],
  [`更正 石榴 请假 ${long(101)}`, 'correct', { why: long(101) }, '原因请控制在 100 字以内。'],
]

test.each(tooLong)('too long is refused alike on both roads: %s', async (words, path, fields, said) => {
  const { room } = await openBoth('chat')
  await room.chen.says('开课 党课 每周六14:00-15:00', '每周六')
  await room.roster.enrol('石榴', group)
  await room.forward({ hours: path === 'correct' ? 3 : 0 })
  const [lesson] = await room.lessonsBetween('2026-11-28', '2026-11-29')
  await room.chen.says(words, said)
  const me = visitor(await openTown({ pages: room.feature.pages ?? [] }))
  await me.login()
  const form = Object.entries({ who: '石榴', to: 'leave' })
  const sent = await me.submit(`/lessons/${lesson?.id}/${path}`, [
    ['csrf', me.csrfToken()],
    ...(path === 'edit' ? fieldsOf(fields) : [...form, ...Object.entries(fields)]),
  ])
  expect(await sent.text()).toContain(said)
  expect(await room.lessonsBetween('2026-11-28', '2026-11-29')).toEqual([lesson])
  expect(await checkInsOf(room)).toEqual([])
  await room.forward({ hours: 24 * 60 })
  const titles = (await room.lessonsBetween('2026-11-28', '2027-03-01')).map(({ title }) => title)
  expect(new Set(titles)).toEqual(new Set(['党课']))
})

/** The verdict that counts, in the store. */
async function stateOf(room: Room, lessonId: string, memberId: string): Promise<string> {
  const checkIn = await openAttendanceRecords(room.world.store).checkIns.get(`${lessonId}/${memberId}`)
  return checkIn?.corrections.findLast(({ withdrawnAt }) => withdrawnAt === undefined)?.to ?? 'none'
}
