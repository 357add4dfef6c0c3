import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Aside, asideOf } from '../../../src/text/asides/asides.ts'

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
  bot: '你是谁 你是谁？ 你叫什么名字 你是机器人吗 你是真人吗 你会什么 你能做什么 你有什么功能 你多大了 谁开发的这个机器人 你靠谱吗 你收费吗 怎么用这个机器人 这个机器人怎么用 你是AI吗 机器人坏了吗 有什么功能 你从哪里知道的 你的主人是谁 你吃饭了吗 你会聊天吗 你们这个机器人是干嘛的 小创你能帮我做什么',
  lessons:
    '下次课什么时候 下次课什么时候？ 下一次课在哪里上 这周有课吗 周末微党课几点开始 今天的课谁讲 签到怎么签 我签到成功了吗 忘了签到怎么办 怎么请假 请假了还要补学吗 微党课在哪上 下节课讲什么 课程表在哪看 沙龙什么时候办 路演在哪里 这周六的课取消了吗 讲座几点 我缺勤几次 我出勤几次了 可以补签吗 签到码是多少 这次活动在哪里 活动几点开始 迟到算缺席吗 上课地点在哪 主讲是谁 什么时候上课 课改到哪天了 本周党课安排 签退要做吗 课程表发我一份',
  instructor:
    '我们空间的指导员是谁 指导员电话多少 怎么联系指导员 指导员在吗 指导员什么时候上班 支部书记是谁 怎么联系何国平老师 法律方面找谁问 怎么找创业指导员 指导员换人了吗',
  ticket:
    '我的问题有人答了吗 我的咨询怎么样了 我上次问的问题有答复吗 我的工单到哪了 3号问题处理了吗 我昨天问的有回复了吗 我的问题什么时候有人回 怎么撤回我的问题 我提的问题没人理 我的咨询进度 我转的问题有结果吗 2号有答复吗 还有多少人排队',
  complaint:
    '你太笨了 垃圾机器人 你懂不懂啊 说了跟没说一样 答非所问 听不懂 看不懂 没听懂 什么意思 太长了看不完 字太多了 太啰嗦了 你真没用 你没听懂我的问题 你没回答我的问题 我问的不是这个 不是这个意思 答错了 胡说八道 智障 文不对题 等于没说 你好笨啊 什么破机器人 回答得真差 傻瓜 笨蛋 滚 闭嘴 走开 说人话 再说一遍 烦死了 什么鬼 我要投诉机器人',
  chat: '今天好冷啊 吃了吗 吃饭了吗 天气真好 好热 下雨了 在干嘛 忙不忙 好累啊 好无聊 睡了吗 今天天气怎么样 饿了 好困 中午吃什么 讲个笑话 几点了 今天几号 今天星期几 福州天气 帮我写代码 唱首歌 测试 test 123 无语 晕 呜呜 好人一生平安',
  privacy:
    '你会记录我们的聊天吗 机器人会不会看我们聊天 我发的消息你都存吗 我的手机号会泄露吗 谁能看到我问的问题 你们会偷听我们聊天吗',
  accuracy: '你的答案准不准 你答错了怎么办 你的政策更新到什么时候 你多久更新一次 你跟微信官方有关系吗',
  unheard: '你怎么不回我 刚才问的你还没答 机器人怎么没反应',
  'push-choice': '怎么关掉你的推送 我不想收推送了 推送能不能只推科技类的 推送太多了能少点吗 能不能单独推给我',
  'broken-link': '上次推的那个链接打不开 网页进不去 二维码失效了',
  'own-data': '怎么删掉我的资料 能把我的数据导出来吗 你记了我什么',
  roster:
    '我名字写错了怎么改 我想换个众创空间登记 我不是优空间的 怎么退出这个群的名单 名单上有我吗 我是新来的要登记什么 找谁改名单 怎么把我从名单删了',
  members: '怎么成为党员创客 怎么加入支部 优空间有多少人 群里有哪些党员',
  company: '测政策怎么用 我的企业情况怎么改 你记得我公司叫什么吗',
  submission: '怎么投稿 我投的稿子过了吗 投稿有什么要求',
  'sign-up-form': '报名表在哪 报名链接发一下 接龙在哪',
  vote: '投票结果出来了吗 我投了谁 谁得票最多 投票几点截止',
  site: 'E空间网址是多少 E空间怎么进',
  material: '课件发一下 上次课的录像在哪看 今天的讲座PPT发一下',
  'make-up': '缺课了怎么补 没来的课怎么补 怎么补学 没签上怎么补',
  group: '群规是什么 广告能发吗 能拉朋友进群吗 这个群是干什么的 支部活动怎么参加',
  use: '晚上能问你吗 能发图片给你看吗 周末你上班吗',
  waiting: '我想换个指导员 帮我催一下老师 指导员多久回一次 指导员怎么还不回 能换个律师问吗',
  reminder: '怎么关掉截止提醒 截止提醒怎么打开',
  attending: '要不要带电脑来上课 这课算学时吗 在外地能线上听吗 我没来会被通报吗',
  organizer: '组织者是谁 群主是谁 管理员电话多少 怎么联系组织者',
  person:
    '人工 转人工 我要人工 人工服务 找真人 真人客服 请转人工 能不能转人工 谢谢，转人工 收到，人工 好的，请转人工 嗯，找个人 人工，谢谢',
}

const cases = Object.entries(sentences).flatMap(([aside, list]) =>
  list.split(' ').map(sentence => [sentence, aside as Aside] as const),
)

test('there are at least 120 sentences', () => expect(cases.length).toBeGreaterThanOrEqual(120))
test.each(cases)('%s: %s', (sentence, aside) => expect(asideOf(sentence)).toBe(aside))

const smallTalk = [
  'thanks',
  'greeting',
  'farewell',
  'laughter',
  'praise',
  'assent',
  'complaint',
  'chat',
  'person',
]
test.each(['\n', ' ', '，', '。\n'])(
  'small talk joined by %j stays small talk, and asks for a person',
  mark => {
    // 「233，123」 is one number.
    const small = cases.filter(([said, aside]) => smallTalk.includes(aside) && !/^\d+$/.test(said))
    const wrong = small.flatMap(([first, a]) =>
      small.flatMap(([second, b]) => {
        const aside = asideOf(`${first}${mark}${second}`)
        const isRight =
          a === 'person' || b === 'person' ? aside === 'person' : smallTalk.includes(aside ?? '')
        return isRight ? [] : [`${first} + ${second}: ${aside}`]
      }),
    )
    expect(wrong).toEqual([])
  },
)
test.each([
  ['哈哈哈哈\n早上好\n[微笑]', 'greeting'],
  ['好的 收到 谢谢老师', 'thanks'],
  ['没听懂，谢谢', 'complaint'],
  ['看不懂，谢谢', 'complaint'],
  ['不是这个意思，好吧', 'complaint'],
  ['投诉你，再见', 'complaint'],
  ['谢谢，投诉你，人工', 'person'],
  ['哈哈\n高企怎么报', undefined],
  ['谢谢。那省高呢', undefined],
])('%j: %s', (said, aside) => expect(asideOf(said)).toBe(aside))

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
  test('among the situations and test questions that an entry answers, but for those of lessons', () => {
    const situations = readdirSync('data/faq-situations').flatMap(file =>
      Object.values(
        parse(readFileSync(`data/faq-situations/${file}`, 'utf8')) as Record<string, string[]>,
      ).flat(),
    )
    const { answered } = parse(readFileSync('data/faq-questions.yaml', 'utf8')) as {
      answered: Record<string, string[]>
    }
    const tested = ['held-out', 'letters', 'messages', 'others', 'verdicts'].flatMap(set =>
      readFileSync(`test/data/faq-${set}.jsonl`, 'utf8')
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line) as { text: string; entries?: string[]; programmes?: string[] })
        .filter(({ entries, programmes }) => (entries ?? programmes ?? ['parts']).length > 0)
        .map(({ text }) => text),
    )
    const all = [...situations, ...Object.values(answered).flat(), ...tested]
    expect(all.length).toBeGreaterThan(5000)
    const others = new Set<Aside | undefined>([undefined, 'lessons', 'instructor', 'ticket'])
    expect(all.filter(question => !others.has(asideOf(question)))).toEqual([])
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
    '迟到罚款合法吗',
    '员工旷课三天能辞退吗',
    '打卡记录要保存几年',
    '考勤表能作为研发人员工时的证明吗',
    '办活动在哪里报备',
    '活动取消了发票怎么办',
    '负责人是谁要变更去哪办',
    '补课机构还能注册吗',
    '单位组织党课的开支可以列支吗',
    '讲师的劳务报酬怎么报',
    '会议签到表审计要吗',
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
    '客户怎么一直不回款',
    '对方为什么不回款',
    '保险公司为什么不理赔',
    '科技局怎么还不回复',
    '仲裁为什么没回音',
    '为什么没答辩通知',
    '我们改了公司名字要重新登记吗',
    '创新创业比赛报名表在哪下载',
    '在哪填大赛报名表',
    '展会报名截止了吗',
    '大赛报名截止是哪天',
    '政府信息公开怎么申请',
    '客户资料泄露怎么办',
    '商业秘密保密怎么做',
    '聊天内容和隐私条款怎么写',
    '创业培训多少学时',
    '业主大会投票怎么投',
    '股东会投票怎么算',
    '创业之星评选结果什么时候公布',
    '年检网页打不开',
    '火炬统计页面打不开',
    '劳动仲裁开庭缺席会怎么样',
  ])('%s', sentence => expect(asideOf(sentence)).toBeUndefined())
})

test('interjections without end take no time that grows with them', () => {
  for (const word of ['哦', '啊', '嗯', '哇', '哦啊', '好的', '谢谢你'])
    expect(asideOf(`${word.repeat(40).slice(0, 37)}补x`)).toBeUndefined()
})
