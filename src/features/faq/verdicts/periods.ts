import type { Threshold } from './thresholds.ts'
import type { ToldFigure } from './told-figures.ts'

/**
 * Time that a figure is told for. `span` is any other, such as a half-year or three years together; `part` is a
 * share of the amount that counts: that of a day, of one project, of the year so far.
 */
type Period = Exclude<Threshold['per'], 'any'> | 'span' | 'part'

/** Words ahead of a figure, folded; of several the last counts. */
const told: readonly (readonly [Period, RegExp])[] = [
  ['year', /每年|年均|(?<![\d第])1年|全年|整年|年度|(?<![半几\d])年(?=收入|营收|销售|利润|所得|应纳税)/gu],
  ['quarter', /季|(?<!\d)3个月/gu],
  [
    'month',
    /(?:每个?|(?<!\d)1个?|这个?|上个?|本|当|单)月|月(?=均|收|薪|入|销|营|利|流水|工资)|(?<!\d)\d{1,2}月/gu,
  ],
  ['span', /半年|历年|(?:几|(?<!\d)(?:[24-9]|\d\d))个月/gu],
  ['span', /(?<!连续)(?:几|(?<![\d第])(?:[2-9]|\d\d))年(?![度以前期])|20\d\d年?[到至和、~-]20\d\d/gu],
  ['part', /[每单当今昨半]天|天天|[每单当今昨]日|\d[天日周]|日(?=均|收|薪|销|营|利|赚|流水|入账)/gu],
  [
    'part',
    /[每上这本当单]周|周(?=均|收|薪|销|营|利|流水)|星期|礼拜|小时|[今昨]?晚上?(?=收|销|营|利|赚|流水)/gu,
  ],
  ['part', /截[至止]|目前|现在|到今[天日]|[至迄]今|以来|[今本]年已经?|双(?:11|十一)/gu],
  ['part', /每(?!1?(?:年|月|季|个[月季年]))|[人户店单]均|单(?:个|笔|家|件|场|批|次)|[1一](?:笔|单(?!位))/gu],
  ['part', /(?:[这那该此某]个?|手[上头里]的?)(?:项目|订单|合同|单子?(?!位)|门店|分店|客户)/gu],
  ['part', /(?<![\d第])[1一]个(?![月季年人]|半年|[^，,]{0,4}(?:公司|企业|个体))/gu],
  ['part', /(?:几|(?<!\d)(?:[2-9]|\d\d))(?:个(?![月季年])|家|笔|项)[^年月]{0,6}?[各都均每]/gu],
]
const toldBehind: readonly (readonly [Period, RegExp])[] = [
  ['part', /^(?:\/|每|1)(?:天|日|周|笔|单|家|件|次|人)|^每?个(?:项目|订单|合同|客户)/u],
  ['part', /^(?:元|块钱?)?[，,（(\s]*(?:截[至止]|到(?:目前|现在))/u],
  ['month', /^(?:\/|每个?|1个?)月/u],
  ['quarter', /^(?:\/|每个?|1个?)季/u],
  ['year', /^(?:\/|每|1)年/u],
]
/** 「三年利润都是280万」 tells of each year. */
const ofEach = /都|均|各|分别/u
/** 「两年累计干了200天」; 「三年的合同」 is no sum. */
const ofSum = /累计|一共|总共|合计|加起来/u

/** Whether a figure may be put against a limit: it is told for no time, or for the limit's own. */
export function isOfPeriod(figure: ToldFigure, per: Threshold['per'], folded: string): boolean {
  if (per === 'any') return true
  const ahead =
    folded
      .slice(0, figure.from)
      .split(/[，,。；;？?]/u)
      .at(-1) ?? ''
  const period = periodIn(ahead, folded.slice(figure.to))
  if (figure.measure === 'yuan') return period === undefined || period === per
  const isCounted = figure.measure === 'days' || figure.measure === 'count'
  return !(isCounted && period === 'span' && ofSum.test(ahead))
}

function periodIn(ahead: string, behind: string): Period | undefined {
  const after = toldBehind.find(([, words]) => words.test(behind))?.[0]
  if (after !== undefined) return after
  const last = told
    .flatMap(([period, words]) =>
      [...ahead.matchAll(words)].map(({ index, 0: { length } }) => ({ period, to: index + length })),
    )
    .sort((a, b) => b.to - a.to)[0]
  return last?.period === 'span' && ofEach.test(ahead.slice(last.to)) ? 'year' : last?.period
}
