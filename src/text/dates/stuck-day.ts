const day = (mark: string) => `(?:1[0-2]|0?[1-9])${mark}(?:3[01]|[12]\\d|0?[1-9])`
const han = '\\p{Script=Han}'
/** 「2.5次元」, 「1.5万元」. 「12.5版权沙龙」 and 「12.5代表大会」 have a day. */
const measured = `次元|次方|维(?!权)|时代|代(?!表|理|码|办|账|驾|言|购|销|工)|决赛|版(?!权)|倍|万?亿?元(?![旦宵])|[万亿](?!${han})|米(?!${han})|公里|小时|折(?!扣|纸)|ghz|mhz|kwh?|k[gm]|[cm]m|ml|[gmt]b|pro|plus`
/** 「1-3年级」, 「5-10人小组」. */
const counted = '年级|岁|人(?!才|工|民|文|事)|期(?!末|中)|章|讲(?!座|师|堂)|节课|单元|阶段|步'
const behind = '(?![\\d:])(?=[^\\s\\da-z.%°+×*/-]|[.-][^\\d\\s]|[a-z]{2})'
/** 「1203教室」, 「1201会议室」, 「0591热线」: numbers of rooms, lines and amounts. */
const numbered =
  '会议室|教室|多媒体|室|房|号|楼|座|栋|层|店|铺|[万千百]|元(?![旦宵])|块|人(?!才|工|民|文|事)|名|家|位|个|条|件|亩|平|米|公里|年(?!会|终|底|末)|届|班|路(?!演)|热线|专线|服务|办|工程'
/** 「1205路演」 and 「0312会议」: four digits that are a month and a day. */
const fourDigits = `(?:1[0-2]|0[1-9])(?:3[01]|[12]\\d|0[1-9])(?!\\d)(?=${han}|[a-z]{2})(?!${numbered})`
const stuck = new RegExp(
  `(?<![\\da-z.第/:-])(?:${[
    `(?:20)?\\d{2}[./年-]${day('[./月-]')}(?![\\d:.])`,
    '20\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?!\\d)',
    fourDigits,
    `${day('[·・•]')}(?![\\d:])`,
    `${day('[./。]')}(?!\\s*(?:${measured}))${behind}`,
    `${day('-')}(?!${counted})${behind}`,
  ].join('|')})`,
  'iu',
)

/**
 * A day in numbers that other words follow without a space, as it is written: 「12.5微党课」, 「2026-12-5微党课」, 「1205微党课」.
 * The readers of days leave it alone, as it may be a number of the title: 「Web3.0沙龙」, 「第1-2讲」.
 */
export const stuckDayIn = (text: string): string | undefined => stuck.exec(text.normalize('NFKC'))?.[0]
