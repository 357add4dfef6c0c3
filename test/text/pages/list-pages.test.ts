import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { writtenDay } from '../../../src/text/dates/written-day.ts'
import { listedEntries } from '../../../src/text/pages/list-pages.ts'

const read = (markup: string, more = {}) =>
  listedEntries(
    `<html><body>${markup}</body></html>`,
    { item: 'li', title: 'a', link: 'a', ...more },
    'https://a.cn/l/',
  )
const one = (markup: string, more = {}) => read(markup, more).entries[0]

test.each([
  ['beside the title', '<li><a href="1">关于2019年5月1日起施行某办法的通知</a> 11-20</li>', '11-20'],
  ['not in it', '<li><a href="1">关于2019年5月1日起施行某办法的通知</a></li>', ''],
  [
    'beside a title of two lines',
    '<li><a href="1"><span>甲局</span>\n<span>关于2019年5月1日前补报的通知</span></a> 11-20</li>',
    '11-20',
  ],
  [
    'beside a title broken in a line',
    '<li><a href="1">关于2026年12月5日举办\n   沙龙的通知</a><span>2026-11-20</span></li>',
    '2026-11-20',
  ],
  ['not in a broken title', '<li><a href="1">关于2026年12月5日举办\n  沙龙的通知</a></li>', ''],
  [
    'beside a cut title with a tooltip',
    '<li><a href="1" title="关于2026年12月5日举办沙龙的通知">关于2026年12月5日举办…</a><i>2026-11-20</i></li>',
    '2026-11-20',
  ],
  [
    'beside a marked title',
    '<li><a href="1">关于<em>2026年12月5日</em>举办沙龙的通知</a><i>2026-11-20</i></li>',
    '2026-11-20',
  ],
  ['in an element of its own in the link', '<li><a href="1">甲通知<i>11-20</i></a></li>', '甲通知 11-20'],
  ['at its edge', '<li><a href="1">[2026-11-20] 甲通知</a></li>', '2026-11-20'],
  ['behind it', '<li><a href="1">甲通知 (11-20)</a></li>', '11-20'],
])('without a selector a day counts %s', (_, markup, date) => {
  expect(one(markup)?.date.trim()).toBe(date)
})

test.each([
  ['[2026/11/20]关于甲的通知', '关于甲的通知'],
  ['关于甲的通知 2026-11-20', '关于甲的通知'],
  ['关于2019年5月1日起施行某办法的通知', '关于2019年5月1日起施行某办法的通知'],
  ['2026-11-20', '2026-11-20'],
  ['11月24日 | 关于甲的公告', '关于甲的公告'],
  ['[置顶]关于甲的通知', '关于甲的通知'],
  ['<b>置顶</b>关于甲的通知', '关于甲的通知'],
  ['<i>1</i>关于甲的通知', '关于甲的通知'],
  ['<b>5</b>月甲的通知', '5月甲的通知'],
  ['<span><i>01</i>关于甲的通知<em>热</em></span>', '关于甲的通知'],
  ['<i>新</i> <b>新区关于甲的通知</b>', '新区关于甲的通知'],
  ['<em>新</em>能源汽车补贴公告', '新能源汽车补贴公告'],
  ['<b>热</b>处理技改补助通知', '热处理技改补助通知'],
  ['<i>1</i>号文件发布', '1号文件发布'],
  ['第<b>1</b>', '第1'],
  ['<b>TOP</b>10企业', 'TOP10企业'],
  ['上新<em>新</em>', '上新新'],
  ['-5℃冷库补助', '-5℃冷库补助'],
  ['★级酒店补助', '★级酒店补助'],
  ['★ 关于甲的通知', '关于甲的通知'],
  ['（新）版目录', '（新）版目录'],
  ['（置顶）关于甲的通知', '关于甲的通知'],
  ['<b>2026</b>年甲的通知', '2026年甲的通知'],
  ['<b>热点</b>', '热点'],
  ['<b>NEW</b>', 'NEW'],
  ['▪ 关于甲的通知 (2026-11-20 09:30)', '关于甲的通知'],
  ['[2026-11-20 09:30:15] 关于甲的通知', '关于甲的通知'],
  ['【热】【图文】关于甲的通知', '关于甲的通知'],
  ['【公示】关于甲的通知', '【公示】关于甲的通知'],
  ['·&nbsp;关于甲的通知 <b>NEW!</b>', '关于甲的通知'],
  ['关于甲的\n    通知', '关于甲的通知'],
  ['关于 甲 的通知', '关于 甲 的通知'],
  ['5G NEW', '5G NEW'],
  ['NEW', 'NEW'],
])('the title of %s is %s', (written, title) => {
  expect(one(`<li><a href="1">${written}</a></li>`)?.title).toBe(title)
})

test('the place of an entry is no part of its title, a number of its subject is', () => {
  const { entries } = read(
    '<li><a href="1"><b>1</b>关于甲的通知</a></li><li><a href="2"><b>2</b>月份补贴公示名单</a></li>',
  )
  expect(entries.map(({ title }) => title)).toEqual(['关于甲的通知', '2月份补贴公示名单'])
})

test.each([
  ['<a href="1"><i>2026-11-19</i>关于甲的通知</a>', '关于甲的通知'],
  ['<a href="1">关于甲的通知<i>2026-11-19</i></a>', '关于甲的通知'],
  ['<a href="1"><i>11-19</i> 关于2026-11-19甲会的通知</a>', '关于2026-11-19甲会的通知'],
  ['<a href="1">2026-11-19</a><i>2026-11-19</i>', '2026-11-19'],
])('a day in an element of its own is no part of the title: %s', (markup, title) => {
  expect(one(`<li>${markup}</li>`, { date: 'i' })?.title).toBe(title)
})

test.each([
  ['<li title="关于组织甲事项申报的通知"><a href="1">关于组织甲…</a></li>', '关于组织甲事项申报的通知'],
  [
    '<li><a href="1"><i title="关于组织甲事项申报的通知">关于组织甲…</i></a></li>',
    '关于组织甲事项申报的通知',
  ],
  ['<li title="点击查看"><a href="1">关于组织甲的通知</a></li>', '关于组织甲的通知'],
])('a tooltip around or inside the link has the whole title: %s', (markup, title) => {
  expect(one(markup)?.title).toBe(title)
})

test.each([
  ['<iframe src="/new.html"></iframe>', ['https://a.cn/new.html']],
  [`<iframe src="/advert.html"></iframe><p>${'这一页有自己的内容。'.repeat(20)}</p>`, []],
])('%s', (markup, frames) => {
  expect(read(markup).frames).toEqual(frames)
})

test.each([
  ['<li><i>20</i><u>2026-11</u><a href="1">甲</a></li>', { date: 'i, u' }, '20 2026-11'],
  ['<li><p>20<br>Nov 2026</p><a href="1">甲</a></li>', { date: 'p' }, '20 Nov 2026'],
  ['<li><span>某局</span><span>2026-11-20</span><a href="1">甲</a></li>', { date: 'span' }, '2026-11-20'],
])('%s', (markup, more, date) => {
  expect(one(markup, more)?.date).toBe(date)
})

test.each([
  [`<a href="javascript:openUrl('/b/1.html')">甲</a>`, 'https://a.cn/b/1.html'],
  [`<a href="#" onclick="location.href='2.jsp?id=3'">甲</a>`, 'https://a.cn/l/2.jsp?id=3'],
  ['<a href="#" data-href="/b/3.html">甲</a>', 'https://a.cn/b/3.html'],
  ['<a href="?id=4">甲</a>', 'https://a.cn/l/?id=4'],
])('%s leads to %s', (link, address) => {
  expect(one(`<li>${link}</li>`)?.link).toBe(address)
})

test.each(['<a>甲</a>', '<a href="">甲</a>', '<a href="#top">甲</a>', '<a href="javascript:show(1)">甲</a>'])(
  '%s leads nowhere',
  link => {
    expect(read(`<li>${link}</li>`)).toMatchObject({ entries: [], withoutLink: 1 })
  },
)

test.each([
  `<script type="application/json">{"data":[{"name":"甲","href":"/1","time":"2026-11-20"}]}</script>`,
  `<script>var d = [{ title: '甲', link: '/1', date: '2026-11-20' }]</script>`,
  `<textarea style="display:none"><li><a href="/1">甲</a><span>2026-11-20</span></li></textarea>`,
  `<script>document.writeln("<li><a href='/1'>甲</a><span>2026-11-20</span></li>")</script>`,
])('%s holds a list', markup => {
  expect(one(markup)).toMatchObject({ title: '甲', link: 'https://a.cn/1', date: '2026-11-20' })
})

const byMapping = { item: '.list li', title: 'a', link: 'a', date: 'span' }
test.each([
  [
    'a link on the entry',
    `<ul class="list"><li onclick="location.href='/a/1.html'"><a>通知一</a><span>2026-11-20</span></li></ul>`,
  ],
  [
    'a picture with a link of its own',
    '<ul class="list"><li><a href="/p/1.jpg"><img></a><a href="/a/1.html">通知一</a><span>2026-11-20</span></li></ul>',
  ],
  [
    'a day written against the title',
    '<ul class="list"><li><a href="/a/1.html">2026-11-20通知一</a></li></ul>',
  ],
  [
    'a day in other marks than the mapping says',
    '<ul class="list"><li><b>20</b><i>2026.11</i><a href="/a/1.html">通知一</a></li></ul>',
  ],
  [
    'records with objects inside',
    '<script>let d={"rows":[{"id":1,"more":{"x":{"y":1}},"title":"通知一","url":"/a/1.html","time":"2026-11-20"}]}</script>',
  ],
  [
    'records with times in milliseconds',
    '<script>let d=[{"title":"通知一","url":"/a/1.html","publishTime":1795104000000}]</script>',
  ],
])('%s is read', (_, markup) => {
  const today = Temporal.PlainDate.from('2026-11-30')
  const { entries } = listedEntries(markup, byMapping, 'https://a.example/list/')
  expect(entries.map(({ title, link, date }) => [title, link, writtenDay(date, today)?.toString()])).toEqual([
    ['通知一', 'https://a.example/a/1.html', '2026-11-20'],
  ])
})

test.each([
  [
    'rows of a table',
    '<script>var a=[["关于甲的通知","/a/1.html","2026-11-20"],["关于乙的通知","/a/2.html","2026-11-18"]]</script>',
  ],
  [
    'rows with numbers',
    "<script>list.push([1,'关于甲的通知','/a/1.html','2026-11-20 10:00',5]);list.push([2,'关于乙的通知','/a/2.html','2026-11-18 09:00',7])</script>",
  ],
  [
    'markup with its brackets escaped',
    '<script>var d="\\u003cli\\u003e\\u003ca href=\\"/a/1.html\\"\\u003e关于甲的通知\\u003c/a\\u003e\\u003cspan\\u003e2026-11-20\\u003c/span\\u003e\\u003c/li\\u003e\\u003cli\\u003e\\u003ca href=\\"/a/2.html\\"\\u003e关于乙的通知\\u003c/a\\u003e\\u003cspan\\u003e2026-11-18\\u003c/span\\u003e\\u003c/li\\u003e"</script>',
  ],
])('a list in a script as %s is read', (_, markup) => {
  expect(read(markup).entries.map(({ title, link, date }) => [title, link, date.slice(0, 10)])).toEqual([
    ['关于甲的通知', 'https://a.cn/a/1.html', '2026-11-20'],
    ['关于乙的通知', 'https://a.cn/a/2.html', '2026-11-18'],
  ])
})

test('a table of settings in a script is no list', () => {
  expect(read('<script>var o=[["字体大小设置","12"],["a/b","c"]];x("/a/1.html")</script>').entries).toEqual(
    [],
  )
})
