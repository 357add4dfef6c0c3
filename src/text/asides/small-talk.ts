/** Topics of messages that carry nothing but courtesy, moods or chat, and the wish for a person. */
export type SmallTalk =
  | 'thanks'
  | 'greeting'
  | 'farewell'
  | 'laughter'
  | 'praise'
  | 'assent'
  | 'complaint'
  | 'chat'
  | 'person'

const particleOrMark = /[啊呀哦噢喔啦了的吧哈呢嘛哟~～!！?？。.，,、 ]/u
type Words = {
  /** A text that begins with one: most do not, and this is a single test. */
  first: RegExp
  /** A text that is one. */
  whole: RegExp
}
const wordsOf = (parts: readonly string[]): Words => ({
  first: new RegExp(`^(?:${parts.join('|')})`, 'u'),
  whole: new RegExp(`^(?:${parts.join('|')})$`, 'u'),
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

const taken =
  '(?:太|非常|十分|真|好[的滴嘞]?|行|ok|嗯|哦|收到|明白了?|知道了?|清楚了?|懂了?|了解了?|没有?了|没事了|没问题了|解决了)*'
const thanked = '(?:谢谢?|多谢|感谢|感激|谢了|感恩|辛苦|麻烦|费心)'
const forWhat =
  '(?:你|您|大家|各位|老师|机器人|小助手|小创|帮助|支持|指导|回复|解答|分享|告知|提醒|不尽|了|啦|一下)*'
const understood = '(?:[,，。!！ ]*(?:明白|知道|清楚|懂|了解|收到)了?)?'

const all = '(?:大家|各位|老师)'
const partOfDay = '(?:早上|上午|中午|下午|晚上)'
const festivals =
  '(?:节日快乐|新年快乐|新年好|春节快乐|中秋快乐|元旦快乐|周末愉快|周末快乐|国庆快乐|端午安康)'

const praised = '(?:你|您|机器人|小助手|这个?|回答得?|答得?)*(?:真|好|太|很|挺|最|非常)*'
const good = '(?:厉害|棒棒|棒|牛|强|赞|聪明|贴心|给力|专业|不错|棒棒哒|可爱|优秀)'

const blamed =
  '(?:[你您]|机器人|小助手|小创|这个?|回答得?|答得?|说得?|讲得?|写得?)*(?:怎么|这么|真|好|太|很|有点)*'
const bad = '(?:笨|蠢|傻|差劲?|烂|敷衍|啰嗦|罗嗦|复杂)'
const useless = '(?:没用|不行|不好用|不靠谱|都不懂)'
const unheard =
  '(?:[你您]|根本|完全|都|还是)*[没不](?:有)?(?:听懂|看懂|弄懂|搞懂|理解|明白|回答)(?:我|的|意思|问题|话|问)*'
const unclear =
  '(?:我|还是|根本|完全|有点)*(?:听不懂|看不懂|看不明白|听不明白|没听懂|没看懂|不懂)|(?:什么|啥)意思'

const someDay = '(?:今天|今晚|昨天|明天|最近|外面|这|天气|天)*'
const someDegree = '(?:真|好|太|很|挺|有点|又|要|可)*'
const works = '(?:笑话|故事|段子|歌|诗|代码|程序|作文|小说|画)'

const wished = '(?:请|帮我|我要|我想|给我|能不能|能|可不可以|可以|麻烦|有没有|有)*'
const served = '(?:服务|客服|来|回答|答|聊)*(?:行吗|吗|可以吗)?[?？]?'
const answered = '(?:回答|答复|解答|答|聊聊?|说|处理)?(?:一下)?(?:吧|行吗|可以吗)?'

/** Messages that consist of nothing but such words, see {@link consistsOf}. */
const wholes: readonly [SmallTalk, Words][] = [
  [
    'thanks',
    wordsOf([
      `${taken}[,，。!！ ]*${thanked}${forWhat}${understood}`,
      'thanks?|thank you|thx|3q|蟹蟹|阿里嘎多',
    ]),
  ],
  [
    'greeting',
    wordsOf([
      '(?:你|您|大家|各位|老师|机器人)+好',
      `${all}+早|${all}*${partOfDay}好${all}*|早安?|午安`,
      '哈喽|哈罗|嗨+|hi|hello|hey',
      '在吗|在不|在不在|在么|在|有人吗|有人在吗',
      `(?:祝?大家|各位)*${festivals}(?:大家|各位)*`,
      '(?:祝(?:大家|各位|您|你)?)?(?:\\p{Script=Han}{2,3})?快乐',
      '恭喜(?:你|您|发财)?|祝贺(?:你|您)?|恭贺',
    ]),
  ],
  ['farewell', wordsOf(['再见|拜拜|88|晚安|回头见|明天见|回聊|bye|bye ?bye|先这样|先忙'])],
  [
    'laughter',
    wordsOf([
      '哈{2,}|呵{2,}|嘿{2,}|嘻{2,}|h{3,}|233+|笑死(?:我|人)?|笑哭|666*|lol',
      '好家伙|加油|比心|么么哒|爱了|哇+塞?|啊{1,9}|哟+|yyds|绝绝子|冲+',
    ]),
  ],
  [
    'praise',
    wordsOf([`${praised}${good}`, '太好|(?:我)?爱(?:你|您|死你)|点赞|好评|牛[逼掰皮]|绝了|good|nice|great']),
  ],
  [
    'complaint',
    wordsOf([
      `${blamed}${bad}`,
      `(?:[你您]|机器人)+(?:真|太|怎么这么|一点)?${useless}`,
      '(?:什么|啥)?[破垃][圾]?机器人|垃圾|智障|弱智|废物',
      '答非所问|文不对题|牛头不对马嘴|鸡同鸭讲',
      unheard,
      unclear,
      '(?:说了|讲了)?(?:跟|和|等于)没说(?:一样|似的)?',
      '[你您]?(?:到底)?(?:懂不懂|会不会|行不行)',
      '(?:字|话|内容|回答)?太(?:长|多)|(?:看不完|看不下去|不想看|没耐心看)',
      '(?:[你您]|回答)?(?:答|说|讲|搞|弄)错',
      '(?:我)?(?:问|说|要)的(?:根本)?不是这个|不是这个意思',
      '(?:[你您])?(?:胡说(?:八道)?|瞎说|乱说|扯淡|骗人)',
      '[你您]?(?:这个?)?(?:傻[瓜子逼xX]?|笨蛋|蠢货|白痴|脑残)',
      '滚(?:蛋|开|一边去)?|闭嘴|走开|退下|别[吵烦](?:我)?|烦死(?:了|人)?',
      '[你您]?(?:能不能)?(?:说人话|讲重点|说重点)|(?:请|你)?再(?:说|讲)一[遍次]',
      '投诉(?:你|您|机器人|小创|小助手)|我?要投诉(?:你|您|机器人|小创|小助手)',
      '什么鬼|什么玩意儿?|啥玩意儿?',
    ]),
  ],
  [
    'chat',
    wordsOf([
      `${someDay}${someDegree}(?:冷|热|闷|凉快|暖和|下雨)死?`,
      '(?:今天|明天|最近)?天气(?:真|很)?(?:好|不错|怎么样|如何)',
      '吃(?:过|了)?(?:早饭|午饭|晚饭|饭)?(?:了|过)?[没吗]?有?',
      '(?:你|您)?(?:在干嘛|在干什么|在做什么|忙吗|忙不忙|睡了)[没吗]?',
      '我?(?:今天)?(?:好|太|真|有点)*(?:累|困|饿|无聊|郁闷|无语|尴尬|难过)死?',
      '晕+|汗+|呜+|唉+|哎+|额+|呃+|咦+|哭',
      '(?:早上|中午|晚上|今天|等下|一会儿?)?吃(?:什么|啥)(?:好)?',
      `(?:给我|帮我|给大家)?(?:讲|说|来|唱|写|背|作|画)(?:个|首|段|一个|一首|一段|点)?${works}`,
      '(?:现在)?几点(?:钟)?',
      '(?:今天|明天|昨天)(?:是)?(?:几号|星期几|周几|礼拜几|几月几[号日]|什么日子)',
      '(?:福州|台江|明天|后天)+(?:的)?天气(?:怎么样|如何|预报)?|天气预报',
      '测试(?:一下)?|test(?:ing)?|(?:123)+(?:456)?|好人一生平安',
    ]),
  ],
  [
    'assent',
    wordsOf([
      '好|好[的滴嘞哒]|妥|行|可以|收到|知道|明白|懂|了解|清楚|嗯+|哦+|噢+|okk*|okay',
      '没事|没关系|不用|不用谢|不客气|客气|对|没错|是的?|算|打扰|已[阅读]|朕知道|get',
      '下班|我?来|原来如此|原来是这样|这样',
    ]),
  ],
  [
    'person',
    wordsOf([
      `${wished}(?:转|找|叫|接|换)?(?:一下|个|到)?(?:人工|真人|活人|客服)${served}`,
      `(?:帮我|给我)?(?:找|叫|换)一?个?人(?:来)?${answered}`,
    ]),
  ],
]

/** @param folded a folded text without its address */
export const smallTalkOf = (folded: string): SmallTalk | undefined =>
  wholes.find(([, words]) => consistsOf(words, folded))?.[0]
