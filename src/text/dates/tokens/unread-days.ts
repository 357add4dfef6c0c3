import { foldCharacters } from '../../characters.ts'
import { type ChatDay, dayMark } from './chat-days.ts'
import { dayTokens } from './day-tokens.ts'
import { noMeasure } from './digit-days.ts'
import { festivalLength } from './festivals.ts'

const solarTerm =
  '立春|雨水|惊蛰|春分|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒'
const festival =
  '元旦|除夕|春节|元宵|腊八|小年夜?|清明|劳动|端午|中秋|国庆|双旦|圣诞|五一|五四|六一|七一|八一|十一|三八|七夕|重阳|双十[一二]|双1[12]|母亲|父亲|儿童|妇女|教师|情人|感恩'
/** 「国庆后第一个周六」, 「五一假期」, 「节后上班」; 「开学后第一课」 is a title. */
const nearFestival = `(?:${festival})节?(?:前夕?|后|期间|假期|放假)(?:的?(?:第|首|头|最后|[一二两三几]|那|周|星期|工作日|上班)\\S{0,8})?|(?:[年节]|开学)[前后](?:\\S{0,8}[天日班周])?`
/** Times of a year, or of no calendar at all: 「上半年」, 「近期」, 「改天」. */
const vagueTime =
  '[上下]半年|第?[一二三四1-4]季度|年[内中]|[春夏秋冬][天季]|[寒暑]假|(?:本|这|当|下|上)?个?[月周][内中]|[上中下]旬|过(?:几|两|些)天|过一阵|改[天日]|近[期日]|最近|[年季]底前?|明年|(?:(?:本|这|上|下)个?)?学期[初中末]?|开学|(?:有空|另行通知|[待等]通知)|[日今以随之]后|不久|稍后|届时|择[日期]|待定'
const namedDay = [
  `(?:[今明后]年)?(?:${festival})节?(?:当天|当日|那天)?`,
  nearFestival,
  vagueTime,
  `(?:${solarTerm})(?:当天|当日|那天)?`,
  '平安夜|跨年夜?',
  '(?:世界|国际|全国|国家|中国)?(?:宪法|公祭|知识产权|消费者权益|读书|科普|环境|志愿者|劳动|安全生产|烈士纪念|艾滋病|水|地球|粮食|标准|电信)日',
  '(?:周|星期|礼拜)末(?:两天)?',
  // A number of days, or days that come again.
  '(?:连续|连着)?[一二两三四五六七八九十\\d]{1,3}天',
  '大[后後]日|外[后後]天|[隔第]?两?天|每晚|每半个?[年月]',
  // The lunar calendar.
  '(?:大年|正月|腊月|冬月|农历|阴历|旧历)\\S{0,6}|年?初[一二三四五六七八九十]|年三十',
  '一二九',
  `(?:${festival})节?(?:[次翌]日|第二天|前夜|前[一两]?[天晚]|[后第][一二两]天)`,
  '双休日|(?:每个)?工作日|月底.{0,4}',
  // Counted from the day of the message.
  '昨天|昨日|前天|后日|明后天|[次翌隔]日',
  '(?:[一二两三四五六七八九十半]|\\d){1,3}个?(?:天|日|周|月|年|星期|礼拜)[以之]?后',
  // No weekday, or several of them: 「周八」, 「周二四」.
  '(?:周|星期|礼拜)(?:[七八九十\\d]|[一二三四五六日天]{2,7})',
  '廿[一二三四五六七八九]?[日号]|20\\d{6}|(?:\\S*月)?最后一[天日]',
  // Counted from a day of everybody's calendar: 「开学第一天」, 「年后开工首日」, 「发工资那天」; 「创业第一天」 is a subject.
  `(?:${festival}|[年节]后|开学|开工|复工|收假|放假|[发出]工资|发薪)\\S{0,4}(?:(?:第[一二三四五六七八九十\\d]|首|头一?|最后一)个?(?:工作)?[天日]|[那当][天日])`,
].join('|')
const englishDay = '(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\\.?|today|tomorrow|tonight'
const englishMonth =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const ordinal = '(?:st|nd|rd|th)?'
const chineseNumber = '[一二三四五六七八九十]{1,3}'
const month = '(?:1[0-2]|0?[1-9])'
const dayOfMonth = '(?:3[01]|[12]\\d|0?[1-9])'
const wholeDay = [
  namedDay,
  englishDay,
  `${englishMonth}\\s*\\d{1,2}${ordinal}(?:,?\\s*\\d{4})?`,
  `${chineseNumber}[.·、]${chineseNumber}`,
  `${month}、${dayOfMonth}`,
  `\\d{1,2}${ordinal}\\s*${englishMonth}`,
  `${chineseNumber}月份?`,
  '\\d{1,2}[./]\\d{1,2}\\s*[-到至、和]\\s*\\d{1,2}(?:[./]\\d{1,2})?',
  `${month}[./]${dayOfMonth}${noMeasure}`,
].join('|')
/**
 * A named day by itself, or a day of a month with nothing named after it: not understood beside a time without a day.
 */
const otherDay = new RegExp(
  `(?:^|\\s)(?:${wholeDay})(?=\\s|$)|(?<![第\\d])[一二三四五六七八九十\\d]{1,3}[日号號](?=\\s|$|[/])`,
  'iu',
)
/** 「上周六」「两周后周六」「第二个周六」「今天 12月12日」: what stands before a day that was read makes it another. */
const changedDay = new RegExp(
  [
    // 「两周后的周六」, 「第二个周六」, 「每周六」, 「双周六」.
    '(?:[一二两三四五六\\d]个?(?:周|星期|礼拜|月)[以之]?[后後]的?|第[一二三四五\\d]|最[后後]一?|首|每|逢|[单双单雙]周?)[个個]?\\s*$',
    '第?[一二三四五\\d]个?(?:周|星期|礼拜)的?\\s*$',
    '(?:^|\\s)周$|外$|每\\S{0,8}$',
    // 「第一、三个周六」.
    '第?[一二三四五\\d](?:[、,和及]第?[一二三四五\\d])+[个個]?$',
    '(?:^|\\s)[大再]$',
    // 「上周六」, 「明12日」, 「今天 12月12日」.
    `(?:^|\\s)(?:上个?|(?:[上下本这這]+[个個]?(?:周|週|星期|礼拜|月))的?|下+个?|明|大?[后後]天和|[一二三四五六七八九十]{1,3}月|${dayMark})\\s*$`,
  ].join('|'),
  'u',
)
/** 「入职满月那周周五」: the weekday of an unknown week. */
const namedWeek = /那[个個]?(?:周|週|星期|礼拜|月)的?\s*$/u
/** 「12月l2日」: a letter that was read in place of a digit. */
const misreadDigit = /[a-z]$|月\S?$/iu
const wholeNamedDay = new RegExp(`^\\s*(?:${namedDay})\\s*$`, 'u')
const lunarDay = /正月|[腊冬]月|[农阴旧]历|初[一二三四五六七八九十]/u
/**
 * A day, or a day and a time, that goes on into the day behind it, or leaves a choice. A title
 * that ends in a number does not.
 */
const openRange = new RegExp(
  `(?:${dayMark}|[点點时時]半?|:\\d{2}|(?:^|[\\s月、])\\d{1,2}(?=\\s*[-、到至和]\\s*$))\\s*(?:-|到|至|、|和|及|与|跟|或者?|还是|[/&+])\\s*$`,
  'u',
)
/** 「国庆14:00」, 「路演 植树节 14:00」, 「1205 14:00」, 「12。5 14:00」: what stands before the time is a day or looks like one. */
const endsInNamedDay =
  /(?:元旦|除夕|春节|中秋节?|国庆节?|端午节?|\s(?!\S*[环季章细情音关]节)\p{Script=Han}{1,4}节\s*|(?:^|\s)(?:[每逢隔]|(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])|\d{1,2}[。·]\d{1,2})\s*)$/u

/**
 * Whether a text whose time has no day names one that was not read.
 * @param before the marked text before the time
 * @param rest the text without the time
 */
export function hasUnreadDay(before: string, rest: string): boolean {
  const folded = foldCharacters(rest)
  if (otherDay.test(folded) || endsInNamedDay.test(before)) return true
  return dayTokens(folded, ['monthDay', 'nearMonth']).length > 0
}

/**
 * Whether a day goes on from the one before it. 「12月5-6日」 counts only beside a day of the month; 「第 2-周六」 is a title.
 * @param before the marked text before the day
 */
export function continuesRange(before: string, { kind }: ChatDay): boolean {
  const range = openRange.exec(before)?.[0]
  if (range === undefined) return false
  const isBareNumber = /^[\s月、]?\d{1,2}\s*(?:-|、|到|至|和|及)\s*$/u.test(range)
  return !isBareNumber || kind === 'dayOnly' || (kind === 'nearDay' && /月/u.test(range))
}

/**
 * Whether words before a day that was read make it another: 「上周六」, 「第二个周六」.
 * @param before the marked text before the day
 */
export const isChangedDay = (before: string, { kind }: ChatDay): boolean =>
  changedDay.test(before) ||
  (kind === 'weekday' && namedWeek.test(before)) ||
  (kind === 'dayOnly' && misreadDigit.test(before))

/**
 * Whether words in brackets behind a day name another one: 「周六（元旦）」. A date of the lunar calendar may stand there.
 * @param aside the words without their brackets
 */
export function contradictsDay(aside: string | undefined, { words }: ChatDay): boolean {
  if (aside === undefined || !wholeNamedDay.test(aside) || lunarDay.test(aside)) return false
  return festivalLength(words, aside) === 0
}
