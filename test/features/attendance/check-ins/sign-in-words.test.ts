import { expect, test } from 'vitest'
import {
  isOwnLeave,
  signInMeaning,
} from '../../../../src/features/attendance/check-ins/meanings/sign-in-meaning.ts'
import { codeAt } from '../../../../src/features/attendance/lessons/codes.ts'
import { group, openRoom } from '../room.ts'

const isMember = (word: string) => ['刘凯', '张三', '高铁军', '费翔'].includes(word)

test.each([
  '签到！！',
  '签到👍',
  '签到[OK]',
  '签到了',
  '已签到',
  '签到。。',
  '签 到',
  '打卡',
  '到',
  '我到了',
  '到了',
  '已到',
  '我已签到',
  '签到啦～',
  '报到',
  '打卡成功',
  '簽到了',
  '我来了',
  '到啦老师',
  '到了各位',
  '到咯老师',
  '到矣',
  '吾已到矣',
  '签到 ✅',
  '签到 +1',
  '签倒',
  'qiandao',
  '报道',
  '来了',
  '来了来了',
  '签到签到',
  '老师好，签到',
  '大家好 签到',
  '收到，已签到',
  '签到，谢谢老师',
  '好的，我到了',
  '晚上好！签到',
  '签到 签到 签到',
  '签到ok',
  'OK签到',
  '补签到',
  '准时到',
  '俺到了',
  '到现场了',
  '已到会场',
  '第一个签到',
  '线上签到',
  '到到到',
  '现场已到',
  'sign in',
  'Check-in',
  '已就位',
  '我已到达会议室',
  '到达现场',
  '我在教室',
  '已入座',
  '我已经在了',
  '到课',
  '到啦到啦',
  '刚到，签到',
  '迟到了，签到',
  '不好意思迟到了 签到',
  '我迟到了，现在签到',
  '签到了哈老师',
  '各位老师我到了',
  '张老师，签到！',
  '抱歉刚看到，签到',
  '刚才没网，签到',
  '签到(线上)',
  '线上参加，签到',
  '坐下了，签到',
  '各位老师，签到',
  '老师们，签到',
  '各位领导，签到了',
  '各位，签到成功',
  '各位，签到啦',
  '各位老师，来签到了',
  '各位老师，签到，谢谢',
  '各位老师签到了',
  '各位伙伴签到了哈',
  '同志们，签到',
  '家人们，打卡',
  '签到啦，家人们',
  '小伙伴们，报到',
  '诸位，打卡',
  '在座各位，签到了',
  '老师们 签到啦',
  '各位领导、老师，签到',
  '各位领导，各位老师，签到',
  '各位老师，我来签到了',
  '各位伙伴，我到了',
  '各位伙伴好，签到',
  '大家好，签到',
  '大家，我签到了',
  '亲们，签到',
  '各位大佬，签到',
  '各位老师，打个卡',
  '我也签到',
  '前来签到',
  '特来报到',
  '报告，到',
  '正在签到',
  '签到中',
  '签到ing',
  '已阅，签到',
  '补签',
  '我补个签',
  '腾讯会议里，签到',
  '在会议室后排，签到',
  '签到，老师辛苦了',
  '签到了，刚忘了发',
  '我签到啦，在最后一排',
  '迟到签到',
  '新人报到，请多关照',
  '签到来了',
  '已进会场',
  '我已经坐好了',
  '我上线了',
  '已上线',
  '线上已到',
  '已进入腾讯会议',
  '进会议了',
  '在线听课',
  '线上听课中',
  '人已经进直播间了',
  '不好意思刚停好车，签到',
  '刚到会场，签到',
  '我坐第三排，签到',
  '连上了，签到',
  '晚到两分钟，签到',
  '堵车刚到，签到',
  '已抵达，签到',
  '会议已接入，签到',
  '已到会场，请记录',
  '我在腾讯会议里了',
  '钉钉上线了',
  // Dialects
  '我到咗',
  '到咗',
  '我来噻',
  '我到嘞',
  '报到哩',
  // Typed, said and written otherwise
  '欠到',
  '迁倒',
  '浅到',
  '签刀',
  '打咔',
  '签一个',
  '签到l',
  'q签到',
  '签到签到我签到。',
  '那个我签到一下',
  '我来签个到啊',
  '喂签到',
  '好的签到',
  '我已经到了啊。',
  '已经坐下了',
  '签到（补）',
  'qiān dào',
  'qiandao le',
  'wo dao le',
  'Daka',
  "I'm here",
  'here',
  'Present',
  '我到位了',
  '俺也到咯',
  '已经签到了呢',
  '我在会场后排',
])('「%s」 means to sign in', text => {
  expect(signInMeaning(text, isMember)).toEqual({ kind: 'self' })
})

test.each([
  ['还在路上，签到', 'late'],
  ['半小时后到，签到', 'late'],
  ['先签到，十分钟到', 'late'],
  ['先签到，在停车', 'late'],
  ['还要半小时，签到', 'late'],
  ['大概还有一刻钟到，签到', 'late'],
  ['堵车了，签到', 'late'],
  ['签到，人在路上', 'late'],
  ['明天到，签到', 'unclear'],
  ['签到2890，还在路上', 'late'],
  ['晚到半小时，签到', 'late'],
  ['来不了，签到', 'leave'],
  ['今天来不了，先签到', 'leave'],
  ['签到，我人在厦门', 'unclear'],
  ['今天在厦门，签到', 'unclear'],
  ['签到，我下午来', 'unclear'],
  ['出差，签到', 'unclear'],
  ['生病在家，签到', 'unclear'],
  ['孩子发烧在医院，签到', 'unclear'],
  ['下周来，签到', 'unclear'],
  ['已经离场，签到', 'unclear'],
  ['刚离开，签到', 'unclear'],
  ['在会议中，签到', 'unclear'],
  ['正赶到现场，签到', 'unclear'],
  ['正在会议，签到', 'unclear'],
  ['今天参加会议，签到', 'unclear'],
  ['老师到了，签到', 'unclear'],
  ['人到齐了，签到', 'unclear'],
  ['李总到了，签到', 'other'],
  ['老李堵车，签到', 'unclear'],
  ['同事小陈，签到', 'unclear'],
  ['和小陈一起，签到', 'unclear'],
  ['我老公，签到', 'unclear'],
])('「%s」 counts for nobody and is answered: %s', (text, kind) =>
  expect(signInMeaning(text, isMember)?.kind).toBe(kind),
)

test.each([
  '迟到了十分钟，签到',
  '刚进会议，签到',
  '签到！祝大家周末愉快',
  '第一次参加，签到',
  '前来学习，签到',
  '签到～老师讲得好',
  '签到，多谢指导',
  '路上堵车刚到，签到',
  '现在刚到教室，签到',
  '今天迟到了，签到',
  '抱歉刚看到消息，已到会场，签到',
  '签到，坐在最后面',
  '优空间，签到',
  '我在优空间，签到',
])('「%s」 has nothing beside the word that speaks against it', text =>
  expect(signInMeaning(text, isMember, word => word === '优空间')).toEqual({ kind: 'self' }),
)

test.each([
  ['签到2890', '2890'],
  ['2890 签到', '2890'],
  ['2890签到！', '2890'],
  ['签到：2890', '2890'],
  ['签到码2890', '2890'],
  ['签到码是2890', '2890'],
  ['2890 已到', '2890'],
  ['签到 2890，我在第三排', '2890'],
  ['堵车刚到，签到2890', '2890'],
  ['到 2890', '2890'],
  ['老师好，签到 2890', '2890'],
  ['各位老师，签到 2890', '2890'],
  ['各位老师签到2890', '2890'],
])('「%s」 brings its code', (text, code) => {
  expect(signInMeaning(text, isMember)).toEqual({ kind: 'self', code })
})

test.each([
  '刘凯签到',
  '签到 林小美',
  '替刘凯签到',
  '帮张三打卡',
  '王小明已到',
  '优空间 刘凯 到',
  '我是刘凯，签到',
  '刘凯到',
  '报告，刘凯到',
  '高铁军到了',
  '费翔到啦',
  '张三来了',
  '张三 已签',
  '张三已签',
  '张三签了',
  '张三已经签好了',
  '张三在现场',
  '张三也到了',
  '刘凯、张三来了',
  '刘凯和张三到了',
  '刘凯已进会场',
])('「%s」 is for another', text => {
  expect(signInMeaning(text, isMember)).toEqual({ kind: 'other' })
})

test.each([
  '签到了吗',
  '怎么签到',
  '几点签到',
  '大家签到',
  '请大家签到',
  '记得签到',
  '开始签到',
  '还没到签到时间',
  '签到表',
  '签到情况',
  '签到码是多少？',
  '今天签到',
  '到时候再说',
  '到哪了',
  '高企怎么报',
  '收到',
  '没到',
  '到家了',
  '现在可以签到',
  '签到时间',
  '好的',
  '快递到了门口',
  '快递到了',
  '老师来了',
  '在',
  '1',
  '他今天来不了',
  '晚上见',
  '我们公司被报道了',
  '请假怎么请',
  '报到证怎么办',
  '收到，谢谢老师',
  '我签到了没有',
  '签上了没',
  '大家好',
  '今日打卡',
  '签到二维码在门口',
  '尾号2890',
  '2890元到账了',
  '请假条怎么写',
  '大家请假要提前说',
  '请假的人多',
  '他请假了',
  '现在签到',
  '到会场怎么走',
  '签到在哪里',
  '到课率多少',
  '赶不上高铁了',
  '来不及报高企了',
  '停车在楼下',
  '我到公司了',
  '资金到位',
  '材料到达了',
  '客户到达了',
  'check in 酒店',
  '时间到',
  '王老师到了',
  '张经理到了',
  '老师，他来不了',
  '大家就位',
  '请各位就位',
  '今天的推送来不及了',
  '请事假怎么扣工资',
  '他请病假了',
  '张三有事，来不了',
  '主讲老师临时有事，来不了',
  '李老师堵车，晚点到',
  '高铁到了',
  '包裹到了',
  '党费到了',
  '温度到了',
  '单子到了',
  '林师傅到了',
  '同志们打卡！',
  '全体党员签到',
  '各位领导，请签到',
  '各位老师，请签到',
  '各位创客，抓紧签到',
  '各位老师，可以签到了',
  '各位老师好，开始签到了',
  '大家好，请签到',
  '各位老师，签到吧',
  '各位老师，没签到的抓紧',
  '各位老师记得签到，谢谢',
  '各位老师，签到二维码在门口',
  '各位老师，签到时间到了',
  '各位老师到了',
  '大家都签到了',
  '新版本上线了',
  '系统已上线',
  '资料已到',
  '在线客服',
  '进会议室的钥匙在我这',
  '直播间打不开',
  '他来了，签到',
  '合同已签',
  '金额 已签',
  '小偷来了',
  '到优空间了',
  '张三来不了材料',
  '张三到家了',
  '😂',
  '👍',
  '👌👌',
  '[捂脸]',
  '[微笑][微笑]',
  '打卡机坏了',
  '打卡圣地',
  '打咖啡',
  '签到墙好看',
  '签到台在门口',
  '来了老师',
  '老师到啦',
  '签个字',
  '前到后到都一样',
  '报道一下新闻',
  '千岛湖去过吗',
  '前导课程有哪些',
  '欠到账的钱',
  'here we go',
  'check一下',
  '会议密码2890',
  '张家港2890',
  '。',
  '！！',
  '……',
  '~',
])('「%s」 is talk', text => {
  expect(signInMeaning(text, isMember)).toBeUndefined()
})

test.each([
  '我今天来不了',
  '不好意思，有事去不了了',
  '我请假',
  '今天请个假',
  '不来了',
  '今天加班来不了',
  '家里有事，请假',
  '我今天去不成了',
  '孩子生病，请假一次',
  '告个假',
  '请病假',
  '公司临时开会，来不了',
  '下雨，不去了',
  '赶不过来了',
  '没空',
  '今天没空来',
  '走不开',
  '开会走不开',
  '没时间参加',
  '赶不过去',
])('「%s」 is told how to ask for leave', text =>
  expect(signInMeaning(text, isMember)).toEqual({ kind: 'leave' }),
)

test.each([
  '晚到10分钟',
  '堵车，晚点到',
  '我要迟到一会',
  '在路上了',
  '马上到',
  '还没到，路上',
  '还有十分钟到',
  '晚来一会',
  '晚十分钟',
  '停车中，马上到',
  '今天来不及了',
  '堵在路上',
  '等会儿签到',
  '一会儿签到',
  '稍后签到',
  '待会再签到',
])('「%s」 is late', text => expect(signInMeaning(text, isMember)).toEqual({ kind: 'late' }))

test.each([
  ['请个假，孩子发烧', '孩子发烧'],
  ['老师，我请个假，家里老人住院', '家里老人住院'],
  ['请假一天 出差', '出差'],
])('「%s」 asks for leave with its reason', (text, reason) =>
  expect(signInMeaning(text, isMember)).toEqual({ kind: 'excuse', reason }),
)

test.each(['签到没反应', '签不上', '刚才签到失败了', '没签上', '签不到'])(
  '「%s」 is told what to send',
  text => expect(signInMeaning(text, isMember)).toEqual({ kind: 'trouble' }),
)

test.each(['取消请假', '我不请假了', '销假', '不请假了，我能来', '不用请假了'])(
  '「%s」 takes leave back',
  text => expect(signInMeaning(text, isMember)).toEqual({ kind: 'back' }),
)

test.each(['好的，不用请假', '没事，不用请假', '谢谢，不用请假', '你不用请假', '老师，不用请假'])(
  '「%s」 is said to another person',
  text => expect(signInMeaning(text, isMember)).toBeUndefined(),
)

test.each(['签错了', '撤回签到', '取消打卡'])('「%s」 is for an organizer to put right', text =>
  expect(signInMeaning(text, isMember)).toEqual({ kind: 'wrong' }),
)

test.each([
  '我们都到了',
  '我和小美到了',
  '微党课签到',
  '代签',
  '帮我签一下',
  '已签',
  '签好了',
  '2890签',
  '打卡第3天',
  '同志们签到啦',
  '大家，签到了',
  '大家签到啦',
  '大家签到，谢谢',
  '各位老师，现在签到',
  '各位老师，今天签到',
  '来晚了',
  '我来晚了不好意思',
  '刚进来',
  '上线了',
  '人到齐',
  '我们三个都到了',
  '早起打卡',
  '签到规则',
  '下午三点微党课，签到',
  '待会下楼，签到',
  '健身，打卡',
  '✅',
  '🙋‍♀️',
  '[举手]',
  '咱到了',
  '咱家到了',
  '签到 台江党支部',
  '阮到了',
  '到位',
  '进来了',
])('「%s」 looks like attendance and is answered', text =>
  expect(signInMeaning(text, isMember)).toEqual({ kind: 'unclear' }),
)

test.each([
  ['我来不了了', true],
  ['不好意思，我来不了了', true],
  ['公司临时加班，来不了', true],
  ['张三有事，来不了', false],
  ['主讲老师临时有事，来不了', false],
  ['孩子他爸出差，来不了', false],
  ['😂', false],
])('「%s」 gives up the own place: %s', (text, isOwn) => expect(isOwnLeave(text)).toBe(isOwn))

test('a sticker or a mark alone signs nobody in', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 60 })
  for (const words of ['😂', '👍', '[捂脸]', '。。。', '🌹🌹']) await room.mei.says(words)
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).join()).not.toContain('小美')
})

test('openings without an end are talk, however many there are', () => {
  for (const word of [
    '我',
    '今天',
    '堵车',
    '来了',
    '在路上',
    '刚',
    '已经',
    '到',
    '在线上',
    '老师',
    '谢谢',
    '请',
  ])
    expect(signInMeaning(`${word.repeat(39).slice(0, 38)}完`, isMember)).toBeUndefined()
})

test('who cannot come, or comes late, hears what to send while the window is open', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.mei.says('我今天来不了')
  await room.forward({ minutes: 60 })
  await room.mei.says('我今天来不了', '请假 原因')
  await room.zhang.says('堵车，晚点到', '发「签到」')
  await room.zhang.says('我们都到了', '自己在群里只发「签到」')
})

test('leave with its reason is kept in the words of talk, from the day before; without a lesson it is talk', async () => {
  const room = await openRoom()
  await room.mei.says('请个假，孩子发烧')
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.mei.says('请个假，孩子发烧')
  await room.forward({ minutes: 55 })
  expect(room.outbox.toGroup(group).join()).toContain('请假')
  await room.boss.says('签到情况', '小美')
})

test('in an open window whatever plainly means to sign in counts; a name beside it gets one word for all', async () => {
  const room = await openRoom()
  await room.mei.says('打卡')
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 60 })
  await room.mei.says('打卡！')
  await room.mei.says('张三签到', '不能替别人签')
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).join()).toContain('小美')
  expect(room.outbox.toGroup(group).join()).not.toContain('张三')
})

test('a name that the roster knows gets a word, goods that arrive do not; a call to all signs no one in', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 60 })
  await room.zhang.says('签到')
  await room.mei.says('张三到了', '不能替别人签')
  await room.mei.says('高铁到了')
  await room.mei.says('各位老师，请签到')
  await room.mei.says('大家签到')
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).join()).toContain('张三')
  expect(room.outbox.toGroup(group).join()).not.toContain('小美')
})

test('a name that no list has is told off beside the word; a present person who greets all is signed in', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 60 })
  await room.zhang.says('欧阳锋签到', '不能替别人签')
  await room.zhang.says('欧阳锋到了')
  await room.mei.says('各位老师，签到')
  await room.zhang.says('同志们签到啦', '自己在群里只发「签到」')
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).join()).toContain('小美')
  expect(room.outbox.toGroup(group).join()).not.toContain('张三')
})

test('before the lesson begins its window is open, too', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 50 })
  await room.mei.says('我到了')
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).join()).toContain('小美')
})

test('the own name beside the word signs in, whatever order it has; it asks for leave as well', async () => {
  for (const words of [
    '张三签到',
    '签到 张三',
    '签到（优空间 张三）',
    '我是张三，签到',
    '张三已到',
    '我张三到了',
    '签到-张三',
  ]) {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
    await room.forward({ minutes: 60 })
    await room.zhang.says(words)
    await room.forward({ seconds: 40 })
    expect(room.outbox.toGroup(group).join(), words).toContain('刚签到 1 人：优空间-张三')
  }
})

test('the own name before a leave with its reason is no other person', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 55 })
  await room.mei.says('张三 请假 出差', '请假 原因')
  await room.zhang.says('张三 请假 出差')
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).join()).toContain('请假 1 人：优空间-张三')
})

test('who takes leave back hears that a sign-in is enough, also before the lesson', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.mei.says('请假 出差')
  await room.mei.says('取消请假', '到时发「签到」，请假就不算了')
  await room.forward({ minutes: 61 })
  await room.mei.says('签到')
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).join()).toContain('优空间-小美')
})

test('outside of a lesson an answer comes only where the bot is spoken to', async () => {
  const room = await openRoom()
  for (const words of ['签错了', '没签上', '打卡', '我今天来不了']) await room.mei.says(words)
  await room.mei.asks('上次签错了', '请找组织者改')
  await room.mei.asks('没签上', '现在没有要签到的课')
  await room.mei.asks('打卡', '现在没有要签到的课')
  await room.mei.asks('我今天来不了', '没有排好的课，不用请假')
  await room.chen.send(room.chen.message('开课 沙龙 明天9:00-10:00'))
  await room.mei.asks('我今天来不了', '请假 原因')
})

test.each([
  ['到优空间了', 'self'],
  ['我到优空间了', 'self'],
  ['已到优空间', 'self'],
  ['到了优空间', 'self'],
  ['老师好，我已经到优空间三楼啦', 'self'],
  ['到优空间', undefined],
  ['到优空间怎么走', undefined],
  ['快递到优空间了', undefined],
  ['到福州了', undefined],
  ['到优空间了吗', undefined],
])('「%s」 with the place of the sender means %s', (text, kind) => {
  const isPlace = (word: string) => ['优空间', '优空间三楼'].includes(word)
  expect(signInMeaning(text, isMember, isPlace)?.kind).toBe(kind)
})

test('a member who came by the words of another is told off; the own name with them counts', async () => {
  const room = await openRoom()
  for (const one of [room.mei, room.zhang]) await one.says('打卡')
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 60 })
  await room.mei.says('张三来了', '不能替别人签')
  await room.mei.says('张三 已签', '不能替别人签')
  await room.zhang.says('小美来了', '不能替别人签')
  await room.mei.says('党费来了')
  await room.zhang.says('张三 已签', '自己在群里只发「签到」')
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).join()).not.toContain('刚签到')
  await room.zhang.says('张三来了')
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).join()).toContain('刚签到 1 人：优空间-张三')
})

test("one's own place said counts as 「我到了」 does, other places do not", async () => {
  for (const [words, isIn] of [
    ['到优空间了', true],
    ['我到优空间三楼了', true],
    ['到党群服务中心了', true],
    ['我已到服务中心', true],
    ['到福州了', false],
    ['到恒丰了', false],
    ['我到公司了', false],
  ] as const) {
    const room = await openRoom()
    await room.mei.says('到优空间了')
    await room.chen.says('开课 周末微党课 14:00-15:00 地点 党群服务中心', '党群服务中心')
    await room.forward({ minutes: 60 })
    await room.person('li', '李四', group).says(words)
    await room.forward({ seconds: 40 })
    expect(room.outbox.toGroup(group).join().includes('刚签到 1 人：李四'), words).toBe(isIn)
  }
})

test('while a lesson is near but its window closed, the words of its kind or the time to sign in are said', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.mei.asks('晚到十分钟', '晚到不用请假')
  for (const words of ['没签上', '来晚了', '我们都到了']) await room.mei.asks(words, '今天 13:45 开始签到')
  await room.forward({ minutes: 130 })
  for (const words of ['没签上', '来晚了', '晚到十分钟']) await room.mei.asks(words, '签到已经截止')
  await room.forward({ minutes: 200 })
  await room.mei.asks('没签上', '现在没有要签到的课')
})

test('absence beside the word counts nobody and is answered', async () => {
  const room = await openRoom()
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.forward({ minutes: 60 })
  await room.mei.says('还在路上，签到', '人到了发「签到」')
  await room.mei.says('签到，还在路上', '人到了发「签到」')
  await room.mei.says('签到，我人在厦门', '签到只发「签到」两个字就行')
  await room.mei.says('同事小陈，签到', '自己在群里只发「签到」')
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).join()).not.toContain('刚签到')
})

test('the own place beside the word signs in with the own place or name only', async () => {
  for (const [words, isIn] of [
    ['签到 优空间', true],
    ['优空间张三签到', true],
    ['签到，优空间 张三', true],
    ['我在优空间，签到', true],
    ['签到，坐第三排', true],
    ['签到，不好意思刚停好车', true],
    ['优空间到了', false],
    ['优空间的人到了', false],
    ['优空间签到', false],
    ['李张三签到', false],
    ['张三丰签到', false],
    ['张三和小美签到', false],
  ] as const) {
    const room = await openRoom()
    await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
    await room.forward({ minutes: 60 })
    await room.zhang.send(room.zhang.message(words))
    await room.forward({ seconds: 40 })
    expect(room.outbox.toGroup(group).join().includes('刚签到 1 人：优空间-张三'), words).toBe(isIn)
  }
})

test.each([
  ['壹贰捌玖', { kind: 'digits', code: '1289' }],
  ['一 二 八 九', { kind: 'digits', code: '1289' }],
  ['二八九零', { kind: 'digits', code: '2890' }],
  ['签 2890', { kind: 'digits', code: '2890' }],
  ['现场码2890', { kind: 'digits', code: '2890' }],
  ['屏幕上是2890', { kind: 'digits', code: '2890' }],
  ['密码：2890', { kind: 'digits', code: '2890' }],
  ['验证码2890', { kind: 'digits', code: '2890' }],
  ['我的码2890', { kind: 'digits', code: '2890' }],
  ['签到 壹贰捌玖', { kind: 'self', code: '1289' }],
  ['张三2890', { kind: 'other', code: '2890' }],
  ['2890张三', { kind: 'other', code: '2890' }],
  ['优空间张三2890', { kind: 'other', code: '2890' }],
])('「%s」 holds a code, which counts only where one is asked for', (text, meaning) =>
  expect(signInMeaning(text, isMember)).toEqual(meaning),
)

test('a code beside the own name signs in, beside another name it does not, and without a lesson that asks it is talk', async () => {
  const room = await openRoom()
  for (const one of [room.mei, room.zhang]) await one.says('打卡')
  await room.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await room.chen.says('启用签到码', '看现场屏幕')
  await room.forward({ minutes: 60 })
  const code = async () => {
    const [lesson] = await room.lessonsBetween('2026-11-28', '2026-11-29')
    return (lesson && codeAt(lesson, room.world.clock.now())) ?? ''
  }
  await room.mei.says(`张三${await code()}`, '不能替别人签')
  await room.zhang.says(`张三${await code()}`)
  await room.mei.says(`${await code()}小美`)
  await room.forward({ seconds: 40 })
  expect(room.outbox.toGroup(group).join()).toContain('刚签到 2 人：优空间-小美、优空间-张三')
  const other = await openRoom()
  await other.chen.says('开课 周末微党课 14:00-15:00', '开课了')
  await other.forward({ minutes: 60 })
  await other.mei.says('张三2890')
})

test('digits of several clauses are no code together where more is said', () => {
  for (const text of ['我在第三排，28，90 签到', '签到 99 99 ../../x', '签到，28，90，某某事'])
    expect(signInMeaning(text, isMember)).toEqual({ kind: 'unclear' })
})

test.each(['A到了', 'B来了', '坐下', '前导', '浅倒', '欠刀', '潜导'])('「%s」 tells of no sign-in', text =>
  expect(signInMeaning(text, isMember)?.kind).not.toBe('self'),
)
