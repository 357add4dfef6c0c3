import { alternation } from '../../alternation.ts'

/** 「1.5 小时」 and 「12.5万元」: a dotted number before a unit is no day. 「12.31 元旦晚会」 and 「12.5 版权沙龙」 are. */
export const noMeasure =
  '(?!\\s*(?:小时|钟头|[万亿](?!\\p{Script=Han})|[万亿]?元(?![旦宵月])|倍|%|[米分岁亩](?!\\p{Script=Han})|[分岁亩][以及的]|平方|平米|㎡|公里|千米|公斤|千克|版(?!权)))'
/** 「得分:12.25」: a number behind a word of measure is no day. */
const measureBefore =
  '(?:得分|评分|总分|均分|分数|成绩|面积|金额|总额|单价|均价|价格|报价|费用|版本|比例|占比|比率|利率|数量|重量|长度|高度|宽度|温度|工时|学时|时长)[^\\S\\n]*(?:\\([^()\\n]{0,6}\\))?[^\\S\\n]*[:|为]?[^\\S\\n]*'
/** 「分数5.5以前」, 「第3.2之前」, 「v2.3以前」: a number of a version, a clause or a score, up to a bound. 「费用12.20前交」 is a day. */
const noDayBefore =
  '(?:(?:得分|评分|总分|均分|分数|成绩|版本|比例|占比|比率|利率|温度|长度|高度|宽度)[^\\S\\n]*[:|为]?|第|§|条款|章节|(?<![A-Za-z])(?:[vV]|ver|version)\\.?)[^\\S\\n]*'
/** 「按1/3比例」, 「达2/3的」. */
const fractionBefore = '(?:按|占|达|超过?|不足|至少|近|约|各|付|以|比例为?)[^\\S\\n]*'
const fractionBehind =
  '[^\\S\\n]*(?:以上|以下|的|多数|份|左右|股|天|小时|比例|补助|补贴|补足|奖励|业主|会员|员工|职工|代表|成员|董事|票|费|款|额|资金|学分|学时|权)'
const noUnit = `(?!\\s*[万亿元%倍个])${noMeasure}`

/** At the beginning of a line or cell. */
const atStart = '(?<=(?:^|[\\n|:(\\t])\\s*)'
const dotted = '\\d{1,2}\\.\\d{1,2}'
const until = '(?:-|至|到)'
/** Words behind a dotted number by which it is a day: a bound, a part of the day, a clock time, an end. */
const boundBehind = `(?<!${noDayBefore}${dotted})日?(?:之?前|以前|止|\\s?截)`
const partOfDayBehind = `(?<!${measureBefore}${dotted})\\s*(?:晚|[上下中]午|当天)`
const clockTimeBehind = '\\s*\\d{1,2}:\\d{2}(?!\\d)'
const endBehind = `(?<!${measureBefore}${dotted})\\s*${until}\\s*${dotted}(?!\\d)${noUnit}`
const shortDigitsBeforeTime = `(?<![\\d.])(?<month>1[0-2]|0?[1-9])\\.(?<day>[0-3]?\\d)(?=${[
  boundBehind,
  partOfDayBehind,
  clockTimeBehind,
  endBehind,
].join('|')})`
const zeroedDigits = '(?<month2>0[1-9]|1[0-2])\\.(?<day2>[0-2]\\d|3[01])'
const shortDigitsAtStart = `${atStart}(?<!${measureBefore})${zeroedDigits}(?![\\d.]|\\s*[米吨度级版])${noUnit}`

/** 「2/3以上」 is a share of a whole. */
const share = '\\s*(?:以上|以下|的|多数)'
/** Words behind a slashed number by which it is a day. */
const weekdayBehind = '\\s*\\(?(?:周|星期|礼拜)[一二三四五六日天]'
const hourBehind = '\\s*(?:上午|下午)?\\s*\\d{1,2}[:时点]'
const slashedEndBehind = `${until}\\s*\\d{1,2}\\/\\d{1,2}(?!\\d|${share})`
const slashedBoundBehind = `日?\\s*(?:之?前|以前|止|截止|起|开始|${slashedEndBehind})`
const slashedBeforeTime = `(?<![\\d/.])(?<month>1[0-2]|0?[1-9])\\/(?<day>[0-3]?\\d)(?![\\d/%.])(?=${[
  weekdayBehind,
  hourBehind,
  slashedBoundBehind,
].join('|')})`
const slashedBehind = `(?<=\\d\\/\\d{1,2}\\s*${until}\\s*|截[止至]\\s*)(?<month2>1[0-2]|0?[1-9])\\/(?<day2>[0-3]?\\d)(?![\\d/%.]|${share})`
const zeroedSlashed = '(?<month>0[1-9]|1[0-2])\\/(?<day>[0-2]\\d|3[01])'
const partedSlashed = '(?<month2>1[0-2]|[1-9])\\/(?<day2>[0-3]?\\d)(?=\\s*[早晚上中下])'

/** Patterns of days in digits alone: 「11.24」, 「3/20」. The first that fits counts. */
export const digitDays = {
  /** 「11.24前」, 「11.24 12:00」; at the beginning of a line or cell 「11.08」 alone. */
  shortDigits: alternation([shortDigitsBeforeTime, shortDigitsAtStart], 'gu'),
  shortRangeEnd: new RegExp(
    `(?<=\\d\\.\\d{1,2}\\s*(?:-|至|到)\\s*)(?<!${measureBefore}\\d{1,2}\\.\\d{1,2}\\s*(?:-|至|到)\\s*)(?<month>1[0-2]|0?[1-9])\\.(?<day>[0-3]?\\d)(?![\\d.])${noUnit}`,
    'gu',
  ),
  /** 「3/20（周五）18:00」: a slash stands for many things, so what follows or goes before must say that it is a day. */
  slashed: alternation([slashedBeforeTime, slashedBehind], 'gu'),
  /**
   * 「06/25 报名关闭」, 「6/12晚」 at the beginning of a line or cell, both numbers of a day
   * with a zero or a part of the day.
   */
  leadingSlashed: new RegExp(
    `${atStart}(?<![\\d/.]\\s*)(?:${zeroedSlashed}|${partedSlashed})(?![\\d/%.]|${share})`,
    'gmu',
  ),
  /** 「9/20 已经开了」 where other days of the text are surely written with slashes. */
  slashedAgain: new RegExp(
    `(?<![\\d/.A-Za-z]|${fractionBefore})(?<month>1[0-2]|0?[1-9])\\/(?<day>[12]\\d|3[01]|0?[1-9])(?![\\d/%.A-Za-z]|${fractionBehind})`,
    'gu',
  ),
}
