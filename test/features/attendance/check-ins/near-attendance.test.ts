import { expect, test } from 'vitest'
import { nearAttendance } from '../../../../src/features/attendance/check-ins/meanings/near-attendance.ts'
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
  ['签到码是多少', '只发「签到」'],
  ['签到是发什么', '只发「签到」'],
  ['家里有急事来不了了', '请假 原因'],
  ['迟到还能签到吗', '只发「签到」'],
  ['可以签到了吗', '只发「签到」'],
  ['怎么请假', '请假 原因'],
  ['能请假吗', '请假 原因'],
  ['可以请假吗', '请假 原因'],
  ['请假找谁', '请假 原因'],
  ['女婿开车送我去看眼睛 今天课就请假了', '请假 原因'],
  ['孩子老师把我叫去学校 今天请假', '请假 原因'],
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

/** Words of attendance, of a way and of a code, in talk that is of no lesson. */
const otherMatters = [
  '病假怎么算 请假条怎么写 签了两个大单 今天背单词打卡 打了卡 孩子补课 补课费太贵 补学分 快递来晚了 外卖来晚了',
  '飞机晚到 物流晚到两天 迟到的祝福 找不到地方停车 饭局来不了 聚餐我来不了 明天饭局去不了 展会我去不了',
  '钓鱼去不成了 审核过不了 质检过不了 站在风口上 签到有奖 活动签到怎么弄 会议签到二维码做好了 双报到怎么弄',
  '合伙人天天迟到，要不要散伙 缺席审判 客户签了 房子签了 股东都要签 签完寄回来 面试迟到了 快递迟迟不到 来晚了没座',
  '赶不上高铁 合伙人请假去旅游了 这批货赶得上双十二吗 来不及吃饭 我明天请假 过不了 去不了就退票',
  '不好意思，刚在开会没看到 抱歉出差了没及时回 对不起，昨晚发烧了 抱歉，我有事先挂了 不好意思，我要去接个人',
  '不好意思，样品要去补 我在楼下，谁开下门 下车了，帮我开下门 我在地铁上，晚点发文件 都到了 都来了 三个人都来了',
  '楼下 过来 车上 投资人要对赌条款，签不签 我去不了，票转给你 我替孩子请了假',
  '法人来不了怎么办 她来不了 张总不来了 我来不了，你们先谈 股东来不了怎么签字 嘉宾不来了怎么办 电子签怎么签 李姐也在',
  '官网点了没反应 按钮点了没反应 为什么没有回复 还在排队',
  '堵在门口的车是谁的 堵在心里难受 已经坐在飞机上了 跟朋友一起来的，尝尝',
]
/** Codes and digits of other things. */
const otherCodes = [
  '进门密码多少 wifi密码多少 扫码加群 小程序码发一下 扫码领咖啡 激活码有吗 源码谁有 码字中 起码要三天 加码投入 筹码',
  '口令红包 四位老师 四位嘉宾 订位四位 数字人民币 财务数字对不上 报价3500一套 转账1000 预算5000 房租2500 工位3012',
  '尾号6688的车挪一下 楼上1203漏水 今天走了8000步 2025再见 123 520 12345 数字好看 1500到账 打12345 我验证码是4821',
  '我是林敏优空间3456 007 365 996',
]
test.each([...otherMatters, ...otherCodes].flatMap(line => line.split(' ')))(
  'while a window is open 「%s」 is talk of other things',
  async text => {
    for (const code of ['', ' 签到码']) {
      const room = await openLesson(code)
      await room.mei.says(text)
    }
  },
)

test('「张三没签到」 is told by others and left to talk, and is a trouble where 张三 says it', async () => {
  for (const words of ['张三没签到', '张三还没签']) {
    const room = await openLesson()
    await room.zhang.says('签到')
    await room.mei.says(words)
    await room.zhang.says(words, '直接在群里发「签到」')
  }
})

test.each(['码是多少啊', '数字看不清', '屏幕看不清数字', '四位数字是多少', '我的是2890对吧', '289'])(
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

test.each(['我签到了吗', '签到成功了吗', '我签上没有？'])(
  'whether one has signed in, 「%s」, is asked in private, with a code and without',
  async text => {
    for (const code of ['', ' 签到码']) {
      const room = await openLesson(code)
      await room.mei.says(text, '私聊我问「我签到了吗」')
      await room.person('mei', '优空间-小美').says('我签到了吗', '还没有收到你的签到')
    }
  },
)

test('until when one can sign in is told beside how', async () => {
  const room = await openLesson(' 签到码')
  await room.mei.says('签到几点截止', '签到到 15:00 为止。这节课要带现场屏幕上的四位数字')
  const other = await openLesson()
  await other.mei.says('签到几点截止', '签到到 15:00 为止。要签到的')
})

test('where a lesson asks for a code, an unclear word about signing in is told of it', async () => {
  const room = await openLesson(' 签到码')
  await room.mei.says('我签到怎么没有反应', '现场屏幕上的四位数字')
})

test.each(['健身房打卡第28天，90公斤了', '健身打卡第三十天，走了一万两千步', '孙子在打卡背单词，天天一百个'])(
  'a rule takes 「%s」 for unclear, and it is surely talk',
  async text => {
    const room = await openLesson()
    expect(signInMeaning(text, mayBeName)?.kind).toBe('unclear')
    await room.mei.says(text)
  },
)

test('a bad line and what the sender is leave a sign-in with a code their own', () => {
  for (const text of ['签到2890，刚才网不好', '签到2890，刚刚断网了', '党员签到2890'])
    expect(signInMeaning(text, mayBeName)).toMatchObject({ code: '2890' })
  expect(signInMeaning('党员签到', mayBeName)?.kind).not.toBe('self')
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
  expect(tally?.text).toContain('到：优空间-小美')
})

test('who has not signed in beside a name is no trouble of the speaker', () => {
  expect(signInMeaning('小王没签到', mayBeName)?.kind).toBe('other')
  for (const own of ['我没签到', '刚才没签上', '没签上'])
    expect(signInMeaning(own, mayBeName)?.kind).toBe('trouble')
})

test('a row of numerals takes no time that doubles with each of them', () => {
  const startedAt = performance.now()
  for (let round = 0; round < 20; round++) expect(nearAttendance(`我们${'一'.repeat(27)}x`)).toBeUndefined()
  expect(performance.now() - startedAt).toBeLessThan(2000)
})
