import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Aside, asideOf } from '../../src/text/asides.ts'

const sentences: Record<Aside, string> = {
  thanks:
    '谢谢 谢谢啦 多谢 感谢 谢谢老师 非常感谢！ 太感谢了 辛苦了 麻烦你了 谢谢谢谢 好的谢谢 thanks 感谢解答 谢谢机器人',
  greeting:
    '你好 您好 大家好 早 早上好！ 下午好 晚上好 嗨 hi hello 在吗 在吗？ 有人吗 新年快乐 周末愉快 在？ 大家早 小创在吗 生日快乐 圣诞快乐 恭喜恭喜 祝贺',
  farewell: '再见 拜拜 晚安 明天见 bye 先这样吧',
  laughter: '哈哈 哈哈哈哈 呵呵 嘿嘿 233 666 [微笑] [微笑][捂脸] 笑死我了 hhhh 哇 哇塞 啊啊啊 yyds',
  praise: '真棒 你真厉害 太牛了 很不错 给力 回答得真好棒 点赞 你真聪明 太好了 棒棒哒 爱你',
  assent:
    '好的 收到 知道了 明白了 嗯嗯 ok 没事 不用了 好的收到 原来如此 行吧 算了 打扰了 已阅 已读 没错 下班了',
  bot: '你是谁 你是谁？ 你叫什么名字 你是机器人吗 你是真人吗 你会什么 你能做什么 你有什么功能 你多大了 谁开发的这个机器人 你靠谱吗 你收费吗 怎么用这个机器人 这个机器人怎么用 你是AI吗 机器人坏了吗 有什么功能 你从哪里知道的 你的主人是谁 你吃饭了吗 你会聊天吗 你会记录我们的聊天吗',
  lessons:
    '下次课什么时候 下次课什么时候？ 下一次课在哪里上 这周有课吗 周末微党课几点开始 今天的课谁讲 签到怎么签 我签到成功了吗 忘了签到怎么办 怎么请假 请假了还要补学吗 微党课在哪上 下节课讲什么 课程表在哪看 沙龙什么时候办 路演在哪里 这周六的课取消了吗 讲座几点 我缺勤几次 我出勤几次了 可以补签吗 签到码是多少 这次活动在哪里 活动几点开始 迟到算缺席吗 上课地点在哪 主讲是谁 什么时候上课 课改到哪天了 本周党课安排 签退要做吗',
  instructor:
    '我们空间的指导员是谁 指导员电话多少 怎么联系指导员 指导员在吗 指导员什么时候上班 群主是谁 组织者是谁 支部书记是谁 怎么找创业指导员 指导员换人了吗',
  ticket:
    '我的问题有人答了吗 我的咨询怎么样了 我上次问的问题有答复吗 我的工单到哪了 3号问题处理了吗 我昨天问的有回复了吗 我的问题什么时候有人回 怎么撤回我的问题 我提的问题没人理 我的咨询进度 我转的问题有结果吗 2号有答复吗',
  complaint:
    '你太笨了 垃圾机器人 你懂不懂啊 说了跟没说一样 答非所问 听不懂 看不懂 没听懂 什么意思 太长了看不完 字太多了 太啰嗦了 你真没用 你没听懂我的问题 你没回答我的问题 我问的不是这个 不是这个意思 答错了 胡说八道 智障 文不对题 等于没说 你好笨啊 什么破机器人 回答得真差 傻瓜 笨蛋 滚 闭嘴 走开 说人话 再说一遍 烦死了 什么鬼',
  chat: '今天好冷啊 吃了吗 吃饭了吗 天气真好 好热 下雨了 在干嘛 忙不忙 好累啊 好无聊 睡了吗 今天天气怎么样 饿了 好困 中午吃什么 讲个笑话 几点了 今天几号 今天星期几 福州天气 帮我写代码 唱首歌 测试 test 123 无语 晕 呜呜 好人一生平安',
  person: '人工 转人工 我要人工 人工服务 找真人 真人客服 请转人工 能不能转人工',
}

const cases = Object.entries(sentences).flatMap(([aside, list]) =>
  list.split(' ').map(sentence => [sentence, aside as Aside] as const),
)

test('there are at least 120 sentences', () => expect(cases.length).toBeGreaterThanOrEqual(120))
test.each(cases)('%s: %s', (sentence, aside) => expect(asideOf(sentence)).toBe(aside))

describe('a policy question is never taken for anything else', () => {
  const own = readdirSync('data/faq')
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file => {
      const { entries } = parse(readFileSync(`data/faq/${file}`, 'utf8')) as {
        entries: { question: string; otherQuestions: string[] }[]
      }
      return entries.flatMap(({ question, otherQuestions }) => [question, ...otherQuestions])
    })
  test('among the questions of the knowledge base', () => {
    expect(own.length).toBeGreaterThan(500)
    expect(own.filter(question => asideOf(question) !== undefined)).toEqual([])
  })
  test.each([
    '高企怎么报',
    '你好，高企怎么报',
    '谢谢，那省高呢',
    '培训费可以加计扣除吗',
    '签到表能当研发凭证吗，加计扣除要不要',
    '你能帮我查创业补贴吗',
    '哈哈今天天气真不错',
    '孩子咳嗽一周了怎么办',
    '请假扣工资合法吗',
    '课题经费能算研发费用吗',
    '不对，我问的是省高',
    '申报书写错了怎么办',
    '慢性病医保怎么报',
    '政策看不懂，研发费用怎么归集',
    '下雨天工地停工要发工资吗',
    '什么意思叫加计扣除',
    '高温补贴多少',
    '税',
    '年报',
    '科小',
    '落户',
    '几点下班算加班',
    '测试费能加计扣除吗',
    '中午吃饭补贴要交税吗',
    '公司吃什么政策',
    '滚动支持的政策有吗',
  ])('%s', sentence => expect(asideOf(sentence)).toBeUndefined())
})

test('interjections without end take no time that grows with them', () => {
  for (const word of ['哦', '啊', '嗯', '哇', '哦啊', '好的', '谢谢你'])
    expect(asideOf(`${word.repeat(40).slice(0, 37)}补x`)).toBeUndefined()
})
