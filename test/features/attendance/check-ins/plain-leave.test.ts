import { expect, test } from 'vitest'
import { leaveDoubt, plainLeave } from '../../../../src/features/attendance/check-ins/meanings/plain-leave.ts'
import { openRoom, type Room } from '../room.ts'

async function openLesson(more = ''): Promise<Room> {
  const room = await openRoom()
  await room.chen.send(room.chen.message(`开课 专利布局 14:00-15:30${more}`))
  await room.forward({ minutes: 60 })
  return room
}

test.each([
  ['我也请假，阳了[捂脸]', '阳了'],
  ['今天头疼得厉害 请个病假', '今天头疼得厉害'],
  ['要陪老婆产检下午的课请假', '要陪老婆产检'],
  ['请假条：本人因父亲手术，今日下午微党课请假一次。黄志远', '本人因父亲手术'],
  ['@创客助手 请假 家里水管爆了', '家里水管爆了'],
  ['清假 今天要跑税务局', '今天要跑税务局'],
  ['我得请个假，客户来了', '客户来了'],
  ['请假🙏客户突然来厂里验货', '客户突然来厂里验货'],
  ['请假回老家', '回老家'],
  ['请假一下，开标', '开标'],
  ['家婆摔了，今天这课请假', '家婆摔了'],
  ['请假 客户问怎么装机', '客户问怎么装机'],
  ['请假见投资人', '见投资人'],
  ['请假签合同', '签合同'],
  ['请事假办执照', '办执照'],
  ['请假报税', '报税'],
  ['请假去银行贷款', '去银行贷款'],
  ['请假修系统', '修系统'],
  ['想请假去面签', '去面签'],
  ['请假装修', '装修'],
  ['请假期末考试', '期末考试'],
  ['请假，怎么都走不开', '怎么都走不开'],
  ['请假，什么都没准备', '什么都没准备'],
  ['请假怎么都走不开', '怎么都走不开'],
  ['帮我请假，发烧了', '发烧了'],
  ['麻烦帮我请个假，发烧了', '发烧了'],
])('「%s」 is kept as leave, with its reason', async (text, reason) => {
  const room = await openLesson()
  await room.mei.says(text)
  await room.boss.says('签到情况 1', `请假：优空间-小美（${reason}）`)
})

test.each([
  '请事假扣全勤奖合法不',
  '请假冒伪劣的自觉退群',
  '请假设一下 要是专利被无效了呢',
  '老师请假了，明天幼儿园合班',
  '请假扣钱这事劳动法咋规定',
  '今天请假去面试的人真多',
  '请假装不知道',
  '请假系统我们自己写了一个 钉钉那个太难用 开源了',
  '会签到张总那儿又卡住了',
  '我签到一半笔没水了，甲方脸都黑了',
  '标签到期了要换一批',
  '街道那个会两点半签到 别走错楼',
  '小王今天请假，发票找我要',
  '工信局的会我请假了，材料麻烦帮我带一份',
])('「%s」 is talk: nothing is kept, and nothing said', async text => {
  const room = await openLesson()
  await room.mei.says(text)
  const [tally] = await room.boss.says('签到情况 1', '专利布局')
  expect(tally?.text).not.toContain('小美')
})

test.each([
  ['请假发哪里', '请假 原因'],
  ['请假 怎么请', '请假 原因'],
  ['请假，扣钱吗', '请假 原因'],
  ['我儿子书法课请假', '请假 原因'],
  ['请假回来发现工位没了', '请假 原因'],
  ['请假约了律师谈专利侵权的案子', '请假 原因'],
  ['请假要处理一批退货发现仓库又进水了', '请假 原因'],
  ['请假如果可以的话', '请假 原因'],
  ['请假两天去三亚，机票贵得离谱', '请假 原因'],
  ['我请假带娃看病，公司算我旷工，咋维权', '请假 原因'],
  ['张三 请假 出差', '请假 原因'],
  ['下周六的课我请个假', '请假 原因'],
  ['3点以后请假，学校开家长会', '请假 原因'],
  ['病假，发烧39度', '请假 原因'],
  ['请假+1', '请假 原因'],
  ['我要补学 高企那节', '课后发「补学」'],
  ['申请补学上次的微党课', '课后发「补学」'],
  ['早退一下老师，三点半的动车', '这节课不用签退'],
  ['我先走了哈 签退', '这节课不用签退'],
  ['报名', '现在没有要报名的活动'],
  ['报名+1', '现在没有要报名的活动'],
  ['我报个名', '现在没有要报名的活动'],
])('「%s」 gets a word, and nothing is kept', async (text, answer) => {
  const room = await openLesson()
  await room.mei.says(text, answer)
  const [tally] = await room.boss.says('签到情况 1', '专利布局')
  expect(tally?.text).not.toContain('小美')
})

test('a sign-up in plain words is talk where no lesson is under way', async () => {
  const room = await openRoom()
  await room.mei.says('我报个名')
})

test.each(['我来了签到哈', '签到 专利布局', '专利布局 签到'])('「%s」 signs in', async text => {
  const room = await openLesson()
  await room.mei.says(text)
  await room.boss.says('签到情况 1', '到：优空间-小美')
})

test.each(['2 8 9 0', '签到 2 8 9 0', '签到 2890 专利布局'])(
  '「%s」 is a sign-in with a code, where one is asked for',
  async text => {
    const room = await openLesson(' 签到码')
    await room.mei.says(text)
    await room.forward({ seconds: 40 })
    expect(room.outbox.posted.map(({ reply }) => reply.text).join('\n')).toContain(
      '数字没对上 1 人：优空间-小美',
    )
  },
)

test('a long reason is kept as it is, and a question that stands right behind the word is told how to ask', () => {
  const long = '家里老人昨天夜里摔了一跤'.repeat(5)
  expect(leaveDoubt(`请假 ${long}`, long)).toBeUndefined()
  expect(leaveDoubt(`请假要怎么办${long}`, `要怎么办${long}`)).toBe('ask')
  expect(plainLeave(`${long}，请假`)).toBeUndefined()
})

const onWeekday: [string, string][] = [
  ['周六加班赶货 来不了 请假', '加班赶货 来不了'],
  ['抱歉 周六下午请假 考驾照', '考驾照'],
  ['这周六税务局约我去办事 跟您请假', '税务局约我去办事'],
  ['星期六的课请假，值班走不开', '值班走不开'],
]
test.each(onWeekday)('「%s」 names the day of the lesson', async (text, reason) => {
  const room = await openLesson()
  await room.mei.says(text)
  await room.boss.says('签到情况 1', `请假：优空间-小美（${reason}）`)
})

test.each(onWeekday)('「%s」 is kept three days before the lesson', async (text, reason) => {
  const room = await openRoom('2026-11-25T13:00:00+08:00')
  await room.chen.send(room.chen.message('开课 专利布局 11月28日14:00-15:30'))
  await room.mei.says(text)
  await room.forward({ hours: 73 })
  await room.boss.says('签到情况 1', `请假：优空间-小美（${reason}）`)
})

test.each(['周三加班赶货 来不了 请假', '周六和周日值班走不开，请假', '请假几次会被通报'])(
  '「%s」 is no leave from a lesson on a Saturday',
  async text => {
    const room = await openLesson()
    await room.mei.send(room.mei.message(text))
    const [tally] = await room.boss.says('签到情况 1', '专利布局')
    expect(tally?.text).not.toContain('小美')
  },
)

async function openDayBefore(): Promise<Room> {
  const room = await openRoom('2026-11-27T16:00:00+08:00')
  await room.chen.send(room.chen.message('开课 专利布局 11月28日14:00-15:30'))
  return room
}

test.each(['请假两天去三亚，机票贵得离谱', '请假一周回老家过年', '请假签合同那天下大雨'])(
  '「%s」 outside a window is told how to ask, and is not kept',
  async text => {
    const room = await openDayBefore()
    await room.mei.says(text, '来不了的请发「请假 原因」')
    await room.forward({ hours: 22 })
    const [tally] = await room.boss.says('签到情况 1', '专利布局')
    expect(tally?.text).not.toContain('小美')
  },
)

test.each([
  ['请假去医院', '去医院'],
  ['请假 带孩子看牙', '带孩子看牙'],
])('「%s」 outside a window is kept', async (text, reason) => {
  const room = await openDayBefore()
  await room.mei.says(text)
  await room.forward({ hours: 22 })
  await room.boss.says('签到情况 1', `请假：优空间-小美（${reason}）`)
})
