import { fold } from '../../../../text/fold.ts'
import { withPlainDigits } from './typed-codes.ts'

/**
 * Kinds of words that each count as one feature: a word that was never learnt from counts as the others of its kind do.
 * The weight of each kind is learnt.
 */
const wordKinds: readonly [string, RegExp][] = [
  [':self', /我(?!们)|俺|本人|鄙人|侬家|老朽/u],
  [':ourselves', /我们|咱|俺们|一起/u],
  [':you', /你|您/u],
  [':they', /[他她它]/u],
  [':all', /大家|各位|谁|哪位|同志们|所有|都/u],
  [':for', /[帮替代]|给\p{Script=Han}{1,4}[补签]/u],
  [':ask', /[?？吗么呢]|怎么|咋|什么|啥|哪|几|多少|是不是|[能要行可]不[能要行可]|没有$|[了到]没|还是/u],
  [':trouble', /没反应|没动静|失败|不上|不了|没人理|报错|不对|错了|没成/u],
  [':act', /签到|打卡|报到|签[个一下]|补签|签上|签了|签退|点名|出勤|考勤|缺席|缺勤|旷课/u],
  [':leaveAct', /请[个一下次半天的]*[病事公产]?假|告个?假|[病事]假|假条/u],
  [':lateAct', /迟到|晚到|晚点|稍晚|来晚|来迟|[迟晚][一点几十]/u],
  [
    ':notComing',
    /[来去到上听][^,，。]{0,2}[不没弗][了成去来能得到]|不[来去到][了啦咯]|[不没][能法][^,，。]{0,3}[来去参出]|走不[开脱]|抽不[出开]身/u,
  ],
  [':lesson', /课|讲座|活动|沙龙|学习/u],
  [':room', /教室|会场|现场|[前后第最][^,，。]{0,2}排|座|坐|楼|空位|会议室|直播|线上|线下/u],
  [
    ':road',
    /堵|塞[车死]|公交|地铁|高架|高速|路上|打车|开车|停车|车位|电梯|红灯|大桥|二环|隧道|路口|绕路|改道|掉头|骑|滴滴|司机|下车|出门|赶过|过来|走过|站/u,
  ],
  [':span', /(?:\d+|[一二两三四五六七八九十几半]+)[来多]?(?:分钟?|个?小时|个?钟|刻钟|min|站|公里)/u],
  [':clock', /\d{1,2}[点:：]\d{0,2}|[一二两三四五六七八九十]点/u],
  [':ill', /发烧|医院|手术|扭|感冒|疼|痛|头晕|病|骨折|体检|流感|烧到|住院/u],
  [':family', /孩子|孙|娃|老婆|老公|爱人|老伴|妈|爸|家里|奶奶|亲家|女儿|儿子/u],
  [':work', /出差|加班|开会|开庭|值班|客户|供应商|验厂|店里|工地|单位|公司/u],
  [':trade', /合同|款|账|税|发票|补贴|贷|申报|专利|工资|货|快递|订单|员工|老板|[买卖]|价/u],
  [':code', /码|数字|号码|口令/u],
  [':sorry', /抱歉|不好意思|对不起|见谅|谅解|sorry/u],
  [':soon', /马上|快到|就到|快了|等等?我|稍等|先[讲开]/u],
  [':record', /记[我一上下]|算[我不到]|名单|登记|名字|备注/u],
]

const fourDigits = /(?<!\d)\d{4}(?!\d)/gu
const number = /\d+(?:\.\d+)?/gu
const marks = /[\s,，。.!！；;、~～…]+/gu
const marksAround = /^,+|,+$/gu
/** Characters of the longest piece of a text that is a feature. */
const longestPiece = 3
/** Lengths of texts, in characters, that are told apart. */
const lengths = [2, 4, 7, 12, 20, 30]

/**
 * The features of a message by which its matter is learnt and told: its pieces of one to three characters, between `^`
 * and `$`, where four digits are `#`, other numbers `0` and marks `,`; its kinds of words; how long it is.
 * @param text as it was sent
 * @returns each once; the names of those that are no piece begin with `:`, and are longer than any piece
 */
export function nearFeaturesOf(text: string): string[] {
  const folded = fold(withPlainDigits(text)).replace(fourDigits, '#').replace(number, '0')
  const marked = `^${folded.replace(marks, ',').replace(marksAround, '')}$`
  const found = new Set<string>()
  for (let from = 0; from < marked.length; from++)
    for (let to = from + 1; to <= from + longestPiece && to <= marked.length; to++)
      found.add(marked.slice(from, to))
  for (const [kind, words] of wordKinds) if (words.test(folded)) found.add(kind)
  const length = marked.length - 2
  found.add(`:to${lengths.find(most => length <= most) ?? ''}`)
  return [...found]
}
