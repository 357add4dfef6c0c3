import { alternation } from '../alternation.ts'

/** A question about the bot or the community that is told by a noun and by what is asked about it. */
export type QuestionMatter = 'ticket' | 'lessons' | 'instructor' | 'bot'

/** Words of a matter, and words of which one must stand beside them. */
type Asked = { words: RegExp; asks: RegExp }

const question = alternation([
  /什么|啥|哪|谁|几|多少|怎么|如何|吗|么|没有|有没|呢|[?？]/u,
  /是不是|能不能|可不可以|多[久大]|何时|时间|地点|地址/u,
  /查|看看|安排|知道|告诉|干嘛|发(?:我|一下|一份|给)|找哪/u,
])

const lessons: Asked = {
  words: alternation([
    /微党课|党课|下[一]?[次节堂]课|[这那上]?[一]?[次节堂]课(?!题)|上课|听课|下课|开课|课[程表]/u,
    /讲座|沙龙|路演|团课/u,
    /签到|(?<!拒)签退|打卡|考勤|出勤|缺勤|缺席|旷课|(?<!推)迟到|早退|请假|销假/u,
    /补学|补签|补课|缺课|台账/u,
    /周[末六日][^，。]{0,4}课|课(?:件|后|前|上|改|取消|讲|在|什么|几点|是|谁)|的课|有课/u,
    /活动(?:时间|地点|什么|几点|在哪|取消|改|报名|安排|还有|有哪些|是)|[次周月天]的?活动|讲师|主讲/u,
  ]),
  asks: alternation([
    /时候|多少|几点|哪天|哪里|哪儿|在哪|地点|地址|时间|谁|什么|啥|几[次节堂]|多少[次节人]|怎么|如何/u,
    /取消|改期|推迟|延期|吗|没有|记录|表|安排|还有|可以|能|要|忘|晚|补|[?？]|呢/u,
  ]),
}

const instructor: Asked = {
  words: alternation([
    /(?:法律|财税|财务|知识产权|科技|创业|融资|人事)(?:方面|问题|的事)[^，。]{0,2}找/u,
    /(?:怎么|如何)(?:联系|找)[^，。]{0,4}(?:老师|律师)[?？]?$/u,
    /(?:老师|律师)[^，。]{0,3}(?:电话|微信|联系)/u,
    /指导员|联络员|负责人是谁|支书|支部书记|组织者|管理员|群主|何老师|辅导员/u,
  ]),
  asks: /谁|哪|电话|联系|微信|怎么找|叫什么|名字|在吗|在不在|什么时候|几点|办公|上班|换|吗|多少|有没|[?？]|呢/u,
}

const before = '(?:上次|昨天|之前|刚才|前天|上周|早上|上午|中午|下午|今早|今天|刚刚|那天)?'
const ticket: Asked = {
  words: alternation([
    /工单|排队|我的?(?:那|这)?个?单子?(?!位|据)|转(?:给?人工|给?指导员|出去)的/u,
    /(?:老师|指导员|组织者)[^，。]{0,3}(?:回|答|理)[^，。]{0,2}我/u,
    /我(?:提|问|咨询|转)(?:的|过的)?(?:那个?|这个?)?(?:事|问题)/u,
    /我的?(?:那个?|这个?|上次的?|昨天的?|之前的?|刚才的?|转的?|提的?)*(?:问题|咨询|提问)/u,
    `我${before}(?:(?:问|咨询)(?:的|过|了)|(?:提|转)的?(?:那个?|这个?|个)?(?:问题|咨询))`,
    /\d+ ?号(?:问题|工单|咨询)?/u,
  ]),
  asks: alternation([
    /(?:多少|几)个?人(?:在)?排队|排(?:到|队)[^，。]{0,4}(?:几|多少|哪)/u,
    /(?:有|没)[^，。]{0,4}(?:人)?(?:答|回|复|处理|结果|进展|消息|下文|动静)/u,
    /答复|回复|回音|进展|进度|处理|到哪|结果|多久|撤|取消|关闭|关掉|怎么样了|怎样了|答了|回了/u,
    /没人[理管回答]|催|几号单?|哪个号|单号|(?:谁|哪个?人?)(?:在|来)?(?:管|答|跟|办|看|负责)|有没有?人/u,
    /解决了?(?:吗|没)|(?:回|答|理)我?了?(?:没|吗)|(?:问题|咨询|的事?)呢[?？]?$/u,
  ]),
}

const botCalled = '(?:[^，。 ]{0,3}[，, ])?(?:请问)?(?:你|您|小助手)'
const bot: Asked = {
  words: alternation([
    `^${botCalled}(?:是|叫|会|能|可以|懂|有|为什么|怎么|从哪|哪|多大|几岁|的主人|也|多|收|住|吃|喜欢|睡)`,
    `^${botCalled}(?:知道我|认识|记得|收费|要钱|靠谱|准|听得懂|听懂|存|记)`,
  ]),
  asks: alternation([
    /谁|什么|啥|哪些?|名字|真人|机器|人工智能|ai|几岁|多大|怎么用|怎么知道|怎么这么|从哪|哪里来|哪来/u,
    /收费|要钱|靠谱|准吗|准不准|可信|骗|吗|么|呢|[?？]|为什么|干嘛|做些?什么/u,
    /功能|主人|开发|聊天|版本|数据|隐私|记录/u,
  ]),
}
/** 「你能帮我查…」 asks about something else. */
const botOnBehalf =
  /(?:帮|告诉|介绍|说说|讲讲|查|推荐|教|给)(?:我|一?下|大家|我们)|你们?(?:公司|企业|单位|空间)/u
const longestAboutBot = 20

/** Sentences about the bot that need no word that asks. */
const botSentences = alternation([
  /谁(?:做|造|开发|写|设计)的?[你您]/u,
  /(?:机器人|小助手)(?:收费|会什么|能做什么|靠谱|是谁|叫什么|是什么|怎么用|谁做|谁开发)/u,
  /(?:机器人|小助手)(?:坏了|死机|宕机|卡了|在不在|在线|有什么用|是干嘛)/u,
  /(?:这个?|谁(?:做|开发|写|弄|管|维护)[^，。]{0,4}|怎么(?:用|使用|跟|和)[^，。]{0,4})(?:机器人|小助手|bot)/u,
  /^(?:怎么用|使用说明|说明书|功能|有什么功能|有哪些功能|能干啥|能做什么|会什么)[呀啊呢？?]*$/u,
  /^(?:[你您]们?)?(?:这个?|这)?(?:机器人|小助手|小创)[^，。]{0,4}(?:干嘛|干什么|做什么|有什么用|是谁|靠谱)/u,
  /^[你您](?:们)?(?:能|可以|会)(?:帮我们?|给我们?)?(?:做|干)(?:些)?(?:什么|啥|哪些)/u,
])

/** @param folded a folded text without its address */
export function questionMatterOf(folded: string): QuestionMatter | undefined {
  const isAsked = ({ words, asks }: Asked) => words.test(folded) && asks.test(folded)
  if (!(question.test(folded) || ticket.asks.test(folded))) return undefined
  if (isAsked(ticket)) return 'ticket'
  if (isAsked(lessons)) return 'lessons'
  if (isAsked(instructor)) return 'instructor'
  const isAboutBot = isAsked(bot) && !botOnBehalf.test(folded) && [...folded].length <= longestAboutBot
  return botSentences.test(folded) || isAboutBot ? 'bot' : undefined
}
