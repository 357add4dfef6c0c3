import type { DayWords } from './day-tokens.ts'

/**
 * Festivals, each with the first and the last day, as month * 100 + day, on which it can be: one day for those of the
 * solar calendar, the days that the lunar calendar allows for the others.
 */
const festivals: Record<string, readonly [from: number, to: number]> = {
  元旦: [101, 101],
  小年: [112, 213],
  除夕: [120, 219],
  春节: [121, 220],
  大年初一: [121, 220],
  正月初一: [121, 220],
  元宵: [204, 306],
  情人: [214, 214],
  三八: [308, 308],
  妇女: [308, 308],
  植树: [312, 312],
  清明: [404, 406],
  五一: [501, 501],
  劳动: [501, 501],
  五四: [504, 504],
  青年: [504, 504],
  六一: [601, 601],
  儿童: [601, 601],
  端午: [525, 625],
  七一: [701, 701],
  建党: [701, 701],
  八一: [801, 801],
  建军: [801, 801],
  七夕: [731, 830],
  教师: [910, 910],
  中秋: [907, 1008],
  十一: [1001, 1001],
  国庆: [1001, 1001],
  重阳: [1001, 1031],
  冬至: [1221, 1223],
  平安夜: [1224, 1224],
  圣诞: [1225, 1225],
  腊八: [101, 119],
  跨年: [1231, 1231],
  跨年夜: [1231, 1231],
  宪法日: [1204, 1204],
  国家宪法日: [1204, 1204],
  国家公祭日: [1213, 1213],
  国际志愿者日: [1205, 1205],
  世界读书日: [423, 423],
  知识产权日: [426, 426],
  世界知识产权日: [426, 426],
  消费者权益日: [315, 315],
  国际消费者权益日: [315, 315],
  全国科普日: [901, 930],
  小寒: [105, 107],
  大寒: [119, 121],
  立春: [203, 205],
  雨水: [218, 220],
  惊蛰: [305, 307],
  春分: [320, 322],
  谷雨: [419, 421],
  立夏: [505, 507],
  小满: [520, 522],
  芒种: [605, 607],
  夏至: [620, 622],
  小暑: [706, 708],
  大暑: [722, 724],
  立秋: [807, 809],
  处暑: [822, 824],
  白露: [907, 909],
  秋分: [922, 924],
  寒露: [1007, 1009],
  霜降: [1023, 1024],
  立冬: [1107, 1108],
  小雪: [1122, 1123],
  大雪: [1206, 1208],
}

const names = Object.keys(festivals)
  .sort((a, b) => b.length - a.length)
  .join('|')
const behindDay = new RegExp(
  `^\\s*[（(]?(?<name>${names})节?(?:当[天日]|那天)?[)）]?(?=[\\s\\d,，)）]|[凌清早上中下傍晚]|$)`,
  'u',
)
const beforeDay = new RegExp(`(?<=^|[\\s,，])(?<name>${names})节?\\s*[（(]?\\s*$`, 'u')

/**
 * The length of a festival's name that only repeats the day before it: 「元旦」 after 「1月1日」.
 * @param behind the folded text behind the day
 * @returns 0 where none follows, or one that is on another day
 */
export const festivalLength = (words: DayWords, behind: string): number =>
  lengthOn(words, behindDay.exec(behind))

/**
 * The length of a festival's name that the day behind it repeats: 「元旦（」 before 「1月1日」.
 * @param before the folded text before the day
 * @returns 0 where none goes before, or one that is on another day
 */
export const festivalBefore = (words: DayWords, before: string): number =>
  lengthOn(words, beforeDay.exec(before))

function lengthOn({ month, day }: DayWords, found: RegExpExecArray | null): number {
  const span = festivals[found?.groups?.name ?? '']
  if (!found || !span || month === undefined || day === undefined) return 0
  const date = month * 100 + day
  return date >= span[0] && date <= span[1] ? found[0].length : 0
}
