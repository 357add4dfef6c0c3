import { expect, test } from 'vitest'
import { canonicalLink, linkKey } from '../../../src/text/pages/links.ts'

test.each([
  ['https://a.cn/d.html?id=3&copy=1', 'https://a.cn/d.html?id=3&copy=1'],
  ['https://a.cn/d.jsp?kw=%B9%AB%B8%E6&utm_source=x', 'https://a.cn/d.jsp?kw=%B9%AB%B8%E6'],
  ['https://a.cn/d.jsp?a=1%2B2+3&from=group&b', 'https://a.cn/d.jsp?a=1%2B2+3&b'],
  ['https://a.cn/d.jsp?spm=1#top', 'https://a.cn/d.jsp'],
  [
    'https://mp.weixin.qq.com/s?sn=c&scene=1&__biz=a&mid=b&idx=1',
    'https://mp.weixin.qq.com/s?sn=c&__biz=a&mid=b&idx=1',
  ],
])('what a link asks for stays as its site wrote it: %s', (written, kept) => {
  expect(canonicalLink(written)).toBe(kept)
})

test('a link longer than browsers take is none', () => {
  expect(canonicalLink(`https://a.cn/?${'a=%e4&'.repeat(100_000)}`)).toBeUndefined()
})

test('parameters in another order, or written in another way, name the same page', () => {
  expect(linkKey('https://a.cn/d.html?id=3&copy=1')).toBe(
    linkKey('http://www.a.cn/d.html?copy=1&id=3&from=x'),
  )
  expect(linkKey('https://a.cn/d.html?q=%e9%80%9a')).toBe(linkKey('https://a.cn/d.html?q=通'))
  expect(linkKey('https://a.cn/d.html?id=21')).not.toBe(linkKey('https://a.cn/d.html?id=22'))
})

test.each([
  ['https://a.cn/d?a=1&&b=2', 'https://a.cn/d?a=1&b=2'],
  ['https://a.cn/d?a=1&', 'https://a.cn/d?a=1'],
  ['https://a.cn/d?', 'https://a.cn/d'],
  ['https://a.cn/a/index.html', 'https://a.cn/a'],
  ['https://a.cn/a/index.html?b=1', 'https://a.cn/a?b=1'],
])('%s and %s lead to one page', (one, other) => expect(linkKey(one)).toBe(linkKey(other)))

test.each([
  ['https://a.cn/d?path=/a/b/index.html', 'https://a.cn/d?path=/a/b'],
  ['https://a.cn/d?path=/a/', 'https://a.cn/d?path=/a'],
  ['https://a.cn/d?a=1%26b', 'https://a.cn/d?a=1&b'],
  ['https://a.cn/d?t=%B8%A3', 'https://a.cn/d?t=%D6%DD'],
])('%s and %s do not', (one, other) => expect(linkKey(one)).not.toBe(linkKey(other)))
