import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { writtenDay } from '../../../src/text/dates/written-day.ts'
import { articleOf } from '../../../src/text/pages/html.ts'

const words =
  '<p>各有关单位：为做好培育工作，现将有关事项通知如下，请于12月15日前完成网上填报，逾期不予受理，材料一式两份。</p><p>联系人：创新科。</p>'
const page = (markup: string, head = '') =>
  `<!doctype html><html><head><meta charset="utf-8">${head}</head><body>${markup}</body></html>`
const body = `<div id="zoom">${words}</div>`

test.each([
  [
    'a day alone above the text',
    page(`<h1>通知</h1><span>2024-11-18 10:22</span><span>来源：某局</span>${body}`),
  ],
  ['a day alone in a paragraph', page(`<h1>通知</h1><p>2024年11月18日</p>${body}`)],
  ['brackets', page(`<h1>通知</h1><div>[2024-11-18]</div>${body}`)],
  ['a label', page(`<div>发布日期：2024-11-18</div>${body}`)],
  ['a label with blanks', page(`<div>日 期</div><div>发布时间: 2024 年 11 月 18 日</div>${body}`)],
  ['a source beside it', page(`<div>来源：某局 2024-11-18 10:00</div><div>时间：2024-11-18</div>${body}`)],
  [
    'the day of publishing rather than of the act',
    page(`<div>成文日期：2024-11-01</div><div>发布日期：2024-11-18</div>${body}`),
  ],
  ['a meta mark', page(body, '<meta property="article:published_time" content="2024-11-18T09:00:00+08:00">')],
  ['a meta mark of its own', page(body, '<meta itemprop="datePublished" content="2024-11-18">')],
  ['a time element', page(`<time datetime="2024-11-18">上月</time>${body}`)],
  ['linked data', page(body, '<script type="application/ld+json">{"datePublished":"2024-11-18"}</script>')],
  ['a script', page(`${body}<script>var createTime = '2024-11-18 09:30';</script>`)],
  ['the signature', page(`<div id="zoom">${words}<p>某市科学技术局</p><p>2024年11月18日</p></div>`)],
  ['the signature in one line', page(`<div id="zoom">${words}<p>某市科学技术局 2024年11月18日</p></div>`)],
  ['a day behind its source', page(`<p>来源：某某局 2024-11-18 09:30 字号：大 中 小</p>${body}`)],
  ['a day behind its author', page(`<p>作者：王某 | 2024年11月18日 | 阅读 30</p>${body}`)],
  ['a meta mark of the day it was made', page(body, '<meta name="maketime" content="2024-11-18 09:00">')],
  ['the text without a mark', page(`<div class="x"><h1>通知</h1><p>2024-11-18</p>${words}</div>`)],
])('a page is dated by %s', (_, markup) => {
  expect(articleOf(markup).date.replaceAll(/\s/gu, '')).toMatch(/^2024[-年]11[-月]18/u)
})

test.each([
  ['a label with a compact day', page(`<div>发布时间：20241118</div>${body}`)],
  ['a label with a year of two digits', page(`<div>发布日期：24-11-18</div>${body}`)],
  ['Chinese numbers above the text', page(`<h1>通知</h1><div>二〇二四年十一月十八日</div>${body}`)],
  [
    'a signature in Chinese numbers',
    page(`<div id="zoom">${words}<p>某市科学技术局</p><p>二○二四年十一月十八日</p></div>`),
  ],
  ['milliseconds in a script', page(`${body}<script>window.state={pubTime:1731893400000}</script>`)],
])('a page is also dated by %s', (_, markup) => {
  const today = Temporal.PlainDate.from('2026-11-30')
  expect(writtenDay(articleOf(markup).date, today)?.toString()).toBe('2024-11-18')
})

test.each([
  '<div>今天是2026年11月30日 星期一</div>',
  '<ul><li>2026-11-29 别的新闻</li></ul>',
  '<p>上一篇：关于2026-11-01的通知</p>',
])('a day that belongs to something else dates no page: %s', beside => {
  expect(articleOf(page(`${body}${beside}`)).date).toBe('')
})

test('an account dates its article in seconds', () => {
  const markup = page(
    `<div id="js_content" style="visibility:hidden">${words}</div><script>var ct = "1731893400";</script>`,
  )
  expect(articleOf(markup).date).toBe('1731893400')
})

test.each([
  ['nothing', page(body)],
  [
    'the time of an event',
    page(`<div id="zoom">${words}<p>活动时间：2026年12月5日下午，地点另行通知。</p>${words}</div>`),
  ],
  ['the end of a period', page(`<div>报名截止时间：2026-12-05</div>${body}`)],
  ['other news beside it', page(`${body}<ul><li>别的消息</li><li>2026-11-28</li></ul>`)],
])('%s does not date a page', (_, markup) => {
  expect(articleOf(markup).date).toBe('')
})

test.each([
  [
    'the page',
    `<form id="form1"><div class="nav"><a href="/">首页</a></div><div class="detailCon"><h1>通知</h1>${words}</div></form>`,
  ],
  [
    'the page and its fields',
    `<form><select><option>全部</option></select><input value="x"><div>${words}</div></form>`,
  ],
  ['the article', `<div><a href="/">首页</a></div><form><table><tr><td>${words}</td></tr></table></form>`],
  [
    'a marked article',
    `<form>${body}</form><div>${'<p>页脚的话，很长很长的页脚的话。</p>'.repeat(20)}</div>`,
  ],
  ['an article in a header', `<header>${body}</header>`],
])('a form around %s leaves its text', (_, markup) => {
  expect(articleOf(page(markup)).text).toContain('请于12月15日前完成网上填报')
})

test('a form beside the article is no text', () => {
  const { text } = articleOf(page(`<form>请输入关键字<input></form><div>${words}</div>`))
  expect(text).not.toContain('关键字')
})

const whole = '关于组织开展2026年度中小企业认定和复核工作的通知'
const cut = '关于组织开展2026年度中小企业认定和…'
test.each([
  ['a place of its own', page(`<h1>某局门户网站</h1><div class="tit">${whole}</div>${body}`)],
  ['a headline', page(`<h2>${whole}</h2>${body}`)],
  ['the head', page(`<h1>某局</h1>${body}`, `<title>${whole}_某局</title>`)],
  ['the head, behind the site', page(body, `<title>某局 - ${whole}</title>`)],
  ['a mark', page(body, `<meta name="ArticleTitle" content="${whole}">`)],
  ['a paragraph', page(`<p>${whole}</p>${body}`)],
  ['a tooltip', page(`<h1 title="${whole}">${cut}</h1>${body}`)],
])('a cut title is made whole from %s', (_, markup) => {
  for (const ending of ['…', '……', '...', '⋯', '。。。']) {
    expect(articleOf(markup, cut.replace('…', ending)).title).toBe(whole)
  }
})

test('nothing that begins otherwise replaces a cut title', () => {
  expect(articleOf(page(`<h1>某局门户网站</h1>${body}`), cut).title).toBe('')
})

test.each([
  [page(`<h1 class="logo">某局门户网站</h1><div class="tit">${whole}</div>${body}`, '<title>某局</title>')],
  [page(`<h1>福州市科学技术局</h1>${body}`, `<title>${whole}_福州市科学技术局</title>`)],
  [page(`<h1>${whole}</h1>${body}`, '<title>某局</title>')],
  [page(body, `<title>某区人民政府_${whole}</title>`)],
])('the name of the site is no title', markup => {
  expect(articleOf(markup).title).toBe(whole)
})

test.each([
  ['<meta http-equiv="Refresh" content="0; URL=\'/a/1.html\'">'],
  ['<script>window.location.href="/a/1.html";</script>'],
  ['<script>location.replace("/a/1.html")</script>'],
])('%s sends readers on', head => {
  expect(articleOf(page('', head)).movesTo).toBe('/a/1.html')
  expect(articleOf(page(body, head)).movesTo).toBe('')
})

test('a day in Chinese numbers with the letter O, and one with its time behind a dash, are read in their year', () => {
  const signed = page(`<div id="zoom">${words}<p>某市科技局</p><p>二O二四年十一月十八日</p></div>`)
  const marked = page(body, '<meta name="firstpublishedtime" content="2024-11-18-09:00:00">')
  const today = Temporal.PlainDate.from('2026-11-30')
  for (const markup of [signed, marked])
    expect(writtenDay(articleOf(markup).date, today)?.toString()).toBe('2024-11-18')
})

const shortBody = `<p>${'正文。'.repeat(50)}</p>`
const nested = (tag: string, depth: number) =>
  `<div>${tag.repeat(depth)}${'</div>'.repeat(depth)}${shortBody}</div>`

test.each([
  ['a headline of 200,000 characters', `<h1>${'字'.repeat(200_000)}</h1>${shortBody}`, ''],
  ['boxes of a date within each other', nested('<div class="date">2026-11', 500), ''],
  ['boxes of a title within each other', nested('<div class="title">关', 500), ''],
  ['boxes around a cut title', nested('<div><span>关于</span>', 500), '关于申报…'],
])('a page of %s is read at once', (_, page, cutTitle) => {
  const before = process.threadCpuUsage()
  articleOf(page, cutTitle)
  const { user, system } = process.threadCpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(1500)
})
