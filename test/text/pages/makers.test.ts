import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { writtenDay } from '../../../src/text/dates/written-day.ts'
import { articleOf } from '../../../src/text/pages/html.ts'
import { type ListMapping, listedEntries } from '../../../src/text/pages/list-pages.ts'
import { wallIn } from '../../../src/text/pages/walls.ts'

const today = Temporal.PlainDate.from('2026-11-30')
const T = '关于组织申报2024年度研发费用补助的通知'
const P = `<p>各有关单位：</p><p>为做好2024年度研发费用补助工作，现将有关事项通知如下。请于12月15日前登录系统填报，逾期不予受理，材料一式两份报送区科技局。</p><p>联系人：林某，电话0591-83000000。</p>`
const nav = `<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li><li><a href="/fw">办事服务</a></li></ul></div>`
const foot = `<div class="footer"><p>主办：某市科技局 闽ICP备05000000号 网站标识码3501000000</p><p>Copyright 2005-2026</p></div>`
const html = (head: string, body: string) =>
  `<!DOCTYPE html><html><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`
const pages: [name: string, markup: string, day?: string][] = [
  [
    'TRS 福州',
    html(
      `<title>${T}_ 通知公告 _福州市科学技术局</title><meta name="SiteName" content="福州市科学技术局"><meta name="ArticleTitle" content="${T}"><meta name="PubDate" content="2024-11-18 09:30"><meta name="ContentSource" content="福州市科学技术局">`,
      `${nav}<div class="xl_tit"><h2>${T}</h2><p>发布时间：2024-11-18 09:30</p></div><div class="TRS_Editor">${P}</div>${foot}`,
    ),
  ],
  [
    'gov.cn pages-date',
    html(
      `<title>${T}_中国政府网</title>`,
      `${nav}<div class="article oneColumn"><h1 id="ti">${T}</h1><div class="pages-date">2024-11-18 09:30 <span class="font">来源： 科技部网站</span></div><div class="pages_content" id="UCAP-CONTENT">${P}</div></div>${foot}`,
    ),
  ],
  [
    'policy table',
    html(
      `<title>${T}</title>`,
      `${nav}<table class="bd1"><tr><td><b>索 引 号：</b></td><td>000014349/2024-00101</td><td><b>主题分类：</b></td><td>科技</td></tr><tr><td><b>发文机关：</b></td><td>某市科技局</td><td><b>成文日期：</b></td><td>2024年11月01日</td></tr><tr><td><b>标　　题：</b></td><td colspan=3>${T}</td></tr><tr><td><b>发文字号：</b></td><td>榕科〔2024〕12号</td><td><b>发布日期：</b></td><td>2024年11月18日</td></tr></table><div id="UCAP-CONTENT">${P}</div>${foot}`,
    ),
  ],
  [
    'spaced labels',
    html(
      `<title>${T}</title>`,
      `${nav}<table><tr><td>索 引 号</td><td>FZ00107-2024</td><td>文 号</td><td>榕科〔2024〕12号</td></tr><tr><td>发 布 机 构</td><td>科技局</td><td>生 成 日 期</td><td>2024-11-18</td></tr></table><h1>${T}</h1><div class="article_content">${P}</div>`,
    ),
  ],
  [
    'xinhua split date',
    html(
      `<title>${T}-新华网</title>`,
      `<div class="header-time left"><span class="year"><em> 2024</em></span><span class="day"><em>11</em>/<em>18</em></span><span class="time"> 09:30:11</span></div><div class="header-cont"><span class="title">${T}</span></div><div id="detail">${P}</div>`,
    ),
  ],
  [
    'people',
    html(
      `<title>${T}--福建频道--人民网</title>`,
      `${nav}<div class="col col-1 fl"><h1>${T}</h1><div class="col-1-1 fl">2024年11月18日09:30 | 来源：<a href="#">人民网－福建频道</a></div></div><div class="rm_txt_con cf">${P}</div>`,
    ),
  ],
  [
    'dedecms',
    html(
      `<title>${T}_某某众创空间</title>`,
      `${nav}<div class="viewbox"><div class="title"><h2>${T}</h2></div><div class="info"><small>时间:</small>2024-11-18 10:00<small>来源:</small>未知 <small>作者:</small>admin <small>点击:</small>123次</div><div class="content"><table><tr><td>${P}</td></tr></table></div></div>`,
    ),
  ],
  [
    'phpcms',
    html(
      `<title>${T} - 通知公告 - 某某园区</title>`,
      `${nav}<div id="Article"><h1>${T}<br><span>2024-11-18 09:30:00 &nbsp;&nbsp;来源：本站 &nbsp;&nbsp;评论：0 点击：</span></h1><div class="content">${P}</div></div>`,
    ),
  ],
  [
    'wordpress',
    html(
      `<title>${T} – 某某孵化器</title><meta property="article:published_time" content="2024-11-18T01:30:00+00:00" />`,
      `<header><h1 class="site-title">某某孵化器</h1></header><article class="post"><header class="entry-header"><h1 class="entry-title">${T}</h1><div class="entry-meta">Posted on <time class="entry-date published" datetime="2024-11-18T01:30:00+00:00">2024年11月18日</time></div></header><div class="entry-content">${P}</div></article><footer>© 2026</footer>`,
    ),
  ],
  [
    'wordpress 5',
    html(
      `<title>${T} – 某某孵化器</title>`,
      `<header><h1 class="site-title">某某孵化器</h1></header><article class="post"><h2 class="entry-title">${T}</h2><div class="entry-meta"><span class="date">十一月 18, 2024</span></div><div class="entry-content">${P}</div></article>`,
    ),
  ],
  [
    'webplus uni',
    html(
      `<title>${T}</title>`,
      `${nav}<div class="article"><h1 class="arti_title">${T}</h1><p class="arti_metas"><span class="arti_publisher">发布者：科研处</span><span class="arti_update">发布时间：2024-11-18</span><span class="arti_views">浏览次数：<span>122</span></span></p><div class="wp_articlecontent">${P}</div></div>`,
    ),
  ],
  [
    'vsb uni',
    html(
      `<title>${T}-某大学科技园</title>`,
      `${nav}<form name="_newscontent_fromname"><div><h1 align="center">${T}</h1><div align="center">2024年11月18日 10:10&nbsp; 作者：&nbsp; 点击：[<span id="dynclicks">12</span>]</div><div id="vsb_content"><div class="v_news_content">${P}</div></div></div></form>${foot}`,
    ),
  ],
  [
    'asp.net form',
    html(
      `<title>${T}</title>`,
      `<form method="post" action="./d.aspx?id=3" id="form1"><input type="hidden" name="__VIEWSTATE" value="aaa"><div class="top">${nav}</div><div class="newsdetail"><h3>${T}</h3><div class="ly">发布人：管委会&nbsp;&nbsp;发布时间：2024/11/18 9:30:00</div><div class="nr">${P}</div></div></form>`,
    ),
  ],
  [
    'mp weixin',
    html(
      `<title></title><meta property="og:title" content="${T}"><meta property="og:type" content="article">`,
      `<div id="js_article"><h1 class="rich_media_title" id="activity-name">${T}</h1><div id="meta_content"><span>某某创新工场</span> <em id="publish_time"></em></div><div class="rich_media_content" id="js_content" style="visibility: hidden;"><section>${P}</section></div></div><script>var ct = "1731893400"; var create_time = "1731893400" * 1; var oriCreateTime = '1731893400';</script>`,
    ),
  ],
  [
    'mp weixin new',
    html(
      `<title></title><meta property="og:title" content="${T}">`,
      `<div id="js_content"><p>${P}</p></div><script>window.cgiDataNew = { title: '${T}', create_time: JsDecode('2024-11-18 09:30'), ori_create_time: '1731893400' };</script>`,
    ),
  ],
  [
    'bank',
    html(
      `<title>${T}_某某银行</title>`,
      `<div id="header">${nav}</div><div class="ebdp-pc4promote-circularcontainer"><h2 class="title">${T}</h2><div class="time">发布日期：2024-11-18&nbsp;&nbsp;发布机构：某某银行股份有限公司</div><div class="text">${P}</div></div>${foot}`,
    ),
  ],
  [
    'bank fin',
    html(
      `<title>某某银行</title>`,
      `${nav}<table width="100%"><tr><td class="Title14" align="center"><b>${T}</b></td></tr><tr><td align="right">(2024-11-18)</td></tr><tr><td>${P}</td></tr></table>`,
    ),
  ],
  [
    'table layout gbk-era',
    html(
      `<title>${T}</title>`,
      `<table width=760><tr><td>${nav}</td></tr></table><table width=760><tr><td align=center><font size=4><b>${T}</b></font></td></tr><tr><td align=center>[ 作者：办公室 &nbsp; 录入时间：2024-11-18 9:30:22 &nbsp; 点击数：102 ]</td></tr><tr><td>${P}</td></tr></table>`,
    ),
  ],
  [
    'english date',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><div class="meta">Nov 18, 2024</div><div class="content">${P}</div>`,
    ),
  ],
  [
    'title by br',
    html(
      `<title>某市科技局</title>`,
      `<h1>关于组织申报2024年度<br>研发费用补助的通知</h1><div>日期：2024-11-18</div><div class="content">${P}</div>`,
    ),
  ],
  [
    'data attr',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><div class="info"><span class="pub" data-time="2024-11-18">发布于 2024-11-18</span></div><div class="content">${P}</div>`,
    ),
  ],
  [
    'json state',
    html(
      `<title>${T}</title>`,
      `<div id="app"><h1>${T}</h1><div class="content">${P}</div></div><script>window.__INITIAL_STATE__={"detail":{"id":3,"releaseTime":"2024-11-18 09:30:00","updateTime":"2026-11-20 00:00:00"}}</script>`,
    ),
  ],
  [
    'json pubTimeStr',
    html(
      `<title>${T}</title>`,
      `<div id="app"><h1>${T}</h1><div class="content">${P}</div></div><script>var info = {"publishTimeStr":"2024-11-18","createDate":"2024-11-18 10:00"}</script>`,
    ),
  ],
  [
    'month in chinese only sign',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><div id="zoom">${P}<p style="text-align:right">某市科学技术局</p><p style="text-align:right">2024年11月18日</p><p>（此件主动公开）</p><p>附件：1.申报书.docx</p></div>`,
    ),
  ],
  [
    'sign before attachments',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><div id="zoom">${P}<p>某市科学技术局 某市财政局</p><p>2024 年 11 月 18 日</p><p>（联系人：王某）</p><p>附件：</p><p>1.申报书.docx</p><p>2.汇总表.xlsx</p><p>3.承诺书.pdf</p><p>4.推荐函.doc</p><p>5.说明.pdf</p></div>`,
    ),
  ],
  [
    'hits and weather date above',
    html(
      `<title>${T}</title>`,
      `<div class="top">今天是：2026年11月30日 星期一 欢迎访问</div><h1>${T}</h1><div>来源：某局&emsp;发布时间：2024-11-18&emsp;浏览量：33</div><div class="content">${P}</div>`,
    ),
  ],
  [
    'top date only',
    html(
      `<title>${T}</title>`,
      `<div class="top">2026年11月30日 星期一</div><h1>${T}</h1><div class="content">${P}</div>`,
    ),
    '',
  ],
  [
    'recommended news dates',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><div class="content">${P}</div><div class="rel"><h3>相关文章</h3><ul><li><a href="1">关于甲</a> 2026-11-20</li><li><a href="2">关于乙</a> 2026-11-18</li></ul></div>`,
    ),
    '',
  ],
  [
    'countdown end',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><div class="info">申报时间：2026-11-01 至 2026-12-15</div><div class="content">${P}</div>`,
    ),
    '',
  ],
  [
    '申报 page dates',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><ul class="info"><li>受理部门：区科技局</li><li>开始日期：2026-11-01</li><li>截止日期：2026-12-15</li><li>发布日期：2024-11-18</li></ul><div class="content">${P}</div>`,
    ),
  ],
  [
    'update later',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><div>更新时间：2026-11-20</div><div>发布时间：2024-11-18</div><div class="content">${P}</div>`,
    ),
  ],
  [
    'site title dash',
    html(
      `<title>${T}-台江区人民政府</title>`,
      `<div class="logo"><h1>台江区人民政府</h1></div><div class="bt">${T}</div><div>2024-11-18</div><div class="content">${P}</div>`,
    ),
  ],
  [
    'breadcrumb h2',
    html(
      `<title>通知公告</title>`,
      `<h2>通知公告</h2><div class="breadcrumb">当前位置：首页 &gt; 通知公告</div><h3 class="detail-tit">${T}</h3><p class="date">2024.11.18</p><div class="content">${P}</div>`,
    ),
  ],
  [
    'share words',
    html(
      `<title>${T}</title>`,
      `<div class="main"><h1>${T}</h1><div class="sub"><span>2024-11-18 09:30</span><span>字体：【大】【中】【小】</span><span>打印</span><span>分享到：</span></div><div class="con">${P}</div><div>扫一扫在手机打开当前页</div></div>`,
    ),
  ],
  [
    'short year',
    html(`<title>${T}</title>`, `<h1>${T}</h1><div>日期：24/11/18</div><div class="content">${P}</div>`),
  ],
  [
    'time tag nothing',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><time>2024年11月18日 09:30</time><div class="content">${P}</div>`,
    ),
  ],
  [
    '发布时间 with newline td',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><table><tr><th>发布时间</th><td>2024-11-18</td></tr><tr><th>有效期</th><td>2026-12-31</td></tr></table><div class="content">${P}</div>`,
    ),
  ],
  [
    'date day month year boxes',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><div class="date"><b>18</b><i>2024-11</i></div><div class="content">${P}</div>`,
    ),
  ],
  [
    'date month box',
    html(
      `<title>${T}</title>`,
      `<h1>${T}</h1><div class="date"><b>18</b><i>11月</i><i>2024</i></div><div class="content">${P}</div>`,
    ),
  ],
  [
    'news portal',
    html(
      `<title>${T}|补助|研发|某市_新浪财经_新浪网</title><meta name="weibo: article:create_at" content="2024-11-18 09:30:00">`,
      `<h1 class="main-title">${T}</h1><div class="date-source"><span class="date">2024年11月18日 09:30</span><span class="source">某日报</span></div><div class="article" id="artibody">${P}</div>`,
    ),
  ],
  [
    'sohu',
    html(
      `<title>${T}_企业_项目_科技</title><meta itemprop="datePublished" content="2024-11-18 09:30">`,
      `<div class="text-title"><h1>${T}<span class="article-tag"></span></h1><div class="article-info"><span class="time" id="news-time" data-val="1731893400000">2024-11-18 09:30</span></div></div><article class="article" id="mp-editor">${P}</article>`,
    ),
  ],
  [
    'toutiao',
    html(
      `<title>${T}</title>`,
      `<div class="article-content"><h1>${T}</h1><div class="article-meta"><span>2024-11-18 09:30</span><span>·</span><span>某某</span></div><article>${P}</article></div>`,
    ),
  ],
  [
    'moved title in p',
    html(
      `<title>信息详情</title>`,
      `<div class="con"><p class="title">${T}</p><p class="time">时间： 2024-11-18</p><div class="txt">${P}</div></div>`,
    ),
  ],
]

test.each(pages)('an article as made by: %s', (_, markup, day = '2024-11-18') => {
  const article = articleOf(markup)
  expect(article.title).toBe(T)
  expect(article.date && writtenDay(article.date, today)?.toString()).toBe(day)
  expect(article.text).toContain('请于12月15日前登录系统')
  expect(wallIn(article)).toBeUndefined()
})

test('a page that shows a file in a frame sends its reader to the file', () => {
  const frame = '<iframe src="/pdfjs/web/viewer.html?file=%2Fa%2F1.pdf"></iframe>'
  expect(articleOf(html('', `<h1>${T}</h1><div class="content">${frame}</div>`)).movesTo).toBe('/a/1.pdf')
})

const A = '关于组织申报2026年度研发费用补助的通知',
  B = '关于公布第一批众创空间名单的公告'
const li = { item: '.list li', title: 'a', link: 'a' }

const lists: [name: string, markup: string, mapping: ListMapping, prefix?: string][] = [
  [
    'plain spans',
    `<ul class="list"><li><a href="./202611/t20261120_1.html" title="${A}">关于组织申报2026年度研发…</a><span>2026-11-20</span></li><li><a href="/b/2.html">${B}</a><span>[11-18]</span></li></ul>`,
    li,
  ],
  [
    'dl rows',
    `<div class="list"><dl><dt><a href="1.html">${A}</a></dt><dd>发布时间：2026-11-20 浏览：20</dd></dl><dl><dt><a href="2.html">${B}</a></dt><dd>发布时间：2026-11-18 浏览：11</dd></dl></div>`,
    { item: '.list dl', title: 'a', link: 'a' },
  ],
  [
    'table rows',
    `<table class="list"><tr><th>序号</th><th>标题</th><th>日期</th></tr><tr><td>1</td><td><a href="1.html">${A}</a></td><td>2026/11/20</td></tr><tr><td>2</td><td><a href="2.html">${B}</a></td><td>2026/11/18</td></tr></table>`,
    { item: '.list tr', title: 'a', link: 'a' },
  ],
  [
    'box day month',
    `<ul class="list"><li><div class="time"><h3>20</h3><p>2026-11</p></div><div><a href="1.html"><h4>${A}</h4><p>为做好研发费用补助工作……</p></a></div></li><li><div class="time"><h3>18</h3><p>2026-11</p></div><div><a href="2.html"><h4>${B}</h4><p>经审核……</p></a></div></li></ul>`,
    { item: '.list li', title: 'h4', link: 'a' },
  ],
  [
    'whole li in a',
    `<ul class="list"><li><a href="1.html"><em>2026-11-20</em><span class="tt">${A}</span></a></li><li><a href="2.html"><em>2026-11-18</em><span class="tt">${B}</span></a></li></ul>`,
    { item: '.list li', title: '.tt', link: 'a' },
  ],
  [
    'title with a date inside a',
    `<ul class="list"><li><a href="1.html">${A}<span>2026-11-20</span></a></li><li><a href="2.html">${B}<span>2026-11-18</span></a></li></ul>`,
    li,
  ],
  [
    'a as item',
    `<div class="list"><a href="1.html"><p>${A}</p><span>2026.11.20</span></a><a href="2.html"><p>${B}</p><span>2026.11.18</span></a></div>`,
    { item: '.list a', title: 'p', link: '.' },
  ],
  [
    'new badge',
    `<ul class="list"><li><a href="1.html"><img src="new.gif">【通知】${A}</a><i>New!</i><span>2026年11月20日</span></li><li><a href="2.html">${B}</a><span>2026年11月18日</span></li></ul>`,
    li,
    '【通知】',
  ],
  [
    'br lines',
    `<div class="list"><p>·<a href="1.html">${A}</a>（2026-11-20）</p><p>·<a href="2.html">${B}</a>（2026-11-18）</p></div>`,
    { item: '.list p', title: 'a', link: 'a' },
  ],
  [
    'jpaas script',
    `<div class="list"></div><script type="text/xml"><datastore><recordset><record><![CDATA[<li><a href="/art/2026/11/20/art_1_1.html" title="${A}">${A}</a><span>2026-11-20</span></li>]]></record><record><![CDATA[<li><a href="/art/2026/11/18/art_1_2.html">${B}</a><span>2026-11-18</span></li>]]></record></recordset></datastore></script>`,
    li,
  ],
  [
    'json in script',
    `<div id="app"></div><script>var list = [{"id":1,"title":"${A}","url":"/d/1.html","pubDate":"2026-11-20"},{"id":2,"title":"${B}","url":"/d/2.html","pubDate":"2026-11-18"}];</script>`,
    li,
  ],
  [
    'json epoch',
    `<script>window.__NUXT__={list:[{title:"${A}",linkUrl:"/d/1.html",publishTime:1795138200000},{title:"${B}",linkUrl:"/d/2.html",publishTime:1794965400000}]}</script>`,
    li,
  ],
  [
    'json __NEXT_DATA__',
    `<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"items":[{"articleTitle":"${A}","articleUrl":"/d/1.html","releaseDate":"2026-11-20"},{"articleTitle":"${B}","articleUrl":"/d/2.html","releaseDate":"2026-11-18"}]}}}</script>`,
    li,
  ],
  [
    'onclick rows',
    `<ul class="list"><li onclick="window.open('/d/1.html')"><p class="t">${A}</p><p>2026-11-20</p></li><li onclick="window.open('/d/2.html')"><p class="t">${B}</p><p>2026-11-18</p></li></ul>`,
    { item: '.list li', title: '.t', link: '.' },
  ],
  [
    'base href',
    `<base href="https://b.cn/x/"><ul class="list"><li><a href="1.html">${A}</a> 2026-11-20</li><li><a href="2.html">${B}</a> 2026-11-18</li></ul>`,
    li,
  ],
  [
    'category links first',
    `<ul class="list"><li><a href="/c/1" class="cat">[政策]</a><a href="1.html">${A}</a><span>2026-11-20</span></li><li><a href="/c/1" class="cat">[公告]</a><a href="2.html">${B}</a><span>2026-11-18</span></li></ul>`,
    { item: '.list li', title: 'a', link: 'a' },
  ],
  [
    'month-day only previous year',
    `<ul class="list"><li><a href="1.html">${A}</a><span>11/20</span></li><li><a href="2.html">${B}</a><span>11/18</span></li></ul>`,
    li,
  ],
  [
    'today words',
    `<ul class="list"><li><a href="1.html">${A}</a><span>10天前</span></li><li><a href="2.html">${B}</a><span>12天前</span></li></ul>`,
    li,
  ],
  [
    'date attr',
    `<ul class="list"><li><a href="1.html">${A}</a><time datetime="2026-11-20T00:00:00+08:00">上周</time></li><li><a href="2.html">${B}</a><time datetime="2026-11-18">上周</time></li></ul>`,
    li,
  ],
  [
    'link http other',
    `<ul class="list"><li><a target="_blank" href="http://mp.weixin.qq.com/s?__biz=1&mid=2&idx=1&sn=3">${A}</a><span>2026-11-20</span></li><li><a href="//c.cn/2.html">${B}</a><span>2026-11-18</span></li></ul>`,
    li,
  ],
  [
    'two lists of ul',
    `<div class="list"><ul><li class="line"></li><li><a href="1.html">${A}</a><span>2026-11-20</span></li></ul><ul><li><a href="2.html">${B}</a><span>2026-11-18</span></li><li class="page"><a href="index_1.html">下一页</a></li></ul></div>`,
    li,
  ],
]

test.each(lists)('a list as made by: %s', (_, markup, mapping, prefix = '') => {
  const { entries } = listedEntries(`<html><body>${markup}</body></html>`, mapping, 'https://a.cn/list/')
  expect(entries.map(({ title }) => title)).toEqual([`${prefix}${A}`, B])
  expect(entries.map(({ date }) => writtenDay(date, today)?.toString())).toEqual(['2026-11-20', '2026-11-18'])
  expect(new Set(entries.map(({ link }) => link)).size).toBe(2)
  expect(entries.every(({ link }) => /(?:[12]\.html|sn=3)$/u.test(link))).toBe(true)
})
