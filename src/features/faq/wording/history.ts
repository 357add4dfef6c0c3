import type { Temporal } from 'temporal-polyfill'
import { alternation } from '../../../text/alternation.ts'
import { dayInShanghai } from '../../../text/dates/time.ts'
import { fold } from '../../../text/fold.ts'
import type { Detail } from '../records.ts'
import { statesFigure } from './figures.ts'

/** 「今年发几千」 asks for what holds, also beside 「以前领过」. */
const present = /现在|今年|眼下|目前|如今|现行|当前|最新/u
/** Not 「毕业当年」, 「报国高之前」, nor what a maker did or did not do before. */
const past = new RegExp(
  `(?:${
    alternation([
      /(?<!毕业|成立|注册|认定|入职|取得|获得)当年/u,
      /(?<![^，,。])之前|(?<!毕业|[年月天报请册立])以前|从前/u,
      /当时|那时|那会儿|过去(?=[的几是有补奖给发多])|早年|早先|原来|原先|往年|往届|历年|历史/u,
      /老(?:办法|政策|标准|规定)|旧(?:办法|政策|标准|规定|口径)|上[1一]?[次批轮届]/u,
    ]).source
  })(?![^，,。]{0,3}[没过])`,
  'u',
)
/** A year in which a maker graduated or began is not the year of the rule. */
const pastYear =
  /(?<year>去年|前年|上1?年度?|(?<!\d)20\d\d年?)(?![^，,。]{0,5}(?:毕业|成立|注册|登记|入职|招|开业|开的|开了|办的|办了|拿到|评上|认定|取得|获|刚|才))/gu

/** Whether a question asks for what once held: 「以前补多少」, 「2018年那批奖多少」. */
export function asksForHistory(question: string, at: Temporal.Instant): boolean {
  const folded = fold(question)
  if (present.test(folded)) return false
  const thisYear = Number(dayInShanghai(at).slice(0, 4))
  const isPast = (year: string) => !year.startsWith('20') || Number(year.slice(0, 4)) < thisYear
  return past.test(folded) || [...folded.matchAll(pastYear)].some(({ groups }) => isPast(groups?.year ?? ''))
}

/** The lines without a figure; one that goes on from a line with a figure makes no sense by itself. */
export function withoutFigures(details: readonly Detail[]): Detail[] {
  const withFigure = new Set(details.filter(({ text }) => statesFigure(text)).map(({ about }) => about))
  return details.filter(({ about }) => !withFigure.has(about))
}
