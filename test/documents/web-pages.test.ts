import { expect, test } from 'vitest'
import { readDocument } from '../../src/documents/index.ts'
import { parseDocument } from '../../src/documents/structure/index.ts'

const linesOf = async (bytes: Uint8Array, name: string) =>
  (await readDocument(bytes, name)).pages.flatMap(({ paragraphs }) => paragraphs)
const text = (said: string) => new TextEncoder().encode(said)

test('the title and the labels of a page stand outside its article, between links', async () => {
  const page = `<html><head><title>新闻一览 | 创业园</title></head><body>
<div class="menu"><a>首页</a><a>走进平江</a></div><div>当前位置：<a>首页</a> &gt; <a>部门文件</a></div>
<dl><dt>发文机关</dt><dd>平江市商务局</dd><dt>文号</dt><dd>平商务〔2026〕3号</dd></dl>
<div class="bt">关于印发《市集建设方案》的通知</div><div><span>来源：平江市商务局</span><span>日期：2026-07-08</span></div>
<div class="content"><p>各街道办事处：</p><p>《市集建设方案》已经市政府同意，现予印发，请结合实际抓好落实，有关情况及时报送。</p><p>一、2026年底前建成三处市集，设置固定摊位180个，其中不少于三成提供给毕业生。</p><p>二、前三个月免收摊位费，第四个月起每月每平方米不超过30元，水电按实收取，不得加价。</p></div></body></html>`
  const lines = await linesOf(text(page), 'a.html')
  expect(lines.slice(0, 6)).toEqual([
    '发文机关：平江市商务局',
    '文号：平商务〔2026〕3号',
    '关于印发《市集建设方案》的通知',
    '来源：平江市商务局 日期：2026-07-08',
    '各街道办事处：',
    '《市集建设方案》已经市政府同意，现予印发，请结合实际抓好落实，有关情况及时报送。',
  ])
})

test('blanks of a form in Markdown are kept, and marks of bold type are not', async () => {
  const file = '**甲方**：____________\n\n__乙方__：________的场地，建筑面积____平方米。'
  expect(await linesOf(text(file), 'a.md')).toEqual([
    '甲方：____________',
    '乙方：________的场地，建筑面积____平方米。',
  ])
})

test('names of fields in spans of their own are labels, and greetings are no title', async () => {
  const page = `<html><head><title>公告公示</title></head><body><div>欢迎访问平江市自然资源局！今天是：2026年7月1日</div>
<ul><li><label>发文单位</label><span>平江市自然资源局</span></li><li><label>文号</label><span>平自然资函〔2026〕18号</span></li></ul>
<div>平江市自然资源局关于</div><div>创业园规划调整意见的复函</div><div class="body"><p>平江区人民政府：</p><p>《关于创业园控制性详细规划局部调整的请示》收悉。经研究，函复如下：</p><p>一、原则同意A-03地块用地性质调整为科研用地，容积率不大于2.5，建筑密度不大于40%。</p><p>二、请依法办理有关手续，及时公布调整结果，接受社会监督，并做好规划实施。</p></div></body></html>`
  const { head } = parseDocument(await readDocument(text(page), 'a.html'))
  expect(head).toMatchObject({
    issuers: ['平江市自然资源局'],
    number: '平自然资函〔2026〕18号',
    title: '平江市自然资源局关于创业园规划调整意见的复函',
  })
})

const pageOf = (title: string, content: string) =>
  text(`<html><head><meta charset="utf-8"><title>${title}</title></head><body>${content}</body></html>`)
const headOf = async (page: Uint8Array) => parseDocument(await readDocument(page, 'a.html')).head

test('a catching title of a repost is none of the document, and plain text keeps its lines', async () => {
  const own = ['平江市科学技术局', '关于发布培训机构名单的通知', '平科〔2026〕52号', '各县（市、区）科技局：']
  const rest = '经评审，现将2026年创业培训机构名单予以发布，请各机构按照备案课程开班，每班不超过30人。'
  const paragraphs = [...own, rest].map(line => `<p>${line}</p>`).join('')
  const found = {
    title: own.slice(0, 2).join(''),
    number: '平科〔2026〕52号',
    addressees: ['各县（市、区）科技局'],
  }
  const repost = pageOf('名单公布，快来看看！', `<div id="js_content">${paragraphs}</div>`)
  expect(await headOf(repost)).toMatchObject(found)
  const plain = pageOf('平江市科学技术局', `<pre>\n${[...own, `　　${rest}`].join('\n')}\n</pre>`)
  expect(await headOf(plain)).toMatchObject(found)
})

test('menus of a page that is read as a whole are no part of its head', async () => {
  const labels =
    '<table><tr><td>发文机关：</td><td>平江市财政局</td><td>发文字号：</td><td>平财规〔2026〕4号</td></tr></table>'
  const lines = [
    '平江市财政局关于印发奖励办法的通知',
    '各有关单位：',
    '现将《奖励办法》印发给你们，请遵照执行。',
  ]
  const page = pageOf(
    '平江市财政局',
    `<div><a>正文</a><a>相关解读</a><a>附件下载</a></div>${labels}${lines.map(line => `<p>${line}</p>`).join('')}`,
  )
  expect(await headOf(page)).toMatchObject({
    number: '平财规〔2026〕4号',
    title: '平江市财政局关于印发奖励办法的通知',
    addressees: ['各有关单位'],
  })
})

test('an order in a caption tells office and number, and a section of an office is none', async () => {
  const rule = pageOf(
    '创业载体促进办法',
    '<p>创业载体促进办法</p><p>（2026年2月11日平江市人民政府令第33号公布　自2026年4月1日起施行）</p><p>第一条　为了促进创业，制定本办法。</p>',
  )
  expect(await headOf(rule)).toMatchObject({
    issuers: ['平江市人民政府'],
    number: '平江市人民政府令第33号',
    date: '2026-02-11',
  })
  const notice = pageOf(
    '平江市市场监督管理局2026年抽检信息公告',
    '<h1>平江市市场监督管理局2026年抽检信息公告</h1><p>2026年07月14日 09:00 | 来源：食品抽检科</p><p>近期，我局组织抽检食品120批次，现公告如下：</p>',
  )
  expect(await headOf(notice)).toMatchObject({ issuers: ['平江市市场监督管理局'], date: '2026-07-14' })
})

test('tables drawn with characters are rows, and properties of TOML are left out', async () => {
  const table = ['档次如下：', '┌──┬───┐', '│一档│10万元│', '├──┼───┤', '│二档│20万元│', '└──┴───┘']
  expect(await linesOf(text(table.join('\n')), 'a.txt')).toEqual([
    '档次如下：',
    '一档 | 10万元',
    '二档 | 20万元',
  ])
  expect(await linesOf(text('+++\ntitle = "公告"\n+++\n\n# 关于认定的公告\n'), 'a.md')).toEqual([
    '关于认定的公告',
  ])
})

const letter = {
  title: '平江市商务局关于市集场地问题的复函',
  number: '平商函〔2026〕61号',
  addressees: ['平江市高新区管委会'],
  date: '2026-05-11',
  issuers: ['平江市商务局'],
}
const letterLines = [
  '平江市高新区管委会：',
  '《关于商请明确市集场地的函》（平高函〔2026〕19号）收悉。经研究，函复如下：',
  '一、同意利用原纺织厂厂房2.4万平方米建设市集，五年内不改变用地主体，不得分割转让。',
  '二、请你委在开工前30日内报送消防和结构安全鉴定材料，逾期不报的，本函自行失效。',
  '平江市商务局',
  '2026年5月11日',
]
const letterText = letterLines.map(line => `<p>${line}</p>`).join('')
const numbered = `<p>${letter.number}</p>${letterText}`

test('site name, slogan, path and bylines above the title are none of the head', async () => {
  const pages = {
    site: `<div>平江市商务局</div><div>服务企业 服务群众</div><div>首页 / 公开 / 正文</div><div>${letter.title}</div><div>时间：2026-05-15　来源：商务局　【打印】</div><div>${numbered}</div>`,
    portal: `<div><a>门户</a> › <a>政策</a> › 查看内容</div><h1>${letter.title}</h1><p>2026-05-15 10:21 | 发布者: admin | 查看: 35</p><div>摘要: 平江市高新区管委会：《关于商请...</div><div>${numbered}</div>`,
    blog: `<div><a>首页</a> » <a>政策</a> » <span>${letter.title}</span></div><article><header><h1>${letter.title}</h1><div>由 <a>admin</a> 发表于 2026年5月15日 暂无评论</div></header><div>${numbered}</div></article>`,
    repost: `<h1>政策速递丨${letter.title}</h1><div>2026-06-02 | 园区运营部</div><div><p>各位园友：转给需要的小伙伴！</p><p>${letter.title}</p>${numbered}<p>（来源：平江市商务局）</p></div>`,
    hints: `<h1>${letter.title}</h1><p>点击上方蓝字关注我们</p><p>原标题：${letter.title}</p>${numbered}`,
    catching: `<h1>重磅！最高12万元，创业者速看</h1><div><a>平江商务</a> 2026-05-15 18:00</div><p>划重点！原文来了↓↓↓</p><p>平江市商务局</p><p>关于市集场地问题的复函</p>${numbered}`,
    parted: `<div>平江市商务局关于市集<br>场地问题的复函</div><div>来源: 商务局 发布时间: 2026-05-15 15:03</div><div>${numbered}</div>`,
    menu: `<div><ul><li><a>2025年发放情况公示</a><span>2025-10-01</span></li><li><a>关于组织申报的通知</a><span>2025-11-01</span></li></ul></div><div><span>${letter.title}</span><br><span>信息来源：商务局 发布时间：[2026/5/15 9:30:11]</span><hr>${numbered}</div>`,
  }
  for (const [name, content] of Object.entries(pages)) {
    const title = name === 'repost' ? `政策速递丨${letter.title} - 软件园` : letter.title
    expect(await headOf(pageOf(name === 'site' ? '平江市商务局' : title, content)), name).toMatchObject(
      letter,
    )
  }
})

test('fields in boxes of their own are labels, and a text beside its label keeps its lines', async () => {
  const field = (name: string, value: string) => `<div><div>${name}</div><div>${value}</div></div>`
  const boxes = `<div>惠企政策直通车</div><div>一站汇聚 免申即享</div><div><div>${letter.title}</div>${field('发文机关', '平江市商务局')}${field('发文字号', letter.number)}${field('适用地区', '平江市')}</div><div class="tabs"><span>政策原文</span><span>政策解读</span></div><div>${letterText}</div><div>相关政策</div><div>关于组织申报的通知</div><div>2024-02-01</div>`
  expect(await headOf(pageOf('政策直通车', boxes))).toMatchObject(letter)
  const row = (name: string, value: string) => `<tr><td>【${name}】</td><td>${value}</td></tr>`
  const results = `<div>检索词：市集　共找到 38 条记录</div><table>${row('标题', letter.title)}${row('文号', letter.number)}${row('正文', letterLines.join('<br>'))}</table>`
  expect(await headOf(pageOf('检索结果', results))).toMatchObject(letter)
})

test('the day of a byline is that of a page without a signature, and titles of other pages are none', async () => {
  const explained = (line: string, more = '') =>
    pageOf(
      '详情',
      `<div>今天是2026年9月6日 星期日<a>无障碍阅读</a></div><div>《市集管理办法》政策解读</div><div>${line}</div><div><p>一、出台背景</p><p>近年来，我区市集增长较快，2025年新增摊位1800个。</p><p>二、主要内容</p><p>每个摊位每月补贴800元，最长12个月。</p></div>${more}`,
    )
  const others = '<div>猜你喜欢</div><div>关于组织申报的通知</div><div>2024-02-01</div>'
  for (const line of [
    '商务局 2026-08-14 阅读 1.2万',
    '发表于 2026-08-14 10:21:05',
    '原创 小溪 2026年8月14日 17:30',
  ])
    expect(await headOf(explained(line, others)), line).toMatchObject({
      title: '《市集管理办法》政策解读',
      date: '2026-08-14',
    })
})

test('a figure in two parts of a heading stays one, and parts of an office are no tags', async () => {
  const page =
    '<html><head><title>支持措施</title></head><body><h1>支持措施</h1><h3><span>1</span><span>0万元以下项目</span></h3><p>按季拨付，由<b class="x">仓山区</b><b class="x">科技局</b>办理。</p><p><b class="x">仓山区</b><b class="x">科技局</b></p></body></html>'
  const lines = await linesOf(text(page), 'a.html')
  expect(lines).toEqual(expect.arrayContaining(['10万元以下项目', '仓山区科技局']))
})

const rules = [
  '第一条 为规范市集管理，根据有关规定，制定本办法。',
  '第二条 摊位费每月每平方米不超过30元，前三个月免收。',
  '第三条 摊主应当按时出摊，不得转租，违者收回摊位。',
  '第四条 本办法自2026年5月1日起施行，由市商务局负责解释。',
]
const pathsOf = async (title: string, content: string) =>
  parseDocument(await readDocument(pageOf(title, content), 'a.html')).passages.map(({ path }) => path.at(-1))
const articles = ['第一条', '第二条', '第三条', '第四条']

test('line breaks that a style keeps are those of the document', async () => {
  const lines = ['平江市市集管理办法', ...rules].join('\n    ')
  expect(await pathsOf('市集', `<div style="white-space: pre-wrap">${lines}</div>`)).toEqual(articles)
  const styled = `<style>p{margin:0} .raw, .t{white-space:pre-line}</style><div class="raw"><b>${lines}</b></div>`
  expect(await pathsOf('市集', styled)).toEqual(articles)
  const wrapped = '<div style="white-space: normal"><p>第一条 为规范\n市集管理，制定本办法。</p></div>'
  expect(await linesOf(pageOf('市集', wrapped), 'a.html')).toContain('第一条 为规范 市集管理，制定本办法。')
})

test('a text in a row of its own keeps its paragraphs beside rows of several cells', async () => {
  const text = ['平江市市集管理办法', ...rules].map(line => `<p>${line}</p>`).join('')
  const table = `<table><tr><td>2026年5月1日</td><td><a>上一篇</a></td></tr><tr><td colspan="2"><div>${text}</div></td></tr></table>`
  expect(await pathsOf('市集', table)).toEqual(articles)
})

test('heads of the document that a site lists above it are no clauses', async () => {
  const heads = ['一、总体要求', '二、主要任务', '三、保障措施']
  const list = (items: readonly string[]) => `<ul>${items.map(item => `<li>${item}</li>`).join('')}</ul>`
  const text = heads.map((head, at) => `<p>${head}</p><p>${rules[at]?.slice(4)}</p>`).join('')
  const document = `<h1>平江市市集建设行动方案</h1><p>为建好市集，制定本方案。</p>${text}`
  const paths = await pathsOf('平江市市集建设行动方案', document)
  expect(paths).toContain('一、')
  expect(await pathsOf('平江市市集建设行动方案', `${list(heads)}${document}`)).toEqual(paths)
  expect(await linesOf(pageOf('方案', `${document}${list(heads)}`), 'a.html')).toHaveLength(11)
})

test('the mark that ends an article is none of its text', async () => {
  const lines = [
    '关于举办创业大赛的公告',
    '为发现优秀项目，决定举办创业大赛。',
    '报名截至7月31日，奖金最高10万元。',
    '平江市团委',
    '2026年6月18日',
  ]
  for (const mark of ['END', '— End —', '- THE END -']) {
    const file = pageOf(
      '关于举办创业大赛的公告',
      `<article>${[...lines, mark].map(line => `<p>${line}</p>`).join('')}</article>`,
    )
    const { passages } = parseDocument(await readDocument(file, 'a.html'))
    expect(passages.map(passage => passage.text)).toEqual([lines[1], lines[2]])
  }
})

test('what stands behind the mark that ends an article stays', async () => {
  const lines = ['一、申报条件。', 'END', '附件：1.申请表', '咨询电话：0591-12345678']
  const content = lines.map(line => `<p>${line}</p>`).join('')
  const found = await linesOf(pageOf('关于举办创业大赛的公告', `<article>${content}</article>`), 'a.html')
  for (const line of lines) expect(found.includes(line)).toBe(line !== 'END')
})
