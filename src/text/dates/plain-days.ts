import type { Temporal } from 'temporal-polyfill'
import { numberOf } from '../figures/numerals.ts'

const week = '(?:周|週|星期|礼拜|禮拜)'
const number = '(?:\\d{1,2}|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])'
/** What stands behind a day of its own; 「七月一日诗会」 is a title. */
const end = `(?=$|[\\s\\d,，、/(（~～—-]|到|至|${week}|凌晨|清晨|早|上午|中午|下午|傍晚|晚|[一二两三四五六七八九十]{1,3}[点點时時])`

const monthDay = new RegExp(
  `(?:(?<year>[〇零一二三四五六七八九]{4})年)?(?<![\\d一二三四五六七八九十])(?<month>${number})月(?<day>${number})[日号號]${end}`,
  'gu',
)
const dayOfMonth = new RegExp(
  `(?<![第月周期拜\\d一二三四五六七八九十])(?<day>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号號]${end}`,
  'gu',
)
const nearYear = /(?<name>今年|明年|后年|後年)\s*(?=\d{1,2}[月/.-])/gu
const shortYear = /(?<!\d)(?<year>\d{2})年(?=\d{1,2}月)/gu
const nearMonth = /(?<name>下个?月|下個月|本月|[这這]个?月)的?\s*(?<day>\d{1,2})[日号號]/gu
const weekdayFirst = new RegExp(
  `(?<![上下本这這每])(?<weekday>${week}[一二三四五六日天])[\\s,，/]*[（(]?\\s*(?<date>(?:\\d{4}[年/.-])?\\d{1,2}(?:月\\d{1,2}[日号號]|[月/.]\\d{1,2}(?![\\d日号號点點时時:：])))\\s*[)）]?`,
  'gu',
)

/** Days in Chinese numbers, years and months in words, and a weekday before its date, as 「2026年12月5日周六」. */
export function withPlainDays(text: string, today: Temporal.PlainDate): string {
  return text
    .replaceAll(monthDay, (...found) => {
      const { year, month, day } = groupsOf(found)
      return `${year ? `${numberOf(year)}年` : ''}${numberOf(month ?? '')}月${numberOf(day ?? '')}日`
    })
    .replaceAll(dayOfMonth, (...found) => `${numberOf(groupsOf(found).day ?? '')}日`)
    .replaceAll(nearYear, (...found) => `${today.year + yearsAhead(groupsOf(found).name ?? '')}年`)
    .replaceAll(shortYear, '20$<year>年')
    .replaceAll(nearMonth, (...found) => {
      const { name = '', day } = groupsOf(found)
      const month = today.toPlainYearMonth().add({ months: name.startsWith('下') ? 1 : 0 })
      return `${month.year}年${month.month}月${day}日`
    })
    .replaceAll(weekdayFirst, '$<date>$<weekday>')
}

const groupsOf = (found: unknown[]) => found.at(-1) as Record<string, string | undefined>
const yearsAhead = (name: string) => '今明后'.indexOf(name.slice(0, 1).replace('後', '后'))
