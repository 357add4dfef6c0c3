import { particle, word } from './aside-meaning.ts'

/** Acts of attendance by their full names, as alternatives of a pattern. */
export const attendanceActs = '签到|签退|打卡|迟到|缺[勤席]|补[学签]'
/** As it is also typed. */
export const act = `(?:${word}|补签到?|补个签|报个到|打个卡|签倒|签道|迁到|前到|千到|报道|qiandao|签dao|qd|sign(?:ed)?in|check(?:ed)?in)`
export const particles =
  '(?:中|ing|来了|一个|了|啦|咯|喽|哈|哦|噢|呀|哒|嘞|啊|(?<=了)呢|哩|咗|噻|le|la|成功|完成|一下|完毕|ok|谢谢|第一)*'
/** Words that sound the same, as they are typed by mistake; only where nothing else is said. */
const alike =
  '(?:签[到道倒刀导]|[千迁欠潜][到道倒]|[前浅]到|打上?[咔咖卡]|签(?:一|1)?个(?=了|啊|$)|(?:wo)?(?:yi(?:jing)?)?(?:qiandao|daka|baodao)|wo(?:yijing)?daole|daole)'
/** Said before the word, most of all by voice. */
const filler = '(?:那个|这个|呃|额|嗯|的|喂|哎|诶|哦|噢|好嘞?|行|ok|收到)*'
const who = '(?:我们?|俺|本人|新人)?(?:人)?'
const how =
  '(?:已经|已|也|正在|正(?!在)|前来|特来|迟到|晚到|来晚|来|先|刚|要|想|完成|补(?!签到)|准时|按时|线上|在线上?|远程|现场|第(?:一|1)个?)*'
/**
 * A single repetition, and no two alternatives for the same letters: else the time
 * doubles with each word of a message.
 */
const self = new RegExp(`^${filler}(?:${who}${how}(?:${act}|(?!${act})${alike})${particles}){1,20}$`, 'u')
const place = '(?:现场|会场|教室|课堂|会议室|场|位|会|课)'
const here =
  /^(?:我|俺|吾)?(?:本人)?(?:人)?(?:已经|已|也|准时|按时|早)?(?:到{1,4}|(?:我?[来到](?:了|啦|咯|喽|嘞|咗|噻|哩|矣))+)(?:了|啦|咯|喽|哈|嘞|啊|呀|咗|噻|哩)*$/u
const herePlace = new RegExp(
  `^(?:我|俺|本人)?(?:人)?(?:${place})?(?:已经|已|准时|按时|早)?(?:到达?(?:${place})?|就位|入座|在(?:现场|会场|教室|课堂|会议室)(?:[前后中]排)?|在(?=了))${particle}*$`,
  'u',
)
/** 「已进会场」「我上线了」「线上听课中」; 「上线了」 alone may be said of anything. */
const online = '(?:腾讯|钉钉|线上|视频|网络)?(?:会议室?|会|直播间?|课堂)'
const me = '(?:我|俺|本人)'
const onlineWords = [
  `${me}?(?:人)?(?:已经|已|刚|也)*(?:进(?:入|到|了)?(?:${place}|${online})|坐(?:好|下(?=了|啦|咯))|接入${online}|在(?:腾讯|钉钉)会议(?:里|中)|(?:会议|直播)已?接入)`,
  `${me}(?:已经|已|刚|也)*上线|(?:已经|已|钉钉|腾讯会议)上线`,
  `${me}?(?:已经|已|正)*(?:在线上?|线上)(?:听课|上课|参加|参会|已?到)`,
  `${me}(?:已经|已|正)*在线(?:上)?`,
]
const hereOnline = new RegExp(`^(?:${onlineWords.join('|')})(?:中|了|啦|咯)*$`, 'u')
/** 「打完卡了」「签过到了」. */
const done =
  /^(?:我|本人|俺)?(?:人)?(?:已经|已|刚)*(?:打(?:完|好|过)卡|卡(?:已经|已)?打(?:完|好|过)?|签(?:完|好|过)到)(?:了|啦|咯|喽|哈)*$/u
/** 「到位」 alone is said of money and machines too. */
const inPlace = /^到位了?$/u
const english = /^(?:present|here|ia?mhere|arrived|i(?:ha)?vearrived)$/u
/** 「A到了」 tells of another person. */
const strayLetter = new RegExp(`^[a-z](?=我|俺|本人|${word})|(?<=\\p{Script=Han})[a-z]$`, 'gu')
const toneMark = /[\u0300-\u036f]/gu

/** Whether a whole message answers a roll-call in English. */
export const isEnglishSelf = (message: string): boolean => english.test(message)

/** A clause without a stray letter of an input method beside Chinese: 「签到l」. */
export const withoutStrayLetter = (clause: string): string => clause.replaceAll(strayLetter, '')

/** 「刚停好车」, 「在后面站着」 beside 「到了」. */
export const justCame =
  /^(?:我|俺)?(?:(?:刚刚?|才)(?:停好车|坐下|坐好|进门|进来|下车|上楼)|(?:坐|站)?在(?:最?[前后]面|后边|角落|[前后]排)(?:站|坐)?着?)(?:了|啦)?$/u

const hereBeforeAct = new RegExp(`(?<=^(?:我|俺|本人)(?:人|已经|已)*[来到](?:了|啦|咯|喽|嘞))(?=${act})`, 'u')

/** The two sentences of 「我来了签到」; other words stay whole. */
export const sentencesOf = (clause: string): string[] => clause.split(hereBeforeAct)

/** Whether words say that their speaker is here, without the word for signing in: 「我到了」. */
export const isHere = (words: string): boolean => here.test(words)

/** Whether words say that their speaker signs in or is here, on the spot or online. */
export function isSelf(words: string): boolean {
  if (inPlace.test(words)) return false
  const plain = words.normalize('NFD').replace(toneMark, '')
  return (
    self.test(plain) ||
    isHere(plain) ||
    done.test(plain) ||
    (plain.length > 1 && (herePlace.test(plain) || hereOnline.test(plain)))
  )
}
/** Said by a person who came, without saying so. */
const cameSomehow =
  /^(?:我|俺|本人|抱歉|不好意思|对不起)*(?:来晚|来迟|刚?进来(?=了|啦)|刚进来|刚上线|上线|刚到会|到位)(?:了|啦)?(?:抱歉|不好意思|对不起)?$/u
/** As they answer a teacher who calls the roll, and said to each other as often; 「再签一次到」 is also a call. */
const rollCallAnswer =
  /^(?:老师)?(?:我|俺|本人)?(?:在(?:的|呢|呀|啊|哦|哈|这里?|这儿|场|线)+|(?<=我|俺|本人)在|(?:要|想)?(?:再|重新)(?:补?签|报|打)(?:[一1][次个下遍]|个|下)?[到卡](?:[一1][次遍下])?(?:了|吧|哈)?)(?:老师)?$/u
const signShortly = /^签(?:一下|下)(?:哈|啊|哦)?$/u
const together =
  /^(?:(?:我(?:们|俩|和.{1,6}|跟.{1,6})|咱们?家?|俺们|阮|我哋)(?:[几两二三四五六七八九十\d]个(?:人)?|都)*(?:已经|已)?(?:到|来|签到)(?:了|齐了?|场|咗)*|人到?齐了?)$/u

/** 「帮老黄签个到，他手机没电了」. */
const forNamed =
  /^(?:我)?(?:帮|替|代)(?!我|忙|大家|[他她它]们?签)\p{Script=Han}{2,4}?(?:签[个下]?到|签一下到?|打[个下]?卡|报[个下]?到)/u

/** Whether words leave open whether their speaker is there: 「到齐了」, 「在的」, 「签一下」. */
export const isOpenAnswer = (said: string): boolean =>
  [together, cameSomehow, rollCallAnswer, signShortly].some(words => words.test(said))

/** Whether a clause signs in another person. */
export const isForNamed = (clause: string): boolean => forNamed.test(clause)

/** 「我到优空间了」: only who knows the places tells one's own from a town on the way. */
const atPlace =
  /^(?<own>我|俺|本人)?(?:人)?(?<already>已经|已|刚|也)*(?:到达?|抵达|来到)(?<come>了)?(?<place>\p{Script=Han}[\p{Script=Han}a-z\d]{1,11}?)(?<end>了|啦|咯|喽)?$/u
/** Whether words say that their speaker came to a place, 「我到优空间了」; 「到优空间」 alone is also a way to go. */
export function isAtPlace(clauses: readonly string[], isPlace: (word: string) => boolean): boolean {
  const { own, already, come, end, place } = atPlace.exec(clauses.join(''))?.groups ?? {}
  const isSaid = [own, already, come, end].some(one => one !== undefined)
  return isSaid && place !== undefined && isPlace(place)
}

/** Longer messages tell of more than a person who came. */
const longestArrival = 30
/** Whether words end as of a person who came, whose name may stand before: 「优空间小美已到」. */
export const endsAsArrived = (text: string): boolean =>
  text.length <= longestArrival &&
  /\p{Script=Han}{2}(?:[已也]到|[到来][了啦]|在了)[\p{P}\p{S}\s]*$/u.test(text)
