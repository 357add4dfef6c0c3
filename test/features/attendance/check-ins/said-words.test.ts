import { expect, test } from 'vitest'
import { asideIn } from '../../../../src/features/attendance/check-ins/meanings/aside-meaning.ts'
import { signInMeaning } from '../../../../src/features/attendance/check-ins/meanings/sign-in-meaning.ts'
import { openRoom } from '../room.ts'

const isMember = (word: string) => ['刘凯', '张三'].includes(word)
const kindOf = (text: string) => signInMeaning(text, isMember)?.kind

// Wordings by dictation, in dialect and with typing errors, each as one member types it.
test.each([
  '打完卡了',
  '卡已打',
  '打好卡了',
  '我签过到了',
  '报个到',
  '我本人已到',
  '签dao',
  '到嘞',
  '老师，到',
  '来签个到',
])('a sign-in: %s', text => expect(kindOf(text)).toBe('self'))

test.each([
  '来不了咯',
  '今朝来弗了',
  '今天冇空来',
  '我莫空',
  '我就不过去了',
  '这次不参加了哈',
  '下午有会去不了',
  '在外地出差，赶不回来',
  '不克前来',
  '恕不能到场',
  '有事不来',
  '今天缺席',
  '请甲',
  '清假',
  '身体不舒服不来了',
  '我这边走不开',
  '抽不出身',
  '今天真的来不了',
  '请两个小时假',
])('a leave: %s', text => expect(kindOf(text)).toBe('leave'))

test('a leave with its reason, said to a teacher', () =>
  expect(signInMeaning('老师请假，要带娃', isMember)).toEqual({ kind: 'excuse', reason: '要带娃' }))

test.each([
  '迟十分钟',
  '马上',
  '路上，稍等',
  '堵在二环了',
  '还在开会 晚一点来',
  '晚半小时',
  '等我几分钟',
  '预计迟到十分钟',
  '大概还要10分钟',
  '堵车中',
  '可能晚一些',
  '要晚一会儿',
])('coming late: %s', text => expect(kindOf(text)).toBe('late'))

test('who asks why signing in fails has a trouble, and who speaks of others has none', () => {
  expect(kindOf('怎么签不上')).toBe('trouble')
  expect(kindOf('没签到的抓紧')).toBeUndefined()
})

test.each([
  '等一下',
  '稍等',
  '到货了',
  '快递到了',
  '外卖到了谁去拿',
  '签约成功',
  '我到家了',
  '到公司了',
  '到了再说',
  '资料签收了',
  '打卡圣地',
  '报到证',
  '到账了',
  '钱到了',
  '来电了',
  '他到了',
  '他们都到了',
  '谁没签到',
  '签到统计发一下',
  '来签到台领资料',
  '在家',
  '来了个电话',
  '堵车厉害',
  '马上申报',
  '缺席判决',
  '出差报销',
  '到此为止',
  '请假制度',
  '卡到了',
  '上线了新功能',
])('no sign-in, and nothing to answer: %s', text => expect(kindOf(text)).toBeUndefined())

test.each([
  '我在',
  '在的',
  '在呢',
  '老师，我在的',
  '我在呢老师',
  '我在这里',
  '再签一次到',
  '我再签个到',
  '重新签到',
])('an answer to a roll call is told what to send: %s', text => expect(kindOf(text)).toBe('unclear'))

test.each(['在', '在吗', '在呢？', '在的话说一声', '我在想', '我在公司', '再签一份合同', '再签一次合同'])(
  'no answer to a roll call: %s',
  text => expect(kindOf(text)).toBeUndefined(),
)

test.each(['不到', '不去', '不来', '不参加', '缺席', '马上', '等我一下', '好的，马上', '行，等我几分钟'])(
  'in a lesson 「%s」 to others is talk, and to the bot it is answered',
  async text => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
    await room.forward({ minutes: 60 })
    await room.mei.says(text)
    await room.mei.asks(text, /[不去来到参加缺席]{2}$/u.test(text) ? '请假 原因' : '人到了发「签到」')
  },
)

test.each([
  ['我不去', '请假 原因'],
  ['今天缺席', '请假 原因'],
  ['有事，不来', '请假 原因'],
  ['我马上', '人到了发「签到」'],
  ['堵车，马上', '人到了发「签到」'],
  ['马上到', '人到了发「签到」'],
  ['马上，签到', '人到了发「签到」'],
])('in a lesson 「%s」 is said of oneself', async (text, answer) => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 60 })
  await room.mei.says(text, answer)
})

test.each(['请个假，客户会来', '请个假，不过四点以后能赶过来'])(
  'hours ahead of a lesson 「%s」 is kept as leave',
  async text => {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 20:00-21:00', '开课了')
    await room.mei.says(text)
    const [told] = await room.boss.says('签到情况 1', '请假')
    expect(told?.text).toContain('小美')
  },
)

test('leave of another weekday is talk, and leave of the day itself is answered', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 60 })
  await room.mei.says('周三来不了')
  await room.mei.says('这周六来不了', '请假 原因')
  await room.mei.asks('周三来不了', '请假 原因')
})

const openings =
  '我 本人 人 今天 临时 家里 有事 开会 恕 在外地 人在外地 身体不舒服 真的 这边 先 就 可能 要 实在 预计 估计 大概 堵车 到楼下了 路上 路上堵 在路上 还没到 还'.split(
    ' ',
  )
test.each(openings)('openings with 「%s」 in any number are read at once', one => {
  for (const other of openings) expect(asideIn([`${(one + other).repeat(100)}吗`])).toBeUndefined()
})

test.each([
  '到了到了，刚停好车',
  '陈主任好，我到了，在后面站着',
  '在的，签到，线上听',
  '人到齐了没？我已经坐在第二排了，签到',
  '几点开始？签到',
])('a sign-in beside other words: %s', text => expect(kindOf(text)).toBe('self'))

test.each(['张三到了？到了', '签到了吗？', '签到到几点截止？', '签到码是多少？谁知道', '你们都签到了吗'])(
  'a question, and what answers it, is no sign-in: %s',
  text => expect(kindOf(text)).not.toBe('self'),
)

test.each([
  '还有谁没到？签到',
  '都到了吗？签到',
  '大家都到了吗？签到',
  '谁还没签？签到',
  '怎么还有人没来？签到',
  '不来的也要签到吗？报到',
  '签到，还有谁没到？',
  '都到了吗，签到',
  '都到了吗签到',
  '小王怎么没来？签到',
  '签了没？签到',
  '人呢？签到',
  '我问下，都来了吗？签到',
])('a call beside a question about others signs no one in: %s', text => expect(kindOf(text)).not.toBe('self'))

test.each([
  '前面没签上？签到',
  '怎么签不上？签到',
  '还有谁没到？我到了，签到',
  '都签到了吗？我已签到',
  '可以签到了吗？签到',
  '开始了吗？签到',
  '在这里签到吗？签到',
])('a sign-in beside a question: %s', text => expect(kindOf(text)).toBe('self'))

test.each([
  '小王没签到？',
  '他没签到?',
  '还有人没签到？',
  '没签到？',
  '小李签不上？',
  '怎么没签到？',
  '还没签上？',
])('a question about others is left to talk: %s', text => expect(kindOf(text)).toBeUndefined())

test.each([
  '我爸会来福州',
  '家里会来客人',
  '客户会来',
  '领导会来检查',
  '下午房东会来看房',
  '下次一定能来',
  '下周可以到场',
  '不过下周能来',
  '有快递，四点能到',
  '家里来客人，四点会到',
  '能来接孩子的只有我',
  '我爸能来，我去接',
])('leave is kept where another person comes, or at another time: 请个假，%s', reason =>
  expect(kindOf(`请个假，${reason}`)).toBe('excuse'),
)

test.each([
  '请假一小时，四点能赶到',
  '请个假，但我晚点会到',
  '请个假，我开完会就来',
  '请个假，尽量赶过来',
  '请个假，不过下午四点半可以到场',
])('who comes to this lesson after all is late: %s', text => expect(kindOf(text)).toBe('late'))

test.each(['为什么签不上？', '还是签不上？', '我没签到？'])(
  'a trouble of one’s own in a question: %s',
  text => expect(kindOf(text)).toBe('trouble'),
)

test.each(['等我一下', '再等我一下'])('said to others as often: %s', text =>
  expect(signInMeaning(text, isMember)).toEqual({ kind: 'late', isVague: true }),
)

test.each([
  '病假',
  '去不了，抱歉啊各位',
  '这次的课我参加不了，下次补',
  '我这边要开标，今天的微党课请假',
  '假请',
  '请加一下',
])('a leave that is told what to send: %s', text => expect(kindOf(text)).toBe('leave'))

test.each([
  ['这周六的课我来不了', 'leave'],
  ['马上到门口', 'late'],
  ['再等我五分钟', 'late'],
  ['在找车位', 'late'],
  ['到楼下了', 'late'],
  ['没签成功', 'trouble'],
  ['点了签到没反应？', 'trouble'],
  ['已经到了，坐在门口', 'unclear'],
  ['到，抱歉晚了', 'unclear'],
  ['跟组织请假，人在厦门出差', 'excuse'],
  ['请假，不过四点以后能赶过来', 'late'],
  ['请假，会来不了', 'excuse'],
  ['快到了，还有两个红绿灯', 'late'],
  ['没签上，系统没反应？', 'trouble'],
  ['帮老黄签个到，他手机没电了', 'other'],
  ['签一下', 'unclear'],
  ['再签一次到', 'unclear'],
])('%s is read as %s', (text, kind) => expect(kindOf(text)).toBe(kind))

test.each([
  '病假怎么算',
  '请加一下微信',
  '请加我',
  '帮忙签个字',
  '下次补',
  '党课在哪',
  '活动请假制度',
  '代签到违规',
])('talk beside the lesson: %s', text =>
  expect(['self', 'other', 'leave', 'excuse']).not.toContain(kindOf(text)),
)
