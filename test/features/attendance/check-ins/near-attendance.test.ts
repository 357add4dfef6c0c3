import { expect, test } from 'vitest'
import {
  mayBeName,
  signInMeaning,
} from '../../../../src/features/attendance/check-ins/meanings/sign-in-meaning.ts'
import { openRoom, type Room } from '../room.ts'

async function openLesson(more = ''): Promise<Room> {
  const room = await openRoom()
  await room.chen.send(room.chen.message(`开课 周末微党课 14:00-15:00${more}`))
  await room.forward({ minutes: 60 })
  return room
}

test.each([
  ['谁帮我签一下', '不能替别人签'],
  ['小张让我帮他签到', '不能替别人签'],
  ['帮林总请假，他出差', '不能替别人请'],
  ['我们公司三个人都来了', '每人发一次'],
  ['跟老公一起来的，两个人', '每人发一次'],
  ['怎么没有签到的反应', '只发「签到」'],
  ['还能签到吗', '只发「签到」'],
  ['签到截止了没', '只发「签到」'],
  ['老师来了吗？签到', '只发「签到」'],
  ['忘签了', '只发「签到」'],
  ['打个卡先', '只发「签到」'],
  ['已经坐在这儿了', '只发「签到」'],
  ['我得请个假，客户来了', '请假 原因'],
  ['来不了了，公司有急事', '请假 原因'],
  ['今儿个去不了了', '请假 原因'],
  ['假条发给谁', '请假 原因'],
  ['我是不是迟到了', '人到了发「签到」'],
  ['我在电梯里', '人到了发「签到」'],
  ['堵在乌龙江大桥', '人到了发「签到」'],
  ['找不到教室', '人到了发「签到」'],
  ['签在哪个群', '只发「签到」'],
  ['来不了怎么办', '请假 原因'],
  ['下高速了', '人到了发「签到」'],
  ['我可能赶不上开头', '人到了发「签到」'],
  ['上周没来要补学吗', '课后发「补学」'],
])('while a window is open 「%s」 is never dropped in silence', async (text, answer) => {
  const room = await openLesson()
  await room.mei.says(text, answer)
  const [tally] = await room.boss.says('签到情况 1', '周末微党课')
  expect(tally?.text).not.toContain('小美')
})

test.each([
  '我们刚签约了一个客户',
  '现在签一份意向书',
  '大家抓紧签到',
  '没签到的同志抓紧签到',
  '还没签到的举个手',
  '签到的人数报一下',
  '签到截止到两点半',
  '签到马上截止',
  '还有谁没签到',
  '今天到了多少人',
  '请假的同志先找陈姐',
  '下课后谁去打卡三坊七巷',
  '公司打卡机推荐',
  '员工请假三个月社保怎么交',
  '项目还在路上，别急',
  '路上小心',
  '客户到了，我下楼接一下',
  '晚点发PPT',
  '补充一下，截止是月底',
  '迟早的事',
  '码头那边堵车厉害',
  '2026年报什么时候截止',
  '门口快递谁的，取件码 5-2-2890',
  '666',
  '帮助签到',
  '电影打卡群有吗',
  '我司签了战略合作',
  '今天签的那家客户真难缠',
  '陈姐请假了吗',
  '站着听腰疼',
])('while a window is open 「%s」 stays talk', async text => {
  for (const code of ['', ' 签到码']) {
    const room = await openLesson(code)
    await room.mei.says(text)
  }
})

test.each(['码是多少啊', '数字看不清', '我的是2890对吧', '289'])(
  'where a lesson asks for a code, 「%s」 is told where it stands',
  async text => {
    const room = await openLesson(' 签到码')
    await room.mei.says(text, '现场屏幕上的四位数字')
    const other = await openLesson()
    await other.mei.says(text)
  },
)

test('a code beside where its sender sits is a sign-in where a lesson asks for a code', () => {
  expect(signInMeaning('坐最后一排了，2890', mayBeName)).toEqual({ kind: 'digits', code: '2890' })
  expect(signInMeaning('好的，2890元', mayBeName)).toBeUndefined()
})

test('without an open window such words are talk', async () => {
  const room = await openRoom()
  await room.mei.says('我在电梯里')
  await room.mei.says('还能签到吗')
})

test('a name and its space without a blank between them sign in', async () => {
  const room = await openLesson()
  await room.mei.says('优空间小美已到')
  const [tally] = await room.boss.says('签到情况 1', '小美')
  expect(tally?.text).toContain('准时：优空间-小美')
})

test('who has not signed in beside a name is no trouble of the speaker', () => {
  expect(signInMeaning('小王没签到', mayBeName)?.kind).toBe('other')
  for (const own of ['我没签到', '刚才没签上', '没签上'])
    expect(signInMeaning(own, mayBeName)?.kind).toBe('trouble')
})
