/** The taxes of China by the names of their laws and regulations, and what people call them for short. */
const taxes: readonly (readonly [name: string, words: RegExp])[] = [
  ['增值税', /增值税/u],
  ['消费税', /消费税/u],
  ['企业所得税', /企业所得税|企税/u],
  ['个人所得税', /个人所得税|个税|个所税/u],
  ['印花税', /印花税/u],
  ['契税', /契税/u],
  ['房产税', /房产税/u],
  ['城镇土地使用税', /土地使用税/u],
  ['土地增值税', /土地增值税|土增税/u],
  ['耕地占用税', /耕地占用税/u],
  ['城市维护建设税', /城市维护建设税|城建税/u],
  ['资源税', /资源税/u],
  ['环境保护税', /环境保护税|环保税/u],
  ['车船税', /车船税/u],
  ['车辆购置税', /购置税/u],
  ['关税', /关税/u],
  ['船舶吨税', /吨税/u],
  ['烟叶税', /烟叶税/u],
]

/** The taxes that a text names, by their full names; 「所得税」 alone may be either and is none. */
export const taxesNamed = (text: string): string[] =>
  // 「土地增值税」 is no 增值税.
  taxes
    .filter(([name, words]) => words.test(name === '增值税' ? text.replaceAll('土地增值税', '') : text))
    .map(([name]) => name)
