import { expect, test } from 'vitest'
import { dayInLink } from '../../../src/text/pages/links.ts'

test.each([
  ['https://a.gov.cn/zwgk/202411/t20241118_4512.htm', '2024-11-18'],
  ['https://a.gov.cn/art/2024/11/18/art_12_34.html', '2024-11-18'],
  ['https://a.gov.cn/2024-11/18/content_1.htm', '2024-11-18'],
  ['https://a.gov.cn/show/20241118.html', ''],
  ['https://a.gov.cn/1.html', ''],
  ['https://a.gov.cn/2024/9/8/1.html', '2024-09-08'],
  ['https://a.gov.cn/zwgk/t20241100_1.htm', ''],
])('%s surely names «%s»', (link, day) => {
  expect(dayInLink(link, 'sure')).toBe(day)
})

test.each([
  ['https://a.example/zwgk/202411/t20241118_1234.htm', '2024-11-18'],
  ['https://a.example/art/2024/11/18/art_12_34.html', '2024-11-18'],
  ['https://a.example/2024-11-18/1.html', '2024-11-18'],
  ['https://a.example/20241118.html', '2024-11-18'],
  ['https://a.example/content/2024111812345.html', ''],
  ['https://a.example/info/1020/3456.htm', ''],
  ['https://a.example/202411/1.htm', ''],
  ['https://a.example/2024/9/8/1.html', '2024-09-08'],
  ['https://a.example/2024/11/18/t20241120_1.htm', '2024-11-20'],
])('the day in %s is «%s»', (link, day) => expect(dayInLink(link, 'any')).toBe(day))
