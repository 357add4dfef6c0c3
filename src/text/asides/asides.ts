import { memoize } from '../../lib/memoize.ts'
import { fold } from '../fold.ts'
import { nearOwnMatterOf, type OwnMatter, ownMatterOf } from './own-matters.ts'

/** Topic of a message without a policy question. */
export type Aside =
  | 'thanks'
  | 'greeting'
  | 'farewell'
  | 'laughter'
  | 'praise'
  | 'assent'
  | 'complaint'
  | 'chat'
  | 'bot'
  | 'lessons'
  | 'instructor'
  | 'ticket'
  | 'person'
  | OwnMatter

/** Stickers as the platform writes them, 「[微笑][捂脸]」, and emoji. */
const stickers = /^(?:\s|\[[^\]\s]{1,6}\]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|\u200D)+$/u

/** Longer sentences are judged as policy questions. */
const longestAside = 40
/** Stickers and what is unseen make a short sentence longer; what is longer still is not even folded. */
const longestWritten = 400

/** Words of the knowledge base: a sentence with one of them is a policy question. */
const policyWords =
  /补贴|补助|奖励|奖补|资助|资金|扣除|税|(?<!收)费|贷|社保|医保|公积金|工伤|失业|工资|劳动|合同|高企|国高|省高|科小|小巨人|专精特新|申报|申请|认定|备案|入库|专利|商标|营业执照|注销|执照|公司法|政策|通知书|课题|孵化|人才|项目|扣|减免|职称|学历|培训券|创新券|证书/u

/**
 * Words of running a company beside which 「迟到」, 「打卡」 or 「活动」 is no matter of a lesson: 「员工旷课三天能辞退吗」,
 * 「活动取消了发票怎么办」.
 */
const companyWords =
  /员工|职工|工时|罚款|罚钱|扣钱|辞退|开除|解雇|合法|违法|劳务|报酬|发票|入账|列支|开支|审计|报备|采购|机构|变更|(?:保存|留存)(?:几|多少|多久)/u

const particleOrMark = /[啊呀哦噢喔啦了的吧哈呢嘛哟~～!！?？。.，,、 ]/u
type Words = {
  /** A text that begins with one: most do not, and this is a single test. */
  first: RegExp
  /** A text that is one. */
  whole: RegExp
}
const wordsOf = (words: string): Words => ({
  first: new RegExp(`^(?:${words})`, 'u'),
  whole: new RegExp(`^(?:${words})$`, 'u'),
})

/**
 * Whether a text is such words one after the other, with particles and marks behind each. By places, since a
 * pattern with such words in any number takes a time that doubles with each 「哦」.
 */
function consistsOf({ first, whole }: Words, text: string): boolean {
  if (!first.test(text)) return false
  const isReached = new Uint8Array(text.length + 1)
  isReached[0] = 1
  for (let from = 0; from < text.length; from++) {
    if (isReached[from] === 0) continue
    if (from > 0 && particleOrMark.test(text.charAt(from))) isReached[from + 1] = 1
    for (let to = from + 1; to <= text.length; to++)
      if (isReached[to] === 0 && whole.test(text.slice(from, to))) isReached[to] = 1
  }
  return isReached[text.length] === 1
}

/** Messages that consist of nothing but such words, see {@link consistsOf}. */
const wholes: readonly [Aside, Words][] = [
  [
    'thanks',
    wordsOf(
      '(?:太|非常|十分|真|好[的滴嘞]?|行|ok|嗯|哦|收到|明白了?|知道了?|清楚了?|懂了?|了解了?|没有?了|没事了|没问题了|解决了)*[,，。!！ ]*(?:谢谢?|多谢|感谢|感激|谢了|感恩|辛苦|麻烦|费心)(?:你|您|大家|各位|老师|机器人|小助手|小创|帮助|支持|指导|回复|解答|分享|告知|提醒|不尽|了|啦|一下)*(?:[,，。!！ ]*(?:明白|知道|清楚|懂|了解|收到)了?)?|thanks?|thank you|thx|3q|蟹蟹|阿里嘎多',
    ),
  ],
  [
    'greeting',
    wordsOf(
      '(?:你|您|大家|各位|老师|机器人)+好|(?:大家|各位|老师)+早|(?:大家|各位|老师)*(?:早上|上午|中午|下午|晚上)好(?:大家|各位|老师)*|早安?|午安|哈喽|哈罗|嗨+|hi|hello|hey|在吗|在不|在不在|在么|在|有人吗|有人在吗|(?:祝?大家|各位)*(?:节日快乐|新年快乐|新年好|春节快乐|中秋快乐|元旦快乐|周末愉快|周末快乐|国庆快乐|端午安康)(?:大家|各位)*|(?:祝(?:大家|各位|您|你)?)?(?:\\p{Script=Han}{2,3})?快乐|恭喜(?:你|您|发财)?|祝贺(?:你|您)?|恭贺',
    ),
  ],
  ['farewell', wordsOf('再见|拜拜|88|晚安|回头见|明天见|回聊|bye|bye ?bye|先这样|先忙')],
  [
    'laughter',
    wordsOf(
      '哈{2,}|呵{2,}|嘿{2,}|嘻{2,}|h{3,}|233+|笑死(?:我|人)?|笑哭|666*|lol|好家伙|加油|比心|么么哒|爱了|哇+塞?|啊{1,9}|哟+|yyds|绝绝子|冲+',
    ),
  ],
  [
    'praise',
    wordsOf(
      '(?:你|您|机器人|小助手|这个?|回答得?|答得?)*(?:真|好|太|很|挺|最|非常)*(?:厉害|棒棒|棒|牛|强|赞|聪明|贴心|给力|专业|不错|棒棒哒|可爱|优秀)|太好|(?:我)?爱(?:你|您|死你)|点赞|好评|牛[逼掰皮]|绝了|good|nice|great',
    ),
  ],
  [
    'complaint',
    wordsOf(
      '(?:[你您]|机器人|小助手|小创|这个?|回答得?|答得?|说得?|讲得?|写得?)*(?:怎么|这么|真|好|太|很|有点)*(?:笨|蠢|傻|差劲?|烂|敷衍|啰嗦|罗嗦|复杂)|(?:[你您]|机器人)+(?:真|太|怎么这么|一点)?(?:没用|不行|不好用|不靠谱|都不懂)|(?:什么|啥)?[破垃][圾]?机器人|垃圾|智障|弱智|废物|答非所问|文不对题|牛头不对马嘴|鸡同鸭讲|(?:[你您]|根本|完全|都|还是)*[没不](?:有)?(?:听懂|看懂|弄懂|搞懂|理解|明白|回答)(?:我|的|意思|问题|话|问)*|(?:我|还是|根本|完全|有点)*(?:听不懂|看不懂|看不明白|听不明白|没听懂|没看懂|不懂)|(?:什么|啥)意思|(?:说了|讲了)?(?:跟|和|等于)没说(?:一样|似的)?|[你您]?(?:到底)?(?:懂不懂|会不会|行不行)|(?:字|话|内容|回答)?太(?:长|多)|(?:看不完|看不下去|不想看|没耐心看)|(?:[你您]|回答)?(?:答|说|讲|搞|弄)错|(?:我)?(?:问|说|要)的(?:根本)?不是这个|不是这个意思|(?:[你您])?(?:胡说(?:八道)?|瞎说|乱说|扯淡|骗人)|[你您]?(?:这个?)?(?:傻[瓜子逼xX]?|笨蛋|蠢货|白痴|脑残)|滚(?:蛋|开|一边去)?|闭嘴|走开|退下|别[吵烦](?:我)?|烦死(?:了|人)?|[你您]?(?:能不能)?(?:说人话|讲重点|说重点)|(?:请|你)?再(?:说|讲)一[遍次]|投诉(?:你|您|机器人|小创|小助手)|我?要投诉(?:你|您|机器人|小创|小助手)|什么鬼|什么玩意儿?|啥玩意儿?',
    ),
  ],
  [
    'chat',
    wordsOf(
      '(?:今天|今晚|昨天|明天|最近|外面|这|天气|天)*(?:真|好|太|很|挺|有点|又|要|可)*(?:冷|热|闷|凉快|暖和|下雨)死?|(?:今天|明天|最近)?天气(?:真|很)?(?:好|不错|怎么样|如何)|吃(?:过|了)?(?:早饭|午饭|晚饭|饭)?(?:了|过)?[没吗]?有?|(?:你|您)?(?:在干嘛|在干什么|在做什么|忙吗|忙不忙|睡了)[没吗]?|我?(?:今天)?(?:好|太|真|有点)*(?:累|困|饿|无聊|郁闷|无语|尴尬|难过)死?|晕+|汗+|呜+|唉+|哎+|额+|呃+|咦+|哭|(?:早上|中午|晚上|今天|等下|一会儿?)?吃(?:什么|啥)(?:好)?|(?:给我|帮我|给大家)?(?:讲|说|来|唱|写|背|作|画)(?:个|首|段|一个|一首|一段|点)?(?:笑话|故事|段子|歌|诗|代码|程序|作文|小说|画)|(?:现在)?几点(?:钟)?|(?:今天|明天|昨天)(?:是)?(?:几号|星期几|周几|礼拜几|几月几[号日]|什么日子)|(?:福州|台江|明天|后天)+(?:的)?天气(?:怎么样|如何|预报)?|天气预报|测试(?:一下)?|test(?:ing)?|(?:123)+(?:456)?|好人一生平安',
    ),
  ],
  [
    'assent',
    wordsOf(
      '好|好[的滴嘞哒]|妥|行|可以|收到|知道|明白|懂|了解|清楚|嗯+|哦+|噢+|okk*|okay|没事|没关系|不用|不用谢|不客气|客气|对|没错|是的?|算|打扰|已[阅读]|朕知道|get|下班|我?来|原来如此|原来是这样|这样',
    ),
  ],
  [
    'person',
    wordsOf(
      '(?:请|帮我|我要|我想|给我|能不能|能|可不可以|可以|麻烦|有没有|有)*(?:转|找|叫|接|换)?(?:一下|个|到)?(?:人工|真人|活人|客服)(?:服务|客服|来|回答|答|聊)*(?:行吗|吗|可以吗)?[?？]?|(?:帮我|给我)?(?:找|叫|换)一?个?人(?:来)?(?:回答|答复|解答|答|聊聊?|说|处理)?(?:一下)?(?:吧|行吗|可以吗)?',
    ),
  ],
]

/** 「机器人，你是谁」, 「那你能做什么」. */
const addressed = /^(?:那么?|还有|另外|机器人|小助手|小创)[，,\s]*(?=[你您]|在[吗么不]|早|再说|讲个|闭嘴|滚)/u

const question =
  /什么|啥|哪|谁|几|多少|怎么|如何|吗|么|没有|有没|呢|[?？]|是不是|能不能|可不可以|多[久大]|何时|时间|地点|地址|查|看看|安排|知道|告诉|干嘛|发(?:我|一下|一份|给)|找哪/u

const lessonWords =
  /微党课|党课|下[一]?[次节堂]课|[这那上]?[一]?[次节堂]课(?!题)|上课|听课|下课|开课|课[程表]|讲座|沙龙|路演|团课|签到|(?<!拒)签退|打卡|考勤|出勤|缺勤|缺席|旷课|(?<!推)迟到|早退|请假|销假|补学|补签|补课|缺课|台账|周[末六日][^，。]{0,4}课|课(?:件|后|前|上|改|取消|讲|在|什么|几点|是|谁)|的课|有课|活动(?:时间|地点|什么|几点|在哪|取消|改|报名|安排|还有|有哪些|是)|[次周月天]的?活动|讲师|主讲/u
const lessonQuestions =
  /时候|多少|几点|哪天|哪里|哪儿|在哪|地点|地址|时间|谁|什么|啥|几[次节堂]|多少[次节人]|怎么|如何|取消|改期|推迟|延期|吗|没有|记录|表|安排|还有|可以|能|要|忘|晚|补|[?？]|呢/u

const botWords =
  /^(?:[^，。 ]{0,3}[，, ])?(?:请问)?(?:你|您|小助手)(?:是|叫|会|能|可以|懂|有|为什么|怎么|从哪|哪|多大|几岁|的主人|也|多|收|住|吃|喜欢|睡|知道我|认识|记得|收费|要钱|靠谱|准|听得懂|听懂|存|记)/u
const botQuestions =
  /谁|什么|啥|哪些?|名字|真人|机器|人工智能|ai|几岁|多大|怎么用|怎么知道|怎么这么|从哪|哪里来|哪来|收费|要钱|靠谱|准吗|准不准|可信|骗|吗|么|呢|[?？]|为什么|干嘛|做些?什么|功能|主人|开发|聊天|版本|数据|隐私|记录/u
/** 「你能帮我查…」 asks about something else. */
const botOnBehalf =
  /(?:帮|告诉|介绍|说说|讲讲|查|推荐|教|给)(?:我|一?下|大家|我们)|你们?(?:公司|企业|单位|空间)/u
const botDirect =
  /谁(?:做|造|开发|写|设计)的?[你您]|(?:机器人|小助手)(?:收费|会什么|能做什么|靠谱|是谁|叫什么|是什么|怎么用|谁做|谁开发|坏了|死机|宕机|卡了|在不在|在线|有什么用|是干嘛)|(?:这个?|谁(?:做|开发|写|弄|管|维护)[^，。]{0,4}|怎么(?:用|使用|跟|和)[^，。]{0,4})(?:机器人|小助手|bot)|^(?:怎么用|使用说明|说明书|功能|有什么功能|有哪些功能|能干啥|能做什么|会什么)[呀啊呢？?]*$/u

const botPurpose =
  /^(?:[你您]们?)?(?:这个?|这)?(?:机器人|小助手|小创)[^，。]{0,4}(?:干嘛|干什么|做什么|有什么用|是谁|靠谱)|^[你您](?:们)?(?:能|可以|会)(?:帮我们?|给我们?)?(?:做|干)(?:些)?(?:什么|啥|哪些)/u

const instructorWords =
  /(?:法律|财税|财务|知识产权|科技|创业|融资|人事)(?:方面|问题|的事)[^，。]{0,2}找|(?:怎么|如何)(?:联系|找)[^，。]{0,4}(?:老师|律师)[?？]?$|(?:老师|律师)[^，。]{0,3}(?:电话|微信|联系)|指导员|联络员|负责人是谁|支书|支部书记|组织者|管理员|群主|何老师|辅导员/u
const instructorQuestions =
  /谁|哪|电话|联系|微信|怎么找|叫什么|名字|在吗|在不在|什么时候|几点|办公|上班|换|吗|多少|有没|[?？]|呢/u

const ticketWords =
  /工单|排队|我的?(?:那|这)?个?单子?(?!位|据)|转(?:给?人工|给?指导员|出去)的|(?:老师|指导员|组织者)[^，。]{0,3}(?:回|答|理)[^，。]{0,2}我|我(?:提|问|咨询|转)(?:的|过的)?(?:那个?|这个?)?(?:事|问题)|我的?(?:那个?|这个?|上次的?|昨天的?|之前的?|刚才的?|转的?|提的?)*(?:问题|咨询|提问)|我(?:上次|昨天|之前|刚才|前天|上周|早上|上午|中午|下午|今早|今天|刚刚|那天)?(?:(?:问|咨询)(?:的|过|了)|(?:提|转)的?(?:那个?|这个?|个)?(?:问题|咨询))|\d+ ?号(?:问题|工单|咨询)?/u
const ticketQuestions =
  /(?:多少|几)个?人(?:在)?排队|排(?:到|队)[^，。]{0,4}(?:几|多少|哪)|(?:有|没)[^，。]{0,4}(?:人)?(?:答|回|复|处理|结果|进展|消息|下文|动静)|答复|回复|回音|进展|进度|处理|到哪|结果|多久|撤|取消|关闭|关掉|怎么样了|怎样了|答了|回了|没人[理管回答]|催|几号单?|哪个号|单号|(?:谁|哪个?人?)(?:在|来)?(?:管|答|跟|办|看|负责)|有没有?人|解决了?(?:吗|没)|(?:回|答|理)我?了?(?:没|吗)|(?:问题|咨询|的事?)呢[?？]?$/u

/** The words of the knowledge base in a text, each once: what it is about, as far as that is said. */
export function policyWordsIn(text: string): string[] {
  return [...new Set(fold(text).match(new RegExp(policyWords, 'gu')) ?? [])]
}

/**
 * Tells small talk and questions about the bot, lessons, instructors and one's own tickets from policy questions.
 * @returns undefined for what may be a policy question
 */
export const asideOf = memoize(judgeAside, { most: 200, longest: 200 })

function judgeAside(text: string): Aside | undefined {
  if (text.length > longestWritten) return undefined
  if (stickers.test(text)) return 'laughter'
  const folded = fold(text).trim().replace(addressed, '')
  if (folded === '' || [...folded].length > longestAside) return undefined
  const small = wholes.find(([, words]) => consistsOf(words, folded))
  if (small) return small[0]
  if (companyWords.test(folded)) return undefined
  const compact = folded.replace(/\s+/gu, '')
  const own = ownMatterOf(compact)
  if (own) return own
  if (policyWords.test(folded)) return undefined
  return mattersOfQuestion(folded) ?? nearOwnMatterOf(compact)
}

function mattersOfQuestion(folded: string): Aside | undefined {
  if (!(question.test(folded) || ticketQuestions.test(folded))) return undefined
  if (ticketWords.test(folded) && ticketQuestions.test(folded)) return 'ticket'
  if (lessonWords.test(folded) && lessonQuestions.test(folded)) return 'lessons'
  if (instructorWords.test(folded) && instructorQuestions.test(folded)) return 'instructor'
  return isAboutBot(folded) ? 'bot' : undefined
}

const isAboutBot = (folded: string) =>
  botDirect.test(folded) ||
  botPurpose.test(folded) ||
  (botWords.test(folded) &&
    botQuestions.test(folded) &&
    !botOnBehalf.test(folded) &&
    [...folded].length <= 20)

/** Greetings and thanks, which say nothing beside what a message asks for. */
const greeting =
  '(?:(?:各位|大家|同志们?|朋友们?|\\p{Script=Han}?老师们?|书记|领导|主任)*(?:早上|上午|中午|下午|晚上|早|晚|您|你)?好|早安)(?:呀|啊)?'
const courtesy = new RegExp(
  `^(?:${greeting}|老师|领导|书记|各位|早|嗨|hi|hello|哈喽|收到|好的?|好(?:呀|嘞|哒)|ok|嗯+|在的?|谢谢.{0,6}|多谢|感谢.{0,6}|辛苦.{0,4}|抱歉|不好意思|麻烦(?:了|您了?))$`,
  'u',
)
const greetingBefore = new RegExp(`^(?:${greeting}|ok|嗯+|收到|好的)(?=.)`, 'u')

/** Folded clauses without marks and without greetings; what is nothing but greetings stays whole. */
export function clausesOf(text: string): string[] {
  const folded = fold(text.replaceAll(/[+＋]1(?!\d)/gu, ''))
  const all = folded.split(/[\p{P}\p{S}\s]+/u).filter(one => one !== '')
  const kept = all.filter(one => !courtesy.test(one)).map(one => one.replace(greetingBefore, ''))
  return kept.length > 0 ? kept : all
}
