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
}

const besideDay = new RegExp(
  `^\\s*[（(]?(?<name>${Object.keys(festivals).join('|')})节?(?:当[天日]|那天)?[)）]?(?=[\\s\\d,，)）]|[凌清早上中下傍晚]|$)`,
  'u',
)

/**
 * The length of a festival's name that only repeats the day before it: 「元旦」 after 「1月1日」.
 * @param behind the folded text behind the day
 * @returns 0 where none follows, or one that is on another day
 */
export function festivalLength({ month, day }: DayWords, behind: string): number {
  const found = besideDay.exec(behind)
  const span = festivals[found?.groups?.name ?? '']
  if (!found || !span || month === undefined || day === undefined) return 0
  const date = month * 100 + day
  return date >= span[0] && date <= span[1] ? found[0].length : 0
}
