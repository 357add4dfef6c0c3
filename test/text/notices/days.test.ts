import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { foldCharacters } from '../../../src/text/characters.ts'
import { findDays } from '../../../src/text/notices/dates/days.ts'

const publishedOn = Temporal.PlainDate.from('2026-03-02')
const daysIn = (text: string) => findDays(foldCharacters(text), publishedOn).map(({ day }) => day.toString())

test.each([
  ['收件至3/20（周五）18:00，收到回复', ['2026-03-20']],
  ['3/15-3/28报名', ['2026-03-15', '2026-03-28']],
  ['10号（礼拜五）下班之前一定填好', ['2026-03-10']],
  ['10月9日起到17日，同样不晚于17日', ['2026-10-09', '2026-10-17', '2026-10-17']],
  ['12月1日开始，15日前交', ['2026-12-01', '2026-12-15']],
  ['开放至十月廿二日（星期五）', ['2026-10-22']],
  ['本月廿五日（星期一）以前', ['2026-03-25']],
  ['去年系统6月3日开放、8月31日关闭，今年4月1日开放', ['2025-06-03', '2025-08-31', '2026-04-01']],
  ['去年获证的企业请于6月30日前申报', ['2026-06-30']],
  ['节点\n03/25 周三 报名通道关闭\n03/28 面谈', ['2026-03-25', '2026-03-28']],
  ['报名：4/12晚有直播\n| 04/20 | 放榜', ['2026-04-12', '2026-04-20']],
  ['本子三月二十七合上，四月十五张榜，十月卅日前', ['2026-03-27', '2026-04-15', '2026-10-30']],
])('%s', (text, days) => {
  expect(daysIn(text)).toEqual(days)
})

test.each([
  '占比1/3以上',
  '由1/3提高到1/2',
  '1/3至2/3的企业',
  '一式3/4份',
  '1/2的企业',
  '标准\n12/15的份额',
  '\n2/3 以上',
  '每月15日前报数',
])('%s names no day', text => {
  expect(daysIn(text)).toEqual([])
})
